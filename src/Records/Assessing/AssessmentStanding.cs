using MaySend.Assessments.Documents;
using MaySend.Assessments.Life;
using MaySend.Evidence.Entries;

namespace MaySend.Records.Assessing;

/// <summary>Where an assessment stands on a day, in words, with a colour for the eye only.</summary>
/// <param name="Word">Such as "in force".</param>
/// <param name="Colour">permitted, refused, not-shown or plain.</param>
/// <param name="Says">What follows from it.</param>
public sealed record AssessmentStanding(string Word, string Colour, string Says)
{
    static readonly AssessmentStanding Good = new("in force", "permitted", "Messages in its scope can rely on it.");
    static readonly AssessmentStanding Failed = new(
        "signed: not relied on",
        "plain",
        "It records why you do not rely on legitimate interests, so no message can rely on it."
    );
    static readonly AssessmentStanding Lapsed = new(
        "lapsed",
        "not-shown",
        "Messages can no longer rely on it: its review fell due, or something happened that it did not weigh."
    );

    /// <summary>This standing, where assessments that were signed later and failed answer part of what this one says.</summary>
    /// <param name="later">Their names.</param>
    public AssessmentStanding AnsweredBy(IReadOnlyCollection<string> later) =>
        this != Good || later.Count == 0
            ? this
            : new(
                "in force, in part",
                "not-shown",
                $"Messages can rely on it, except for what {string.Join(", ", later)} weighed later and found not to outweigh."
            );

    /// <summary>Days before a review from which on it is called due soon.</summary>
    public const int SoonInDays = 60;

    /// <summary>Of a document.</summary>
    public static AssessmentStanding Of(AssessmentDocument document, DateOnly today) =>
        document.StateOn(today) switch
        {
            AssessmentState.Draft => new("draft", "plain", "No message can rely on it until it is reviewed and signed."),
            AssessmentState.InReview when document.Life.Approved is not null => new(
                "reviewed, not signed",
                "plain",
                "A second person approved it. No message can rely on it until it is signed."
            ),
            AssessmentState.InReview => new(
                "in review",
                "plain",
                "It waits for a second person. No message can rely on it until it is signed."
            ),
            AssessmentState.Signed => document.IsReliedOn ? Good : Failed,
            AssessmentState.Superseded => new("superseded", "plain", "A later version was signed and replaces it."),
            AssessmentState.Withdrawn => new("withdrawn", "refused", "No message can rely on it any more."),
            _ => Lapsed,
        };

    /// <summary>Of an assessment of which there is only the record.</summary>
    public static AssessmentStanding Of(AssessmentRecorded recorded, DateOnly today) =>
        recorded switch
        {
            { EndedOn: { } ended } when ended <= today => new("ended", "refused", "No message can rely on it any more."),
            { Signature: null } => new("not signed", "plain", "No message can rely on it."),
            { ReviewDue: { } due } when due <= today => Lapsed,
            { PurposeTest: true, NecessityTest: true, BalancingTest: true } => Good,
            _ => Failed,
        };
}
