using MaySend.Assessments.Exports;
using MaySend.Assessments.Questions;
using MaySend.Evidence.Actors;
using MaySend.Records.Attaching;

namespace MaySend.Records.Assessing;

/// <summary>
/// What reviewers remark on the answers of an assessment. Remarks are no part of what is signed: the document and its digest stay as they
/// are, and remarks stay on record beside them.
/// </summary>
public sealed class AssessmentComments(ServerRecords records, TimeProvider clock)
{
    /// <summary>The longest remark, in characters.</summary>
    public const int Greatest = 2000;

    /// <summary>What may be remarked on: each question, each test, the scope and the safeguards.</summary>
    public static IReadOnlyList<string> Places { get; } =
    [
        .. QuestionBook.All.Select(question => question.Id),
        .. Enum.GetNames<Test>().Select(test => test.ToLowerInvariant()),
        "scope",
        "safeguards",
    ];

    /// <summary>Remarks and files of a version, as its export takes them along.</summary>
    public async ValueTask<BesideDocument> BesideAsync(string versionId, Attachments files, CancellationToken cancellation = default) =>
        new(
            [
                .. (await OfAsync(versionId, cancellation)).Select(one => new ExportedRemark(
                    one.Said.About,
                    one.Said.Says,
                    one.Said.By,
                    one.Said.At,
                    one.Settled?.By,
                    one.Settled?.At
                )),
            ],
            [
                .. (await files.OfAsync(Attachments.ToAssessment(versionId), cancellation)).Select(file => new ExportedFile(
                    file.Id,
                    file.Name,
                    file.Length,
                    file.Digest,
                    file.By,
                    file.At
                )),
            ]
        );

    /// <summary>The remarks on a version, the oldest first.</summary>
    public async ValueTask<IReadOnlyList<Comment>> OfAsync(string versionId, CancellationToken cancellation = default)
    {
        var read = await records.ReadAsync(cancellation);
        return
        [
            .. read
                .Comments.Values.Where(one => one.Version == versionId)
                .OrderBy(one => one.At)
                .Select(one => new Comment(one, read.SettledComments.GetValueOrDefault(one.Id))),
        ];
    }

    /// <summary>Puts a remark down.</summary>
    /// <param name="versionId">On which version.</param>
    /// <param name="about">On what: a question's id, a test, <c>scope</c>, <c>safeguards</c>.</param>
    /// <param name="says">The remark.</param>
    /// <param name="key">Names this filling-in of the form: sent twice, it is one remark.</param>
    /// <param name="by">Who remarks.</param>
    /// <param name="cancellation">Stops it.</param>
    public ValueTask AddAsync(
        string versionId,
        string about,
        string says,
        string key,
        Actor by,
        CancellationToken cancellation = default
    ) =>
        Added(
            records.AddAsync(
                new AssessmentCommented($"comment-{key}", versionId, about, says, by.Name, clock.GetUtcNow()),
                by,
                $"comment {key}",
                cancellation
            )
        );

    /// <summary>Settles a remark; once.</summary>
    public ValueTask SettleAsync(string id, Actor by, CancellationToken cancellation = default) =>
        Added(records.AddAsync(new AssessmentCommentSettled(id, by.Name, clock.GetUtcNow()), by, $"settle comment {id}", cancellation));

    static async ValueTask Added<T>(ValueTask<T> adding) => await adding;
}
