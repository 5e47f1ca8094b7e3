using MaySend.Decisions;
using MaySend.Law.Provisions;
using MaySend.Screening;
using MaySend.Screening.Weeks;

namespace MaySend.Records.Screenings;

/// <summary>Where a screening stands.</summary>
public enum ScreeningState
{
    /// <summary>Others come first.</summary>
    Waiting,

    /// <summary>Being read and decided.</summary>
    Running,

    /// <summary>Its files are complete.</summary>
    Done,

    /// <summary>It ended without files; what is wrong is said.</summary>
    Failed,

    /// <summary>Somebody stopped it; there are no files.</summary>
    Cancelled,
}

/// <summary>A dry run over several weeks instead of lists for one day.</summary>
/// <param name="Count">How many weeks.</param>
/// <param name="From">The first day; null for the usual one.</param>
/// <param name="SupposesSent">True to assume that the mailing goes out on each of the days.</param>
public sealed record WeeksAsked(int Count, DateOnly? From, bool SupposesSent);

/// <summary>One screening: who asked for what, how far it is, what came out.</summary>
public sealed record ScreeningRun
{
    /// <summary>Random, 32 hexadecimal digits: also the name of its folder.</summary>
    public required string Id { get; init; }

    /// <summary>Who asked.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>The campaign file's name.</summary>
    public required string Campaign { get; init; }

    /// <summary>The day of sending asked about; null for the campaign's own.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The audience, for people: everyone on record, or the uploaded files' names.</summary>
    public required string Audience { get; init; }

    /// <summary>True when files were uploaded; false for everyone in the store.</summary>
    public required bool IsUploaded { get; init; }

    /// <summary>The caller's idempotency key; null when none was sent.</summary>
    public string? RequestKey { get; init; }

    /// <summary>Where it stands.</summary>
    public ScreeningState State { get; init; }

    /// <summary>What it is doing.</summary>
    public string Stage { get; init; } = "waiting";

    /// <summary>People or rows done in this stage.</summary>
    public long Done { get; init; }

    /// <summary>Of how many; null where that is not known.</summary>
    public long? Total { get; init; }

    /// <summary>When this stage began; null before the first.</summary>
    public DateTimeOffset? StageBegan { get; init; }

    /// <summary>A dry run over these weeks; null for lists for one day.</summary>
    public WeeksAsked? Weeks { get; init; }

    /// <summary>What came out of a dry run, without addresses; null until done, and for others.</summary>
    public WeeksSummary? InWeeks { get; init; }

    /// <summary>Who asked to stop it; null where nobody did.</summary>
    public string? StoppedBy { get; init; }

    /// <summary>The same, stopped.</summary>
    internal ScreeningRun Stopped(string by) =>
        this with
        {
            State = ScreeningState.Cancelled,
            StoppedBy = by,
            Problems = [$"{by} stopped it before it finished; nothing was written"],
        };

    /// <summary>True once nothing more comes of it.</summary>
    public bool IsOver => State is ScreeningState.Done or ScreeningState.Failed or ScreeningState.Cancelled;

    /// <summary>How many people stand on one of its lists, at most.</summary>
    /// <param name="list">A word of <see cref="ScreeningRuns.Lists"/>.</param>
    public int PeopleOn(string list) =>
        list switch
        {
            "permitted" => Result?.Permitted,
            "refused" => Result?.Refused,
            "not-shown" => Result?.NotShown,
            "undeliverable" => Result?.Undeliverable,
            _ => Result?.People,
        } ?? 0;

    /// <summary>How fast this stage goes, and how long it will still take.</summary>
    /// <param name="now">Now.</param>
    public Pace PaceAt(DateTimeOffset now) => Pace.Of(Done, Total, StageBegan is { } began ? now - began : TimeSpan.Zero);

    /// <summary>What is wrong, a line each.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What came out; null until done.</summary>
    public ScreeningResult? Result { get; init; }
}

/// <summary>A screening's outcome as kept beside its files. Counts only: no addresses.</summary>
public sealed record ScreeningResult
{
    /// <summary>The campaign.</summary>
    public required string Campaign { get; init; }

    /// <summary>The sender.</summary>
    public required string Sender { get; init; }

    /// <summary>The channel.</summary>
    public required string Channel { get; init; }

    /// <summary>The day of sending it was decided for.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Rows that were read.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows about somebody who was in an earlier row.</summary>
    public required int Duplicates { get; init; }

    /// <summary>People who may be reached over the campaign's channel.</summary>
    public required int Permitted { get; init; }

    /// <summary>People who must not be reached over it.</summary>
    public required int Refused { get; init; }

    /// <summary>People for whom it can't be shown.</summary>
    public required int NotShown { get; init; }

    /// <summary>What keeps people back, the first reason of each.</summary>
    public required IReadOnlyList<ReasonLine> Reasons { get; init; }

    /// <summary>What permits people.</summary>
    public required IReadOnlyList<GroundLine> PermittedBy { get; init; }

    /// <summary>Verdicts by country.</summary>
    public required IReadOnlyList<CountryCount> Countries { get; init; }

    /// <summary>What would gain how many more people, the most first.</summary>
    public required IReadOnlyList<Gain> Gains { get; init; }

    /// <summary>What the answers about other people name, when nobody can tell beforehand whom it would gain.</summary>
    public IReadOnlyList<NamedRemedy> Named { get; init; } = [];

    /// <summary>Things worth knowing.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The law's digest.</summary>
    public required string Law { get; init; }

    /// <summary>Names this screening: digests of campaign, law and policy.</summary>
    public required string Identity { get; init; }

    /// <summary>Permitted people who are left out of the list to send, because mail to them came back for good.</summary>
    public int Undeliverable { get; init; }

    /// <summary>True if nothing may be sent from these lists, as for a day that is not one of the campaign's.</summary>
    public bool IsWhatIf { get; init; }

    /// <summary>The screening on record; null for a what-if.</summary>
    public string? OnRecord { get; init; }

    /// <summary>Whether these lists may be used now: a list is good on its day only.</summary>
    /// <param name="law">Whose zones count.</param>
    /// <param name="now">Now.</param>
    /// <param name="hindrance">What stands in the way of everything at this moment, a code of <see cref="Sending"/>; null where nothing
    /// does.</param>
    public Sending Now(LawBook law, DateTimeOffset now, string? hindrance) =>
        Sending.OfList(Day, Countries.Select(country => country.Country), law, now, hindrance, IsWhatIf);

    /// <summary>Everyone decided.</summary>
    public int People => Permitted + Refused + NotShown;

    /// <summary>Out of a summary.</summary>
    public static ScreeningResult Of(ScreeningSummary summary, string? onRecord) =>
        new()
        {
            Campaign = summary.Campaign,
            Sender = summary.Sender,
            Channel = summary.Channel,
            Day = summary.Day,
            Rows = summary.Rows,
            Duplicates = summary.Duplicates,
            Permitted = summary.Counts[Verdict.Permitted],
            Refused = summary.Counts[Verdict.Refused],
            NotShown = summary.Counts[Verdict.NotShown],
            Undeliverable = summary.Undeliverable,
            IsWhatIf = onRecord is null,
            OnRecord = onRecord,
            Reasons =
            [
                .. summary.Reasons.Select(reason => new ReasonLine(reason.Step.Label, reason.Cite, reason.Refused, reason.NotShown)
                {
                    Codes = [.. reason.Codes.Select(one => ReasonLine.CodeOf(one.Verdict.Word(), one.Code))],
                }),
            ],
            PermittedBy = [.. summary.PermittedBy.Select(by => new GroundLine(by.Ground, by.Count))],
            Countries = summary.Countries,
            Gains = summary.Gains,
            Named = summary.Named,
            Notes = summary.Notes,
            Law = summary.Law,
            Identity = summary.Id,
        };
}

/// <summary>A step of the waterfall.</summary>
/// <param name="Label">What keeps these people back.</param>
/// <param name="Cite">Where the law says so.</param>
/// <param name="Refused">Those of them who must not be reached.</param>
/// <param name="NotShown">Those of them for whom it can't be shown.</param>
public sealed record ReasonLine(string Label, string Cite, int Refused, int NotShown)
{
    /// <summary>Everyone it keeps back.</summary>
    public int Total => Refused + NotShown;

    /// <summary>What the rows of the people it keeps back say; empty for a screening of an older build.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>What a row with this verdict and reason says.</summary>
    public static string CodeOf(string verdict, string reason) => $"{verdict} {reason}";
}

/// <summary>What permits people.</summary>
/// <param name="Ground">The ground.</param>
/// <param name="Count">How many people it permits.</param>
public sealed record GroundLine(string Ground, int Count);
