using MaySend.Reading;
using MaySend.Warehouse.Dialects;
using Npgsql;

namespace MaySend.Warehouse.Runs;

/// <summary>A PostgreSQL database, as one repeatable-read transaction sees it; it is rolled back at the end.</summary>
public sealed class PostgresWarehouse : IWarehouse
{
    readonly NpgsqlConnection connection;
    readonly NpgsqlTransaction transaction;

    /// <summary>Opens it.</summary>
    /// <param name="connectionString">The database.</param>
    public PostgresWarehouse(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0 };
        Name = $"postgres://{settings.Host}/{settings.Database}";
        connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            transaction = connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
        }
        catch (NpgsqlException refused)
        {
            connection.Dispose();
            throw Bad(refused);
        }
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public Dialect Dialect { get; } = new Postgres();

    /// <inheritdoc />
    public void Run(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        try
        {
            command.ExecuteNonQuery();
        }
        catch (NpgsqlException refused)
        {
            throw Bad(refused);
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<string> ColumnsOf(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        try
        {
            using var reader = command.ExecuteReader();
            return WarehouseRows.ColumnsOf(reader);
        }
        catch (NpgsqlException refused)
        {
            throw Bad(refused);
        }
    }

    /// <inheritdoc />
    public IEnumerable<object?[]> Ask(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
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
        catch (NpgsqlException refused)
        {
            throw Bad(refused);
        }
    }

    /// <summary>What the engine refuses is a wrong input; an engine that is not there is to be asked again later.</summary>
    Exception Bad(NpgsqlException refused) =>
        refused is PostgresException answer
            ? new BadInputException(new Place(Name), answer.MessageText, answer.Hint)
            : new IOException($"{Name}: {refused.Message}", refused);

    /// <inheritdoc />
    public void Dispose()
    {
        transaction.Dispose();
        connection.Dispose();
    }
}
