using System.Collections.Immutable;
using System.Text;
using MaySend.Evidence.Files;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;
using Sylvan.Data.Csv;

namespace MaySend.Evidence.Import;

/// <summary>
/// A file somebody brings, opened: what it is, its tables, its digest. Rows are read anew each time, streaming. It holds no open handle
/// between readings.
/// </summary>
public sealed class ImportSource
{
    static readonly char[] Delimiters = [',', ';', '\t', '|'];
    readonly string path;
    readonly Encoding encoding;
    readonly IReadOnlyList<(ImportTable Table, ImportFormat Format, char Delimiter)> tables;

    ImportSource(
        string path,
        ImportOptions options,
        string digest,
        Encoding encoding,
        IReadOnlyList<(ImportTable, ImportFormat, char)> tables,
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

    /// <summary>Members of the archive that are no CSV files.</summary>
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
                $"`{chosen.Format}` is no format",
                $"one of {string.Join(", ", ImportFormats.All.Select(known => known.Name))}"
            );
        var encoding = EncodingOf(chosen.Encoding, name, problems);
        problems.ThrowIfAny();
        var (tables, notRead, digest) = PackedFile.Open(path, chosen, problems);
        var recognised = tables.Select(table => Recognise(table, format, chosen, encoding, problems)).ToList();
        problems.ThrowIfAny();
        return new(path, chosen, digest, encoding, recognised, notRead);
    }

    /// <summary>Every row of every table, streaming; what is wrong is noted, and reading goes on.</summary>
    internal IEnumerable<ReadRow> Read(Problems problems)
    {
        foreach (var (table, format, delimiter) in tables)
        {
            using var rows = CsvRows.OpenForeign(
                table.OpenText(encoding),
                table.Name,
                delimiter,
                Options.GreatestRecord,
                format.With(Options.Layout),
                Options.Zone,
                problems
            );
            if (rows is null)
                continue;
            foreach (var row in format.Read(new TableReading(rows, Options, table, problems)))
                yield return row;
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
            ["values"] = layout.Values.IsEmpty
                ? null
                : string.Join(
                    "; ",
                    layout.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {Pairs(pair.Value)}")
                ),
        };
        return said.Where(pair => pair.Value is not null).ToImmutableDictionary(pair => pair.Key, pair => pair.Value!);
    }

    static string? Pairs(ImmutableDictionary<string, string> pairs) =>
        pairs.IsEmpty
            ? null
            : string.Join(", ", pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} = {pair.Value}"));

    static (ImportTable, ImportFormat, char) Recognise(
        ImportTable table,
        ImportFormat? chosen,
        ImportOptions options,
        Encoding encoding,
        Problems problems
    )
    {
        var line = table.FirstLine(encoding);
        var headers = (options.Delimiter is { } only ? [only] : Delimiters)
            .Select(delimiter => (Delimiter: delimiter, Names: Split(line, delimiter)))
            .ToList();
        foreach (var (delimiter, names) in headers)
        {
            if ((chosen ?? ImportFormats.Recognise(names)) is not { } format || !format.Knows(names, format.With(options.Layout)))
                continue;
            if (format.NameFault?.Invoke(table.FileName) is { } fault)
                problems.Add(new Place(table.Name), fault, "give the file the name it was exported under");
            return (table, format, delimiter);
        }
        var (best, found) = headers.MaxBy(header => header.Names.Count);
        if (line.Length == 0)
            problems.Add(new Place(table.Name), "the file is empty", "a header and at least one row are expected");
        else if (chosen is null)
            problems.Add(
                new Place(table.Name, 1, 1),
                "the header is no platform's",
                $"choose a format (and a mapping file); found: {Listed(found)}"
            );
        else
            AddMissing(table, chosen, options, found, line, problems);
        return (table, chosen ?? ImportFormats.All[0], best);
    }

    static void AddMissing(
        ImportTable table,
        ImportFormat format,
        ImportOptions options,
        IReadOnlyList<string> found,
        string line,
        Problems problems
    )
    {
        var layout = format.With(options.Layout);
        var set = format.Headers.MinBy(names =>
            names.Count(name => !found.Contains(layout.NameInFile(name), StringComparer.OrdinalIgnoreCase))
        )!;
        var other =
            found.Count == 1
                ? Delimiters.FirstOrDefault(delimiter => delimiter != options.Delimiter && Split(line, delimiter).Count > 1)
                : default;
        var help =
            other != default
                ? $"the header reads as one column: is `{(other == '\t' ? "tab" : other)}` the delimiter?"
                : $"found: {Listed(found)}";
        foreach (
            var name in set.Where(name =>
                !layout.Constants.ContainsKey(name) && !found.Contains(layout.NameInFile(name), StringComparer.OrdinalIgnoreCase)
            )
        )
            problems.Add(new Place(table.Name, 1, 1), $"the column `{layout.NameInFile(name)}` is missing", help);
    }

    static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(20).Select(name => name.Length > 40 ? name[..40] : name));

    static IReadOnlyList<string> Split(string line, char delimiter)
    {
        try
        {
            using var csv = CsvDataReader.Create(
                new StringReader(line),
                new CsvDataReaderOptions
                {
                    Delimiter = delimiter,
                    Comment = '\0',
                    MaxBufferSize = 1 << 20,
                }
            );
            return [.. Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetName(i).Trim())];
        }
        catch (Exception error) when (error is CsvFormatException or CsvMissingHeadersException or CsvRecordTooLargeException)
        {
            return [];
        }
    }

    /// <summary>An encoding that shows bytes which are none of its own as U+FFFD.</summary>
    static Encoding EncodingOf(string name, string file, Problems problems)
    {
        if (name.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return new UTF8Encoding(false, false);
        try
        {
            var showing = new DecoderReplacementFallback("\uFFFD");
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ReplacementFallback, showing)
                ?? Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, showing);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            problems.Add(new Place(file), $"`{name}` is no encoding", "utf-8, windows-1252, iso-8859-15, utf-16, ...");
            return Encoding.UTF8;
        }
    }
}
