using MaySend.Reading;
using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Exports;

/// <summary>
/// Fact tables as Parquet files, a folder for each table and in it one for each part (<c>people/part=3/*.parquet</c>). DuckDB writes
/// them. The folder gets its name when everything is in it.
/// </summary>
public sealed class ParquetTarget : IFactTarget
{
    readonly DraftedFolder folder;
    readonly DuckDbTarget tables;

    /// <summary>Begins beside the folder.</summary>
    /// <param name="folder">The folder; must not be there yet, or be empty.</param>
    /// <exception cref="BadInputException">There is something in the folder.</exception>
    public ParquetTarget(string folder)
    {
        this.folder = new(folder, "name a new folder");
        tables = new DuckDbTarget(Path.Combine(this.folder.Draft, "tables.duckdb"));
    }

    /// <inheritdoc />
    public void Add(TableRow row) => tables.Add(row);

    /// <inheritdoc />
    public void Commit(Manifest manifest)
    {
        tables.Commit(manifest);
        foreach (var table in FactTables.All)
        {
            Directory.CreateDirectory(Path.Combine(folder.Draft, table.Name));
            if (manifest.Counts.Any(count => count.Key.Table == table.Name && count.Value > 0))
                Copy(
                    $"SELECT * FROM {table.Name}",
                    table.Name,
                    $", PARTITION_BY ({FactTables.Part}), WRITE_PARTITION_COLUMNS true, OVERWRITE_OR_IGNORE true"
                );
            else
                // A table without rows is a table all the same: that nobody is in it is said, and not left open.
                Copy($"SELECT * FROM {table.Name}", Path.Combine(table.Name, "none.parquet"), "");
        }
        Directory.CreateDirectory(Path.Combine(folder.Draft, Manifest.Table));
        Copy($"SELECT * FROM {Manifest.Table} ORDER BY name", Path.Combine(Manifest.Table, "manifest.parquet"), "");
        tables.Dispose();
        foreach (var file in Directory.EnumerateFiles(folder.Draft, "tables.duckdb*"))
            File.Delete(file);
        folder.Commit();
    }

    void Copy(string query, string to, string more) =>
        tables.Run(
            $"COPY ({query}) TO '{Path.Combine(folder.Draft, to).Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet{more})"
        );

    /// <inheritdoc />
    public void Dispose()
    {
        tables.Dispose();
        folder.Dispose();
    }
}
