using System.Collections.Immutable;
using System.Text;
using MaySend.Reading;

namespace MaySend.Assessments.Documents;

/// <summary>A document with the places its parts were read from.</summary>
/// <param name="Document">What was read.</param>
/// <param name="Places">The place of each part: <c>answers.children</c>, <c>scope.channels</c>.</param>
/// <param name="Whole">The file as a whole.</param>
public sealed record AssessmentFile(AssessmentDocument Document, ImmutableDictionary<string, Place> Places, Place Whole)
{
    /// <summary>Reads a document file strictly; null with the problems noted when it cannot be used.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">How problems call it.</param>
    /// <param name="problems">Where problems go.</param>
    public static AssessmentFile? Read(string path, string name, Problems problems) =>
        Read(noted => YamlTree.ReadFile(path, name, noted), problems);

    /// <summary>Reads a document from text.</summary>
    public static AssessmentFile? Parse(string text, string name, Problems problems)
    {
        using var reader = new StringReader(text);
        return Read(noted => YamlTree.Read(reader, name, noted), problems);
    }

    static AssessmentFile? Read(Func<Problems, YamlTree?> read, Problems problems)
    {
        var noted = new Problems();
        var root = read(noted);
        foreach (var problem in noted.List)
            problems.Add(problem.Place, problem.Text, problem.Help ?? (root is null ? DocumentReader.Expected : null));
        return root is null ? null : DocumentReader.Read(root, problems);
    }

    /// <summary>Writes a document file as a whole or not at all: into a file beside it, which then takes its place.</summary>
    /// <exception cref="IOException">The file cannot be written; the old one is unchanged.</exception>
    public static void Write(string path, AssessmentDocument document)
    {
        var beside = $"{path}.new";
        using (var stream = new FileStream(beside, FileMode.Create))
        {
            stream.Write(Encoding.UTF8.GetBytes(DocumentWriter.Write(document)));
            stream.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>The place of a part, or of the nearest part around it that was read.</summary>
    public Place PlaceOf(string subject)
    {
        for (var part = subject; part.Length > 0; part = part.LastIndexOf('.') is > 0 and var dot ? part[..dot] : "")
            if (Places.TryGetValue(part, out var place))
                return place;
        return Whole;
    }

    /// <summary>Findings with their places, in the order of the file.</summary>
    public IReadOnlyList<Finding> Locate(IEnumerable<Finding> findings) =>
        [
            .. findings
                .Select(finding => finding with { Place = PlaceOf(finding.Subject) })
                .OrderByDescending(f => f.Blocks)
                .ThenBy(f => f.Place.Line)
                .ThenBy(f => f.Place.Column),
        ];
}
