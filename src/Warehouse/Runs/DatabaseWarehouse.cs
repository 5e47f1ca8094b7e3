using System.Data;
using System.Data.Common;
using MaySend.Warehouse.Dialects;

namespace MaySend.Warehouse.Runs;

/// <summary>A database as one transaction sees it; it is rolled back at the end.</summary>
public abstract class DatabaseWarehouse : IWarehouse
{
    readonly DbConnection connection;
    readonly DbTransaction transaction;

    private protected DatabaseWarehouse(
        string name,
        Dialect dialect,
        DbConnection connection,
        IsolationLevel isolation = IsolationLevel.Unspecified
    )
    {
        (Name, Dialect, this.connection) = (name, dialect, connection);
        try
        {
            connection.Open();
            transaction = connection.BeginTransaction(isolation);
        }
        catch (DbException refused)
        {
            connection.Dispose();
            throw Bad(refused);
        }
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public Dialect Dialect { get; }

    /// <summary>Nothing needs to be done: the transaction sees what it saw at its beginning.</summary>
    public string Hold(string prefix) => prefix;

    /// <inheritdoc />
    public void Run(string sql)
    {
        using var command = Command(sql);
        try
        {
            command.ExecuteNonQuery();
        }
        catch (DbException refused)
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
        catch (DbException refused)
        {
            throw Bad(refused);
        }
    }

    /// <inheritdoc />
    public IEnumerable<object?[]> Ask(string sql)
    {
        using var command = Command(sql);
        Stream(command);
        using var rows = WarehouseRows.Of(command).GetEnumerator();
        while (Next(rows))
            yield return rows.Current;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        transaction.Dispose();
        connection.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Has the rows come one by one, where that is not so in any case.</summary>
    private protected virtual void Stream(DbCommand command) { }

    /// <summary>What the engine refuses is a wrong input; an engine that is not there is to be asked again later.</summary>
    private protected abstract Exception Bad(DbException refused);

    bool Next(IEnumerator<object?[]> rows)
    {
        try
        {
            return rows.MoveNext();
        }
        catch (DbException refused)
        {
            throw Bad(refused);
        }
    }

    DbCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
