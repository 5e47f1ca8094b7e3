namespace MaySend.Evidence.Sqlite;

/// <summary>Where a SQLite ledger lives and how long it waits.</summary>
public sealed record SqliteLedgerOptions
{
    /// <summary>The database file, on a local disk: SQLite's locks do not hold over a network file system.</summary>
    public required string Path { get; init; }

    /// <summary>The key file. Keep it, and its backups, apart from the database.</summary>
    public required string KeyFile { get; init; }

    /// <summary>The clock that recorded-at is read from. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// How long a write waits for another process that is writing. Default 5 seconds; then the write ends with one clear error.
    /// </summary>
    public TimeSpan BusyWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Greatest size of the database in bytes, rounded down to pages of 4 KiB; null (the default) leaves it to the disk. A full database
    /// refuses writes and stays readable.
    /// </summary>
    public long? GreatestSize { get; init; }
}
