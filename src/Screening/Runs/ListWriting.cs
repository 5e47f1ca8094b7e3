using System.Globalization;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Reading;
using MaySend.Screening.Audiences;
using MaySend.Screening.Calls;
using MaySend.Screening.Outputs;
using MaySend.Screening.Reports;

namespace MaySend.Screening.Runs;

/// <summary>People to screen, wherever they come from, with what is written through.</summary>
/// <param name="All">The people.</param>
/// <param name="Header">The header of their rows.</param>
/// <param name="Delimiter">What stands between fields.</param>
/// <param name="Total">How many there are, as far as is known before they are read; null where it is not.</param>
/// <param name="Count">Rows and duplicates, once all were read; null where every person is a row.</param>
/// <param name="Notes">Things worth knowing, once all were read.</param>
sealed record ListedPeople(
    IEnumerable<Person> All,
    string Header,
    char Delimiter,
    long? Total,
    Func<(int Rows, int Duplicates)>? Count,
    IEnumerable<string> Notes
);

/// <summary>Screens people and writes the lists and the report: the same for every host.</summary>
/// <param name="decider">The law.</param>
/// <param name="controller">What the controller has on record.</param>
/// <param name="campaign">The campaign on the day asked about.</param>
/// <param name="knownAt">The day as of which readings of the law are known.</param>
sealed class ListWriting(Decider decider, ControllerRecord controller, Campaign campaign, DateOnly knownAt)
{
    /// <summary>The files of a screening, beside one of permitted people whom mail does not reach.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        .. WrittenLists.Names,
        VerdictFiles.Undeliverable,
        CallTimes.FileName,
        HtmlReport.FileName,
    ];

    internal const string Everybody = "everybody on record was screened; people who were erased are not among them";

    /// <summary>What was counted, once the lists are written; null before.</summary>
    public PartCounts? Counted { get; private set; }

    /// <summary>How rows are marked: with the day they are good for, and whether anything goes out by them.</summary>
    /// <param name="isWhatIf">True where nothing is sent by this list.</param>
    /// <param name="share">The share that it is of everybody; null for a whole list.</param>
    public string Mark(bool isWhatIf, ScreeningShare? share = null)
    {
        var day = campaign.Day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        var text = isWhatIf || share is not null ? $"what-if for {day}" : day;
        return share is { } part ? $"{text}: share {part} is not joined yet" : text;
    }

    /// <summary>Screens, writes the files and gives the result.</summary>
    /// <param name="people">Whom.</param>
    /// <param name="output">The folder for the files.</param>
    /// <param name="isWhatIf">True where do not send from these lists.</param>
    /// <param name="nameOf">What names a person's decision; blank where nothing does.</param>
    /// <param name="advance">Gets what is done, how many people, and of how many where that is known.</param>
    /// <param name="cancellation">Stops it; then nothing is written.</param>
    /// <param name="share">The share of everybody that these people are; null for a whole list.</param>
    public ScreeningSummary Write(
        ListedPeople people,
        string output,
        bool isWhatIf,
        Func<Screened, string> nameOf,
        Action<string, long, long?>? advance,
        CancellationToken cancellation,
        ScreeningShare? share = null
    )
    {
        using var files = VerdictFiles.Create(output, people.Header, people.Delimiter, Mark(isWhatIf, share));
        var times = CallTimes.For(decider, controller, campaign, knownAt);
        var screened = new Screener(decider, controller, campaign, knownAt).Screen(
            people.All,
            row =>
            {
                files.Write(row, nameOf(row));
                times?.Add(row);
            },
            out var counted,
            done => advance?.Invoke("deciding", done, people.Total),
            cancellation
        );
        var (rows, duplicates) = people.Count is null ? (screened.People, 0) : people.Count();
        var summary = screened with
        {
            Rows = rows,
            Duplicates = duplicates,
            Undeliverable = files.LeftOut,
            Notes = [.. Notes(isWhatIf, files.LeftOut, share), .. CallTimes.InWords(times?.LookUps ?? []), .. people.Notes],
        };
        Counted = counted with { LookUps = times?.LookUps ?? [] };
        if (summary.People + summary.Duplicates != summary.Rows)
            throw new BadInputException(
                new Place(output),
                $"{summary.Rows} rows were read but {summary.People} people decided and {summary.Duplicates} merged: the run is void"
            );
        files.Add(HtmlReport.FileName, HtmlReport.Write(summary, decider.Law));
        if (times is not null)
            files.Add(CallTimes.FileName, times.Write());
        files.Commit();
        return summary;
    }

    /// <summary>The whole of a screening whose shares were screened one by one, on whichever machines.</summary>
    public ScreeningSummary Join(IReadOnlyList<ScreenedShare> shares)
    {
        var leftOut = shares.Sum(share => share.LeftOut);
        var summary = new Screener(decider, controller, campaign, knownAt).Join(shares.Select(share => share.Counts));
        var lookUps = shares
            .SelectMany(share => share.Counts.LookUps)
            .GroupBy(lookUp => (lookUp.Until, lookUp.Register))
            .OrderBy(same => same.Key)
            .Select(same => new LookUpsUntil(same.Key.Until, same.Key.Register, same.Sum(lookUp => lookUp.People)));
        return summary with
        {
            Undeliverable = leftOut,
            Notes = [.. Notes(isWhatIf: false, leftOut, share: null), .. CallTimes.InWords([.. lookUps]), Everybody, .. Register()],
        };
    }

    IEnumerable<string> Notes(bool isWhatIf, int leftOut, ScreeningShare? share)
    {
        if (isWhatIf || share is not null)
            yield return $"{Mark(isWhatIf, share)}: do not send from these lists";
        if (campaign.Until is { } until && until != campaign.Day)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"good for {campaign.Day:d MMM yyyy} only; the campaign runs until {until:d MMM yyyy}, and each of its days needs a "
                    + $"screening of its own"
            );
        if (leftOut > 0)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{leftOut:N0} permitted people are in {VerdictFiles.Undeliverable}, not in permitted.csv: mail to them came back"
            );
    }

    /// <summary>What is worth knowing about a list's requests to stop.</summary>
    public IEnumerable<string> AboutRequests(Audience audience) => audience.AboutRequests(controller, campaign);

    /// <summary>What a screening says of a register of refusals that nobody vouches for.</summary>
    public IEnumerable<string> Register()
    {
        if (controller.Statement(campaign.Sender, StatementKind.RefusalsComplete, campaign.Day, campaign.Channel) is null)
            yield return $"no signed statement that the register of refusals of {campaign.Sender} for {campaign.Channel} is complete: "
                + "an address missing from the register shows nothing";
    }
}
