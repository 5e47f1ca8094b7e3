using MaySend.Assessments.Documents;
using MaySend.Assessments.Life;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Records.Assessing;

namespace MaySend.Console.Assessing;

/// <summary>An assessment in a list, whether there is a document of it or only the record of one that was written elsewhere.</summary>
/// <param name="Id">The version's name.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Standing">Where it stands.</param>
/// <param name="ReviewDue">When its review is due; null where that does not matter any more or yet.</param>
/// <param name="Document">The document; null for a record alone.</param>
sealed record ListedAssessment(string Id, string Title, AssessmentStanding Standing, DateOnly? ReviewDue, AssessmentDocument? Document)
{
    /// <summary>Where its page is.</summary>
    public string Href => $"{ConsoleOptions.Root}/assessments/{Uri.EscapeDataString(Id)}";

    /// <summary>True while it is on its way to a signature.</summary>
    public bool IsOpen => Document?.Life.State is AssessmentState.Draft or AssessmentState.InReview;

    /// <summary>Every assessment, the newest version first.</summary>
    public static IReadOnlyList<ListedAssessment> All(IReadOnlyList<Draft> drafts, ControllerRecord controller, DateOnly today) =>
        All(drafts, controller, controller.Assessments, today);

    /// <summary>Those of some drafts and records.</summary>
    public static IReadOnlyList<ListedAssessment> All(
        IReadOnlyList<Draft> drafts,
        ControllerRecord controller,
        IEnumerable<AssessmentRecorded> recorded,
        DateOnly today
    )
    {
        IReadOnlyList<string> Later(string id) =>
            controller.Assessments.FirstOrDefault(one => one.Id == id) is { } one
                ? FailedAssessments.Answering(controller, one, today)
                : [];
        var written = drafts.Select(draft => draft.Document.VersionId).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. drafts
                .Reverse()
                .Select(draft => new ListedAssessment(
                    draft.Document.VersionId,
                    draft.Document.Content.Title,
                    AssessmentStanding.Of(draft.Document, today).AnsweredBy(Later(draft.Document.VersionId)),
                    Due(draft.Document),
                    draft.Document
                )),
            .. recorded
                .Where(one => !written.Contains(one.Id))
                .OrderByDescending(one => one.Id, StringComparer.Ordinal)
                .Select(one => new ListedAssessment(
                    one.Id,
                    one.Title,
                    AssessmentStanding.Of(one, today).AnsweredBy(Later(one.Id)),
                    one.Signature is not null && one.EndedOn is null ? one.ReviewDue : null,
                    null
                )),
        ];
    }

    static DateOnly? Due(AssessmentDocument document) =>
        document.Life is { SignedBy: not null, Ended: null } ? document.Content.Review.Due : null;
}
