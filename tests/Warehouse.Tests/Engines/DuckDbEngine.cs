using DuckDB.NET.Data;
using MaySend.Warehouse.Dialects;

namespace MaySend.Warehouse.Tests.Engines;

public sealed class DuckDbEngine : IEngine
{
    readonly DuckDBConnection connection;

    public DuckDbEngine(string path = ":memory:")
    {
        connection = new DuckDBConnection($"DataSource={path}");
        connection.Open();
    }

    public Dialect Dialect { get; } = Dialect.Find("duckdb")!;

    public string Prefix => "";

    public void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public IReadOnlyList<object?[]> Ask(string sql)
    {
        foreach (var first in Dialect.Settings(sql.Length))
            Run(first);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        return Rows.Of(reader);
    }

    public void Dispose() => connection.Dispose();
}
