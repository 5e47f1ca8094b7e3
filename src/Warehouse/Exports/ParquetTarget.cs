using MaySend.Reading;
using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Exports;

/// <summary>
/// Fact tables as Parquet files, a folder for each table and in it one for each part (<c>people/part=3/*.parquet</c>). DuckDB writes
/// them. The folder gets its name when everything is in it.
/// </summary>
public sealed class ParquetTarget : IFactTarget
{
    readonly string folder;
    readonly string partial;
    readonly DuckDbTarget tables;
    bool isCommitted;

    /// <summary>Begins beside the folder.</summary>
    /// <param name="folder">The folder; must not be there yet, or be empty.</param>
    /// <exception cref="BadInputException">There is something in the folder.</exception>
    public ParquetTarget(string folder)
    {
        this.folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(folder) || Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new BadInputException(new Place(folder), "something is already there", "name a new folder");
        partial = $"{this.folder}.partial";
        if (Directory.Exists(partial))
            Directory.Delete(partial, recursive: true);
        Directory.CreateDirectory(partial);
        tables = new DuckDbTarget(Path.Combine(partial, "tables.duckdb"));
    }

    /// <inheritdoc />
    public void Add(TableRow row) => tables.Add(row);

    /// <inheritdoc />
    public void Commit(Manifest manifest)
    {
        tables.Commit(manifest);
        foreach (var table in FactTables.All)
        {
            Directory.CreateDirectory(Path.Combine(partial, table.Name));
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
        Directory.CreateDirectory(Path.Combine(partial, Manifest.Table));
        Copy($"SELECT * FROM {Manifest.Table} ORDER BY name", Path.Combine(Manifest.Table, "manifest.parquet"), "");
        tables.Dispose();
        foreach (var file in Directory.EnumerateFiles(partial, "tables.duckdb*"))
            File.Delete(file);
        if (Directory.Exists(folder))
            Directory.Delete(folder);
        Directory.Move(partial, folder);
        isCommitted = true;
    }

    void Copy(string query, string to, string more) =>
        tables.Run($"COPY ({query}) TO '{Path.Combine(partial, to).Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet{more})");

    /// <inheritdoc />
    public void Dispose()
    {
        tables.Dispose();
        if (!isCommitted && Directory.Exists(partial))
            Directory.Delete(partial, recursive: true);
    }
}
