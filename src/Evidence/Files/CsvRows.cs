using System.Globalization;
using System.Text;
using MaySend.Evidence.Countries;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;
using MaySend.Reading;
using Sylvan.Data.Csv;

namespace MaySend.Evidence.Files;

/// <summary>One column that a file may have: its name, what values look like, and what it says.</summary>
public sealed record CsvColumn(string Name, string Form, string Meaning, bool IsRequired = false)
{
    /// <summary>What it says can stop a message that nothing else would stop: a near miss of its name is then a problem.</summary>
    public bool Restricts { get; init; }
}

/// <summary>
/// Reads a CSV file row by row, matching columns by header name, and notes what is wrong with the row and column. Text must be UTF-8 (or
/// carry a UTF-16 mark); anything else is a problem, never silently replaced. Not safe for several threads.
/// </summary>
public sealed partial class CsvRows : IDisposable
{
    const int GreatestRow = 1 << 25;

    readonly CsvDataReader csv;
    readonly Problems problems;
    readonly Dictionary<string, int> ordinals = new(StringComparer.OrdinalIgnoreCase);
    readonly TimeZoneInfo? zone;
    readonly string file;
    readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    readonly string[] before;

    CsvRows(CsvDataReader csv, string file, TimeZoneInfo? zone, Problems problems, bool takesTwins = false)
    {
        (this.csv, this.file, this.zone, this.problems) = (csv, file, zone, problems);
        before = new string[csv.FieldCount];
        asked = new bool[csv.FieldCount];
        Array.Fill(before, "");
        for (var i = 0; i < csv.FieldCount; i++)
        {
            var name = csv.GetName(i).Trim();
            if (ordinals.TryAdd(name, i))
                continue;
            if (takesTwins)
                AddTwin(name, i);
            else
                problems.Add(new Place(file, 1, i + 1), $"the column `{name}` is there twice");
        }
    }

    /// <summary>Opens a file; null when it cannot be read or lacks a required column.</summary>
    /// <param name="path">The file; <c>.gz</c> is unpacked.</param>
    /// <param name="columns">What it may have.</param>
    /// <param name="zone">The zone of times without one; null when none was chosen, and then such a time is a problem.</param>
    /// <param name="problems">Where problems go.</param>
    public static CsvRows? Open(string path, IReadOnlyList<CsvColumn> columns, TimeZoneInfo? zone, Problems problems) =>
        Open(
            path,
            () => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? UnpackingStream.Open(path) : System.IO.File.OpenRead(path),
            columns,
            zone,
            problems
        );

    /// <summary>Opens a file's header with some of its lines.</summary>
    internal static CsvRows? Open(string path, Func<Stream> open, IReadOnlyList<CsvColumn> columns, TimeZoneInfo? zone, Problems problems)
    {
        try
        {
            var content = open();
            // Bytes that are not UTF-8 become U+FFFD and are then found with row and column.
            var text = new StreamReader(content, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true, 1 << 16);
            if (text.Peek() < 0)
            {
                problems.Add(new Place(path), "the file is empty", "a header and at least one row are needed");
                return null;
            }
            var (delimiter, all) = CsvDelimiter.Find(text);
            // No comments: a row that begins with # is a row, and may be somebody's request to stop.
            var options = new CsvDataReaderOptions
            {
                HeaderComparer = StringComparer.OrdinalIgnoreCase,
                MaxBufferSize = GreatestRow,
                Delimiter = delimiter,
                Comment = '\0',
            };
            var rows = new CsvRows(CsvDataReader.Create(all, options), path, zone, problems) { Delimiter = delimiter };
            foreach (
                var (name, index) in rows.Header.Select((name, index) => (name, index)).Where(column => column.name.Contains(Replacement))
            )
                problems.Add(new Place(path, 1, index + 1), "the header is not UTF-8", "save the file as UTF-8; MaySend does not guess");
            foreach (var missing in columns.Where(column => column.IsRequired && !rows.ordinals.ContainsKey(column.Name)))
                problems.Add(
                    new Place(path, 1, 1),
                    $"the column `{missing.Name}` is missing",
                    $"found: {string.Join(", ", rows.ordinals.Keys)}"
                );
            rows.UnusedColumns =
            [
                .. rows.ordinals.Keys.Where(name =>
                    columns.All(column => !string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase))
                ),
            ];
            rows.NoteNearMisses(columns);
            return columns.Any(column => column.IsRequired && !rows.ordinals.ContainsKey(column.Name)) ? null : rows;
        }
        catch (CsvRecordTooLargeException error)
        {
            problems.Add(
                new Place(path, error.RowNumber + 1, 1),
                "the row is too long",
                "look for a quote that is never closed, or text that is not evidence"
            );
            return null;
        }
        catch (Exception error)
            when (error
                    is IOException
                        or UnauthorizedAccessException
                        or InvalidDataException
                        or FormatException
                        or InvalidOperationException
            )
        {
            problems.Add(
                new Place(path),
                error is DirectoryNotFoundException or FileNotFoundException ? "file not found" : $"cannot be read as CSV: {error.Message}"
            );
            return null;
        }
    }

    /// <summary>Columns that nobody asks for, in the order of the file.</summary>
    public IReadOnlyList<string> UnusedColumns { get; private set; } = [];

    /// <summary>The row, counted from 1 with the header as row 1.</summary>
    public int Row => csv.RowNumber + headerLine;

    /// <summary>The character between fields, found from the header.</summary>
    public char Delimiter { get; private init; } = ',';

    /// <summary>The header as one line, quoted where it must be.</summary>
    public string HeaderLine => string.Join(Delimiter, Header.Select(name => CsvCell.Of(name, Delimiter)));

    /// <summary>The file, as it was named.</summary>
    public string File => file;

    /// <summary>The header's names, in the order of the file.</summary>
    public IEnumerable<string> Header => Enumerable.Range(0, csv.FieldCount).Select(csv.GetName);

    /// <summary>
    /// Goes to the next good row; false at the end, or when the rest cannot be read. What is wrong with rows passed over is noted.
    /// </summary>
    public bool Read()
    {
        while (ReadNext(out var isGood))
            if (isGood)
                return true;
        return false;
    }

    /// <summary>The row as it stands in the file, without its line end.</summary>
    public string RawRow() => new(RawRowSpan());

    /// <summary>The same without a string; good until the next row is read.</summary>
    internal ReadOnlySpan<char> RawRowSpan() => csv.GetRawRecordSpan().TrimEnd("\r\n");

    /// <summary>The text of a cell; blank where the column is missing.</summary>
    public string Text(string column)
    {
        if (!places.TryGetValue(column, out var i))
            places[column] = i = PlaceOf(layout.NameInFile(column));
        return layout.Said(column, i >= 0 && i < csv.RowFieldCount ? TwinOf(i, column) ?? Cell(i) : "", i >= 0);
    }

    /// <summary>Columns repeat themselves: the text of the row before is given again where it is the same.</summary>
    string Cell(int i)
    {
        var text = csv.GetFieldSpan(i).Trim();
        return text.SequenceEqual(before[i]) ? before[i] : before[i] = text.ToString();
    }

    /// <summary>The text, or null when blank.</summary>
    public string? Optional(string column) => Text(column) is { Length: > 0 } text ? text : null;

    /// <summary>Yes or no (true/false, 1/0); blank is neither.</summary>
    public bool? Flag(string column)
    {
        switch (Text(column).ToLowerInvariant())
        {
            case "":
                return null;
            case "yes" or "true" or "1":
                return true;
            case "no" or "false" or "0":
                return false;
            case var text:
                Problem(column, $"`{text}` is neither yes nor no", "yes, no, or blank when it is not known");
                return null;
        }
    }

    /// <summary>A word of a closed list, or null when blank.</summary>
    public string? Word(string column, IReadOnlyCollection<string> words)
    {
        var text = Optional(column) is { } given && !words.Contains(given) ? ChannelNames.InLaw(given) : Optional(column);
        if (text is null || words.Contains(text))
            return text;
        Problem(column, $"`{text}` is not one of {string.Join(", ", words)}");
        return null;
    }

    /// <summary>Names, or all; null when blank.</summary>
    public NameSet? Names(string column, IReadOnlyCollection<string>? words = null, bool isClosed = true)
    {
        if (Optional(column) is not { } text)
            return null;
        // Of a closed list no word is spelt so; elsewhere a name may be.
        if (text == "all" || (words is not null && string.Equals(text, "all", StringComparison.OrdinalIgnoreCase)))
            return NameSet.Everything;
        var names = text.Split([' ', ';', '|', ','], StringSplitOptions.RemoveEmptyEntries);
        if (words is not null)
            names = Array.ConvertAll(names, name => words.Contains(name) ? name : ChannelNames.InLaw(name));
        foreach (var unknown in names.Where(name => isClosed && words is not null && !words.Contains(name)))
            Problem(column, $"`{unknown}` is not one of {string.Join(", ", words!)}");
        return NameSet.Of(names);
    }

    /// <summary>Plausible countries; null when blank or not known.</summary>
    public NameSet? Countries(string column)
    {
        if (Optional(column) is not { } text)
            return null;
        if (CountryNames.TryRead(layout.Countries.GetValueOrDefault(text, text), out var countries))
            return countries.IsEmpty ? null : countries;
        Problem(column, $"`{text}` is not a country", "an ISO 3166 code or an English name; blank when it is not known");
        return null;
    }

    /// <summary>The countries in a column of which nobody knows that it is one of countries; null where its cell names none.</summary>
    public NameSet? TryCountries(string column) =>
        Optional(column) is { } text
        && CountryNames.TryRead(layout.Countries.GetValueOrDefault(text, text), out var countries)
        && !countries.IsEmpty
            ? countries
            : null;

    /// <summary>
    /// A day or an instant; a problem when required and blank, when it is neither, or when it has no zone and none was chosen.
    /// </summary>
    public When? When(string column, bool isRequired)
    {
        var text = Text(column);
        if (text.Length == 0)
        {
            if (isRequired)
                Problem(column, "is blank", "when it happened; the day of an import is not the day of a consent");
            return null;
        }
        if (layout.TryDate(text, zone, out var when, out var lacksZone) || (!lacksZone && Entries.When.TryParse(text, zone, out when)))
            return when;
        Problem(
            column,
            lacksZone || Entries.When.TryParse(text, TimeZoneInfo.Utc, out _)
                ? $"`{text}` has no time zone"
                : $"`{text}` is not a day or a time",
            "2026-02-05, 2026-02-05T10:00:00+00:00, or choose a zone with --zone"
        );
        return null;
    }

    /// <summary>A whole number, or null when blank.</summary>
    public int? Number(string column)
    {
        if (Optional(column) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        Problem(column, $"`{text}` is not a whole number");
        return null;
    }

    /// <summary>Notes a problem with a cell of this row.</summary>
    public void Problem(string column, string text, string? help = null) =>
        problems.Add(
            new Place(file, Row, ordinals.TryGetValue(layout.NameInFile(column), out var i) ? i + 1 : 1),
            $"{layout.NameInFile(column)}: {text}",
            help
        );

    /// <inheritdoc />
    public void Dispose() => csv.Dispose();
}
