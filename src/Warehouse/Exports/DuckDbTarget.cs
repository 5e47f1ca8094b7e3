using DuckDB.NET.Data;
using MaySend.Reading;
using MaySend.Warehouse.Dialects;
using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Exports;

/// <summary>Fact tables in a DuckDB file, in one transaction.</summary>
public sealed class DuckDbTarget : IFactTarget
{
    static readonly Dialect Sql = new DuckDb();

    readonly DuckDBConnection connection;
    readonly DuckDBTransaction transaction;
    readonly Dictionary<FactTable, DuckDBAppender> appenders = [];
    readonly string prefix;
    readonly string? made;
    bool isCommitted;

    /// <summary>Makes the tables.</summary>
    /// <param name="path">The file; made when missing.</param>
    /// <param name="prefix">What stands before the names of tables.</param>
    /// <exception cref="BadInputException">One of the tables is there already: nothing is replaced unseen.</exception>
    public DuckDbTarget(string path, string prefix = "")
    {
        this.prefix = prefix;
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        made = File.Exists(path) ? null : path;
        connection = new DuckDBConnection($"DataSource={path}");
        connection.Open();
        try
        {
            transaction = connection.BeginTransaction();
            foreach (var table in FactTables.All)
            {
                Run(TableSql.Create(table, Sql, prefix));
                appenders[table] = Appender($"{prefix}{table.Name}");
            }
            Run(TableSql.CreateManifest(Sql, prefix));
        }
        catch (DuckDBException exists) when (exists.Message.Contains("already exists", StringComparison.Ordinal))
        {
            Dispose();
            throw new BadInputException(new Place(path), exists.Message, "name another file, or drop the tables of the earlier export");
        }
    }

    DuckDBAppender Appender(string table) =>
        table.LastIndexOf('.') is > 0 and var dot
            ? connection.CreateAppender(table[..dot], table[(dot + 1)..])
            : connection.CreateAppender(table);

    /// <inheritdoc />
    public void Add(TableRow row)
    {
        var appended = appenders[row.Table].CreateRow();
        foreach (var cell in row.Cells)
            switch (cell)
            {
                case null:
                    appended.AppendNullValue();
                    break;
                case string text:
                    appended.AppendValue(text);
                    break;
                case DateOnly day:
                    appended.AppendValue(day);
                    break;
                case int number:
                    appended.AppendValue(number);
                    break;
                case long number:
                    appended.AppendValue(number);
                    break;
                default:
                    throw new InvalidOperationException($"a cell holds no {cell.GetType().Name}");
            }
        appended.EndRow();
    }

    /// <inheritdoc />
    public void Commit(Manifest manifest)
    {
        Close();
        Run(TableSql.InsertManifest(manifest.Entries, Sql, prefix));
        transaction.Commit();
        isCommitted = true;
    }

    /// <summary>Ends the appending, so that every row is in its table.</summary>
    void Close()
    {
        foreach (var appender in appenders.Values)
            appender.Dispose();
        appenders.Clear();
    }

    /// <summary>Runs a statement beside those of the tables.</summary>
    internal void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            Close();
            transaction?.Dispose();
        }
        catch (DuckDBException) when (!isCommitted)
        {
            // What is thrown away need not reach the disk; what ended it is known to whoever wrote.
        }
        connection.Dispose();
        if (isCommitted || made is null)
            return;
        File.Delete(made);
        File.Delete($"{made}.wal");
    }
}
