using System.Globalization;
using System.Text;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Reading;
using Sylvan.Data.Csv;

namespace MaySend.Records.Screenings;

/// <summary>A list of permitted people some time after it was made.</summary>
public sealed record ListStanding
{
    /// <summary>The days for which its rows say that they are good, earliest first; empty where they name none.</summary>
    public required IReadOnlyList<DateOnly> GoodFor { get; init; }

    /// <summary>The campaign's first and last day; null where the campaign it was made for is not on record.</summary>
    public CampaignDays? CampaignDays { get; init; }

    /// <summary>True where nothing is sent by the list.</summary>
    public required bool IsWhatIf { get; init; }

    /// <summary>People on it.</summary>
    public required int People { get; init; }

    /// <summary>Who opted out since.</summary>
    public required int OptedOutSince { get; init; }

    /// <summary>Who was erased since, at their request or after their time.</summary>
    public required int ErasedSince { get; init; }

    /// <summary>
    /// Of whom something came since that may be a request to stop, and waits for a person or changes whose address it is.
    /// </summary>
    public required int MayHaveSince { get; init; }

    /// <summary>When it was checked.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>Who may still be sent the mailing, on a day the list is good for.</summary>
    public int StillStand => People - OptedOutSince - ErasedSince - MayHaveSince;

    /// <summary>The days as people read them.</summary>
    public string Days =>
        (
            GoodFor.Count == 0
                ? "the list does not say for which day it is good"
                : $"good for {string.Join(" and ", GoodFor.Select(Text))} only"
        )
        + (
            CampaignDays is { } days && days.From < days.Until
                ? $"; the campaign runs from {Text(days.From)} to {Text(days.Until)}, and its other days need a screening of their own"
                : ""
        );

    static string Text(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}

/// <summary>The first and the last day of a campaign.</summary>
/// <param name="From">The first.</param>
/// <param name="Until">The last day, included.</param>
public sealed record CampaignDays(DateOnly From, DateOnly Until);

/// <summary>Says of a list that left for which days it is good, and how many on it opted out since. Nothing is written.</summary>
public sealed class ListCheck(EvidenceStore store)
{
    const string Decision = "maysend_decision",
        Day = "maysend_day",
        WhatIf = "what-if for ";

    /// <summary>Looks at every person of the list.</summary>
    /// <param name="path">The list: a <c>permitted.csv</c>, as it was written or downloaded.</param>
    /// <param name="made">When it was made, for rows that name no decision; null where nobody knows: then whatever is on record
    /// counts.</param>
    /// <param name="each">Gets each row's address as it stands and what became of the person; null where nobody asks.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BadInputException">It is no such list.</exception>
    /// <exception cref="Evidence.LedgerUnavailableException">Nobody can say now.</exception>
    public async Task<ListStanding> OfAsync(
        string path,
        DateTimeOffset? made,
        Action<string, ListedSince>? each = null,
        CancellationToken cancellation = default
    )
    {
        using var text = new StreamReader(path, Encoding.UTF8);
        await using var rows = await CsvDataReader.CreateAsync(text, new CsvDataReaderOptions { MaxBufferSize = 1 << 24 }, cancellation);
        var columns = Enumerable.Range(0, rows.FieldCount).ToLookup(rows.GetName, StringComparer.OrdinalIgnoreCase);
        if (new[] { "address", Day, Decision }.FirstOrDefault(name => columns[name].Count() > 1) is { } twice)
            throw new BadInputException(
                new Place(path),
                $"the column `{twice}` is there twice: an earlier list was screened as if it were a list of people",
                "check an earlier list again with maysend screen --delta"
            );
        var header = columns.ToDictionary(same => same.Key, same => same.First(), StringComparer.OrdinalIgnoreCase);
        if (!header.TryGetValue("address", out var address) || !header.TryGetValue(Day, out var day))
            throw new BadInputException(
                new Place(path),
                $"there is no column `address` or `{Day}`: this is not a list of a screening",
                "the permitted.csv of a screening"
            );
        var decision = header.TryGetValue(Decision, out var at) ? at : -1;
        var (days, counts) = (new SortedSet<DateOnly>(), new Dictionary<ListedSince, int>());
        var (people, isWhatIf) = (0, false);
        string? digest = null;
        for (var row = 2; await rows.ReadAsync(cancellation); row++)
        {
            var written = rows.GetString(address).TrimStart('\'');
            if (Address.Read(written).Address is not { } who)
                throw new BadInputException(new Place(path, row), "the address is not an address");
            var id = decision >= 0 ? DecisionId.Parse(rows.GetString(decision)) : null;
            digest ??= id?.Campaign;
            isWhatIf |= rows.GetString(day).StartsWith(WhatIf, StringComparison.Ordinal);
            if ((id?.Day ?? Read(rows.GetString(day))) is { } on)
                days.Add(on);
            var since = await ScreeningLists.SinceAsync(
                who,
                recorded =>
                    id is not null
                        ? recorded.Position.Seq > id.Position.Contact.Seq
                        : made is not { } moment || recorded.RecordedAt >= moment,
                made,
                store,
                cancellation
            );
            counts[since] = counts.GetValueOrDefault(since) + 1;
            people++;
            each?.Invoke(written, since);
        }
        return new()
        {
            GoodFor = [.. days],
            CampaignDays = await DaysAsync(digest, cancellation),
            IsWhatIf = isWhatIf,
            People = people,
            OptedOutSince = counts.GetValueOrDefault(ListedSince.OptedOut),
            ErasedSince = counts.GetValueOrDefault(ListedSince.Erased),
            MayHaveSince = counts.GetValueOrDefault(ListedSince.MayHave),
            CheckedAt = store.Clock.GetUtcNow(),
        };
    }

    async ValueTask<CampaignDays?> DaysAsync(string? digest, CancellationToken cancellation) =>
        digest is not null
        && (await store.ControllerAsync(cancellation: cancellation)).Campaigns.FirstOrDefault(one => one.Campaign.Digest.IsNamedBy(digest))
            is { } registered
            ? new(registered.Campaign.Day, registered.Campaign.Until ?? registered.Campaign.Day)
            : null;

    static DateOnly? Read(string mark) =>
        DateOnly.TryParseExact(
            mark.StartsWith(WhatIf, StringComparison.Ordinal) ? mark[WhatIf.Length..] : mark,
            "d MMM yyyy",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : null;
}
