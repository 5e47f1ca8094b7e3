using MaySend.Reading;
using MaySend.Warehouse.Dialects;
using MaySend.Warehouse.Tables;
using Npgsql;
using NpgsqlTypes;

namespace MaySend.Warehouse.Exports;

/// <summary>Fact tables in a PostgreSQL database, in one transaction, by binary COPY.</summary>
public sealed class PostgresTarget : IFactTarget
{
    const int Together = 4096;
    static readonly Dialect Sql = new Postgres();

    readonly NpgsqlConnection connection;
    readonly NpgsqlTransaction transaction;
    readonly Dictionary<FactTable, List<TableRow>> waiting = FactTables.All.ToDictionary(table => table, _ => new List<TableRow>());
    readonly string prefix;

    /// <summary>Makes the tables.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="prefix">What stands before the names of tables.</param>
    /// <exception cref="BadInputException">One of the tables is there already: nothing is replaced unseen.</exception>
    public PostgresTarget(string connectionString, string prefix = "")
    {
        this.prefix = prefix;
        connection = new NpgsqlConnection(connectionString);
        connection.Open();
        transaction = connection.BeginTransaction();
        try
        {
            foreach (var table in FactTables.All)
                Run(TableSql.Create(table, Sql, prefix));
            Run(TableSql.CreateManifest(Sql, prefix));
        }
        catch (PostgresException exists) when (exists.SqlState == PostgresErrorCodes.DuplicateTable)
        {
            Dispose();
            throw new BadInputException(
                new Place(connection.Host ?? "postgres"),
                exists.MessageText,
                "drop the tables of the earlier export, or name others with --tables"
            );
        }
    }

    /// <inheritdoc />
    public void Add(TableRow row)
    {
        var rows = waiting[row.Table];
        rows.Add(row);
        if (rows.Count == Together)
            Copy(row.Table);
    }

    void Copy(FactTable table)
    {
        var columns = string.Join(", ", table.Columns.Select(column => column.Name));
        using (var import = connection.BeginBinaryImport($"COPY {prefix}{table.Name} ({columns}) FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var row in waiting[table])
            {
                import.StartRow();
                for (var place = 0; place < row.Cells.Length; place++)
                    if (row.Cells[place] is { } cell)
                        import.Write(cell, TypeOf(table.Columns[place]));
                    else
                        import.WriteNull();
            }
            import.Complete();
        }
        waiting[table].Clear();
    }

    static NpgsqlDbType TypeOf(TableColumn column) =>
        column.Kind switch
        {
            ColumnKind.Day => NpgsqlDbType.Date,
            ColumnKind.Number => NpgsqlDbType.Integer,
            ColumnKind.LongNumber => NpgsqlDbType.Bigint,
            _ => NpgsqlDbType.Text,
        };

    /// <inheritdoc />
    public void Commit(Manifest manifest)
    {
        foreach (var table in FactTables.All)
            Copy(table);
        Run(TableSql.InsertManifest(manifest.Entries, Sql, prefix));
        transaction.Commit();
        foreach (var table in FactTables.All)
            Run($"ANALYZE {prefix}{table.Name}");
    }

    void Run(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        transaction.Dispose();
        connection.Dispose();
    }
}
