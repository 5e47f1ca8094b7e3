using System.Text;
using System.Text.RegularExpressions;
using MaySend.Evidence.Files;
using MaySend.Screening.Audiences;
using Sylvan.Data.Csv;

namespace MaySend.Records.Screenings;

/// <summary>
/// Copies a CSV file so that no cell is a formula when a spreadsheet opens it: a cell that starts with <c>=</c>, <c>+</c>, <c>-</c>,
/// <c>@</c>, a tab or a line break gets an apostrophe in front, unless it is nothing but a number (telephone numbers keep their plus sign).
/// Importers here drop that apostrophe again. A file without such a cell goes through octet by octet.
/// </summary>
public static partial class HarmlessCsv
{
    /// <summary>Copies; the delimiter of a list of ours stays, another becomes a comma.</summary>
    /// <param name="path">The file.</param>
    /// <param name="target">Where to.</param>
    /// <param name="keep">Says of the cell in the column <c>address</c> whether its row is copied; null for all. A file without that column
    /// has then no row that is.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task CopyAsync(
        string path,
        Stream target,
        Func<string, ValueTask<bool>>? keep = null,
        CancellationToken cancellation = default
    )
    {
        var delimiter = await DelimiterAsync(path, cancellation);
        if (keep is null && await IsHarmlessAsync(path, delimiter, cancellation))
        {
            await using var file = File.OpenRead(path);
            await file.CopyToAsync(target, cancellation);
            return;
        }
        using var reader = new StreamReader(path, Encoding.UTF8);
        await using var rows = await OpenAsync(reader, delimiter, cancellation);
        await using var text = new StreamWriter(target, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        await using var table = new CsvTable(text, [], delimiter ?? ',');
        int? addresses = null;
        for (var isHeader = true; await rows.ReadAsync(cancellation); isHeader = false)
        {
            if (isHeader)
                addresses = AddressColumn(rows);
            else if (keep is not null && !(addresses is { } at && at < rows.RowFieldCount && await keep(rows.GetString(at))))
                continue;
            await table.AddAsync(Enumerable.Range(0, rows.RowFieldCount).Select(i => Harmless(rows.GetString(i))), cancellation);
        }
    }

    /// <summary>What stands before the first of our own columns; null where there is none.</summary>
    static async Task<char?> DelimiterAsync(string path, CancellationToken cancellation)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        var header = await reader.ReadLineAsync(cancellation) ?? "";
        return header.IndexOf(WrittenLists.FirstAdded, StringComparison.Ordinal) is > 0 and var at ? header[at - 1] : null;
    }

    static async Task<bool> IsHarmlessAsync(string path, char? delimiter, CancellationToken cancellation)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        await using var rows = await OpenAsync(reader, delimiter, cancellation);
        while (await rows.ReadAsync(cancellation))
            for (var i = 0; i < rows.RowFieldCount; i++)
                if (rows.GetString(i) is var cell && !ReferenceEquals(Harmless(cell), cell))
                    return false;
        return true;
    }

    static async Task<CsvDataReader> OpenAsync(StreamReader reader, char? delimiter, CancellationToken cancellation) =>
        await CsvDataReader.CreateAsync(
            reader,
            new CsvDataReaderOptions
            {
                HasHeaders = false,
                Delimiter = delimiter,
                BufferSize = 1 << 16,
                MaxBufferSize = 1 << 24,
            },
            cancellation
        );

    /// <summary>Which column of a header row holds the addresses.</summary>
    internal static int? AddressColumn(CsvDataReader header)
    {
        for (var i = 0; i < header.RowFieldCount; i++)
            if (string.Equals(header.GetString(i).Trim(), "address", StringComparison.OrdinalIgnoreCase))
                return i;
        return null;
    }

    /// <summary>One cell.</summary>
    public static string Harmless(string cell) =>
        cell.Length > 0 && "=+-@\t\r\n|".Contains(cell[0], StringComparison.Ordinal) && !Number().IsMatch(cell) ? $"'{cell}" : cell;

    [GeneratedRegex(@"^[+-]?[0-9][0-9 .,()/-]{0,30}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
