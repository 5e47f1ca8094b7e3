namespace MaySend.Evidence.Postgres;

/// <summary>Where a PostgreSQL ledger lives and how long it waits.</summary>
public sealed record PostgresLedgerOptions
{
    /// <summary>An Npgsql connection string. The role needs to create a schema once; afterwards to read and write its tables.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The schema the tables are in: lower-case letters, digits and underscores. Default <c>maysend</c>.</summary>
    public string Schema { get; init; } = "maysend";

    /// <summary>The key file, the same for every process on this ledger. Keep it, and its backups, apart from the database.</summary>
    public required string KeyFile { get; init; }

    /// <summary>The clock that recorded-at is read from. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// How long a statement waits for another writer's lock. Default 5 seconds; then the write ends with one clear error.
    /// </summary>
    public TimeSpan BusyWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What the server is called among those that share a ledger; null where one has all of it.</summary>
    internal string? Shard { get; init; }

    /// <summary>Which of some addresses, by their hashes, are suppressed; null where this server itself has the suppressions.</summary>
    internal Func<byte[][], Task<List<byte[]>>>? SuppressedElsewhere { get; init; }
}
