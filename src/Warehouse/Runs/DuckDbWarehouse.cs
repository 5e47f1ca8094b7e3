using System.Data.Common;
using DuckDB.NET.Data;
using MaySend.Reading;
using MaySend.Warehouse.Dialects;

namespace MaySend.Warehouse.Runs;

/// <summary>A DuckDB file, opened to be read.</summary>
public sealed class DuckDbWarehouse : DatabaseWarehouse
{
    /// <summary>Opens it.</summary>
    /// <param name="path">The file, which must be there.</param>
    public DuckDbWarehouse(string path)
        : base($"duckdb:{path}", new DuckDb(), Connect(path)) { }

    static DuckDBConnection Connect(string path) =>
        File.Exists(path)
            ? new DuckDBConnection($"DataSource={path};ACCESS_MODE=READ_ONLY")
            : throw new BadInputException(new Place(path), "file not found");

    private protected override void Stream(DbCommand command) => ((DuckDBCommand)command).UseStreamingMode = true;

    private protected override Exception Bad(DbException refused) => new BadInputException(new Place(Name), refused.Message);
}
