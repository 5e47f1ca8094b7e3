using DuckDB.NET.Data;
using MaySend.Reading;
using MaySend.Warehouse.Dialects;

namespace MaySend.Warehouse.Runs;

/// <summary>A DuckDB file, opened to be read.</summary>
public sealed class DuckDbWarehouse : IWarehouse
{
    readonly DuckDBConnection connection;
    readonly DuckDBTransaction transaction;

    /// <summary>Opens it.</summary>
    /// <param name="path">The file, which must be there.</param>
    public DuckDbWarehouse(string path)
    {
        Name = $"duckdb:{path}";
        if (!File.Exists(path))
            throw new BadInputException(new Place(path), "there is no such file");
        connection = new DuckDBConnection($"DataSource={path};ACCESS_MODE=READ_ONLY");
        try
        {
            connection.Open();
            transaction = connection.BeginTransaction();
        }
        catch (DuckDBException refused)
        {
            connection.Dispose();
            throw Bad(refused);
        }
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public Dialect Dialect { get; } = new DuckDb();

    /// <inheritdoc />
    public void Run(string sql)
    {
        using var command = Command(sql);
        try
        {
            command.ExecuteNonQuery();
        }
        catch (DuckDBException refused)
        {
            throw Bad(refused);
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<string> ColumnsOf(string sql)
    {
        using var command = Command(sql);
        try
        {
            using var reader = command.ExecuteReader();
            return WarehouseRows.ColumnsOf(reader);
        }
        catch (DuckDBException refused)
        {
            throw Bad(refused);
        }
    }

    /// <inheritdoc />
    public IEnumerable<object?[]> Ask(string sql)
    {
        using var command = Command(sql);
        command.UseStreamingMode = true;
        using var rows = WarehouseRows.Of(command).GetEnumerator();
        while (Next(rows))
            yield return rows.Current;
    }

    bool Next(IEnumerator<object?[]> rows)
    {
        try
        {
            return rows.MoveNext();
        }
        catch (DuckDBException refused)
        {
            throw Bad(refused);
        }
    }

    DuckDBCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    BadInputException Bad(DuckDBException refused) => new(new Place(Name), refused.Message);

    /// <inheritdoc />
    public void Dispose()
    {
        transaction.Dispose();
        connection.Dispose();
    }
}
