using System.Collections.Immutable;
using System.Text;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;

namespace MaySend.Evidence.Import;

/// <summary>
/// A file somebody brings, opened: what it is, its tables, its digest. Rows are read anew each time, streaming. It holds no open handle
/// between readings.
/// </summary>
public sealed class ImportSource
{
    readonly string path;
    readonly Encoding encoding;
    readonly IReadOnlyList<RecognisedTable> tables;

    ImportSource(
        string path,
        ImportOptions options,
        string digest,
        Encoding encoding,
        IReadOnlyList<RecognisedTable> tables,
        IReadOnlyList<string> notRead
    )
    {
        (this.path, this.encoding, this.tables) = (path, encoding, tables);
        (Options, Digest, NotRead, FileName) = (options, digest, notRead, Path.GetFileName(path));
    }

    /// <summary>The file's name, without folders.</summary>
    public string FileName { get; }

    /// <summary>SHA-256 of the file.</summary>
    public string Digest { get; }

    /// <summary>The choices made for it.</summary>
    public ImportOptions Options { get; }

    /// <summary>The format; of an archive with several, of its first table.</summary>
    public ImportFormat Format => tables[0].Format;

    /// <summary>Its tables, each with its format's name.</summary>
    public IReadOnlyList<(ImportTable Table, string Format)> Tables => [.. tables.Select(table => (table.Table, table.Format.Name))];

    /// <summary>The tables as they were recognised, with what their columns mean.</summary>
    internal IReadOnlyList<RecognisedTable> Recognised => tables;

    /// <summary>Members of the archive that are no tables.</summary>
    public IReadOnlyList<string> NotRead { get; }

    /// <summary>Opens a file and recognises what it is. Nothing of a row is looked at yet.</summary>
    /// <exception cref="BadInputException">It cannot be read, is damaged, unpacks to too much, or is no format known.</exception>
    public static ImportSource Open(string path, ImportOptions? options = null)
    {
        var (chosen, problems) = (options ?? new ImportOptions(), new Problems());
        var format = chosen.Format is null ? null : ImportFormats.Find(chosen.Format);
        var name = Path.GetFileName(path);
        if (chosen.Format is not null && format is null)
            problems.Add(
                new Place(name),
                $"`{chosen.Format}` is an unknown format",
                $"one of {string.Join(", ", ImportFormats.All.Select(known => known.Name))}"
            );
        var encoding = ExportRecognition.EncodingOf(chosen.Encoding, name, problems);
        problems.ThrowIfAny();
        var (tables, notRead, digest) = PackedFile.Open(path, chosen, problems);
        var recognised = tables.Select(table => ExportRecognition.Of(table, format, chosen, encoding, problems)).ToList();
        problems.ThrowIfAny();
        var above = recognised
            .Where(table => table.Table.HeaderLine > 1)
            .Select(table => $"{table.Table.Name}: {Amount.Of(table.Table.HeaderLine - 1, "line")} above the header");
        return new(path, chosen, digest, encoding, recognised, [.. notRead, .. above]);
    }

    /// <summary>
    /// The names of a file's columns, of an archive or a workbook those of its first table, whatever it is; empty where it cannot be read.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What was said of it. Unless that names its encoding, one that shows no letters is tried as a spreadsheet
    /// program in western Europe saves it.</param>
    public static IReadOnlyList<string> HeaderOf(string path, ImportOptions options)
    {
        var problems = new Problems();
        var (tables, _, _) = PackedFile.Open(path, options, problems);
        if (!problems.IsEmpty || tables is not [var first, ..])
            return [];
        var names = Names(options.Encoding);
        var isGuess = options.Encoding == "utf-8" && names.Any(name => name.Contains('\uFFFD', StringComparison.Ordinal));
        return isGuess ? Names("windows-1252") : names;

        IReadOnlyList<string> Names(string encoding) =>
            ExportRecognition.HeaderOf(first, options, ExportRecognition.EncodingOf(encoding, Path.GetFileName(path), problems));
    }

    /// <summary>The text of the first table, as it is decoded.</summary>
    public TextReader OpenFirst() => tables[0].Table.OpenText(encoding);

    /// <summary>Every row of every table, streaming; what is wrong is noted, and reading goes on.</summary>
    internal IEnumerable<ReadRow> Read(Problems problems, ReadingFindings? findings = null)
    {
        var found = findings ?? new ReadingFindings(looks: false);
        foreach (var (table, format, delimiter, layout) in tables)
        {
            var inRow = new Problems();
            using var rows = CsvRows.OpenForeign(
                table.OpenText(encoding),
                table.Name,
                delimiter,
                Options.GreatestRecord,
                layout,
                Options.Zone,
                takesTwins: !format.IsGeneric,
                inRow,
                table.HeaderLine
            );
            problems.AddAll(inRow.Take());
            if (rows is null)
                continue;
            var word = Options.FileIs is null && format.AsksAboutName ? StateWords.InFileName(table.FileName) : null;
            var isOpen = false;
            foreach (var row in format.Read(new FormatReading(rows, inRow, Options with { Format = format.Name }, table, problems, found)))
            {
                isOpen |= !row.Proposals.Any(proposal => proposal.Grade == EvidenceGrade.Restriction || proposal.Entry is AddressFailed);
                yield return row;
            }
            // A name that speaks of opt-outs is a question where the rows do not answer it.
            if (word is not null && isOpen)
                found.Named.Add((table.Name, word));
        }
    }

    /// <summary>Fails when the file is no longer the one that was looked at.</summary>
    /// <exception cref="BadInputException">It has changed.</exception>
    internal void EnsureUnchanged()
    {
        var problems = new Problems();
        if (PackedFile.Open(path, Options, problems).Digest != Digest && problems.IsEmpty)
            problems.Add(new Place(FileName), "the file has changed since the plan was made", "make the plan again");
        problems.ThrowIfAny();
    }

    /// <summary>What the record of the import says of how the file was read.</summary>
    internal ImmutableDictionary<string, string> Choices()
    {
        var layout = Options.Layout;
        var said = new Dictionary<string, string?>
        {
            ["sender"] = Options.Sender,
            ["point"] = Options.Point,
            ["zone"] = Options.Zone?.Id,
            ["encoding"] = Options.Encoding,
            ["delimiter"] = Options.Delimiter?.ToString(),
            ["columns"] = Pairs(layout.Columns),
            ["constants"] = Pairs(layout.Constants),
            ["dates"] = layout.Dates.IsEmpty ? null : string.Join(" | ", layout.Dates),
            ["countries"] = Pairs(layout.Countries),
            ["topics"] = Pairs(Options.Topics),
            ["bad addresses"] = Options.LeaveOutBadAddresses ? "left out" : null,
            ["bad rows"] = Options.SetsAsideBadRows ? "set aside" : null,
            ["stops"] = Chosen(Options.Stops),
            ["only"] = Chosen(Options.Only),
            ["ignored"] = Options.Ignored.IsEmpty ? null : string.Join(", ", Options.Ignored.Order(StringComparer.Ordinal)),
            ["file is"] = Options.FileIs?.ToString(),
            ["values"] = layout.Values.IsEmpty
                ? null
                : string.Join(
                    "; ",
                    layout.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {Pairs(pair.Value)}")
                ),
        };
        return said.Where(pair => pair.Value is not null).ToImmutableDictionary(pair => pair.Key, pair => pair.Value!);
    }

    static string? Chosen(ImmutableDictionary<string, ImmutableArray<string>> words) =>
        Pairs(words.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.IsDefaultOrEmpty ? "any" : string.Join(" | ", pair.Value)));

    static string? Pairs(ImmutableDictionary<string, string> pairs) =>
        pairs.IsEmpty
            ? null
            : string.Join(", ", pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} = {pair.Value}"));
}
