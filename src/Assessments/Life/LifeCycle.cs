using MaySend.Assessments.Documents;
using MaySend.Reading;

namespace MaySend.Assessments.Life;

/// <summary>The answer to a command: the event that follows, or why it is refused.</summary>
/// <param name="Event">What happens; null when refused.</param>
/// <param name="Refusal">Why not; null when it happens.</param>
public sealed record LifeOutcome(LifeEvent? Event, string? Refusal);

/// <summary>
/// What may happen to an assessment, as pure functions: a document and a command give an event or a refusal with its reason.
/// Draft, in review, signed; then superseded, withdrawn or lapsed, which end it. Nothing leads back from signed to draft.
/// </summary>
public static class LifeCycle
{
    /// <summary>Answers a command.</summary>
    /// <param name="document">The version it is about.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="today">Today: nothing is dated ahead.</param>
    public static LifeOutcome Answer(AssessmentDocument document, LifeCommand command, DateOnly today)
    {
        if (Formal(document, command, today) is { } wrong)
            return new(null, wrong);
        var life = document.Life;
        var digest = ContentDigest.Of(document);
        return command switch
        {
            LifeCommand.Edit => life.State == AssessmentState.Draft
                ? Happens(LifeEventKind.Edited, command)
                : Refused(life, "only a draft can be changed"),
            LifeCommand.Submit submit => Submit(life, submit, digest),
            LifeCommand.Approve => Approve(life, command, digest),
            LifeCommand.Return => life.State == AssessmentState.InReview
                ? Happens(LifeEventKind.Returned, command)
                : Refused(life, "only what is in review can be sent back"),
            LifeCommand.Sign sign => Sign(document, life, sign, digest),
            LifeCommand.Supersede => life.State == AssessmentState.Signed
                ? Happens(LifeEventKind.Superseded, command)
                : Refused(life, "only a signed version can be superseded"),
            LifeCommand.Withdraw => life.Ended is null ? Happens(LifeEventKind.Withdrawn, command) : Refused(life, "it has already ended"),
            LifeCommand.Lapse lapse => Lapse(life, lapse),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, null),
        };
    }

    /// <summary>The document after an event.</summary>
    public static AssessmentDocument After(this AssessmentDocument document, LifeEvent happened) =>
        document with
        {
            History = document.History.Add(happened),
        };

    /// <summary>The next version: the same words as a draft, to be changed, checked and signed anew.</summary>
    public static AssessmentDocument NextVersion(this AssessmentDocument document, string by, DateOnly on, string reason) =>
        document with
        {
            Version = document.Version + 1,
            History = [new LifeEvent(LifeEventKind.Drafted, by, on, reason)],
        };

    static string? Formal(AssessmentDocument document, LifeCommand command, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(command.By))
            return "name the person or role that does this";
        if (string.IsNullOrWhiteSpace(command.Reason))
            return "no reason is given";
        if (command.On > today)
            return $"{command.On:yyyy-MM-dd} is in the future";
        return document.History is [.., { } last] && command.On < last.On
            ? $"{command.On:yyyy-MM-dd} is before the last thing that happened to it, on {last.On:yyyy-MM-dd}"
            : null;
    }

    static LifeOutcome Submit(LifeState life, LifeCommand.Submit command, string digest)
    {
        if (life.State is not (AssessmentState.Draft or AssessmentState.InReview))
            return Refused(life, "only a draft can be handed in");
        return Blocked(command.Findings) ?? Happens(LifeEventKind.Submitted, command, digest);
    }

    static LifeOutcome Approve(LifeState life, LifeCommand command, string digest)
    {
        if (life is not { State: AssessmentState.InReview, Submitted: { } submitted })
            return Refused(life, "only what is in review can be approved");
        if (submitted.Content != digest)
            return new(null, "it was changed after it was handed in; hand it in again");
        return life.Writers.Any(writer => IsSame(writer, command.By))
            ? new(null, $"{command.By} wrote it or handed it in; a second person must review it")
            : Happens(LifeEventKind.Approved, command, digest);
    }

    static LifeOutcome Sign(AssessmentDocument document, LifeState life, LifeCommand.Sign command, string digest)
    {
        if (life.State != AssessmentState.InReview)
            return Refused(life, "only what was reviewed can be signed");
        if (life.Approved is not { } approved)
            return new(null, "no second person has approved it yet");
        if (approved.Content != digest)
            return new(null, "it was changed after it was approved; hand it in and have it reviewed again");
        if (life.Writers.Any(writer => IsSame(writer, command.By)))
            return new(null, $"{command.By} wrote it or handed it in; somebody else must sign it");
        if (document.Content.Review.Due is not { } due || due <= command.On)
            return new(null, "its review must be due after the day of signing");
        return Blocked(command.Findings) ?? Happens(LifeEventKind.Signed, command, digest);
    }

    static LifeOutcome Lapse(LifeState life, LifeCommand.Lapse command)
    {
        if (life.State != AssessmentState.Signed)
            return Refused(life, "only a signed version can lapse");
        return ReviewTriggers.All.Contains(command.Trigger)
            ? new(new LifeEvent(LifeEventKind.Lapsed, command.By, command.On, command.Reason) { Trigger = command.Trigger }, null)
            : new(null, $"`{command.Trigger}` is not one of {string.Join(", ", ReviewTriggers.All)}");
    }

    static LifeOutcome? Blocked(IReadOnlyList<Finding> findings) =>
        findings.Count(finding => finding.Blocks) switch
        {
            0 => null,
            var count => new(null, $"the check found {Amount.Of(count, "thing")} in the way"),
        };

    static bool IsSame(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    static LifeOutcome Happens(LifeEventKind kind, LifeCommand command, string? digest = null) =>
        new(new LifeEvent(kind, command.By.Trim(), command.On, command.Reason.Trim()) { Content = digest }, null);

    static LifeOutcome Refused(LifeState life, string why) => new(null, $"{why}; it is {life.State.Word()}");

    /// <summary>The state in words.</summary>
    public static string Word(this AssessmentState state) =>
        state == AssessmentState.InReview ? "in review" : state.ToString().ToLowerInvariant();
}
