using MaySend.Assessments.Documents;
using MaySend.Assessments.Life;
using MaySend.Evidence.Entries;

namespace MaySend.Records.Assessing;

/// <summary>Where an assessment stands on a day, in words, with a colour for the eye only.</summary>
/// <param name="Word">Such as "in force".</param>
/// <param name="Colour">permitted, refused, not-shown or plain.</param>
/// <param name="Says">What follows from it.</param>
public sealed record Standing(string Word, string Colour, string Says)
{
    static readonly Standing Good = new("in force", "permitted", "Messages in its scope stand on it.");
    static readonly Standing Failed = new(
        "signed: not relied on",
        "plain",
        "It records why legitimate interests are not relied on; nothing stands on it."
    );
    static readonly Standing Lapsed = new(
        "lapsed",
        "not-shown",
        "It carries nothing any more: its review fell due, or something happened that it did not weigh."
    );

    /// <summary>Days before a review from which on it is called due soon.</summary>
    public const int SoonInDays = 60;

    /// <summary>Of a document.</summary>
    public static Standing Of(AssessmentDocument document, DateOnly today) =>
        document.StateOn(today) switch
        {
            AssessmentState.Draft => new("draft", "plain", "Nothing stands on it until it is reviewed and signed."),
            AssessmentState.InReview when document.Life.Approved is not null => new(
                "reviewed, not signed",
                "plain",
                "A second person found it good. Nothing stands on it until it is signed."
            ),
            AssessmentState.InReview => new("in review", "plain", "It waits for a second person. Nothing stands on it until it is signed."),
            AssessmentState.Signed => document.IsReliedOn ? Good : Failed,
            AssessmentState.Superseded => new("superseded", "plain", "A later version was signed and stands in its place."),
            AssessmentState.Withdrawn => new("withdrawn", "refused", "Nothing stands on it any more."),
            _ => Lapsed,
        };

    /// <summary>Of an assessment of which there is only the record.</summary>
    public static Standing Of(AssessmentRecorded recorded, DateOnly today) =>
        recorded switch
        {
            { EndedOn: { } ended } when ended <= today => new("ended", "refused", "Nothing stands on it any more."),
            { Signature: null } => new("not signed", "plain", "Nothing stands on it."),
            { ReviewDue: { } due } when due <= today => Lapsed,
            { PurposeTest: true, NecessityTest: true, BalancingTest: true } => Good,
            _ => Failed,
        };
}
