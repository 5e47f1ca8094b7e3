using MaySend.Evidence.Entries;
using MaySend.Reading;

namespace MaySend.Assessments.Documents;

/// <summary>Reads a folder of documents, one file a version, into the entries that decisions rest on.</summary>
public static class AssessmentFolder
{
    /// <summary>Every document in the folder, by id and version; the list is only good when nothing was noted.</summary>
    public static IReadOnlyList<AssessmentFile> ReadFiles(string folder, Problems problems)
    {
        var files = Directory
            .EnumerateFiles(folder, "*.yaml")
            .Order(StringComparer.Ordinal)
            .Select(path => AssessmentFile.Read(path, path, problems))
            .OfType<AssessmentFile>()
            .OrderBy(file => file.Document.Id, StringComparer.Ordinal)
            .ThenBy(file => file.Document.Version)
            .ToList();
        foreach (
            var (file, next) in files.Zip(files.Skip(1)).Where(pair => pair.First.Document.VersionId == pair.Second.Document.VersionId)
        )
            problems.Add(next.PlaceOf("version"), $"{next.Document.VersionId} exists twice; the other is {file.Whole.File}");
        return files;
    }

    /// <summary>The entries of every document in the folder.</summary>
    public static IEnumerable<ControllerEntry> Read(string folder, Problems problems) =>
        AssessmentEntries.Of(ReadFiles(folder, problems).Select(file => file.Document));
}

/// <summary>Turns documents into the entries that decisions rest on.</summary>
public static class AssessmentEntries
{
    /// <summary>
    /// One entry a version. Drafts give unsigned entries, which carry nothing; a signed version ends on the day it was withdrawn or lapsed
    /// or a later version was signed, whether or not its own file says so.
    /// </summary>
    public static IEnumerable<AssessmentRecorded> Of(IEnumerable<AssessmentDocument> documents)
    {
        foreach (var versions in documents.GroupBy(document => document.Id, StringComparer.Ordinal))
        {
            var list = versions.OrderBy(document => document.Version).ToList();
            foreach (var document in list)
                yield return Of(
                    document,
                    list.Where(later => later.Version > document.Version).Select(later => later.Life.SignedBy?.On).Min()
                );
        }
    }

    /// <summary>The entry of one version.</summary>
    /// <param name="document">The version.</param>
    /// <param name="supersededOn">The day a later version was signed; null while none was.</param>
    public static AssessmentRecorded Of(AssessmentDocument document, DateOnly? supersededOn = null)
    {
        var (content, scope, life) = (document.Content, document.Content.Scope, document.Life);
        DateOnly? ended = life.Ended?.On is { } on && !(supersededOn < on) ? on : supersededOn;
        return new AssessmentRecorded(document.VersionId)
        {
            Sender = scope.Sender,
            Title = content.Title,
            PurposeTest = content.Purpose.Passed,
            NecessityTest = content.Necessity.Passed,
            BalancingTest = content.Balancing.Passed,
            Channels = scope.Channels,
            Audiences = scope.Audiences,
            Families = scope.Families,
            Countries = scope.Countries,
            CoversProfiling = scope.Profiling,
            CoversChildren = scope.Children,
            MessagesIn30Days = scope.MessagesIn30Days,
            Signature = life.SignedBy is { } signed ? new Signature(signed.By, signed.On, signed.Reason) : null,
            ReviewDue = content.Review.Due,
            EndedOn = ended,
        };
    }
}
