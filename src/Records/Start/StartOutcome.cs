using System.Collections.Immutable;
using MaySend.Decisions;
using MaySend.Law.Formulas;
using MaySend.Reading;
using MaySend.Screening;

namespace MaySend.Records.Start;

/// <summary>A next step with what it would gain.</summary>
/// <param name="Text">What to do.</param>
/// <param name="Gained">How many more could be sent to if it were done alone; null where nobody can say beforehand.</param>
/// <param name="People">For how many it is named.</param>
/// <param name="Command">The command that does it.</param>
/// <param name="Kinds">The kinds of act it takes; empty where more exports may help.</param>
public sealed record StartStep(string Text, int? Gained, int People, string Command, ImmutableArray<RemedyKind> Kinds)
{
    /// <summary>
    /// About how many minutes the act takes somebody who has what it needs: of two that gain alike the shorter comes first.
    /// </summary>
    public int Minutes => Kinds.Sum(MinutesFor);

    static int MinutesFor(RemedyKind kind) =>
        kind switch
        {
            RemedyKind.SignJudgement => 2,
            RemedyKind.SignProductMap or RemedyKind.ProveTemplate => 5,
            RemedyKind.ChangeMessage => 10,
            RemedyKind.ProveCollectionPoint => 15,
            RemedyKind.CheckRegister => 30,
            RemedyKind.SignAssessment => 40,
            _ => 15,
        };

    /// <summary>The question of the interview that the act answers; null where it is done elsewhere.</summary>
    public static string? QuestionFor(RemedyKind kind) =>
        kind switch
        {
            RemedyKind.ProveCollectionPoint => "box",
            RemedyKind.ProveTemplate => "before",
            RemedyKind.SignProductMap => "similar",
            RemedyKind.ChangeMessage => "email",
            RemedyKind.SignJudgement => "children",
            _ => null,
        };
}

/// <summary>The first screening of an interview, as its folder stands.</summary>
/// <param name="Summary">What came out.</param>
/// <param name="Steps">What would gain most, most first.</param>
public sealed record StartOutcome(ScreeningSummary Summary, IReadOnlyList<StartStep> Steps)
{
    /// <summary>Screens the folder.</summary>
    /// <param name="folder">The sender's and the audience's folder.</param>
    /// <param name="record">What was answered; signatures not in it are supposed as <paramref name="supposed"/> says.</param>
    /// <param name="decider">The law.</param>
    /// <param name="supposed">Screens as if every sentence were signed on this day; null for as it is.</param>
    /// <param name="each">Told every person's answer; null for none.</param>
    /// <exception cref="BadInputException">Something in the folder cannot be used.</exception>
    public static StartOutcome Of(
        string folder,
        StartRecord record,
        Decider decider,
        DateOnly? supposed = null,
        Action<Screened>? each = null
    )
    {
        using var standing = supposed is { } day ? StartStanding.Signed(folder, record, day) : StartStanding.AsItIs(folder);
        using var audience = standing.OpenAudience();
        var campaign = standing.Campaign;
        var summary = new Screener(decider, audience.BorneOut(standing.Controller), campaign, campaign.Day).Screen(
            audience.People(),
            each ?? (_ => { })
        );
        var noted = summary with { Rows = audience.Rows, Duplicates = audience.Duplicates, Notes = audience.Notes };
        return new(noted, [.. Ranked(noted, folder)]);
    }

    /// <summary>By what each is worth: the most people first, of equals what takes least time.</summary>
    static IEnumerable<StartStep> Ranked(ScreeningSummary summary, string folder) =>
        summary
            .Gains.Select(gain => new StartStep(
                gain.Text,
                gain.Gained,
                gain.Gained,
                string.Join("; then ", gain.Kinds.Select(kind => CommandFor(kind, folder)).Distinct()),
                gain.Kinds
            ))
            .OrderByDescending(step => step.Gained)
            .ThenBy(step => step.Minutes)
            .Concat(
                summary.Named.Select(named => new StartStep(
                    named.Text,
                    null,
                    named.People,
                    $"maysend start MORE-EXPORTS --in {folder}",
                    []
                ))
            );

    static string CommandFor(RemedyKind kind, string folder) =>
        StartStep.QuestionFor(kind) is { } question ? $"maysend start --in {folder} --again {question}"
        : kind == RemedyKind.SignAssessment ? "maysend assess new --help"
        : kind == RemedyKind.CheckRegister ? "maysend checks --help"
        : $"maysend start --in {folder}";
}
