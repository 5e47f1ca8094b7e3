using System.Text;
using System.Text.Json;
using MaySend.Reading;
using MaySend.Warehouse.Dialects;
using MaySend.Warehouse.Exports;
using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Runs;

/// <summary>
/// A ClickHouse database, over one server or over the shards of its <c>Distributed</c> tables. It has no transactions: what is screened is
/// held still in tables of the session, which the server drops when it ends.
/// </summary>
/// <param name="server">The server; disposed with the warehouse.</param>
public sealed class ClickHouseWarehouse(ClickHouseServer server) : IWarehouse
{
    const string Held = "maysend_seen_";

    /// <inheritdoc />
    public string Name => server.Name;

    /// <inheritdoc />
    public Dialect Dialect { get; } = new ClickHouse();

    /// <inheritdoc />
    public string Hold(string prefix)
    {
        foreach (var table in FactTables.All.Select(table => table.Name).Append(Manifest.Table))
            Run($"{ClickHouse.TemporaryTable($"{Held}{table}")} SELECT * FROM {prefix}{table}");
        return Held;
    }

    /// <inheritdoc />
    public void Run(string sql)
    {
        using var answer = server.Send(sql);
        Whole(() => answer.Content.ReadAsStream().CopyTo(Stream.Null));
    }

    /// <inheritdoc />
    public IReadOnlyList<string> ColumnsOf(string sql)
    {
        using var answer = server.Send(sql, "JSONCompact");
        return Whole<IReadOnlyList<string>>(() =>
        {
            using var json = JsonDocument.Parse(answer.Content.ReadAsStream());
            return
            [
                .. json
                    .RootElement.GetProperty("meta")
                    .EnumerateArray()
                    .Select(column => column.GetProperty("name").GetString()!.ToLowerInvariant()),
            ];
        });
    }

    /// <inheritdoc />
    public IEnumerable<object?[]> Ask(string sql)
    {
        using var answer = server.Send(sql);
        using var rows = new StreamReader(answer.Content.ReadAsStream(), Encoding.UTF8);
        while (Whole(rows.ReadLine) is { } line)
            yield return Whole(() => Cells(line));
    }

    /// <inheritdoc />
    public void Dispose() => server.Dispose();

    /// <summary>The cells of a row in the order in which they were asked for.</summary>
    static object?[] Cells(string line)
    {
        using var row = JsonDocument.Parse(line);
        return
        [
            .. row
                .RootElement.EnumerateObject()
                .Select(cell =>
                    cell.Value.ValueKind switch
                    {
                        JsonValueKind.Null => null,
                        JsonValueKind.Number => (object)cell.Value.GetInt64(),
                        JsonValueKind.String => cell.Value.GetString(),
                        _ => throw new JsonException($"no cell of ours: {cell.Value.ValueKind}"),
                    }
                ),
        ];
    }

    void Whole(Action read) =>
        Whole(() =>
        {
            read();
            return true;
        });

    /// <summary>An answer that breaks off, or that is none, is no answer.</summary>
    T Whole<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or InvalidOperationException or FormatException)
        {
            throw new IOException($"{Name}: the answer broke off: {fault.Message}", fault);
        }
    }
}
