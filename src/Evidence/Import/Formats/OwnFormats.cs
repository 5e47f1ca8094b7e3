using System.Collections.Immutable;
using MaySend.Evidence.Files;
using MaySend.Reading;

namespace MaySend.Evidence.Import.Formats;

/// <summary>
/// Tells which of our own formats a header is. They share columns, and a list of people taken for a register of opt-outs would stop
/// everybody in it for good: where two could have written the header, nobody is guessed at.
/// </summary>
static class OwnFormats
{
    /// <summary>Columns that say nothing of what kind of file it is.</summary>
    static readonly string[] Shared = ["address", "id", "when"];

    /// <summary>The format; null where the header could be none's or several's and the file's name does not say which.</summary>
    /// <param name="formats">Our own formats, each with its columns.</param>
    /// <param name="header">The header.</param>
    /// <param name="fileName">The file's name, which may be the format's.</param>
    /// <param name="layout">What the user said of the columns.</param>
    public static ImportFormat? Recognise(
        IReadOnlyList<(ImportFormat Format, CompanionFile File)> formats,
        IReadOnlyCollection<string> header,
        string fileName,
        CsvLayout layout
    )
    {
        var able = formats
            .Where(one => one.Format.Knows(header, layout))
            .Select(one => (one.Format, one.File, Known: KnownIn(one.File, header, layout)))
            .ToList();
        var all = able.SelectMany(one => one.Known).ToImmutableHashSet(StringComparer.Ordinal);
        List<(ImportFormat Format, CompanionFile File, ImmutableHashSet<string> Known)> widest =
        [
            .. able.Where(one => one.Known.Count == all.Count),
        ];
        var words = Folded.Of(Path.ChangeExtension(fileName, null)).Split(' ');
        List<ImportFormat> named =
        [
            .. widest.Where(one => words.Contains(one.Format.Name) || words.Contains(one.File.Name)).Select(one => one.Format),
        ];
        if (named is [var only])
            return only;
        return named.Count == 0 && widest is [var (format, _, known)] && !known.Except(Shared).IsEmpty ? format : null;
    }

    static ImmutableHashSet<string> KnownIn(CompanionFile file, IReadOnlyCollection<string> header, CsvLayout layout) =>
        [
            .. file
                .Columns.Select(column => column.Name)
                .Where(name => header.Contains(layout.NameInFile(name), StringComparer.OrdinalIgnoreCase)),
        ];
}
