using MaySend.Decisions;
using MaySend.Law.Formulas;
using MaySend.Reading;
using MaySend.Screening;
using MaySend.Screening.Audiences;

namespace MaySend.Records.Start;

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
            new ReachedPeople(audience.People(), campaign.Channel).People(),
            each ?? (_ => { })
        );
        var noted = summary with { Rows = audience.Rows, Duplicates = audience.Duplicates, Notes = audience.Notes };
        List<string> asked = [.. StartQuestions.For(record, StartFindings.In(folder, decider.Law)).Select(question => question.Id)];
        HashSet<string> open = [.. asked.Where(question => record.Answers.GetValueOrDefault(question) is null or { IsEmpty: true })];
        return new(noted, [.. Ranked(noted, asked, open)]);
    }

    /// <summary>By what each is worth: the most people first, of equals what takes least time.</summary>
    static IEnumerable<StartStep> Ranked(ScreeningSummary summary, IReadOnlyList<string> asked, IReadOnlyCollection<string> open) =>
        summary
            .Gains.Select(gain => new StartStep(
                gain.Text,
                gain.Gained,
                gain.Gained,
                [
                    .. gain.Kinds.Select(
                        (kind, at) => StartAct.Of(kind, at < gain.Conditions.Length ? gain.Conditions[at] : null, asked, open)
                    ),
                ]
            ))
            .OrderByDescending(step => step.Gained)
            .ThenBy(step => step.Minutes)
            .Concat(
                summary.Named.Select(named => new StartStep(
                    named.Text,
                    null,
                    named.People,
                    [StartAct.Of(named.Kind ?? RemedyKind.RecordIfTrue, named.Condition, asked, open)]
                ))
            );
}
