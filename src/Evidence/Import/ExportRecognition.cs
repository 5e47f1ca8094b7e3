using System.Globalization;
using System.Text;
using MaySend.Evidence.Files;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;
using Sylvan.Data.Csv;

namespace MaySend.Evidence.Import;

/// <summary>A table, what it was recognised as, and what its columns mean.</summary>
sealed record RecognisedTable(ImportTable Table, ImportFormat Format, char Delimiter, CsvLayout Layout);

/// <summary>Tells what a table is by its header and its file's name; where it cannot, says what is missing and what to do.</summary>
static class ExportRecognition
{
    static readonly char[] Delimiters = [',', ';', '\t', '|'];

    public static RecognisedTable Of(ImportTable file, ImportFormat? chosen, ImportOptions options, Encoding encoding, Problems problems)
    {
        var starts = TableStart.Of(file, encoding);
        int? header = null;
        foreach (var start in starts)
            if (Find(start, chosen, options) is ({ } recognised, var names))
            {
                if (!start.IsUnderTitles)
                {
                    header ??= start.Table.HeaderLine;
                    continue;
                }
                CheckName(recognised.Table, recognised.Format, options, problems);
                CheckColumns(recognised.Table, names, options, problems);
                return recognised;
            }
        return Unrecognised(starts[0], header, chosen, options, problems);
    }

    /// <summary>What a table is that begins there, with its header; null where it is nothing known.</summary>
    static (RecognisedTable, IReadOnlyList<string>)? Find(TableStart start, ImportFormat? chosen, ImportOptions options)
    {
        var (table, headers) = (start.Table, Headers(start, options));
        foreach (var (delimiter, names) in headers)
        {
            if ((chosen ?? ImportFormats.Recognise(names, table.FileName, options.Layout)) is not { } format)
                continue;
            var layout = format.With(options.Layout, names);
            if (format.Knows(names, layout))
                return (new(table, format, delimiter, layout), names);
        }
        // A list that says of people whether they asked to stop, whoever wrote it: they are read, and what it says is asked about.
        foreach (var (delimiter, names) in headers)
            if (chosen is null && SpeakingLists.AddressesIn(names, options.Layout) is { } addresses)
                return (
                    new(
                        table,
                        ImportFormats.Find("contacts")!,
                        delimiter,
                        options.Layout with
                        {
                            Columns = options.Layout.Columns.SetItem("address", addresses),
                        }
                    ),
                    names
                );
        return null;
    }

    /// <summary>The names of the columns, whatever the table is: of the first line that has several, with titles above it passed
    /// over.</summary>
    public static IReadOnlyList<string> HeaderOf(ImportTable table, ImportOptions options, Encoding encoding)
    {
        var starts = TableStart.Of(table, encoding);
        var start = starts.FirstOrDefault(start => start.IsUnderTitles && Headers(start, options)[0].Names.Count > 1) ?? starts[0];
        return Headers(start, options)[0].Names;
    }

    static List<(char Delimiter, IReadOnlyList<string> Names)> Headers(TableStart start, ImportOptions options) =>
        [
            .. ((options.Delimiter ?? start.Delimiter) is { } only ? [only] : Delimiters)
                .Select(delimiter => (Delimiter: delimiter, Names: Split(start.Header, delimiter)))
                .OrderByDescending(header => header.Names.Count),
        ];

    static void CheckName(ImportTable table, ImportFormat format, ImportOptions options, Problems problems)
    {
        if (format.NameFault?.Invoke(table.FileName) is { } fault && options.FileIs is null)
            problems.Add(
                new Place(table.Name),
                fault,
                "give the file back the name it was exported with, or say what it is: --file-is opt-outs or list"
            );
    }

    static RecognisedTable Unrecognised(TableStart start, int? header, ImportFormat? chosen, ImportOptions options, Problems problems)
    {
        var (table, line) = (start.Table, start.Header);
        var (best, found) = Headers(start, options)[0];
        if (line.Length == 0 && header is null)
            problems.Add(new Place(table.Name), "the file is empty", "a header and at least one row are needed");
        else if (header is { } below)
            problems.Add(
                new Place(table.Name, 1, 1),
                string.Create(CultureInfo.InvariantCulture, $"the header of the list seems to stand in line {below}"),
                "delete the lines above it"
            );
        else if (line.Contains('\uFFFD', StringComparison.Ordinal))
            problems.Add(
                new Place(table.Name, 1, 1),
                $"the header holds bytes that are not in the encoding {options.Encoding}",
                "save the file as UTF-8, or name its encoding: --encoding windows-1252 for a list saved by Excel in western Europe"
            );
        else if (chosen is null)
            problems.Add(new Place(table.Name, 1, 1), "the header matches no known export", Help(found, table));
        else
            AddMissing(table, chosen, options, found, line, problems);
        return new(table, chosen ?? ImportFormats.All[0], best, options.Layout);
    }

    /// <summary>What to do with a header that is nobody's: the format that it could be, and how to say which column is which.</summary>
    static string Help(IReadOnlyList<string> found, ImportTable table)
    {
        var address = found.FirstOrDefault(name =>
            Folded.Of(name) is var folded && (folded.Contains("mail") || folded.Contains("address"))
        );
        var way = address is null
            ? "choose a format with --format and say which column is which with --column address=NAME"
            : $"a list of people: --format contacts --column \"address={address}\"; of orders, consents or opt-outs: "
                + $"--format orders, consents or refusals";
        var part = table.Name.Contains('/', StringComparison.Ordinal) ? "; if it is no list, take this sheet or file out" : "";
        return $"{way}{part}; found: {Listed(found)}";
    }

    static void CheckColumns(ImportTable table, IReadOnlyList<string> names, ImportOptions options, Problems problems)
    {
        foreach (var (key, columns) in new[] { ("stops", options.Stops.Keys), ("only", options.Only.Keys) })
        foreach (var column in columns.Where(column => !names.Contains(column, StringComparer.OrdinalIgnoreCase)))
            problems.Add(
                new Place(table.Name, 1, 1),
                $"`{key}` names the column `{column}`, which the file does not have",
                $"found: {Listed(names)}"
            );
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
        var layout = format.With(options.Layout, found);
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
                    BufferSize = Math.Clamp(line.Length * 2, 256, 1 << 16),
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
    public static Encoding EncodingOf(string name, string file, Problems problems)
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
            problems.Add(new Place(file), $"`{name}` is an unknown encoding", "utf-8, windows-1252, iso-8859-15, utf-16, ...");
            return Encoding.UTF8;
        }
    }
}
