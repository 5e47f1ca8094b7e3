namespace MaySend.Evidence.Postgres.Cluster;

/// <summary>Where a ledger on several PostgreSQL servers lives and how long it waits.</summary>
public sealed record ClusterOptions
{
    /// <summary>The servers. The first is the home of a new ledger; afterwards the map says which one is.</summary>
    public required IReadOnlyList<ClusterServer> Servers { get; init; }

    /// <summary>The key file, the same for every process on this ledger. Keep it, and its backups, apart from the databases.</summary>
    public required string KeyFile { get; init; }

    /// <summary>The clock that recorded-at is read from. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long a statement waits for another writer's lock. Default 5 seconds.</summary>
    public TimeSpan BusyWait { get; init; } = TimeSpan.FromSeconds(5);

    internal PostgresLedgerOptions Of(ClusterServer server) =>
        new()
        {
            ConnectionString = server.ConnectionString,
            Schema = server.Schema,
            KeyFile = KeyFile,
            Clock = Clock,
            BusyWait = BusyWait,
            Shard = server.Name,
        };
}
