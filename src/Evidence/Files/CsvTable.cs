using System.Data;
using System.Globalization;
using Sylvan.Data.Csv;

namespace MaySend.Evidence.Files;

/// <summary>
/// Writes a CSV table row by row (RFC 4180, line ends <c>\n</c>), by the library that reads it. Not safe for several threads.
/// </summary>
public sealed class CsvTable : IDisposable, IAsyncDisposable
{
    const int RowsAtOnce = 1000;

    readonly CsvDataWriter csv;
    readonly DataTable waiting = new() { Locale = CultureInfo.InvariantCulture };

    /// <summary>Begins a table.</summary>
    /// <param name="text">Where it goes; it is not closed with the table.</param>
    /// <param name="header">The names of the columns; none for a table without a header. Names may stand twice.</param>
    /// <param name="delimiter">What stands between cells.</param>
    public CsvTable(TextWriter text, IEnumerable<string> header, char delimiter = ',')
    {
        csv = CsvDataWriter.Create(
            text,
            new CsvDataWriterOptions
            {
                WriteHeaders = false,
                NewLine = "\n",
                Delimiter = delimiter,
            }
        );
        string[] names = [.. header];
        if (names.Length > 0)
            Add(names);
    }

    /// <summary>A table as one text.</summary>
    /// <param name="header">The names of the columns.</param>
    /// <param name="rows">Its rows, from the top.</param>
    public static string Text(IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Write(text, header, rows);
        return text.ToString();
    }

    /// <summary>Writes a whole table.</summary>
    /// <param name="text">Where it goes; it is not closed.</param>
    /// <param name="header">The names of the columns.</param>
    /// <param name="rows">Its rows, from the top.</param>
    public static void Write(TextWriter text, IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        using var table = new CsvTable(text, header);
        foreach (var row in rows)
            table.Add(row);
    }

    /// <summary>Adds a row; it is written with others, at the latest when the table ends.</summary>
    /// <exception cref="IOException">What waited cannot be written.</exception>
    public void Add(params IEnumerable<string> cells)
    {
        if (Put(cells))
            Flush();
    }

    /// <inheritdoc cref="Add" />
    public async ValueTask AddAsync(IEnumerable<string> cells, CancellationToken cancellation)
    {
        if (Put(cells))
            await FlushAsync(cancellation);
    }

    /// <summary>Writes what waits.</summary>
    public void Dispose()
    {
        using (waiting)
        using (csv)
            Flush();
    }

    /// <summary>Writes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        using (waiting)
        await using (csv)
            await FlushAsync(CancellationToken.None);
    }

    bool Put(IEnumerable<string> cells)
    {
        object[] row = [.. cells];
        while (waiting.Columns.Count < row.Length)
            waiting.Columns.Add();
        waiting.Rows.Add(row);
        return waiting.Rows.Count == RowsAtOnce;
    }

    void Flush()
    {
        using var rows = waiting.CreateDataReader();
        csv.Write(rows);
        waiting.Clear();
    }

    async Task FlushAsync(CancellationToken cancellation)
    {
        await using var rows = waiting.CreateDataReader();
        await csv.WriteAsync(rows, cancellation);
        waiting.Clear();
    }
}
