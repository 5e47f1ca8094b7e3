using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Import.Formats;

/// <summary>
/// A list of people as <c>platforms.yaml</c> describes it: columns that say who asked to stop, whose address failed, who subscribed when. A
/// status without a time is a claim; a time without a form or wording is a dated consent and no more.
/// </summary>
static class DescribedExport
{
    /// <summary>Every format that is described and needs no code of its own.</summary>
    public static readonly ImmutableArray<ImportFormat> All = [.. PlatformFile.Read().Select(Format)];

    static ImportFormat Format(Platform platform) =>
        new(platform.Name, platform.Says)
        {
            Headers = platform.Headers,
            Aliases = platform.Names,
            FileNames = platform.FileNames,
            Optional =
            [
                .. platform
                    .States.SelectMany(state => new[] { state.Column, state.At, state.Given, state.Confirmed })
                    .Append(platform.Phone)
                    .Append(platform.Country ?? Platform.AnyCountry)
                    .OfType<string>(),
            ],
            Layout = platform.Layout,
            Row = draft => Read(draft, platform),
        };

    static void Read(RowDraft draft, Platform platform)
    {
        var row = draft.Cells;
        var countries =
            platform.Country is { } column && row.HasColumn(column) ? row.Countries(column)
            : platform.Country is null && row.HasColumn(Platform.AnyCountry) ? row.TryCountries(Platform.AnyCountry)
            : null;
        var phone = platform.Phone is { } numbers && row.Optional(numbers) is { } text ? Telephone(text) : null;
        // A row without an email address may still be about a number.
        if (!draft.ReadAddress(platform.Address) && phone is null)
            return;
        foreach (var state in platform.States.Where(state => row.HasColumn(state.Column)))
            Say(draft, platform, state, phone);
        foreach (var (words, kind) in platform.FileStates)
            if (words.Any(word => draft.Table.FileName.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                Add(draft, platform, new PlatformState { Column = platform.Address, Channel = "email" }, kind, null, draft.Address);
                break;
            }
        foreach (var (claimed, says) in platform.Claims)
            if (row.Optional(claimed) is { } value)
                draft.Claim(string.Format(null, says, value));
        if (countries is not null && draft.Address is not null)
            draft.AddUnnamed(new DetailsStated(RowDraft.UnknownWhen, "") { Countries = countries }, platform.Name);
    }

    static void Say(RowDraft draft, Platform platform, PlatformState state, Address? phone)
    {
        var row = draft.Cells;
        var (given, confirmed) = (When(row, state.Given), When(row, state.Confirmed));
        var at = state.At == state.Column ? row.TryWhen(row.NameInFile(state.Column)) : When(row, state.At);
        if (row.Optional(state.Column) is not { } word)
            return;
        // What was said about text messages is said about the number; one that cannot be told from another country's stops the
        // email address.
        var to = state.Channel == "sms" ? phone ?? draft.Address : draft.Address ?? phone;
        if (to is null)
            return;
        switch (state.Of(word))
        {
            case PlatformWord.Yes when given is { } day:
                var isDouble =
                    confirmed is { } later
                    && later.IsSurelyAfter(day)
                    && (state.ConfirmedIp is null || row.Optional(state.ConfirmedIp) is not null);
                draft.AddUnnamed(
                    new ConsentAnswered(day, "")
                    {
                        Channels = NameSet.Of(state.Channel),
                        Confirmed = isDouble ? confirmed : null,
                        Point = draft.Options.Point,
                        SignedUp = true,
                    },
                    platform.Name,
                    to
                );
                if (draft.Options.Point is null)
                    draft.Claim(
                        $"`{word}` with a time says when, not to what wording or by what act: name the form it came through "
                            + $"(a collection point)"
                    );
                break;
            case PlatformWord.Yes:
                draft.Claim($"`{word}` without a time: a status, not a consent");
                break;
            case PlatformWord.Unknown:
                draft.Claim($"`{state.Column}` = `{word}` is a word that MaySend does not know: neither yes nor no");
                // A list of anybody's may call its customers what it likes; a letter or a number is a code for something, and a word that
                // sounds like a no may be one.
                if (platform.Name != "subscribers" || word.Length <= 2 || StateWords.MayBeNo(word))
                    draft.NoteUnknown(state.Column, word);
                break;
            case PlatformWord.Claim:
                draft.Claim(state.ClaimOf(word));
                break;
            case var kind:
                Add(draft, platform, state, kind, at, to);
                break;
        }
    }

    static void Add(RowDraft draft, Platform platform, PlatformState state, PlatformWord kind, When? at, Address? to)
    {
        if (to is null)
            return;
        var channel = state.ChannelFrom is { } column ? draft.Cells.Optional(column) ?? state.Channel : state.Channel;
        ContactEntry? entry = kind switch
        {
            PlatformWord.Stop => draft.Refusal(at, $"import: {platform.Name}", channel: channel),
            PlatformWord.Complaint => draft.Refusal(at, "complaint", "objection", bindsAll: true, channel: channel),
            PlatformWord.Failed => new AddressFailed(at ?? RowDraft.UnknownWhen, "", IsPermanent: true),
            _ => null,
        };
        if (entry is not null)
            draft.AddUnnamed(entry, platform.Name, to);
    }

    static When? When(CsvRows row, string? column) =>
        column is not null && row.HasColumn(column) ? row.When(column, isRequired: false) : null;

    /// <summary>A number as platforms write it: with its country code, the plus left out.</summary>
    static Address? Telephone(string text) =>
        Address.Telephone(text).Address
        ?? (text.Length > 9 && text.All(char.IsAsciiDigit) && text[0] != '0' ? Address.Telephone($"+{text}").Address : null);
}
