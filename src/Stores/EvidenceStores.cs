using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Postgres;
using MaySend.Evidence.Postgres.Cluster;
using MaySend.Evidence.Sqlite;
using MaySend.Evidence.Store;
using Npgsql;

namespace MaySend.Stores;

/// <summary>
/// Opens an evidence store where it is: a folder (<c>ledger.db</c> with its <c>keys.json</c>), a PostgreSQL server, or several
/// (<c>postgres-cluster:FILE</c>, see <see cref="ClusterFile"/>). The one place that knows all kinds.
/// </summary>
public static partial class EvidenceStores
{
    /// <summary>The database file in a store's folder.</summary>
    public const string DatabaseName = "ledger.db";

    /// <summary>The key file in a store's folder, unless another place is given.</summary>
    public const string KeyFileName = "keys.json";

    /// <summary>The folder used when none is named.</summary>
    public const string DefaultFolder = "maysend-data";

    /// <summary>Opens a store that is there.</summary>
    /// <param name="location">A folder, a <c>postgres://</c> address, an Npgsql connection string (<c>Host=...</c>), or the file of a
    /// cluster (<c>postgres-cluster:FILE</c>).</param>
    /// <param name="keyFile">The key file; null for the one in the folder, and for PostgreSQL the one in
    /// <see cref="DefaultFolder"/>.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <exception cref="LedgerUnavailableException">There is none, or it cannot be used now.</exception>
    /// <exception cref="LedgerKeyException">The key file is missing or another's.</exception>
    public static async Task<EvidenceStore> OpenAsync(string location, string? keyFile = null, TimeProvider? clock = null)
    {
        var time = clock ?? TimeProvider.System;
        ILedger ledger =
            Cluster(location, keyFile, time) is { } servers ? await ClusterLedger.OpenAsync(servers)
            : Postgres(location, keyFile, time) is { } server ? await PostgresLedger.OpenAsync(server)
            : SqliteLedger.Open(Sqlite(location, keyFile, time));
        return new(ledger, time) { Snapshots = new(SnapshotsOf(location, keyFile)) };
    }

    /// <summary>Makes a new store, with a new key file unless one is there. Never done on the quiet: a store that is new looks like one
    /// that was lost.</summary>
    /// <exception cref="LedgerUnavailableException">There is one already, or none can be made.</exception>
    public static async Task<EvidenceStore> CreateAsync(string location, string? keyFile = null, TimeProvider? clock = null)
    {
        var time = clock ?? TimeProvider.System;
        ILedger ledger =
            Cluster(location, keyFile, time) is { } servers ? await ClusterLedger.CreateAsync(servers)
            : Postgres(location, keyFile, time) is { } server ? await PostgresLedger.CreateAsync(server)
            : SqliteLedger.Create(Sqlite(location, keyFile, time));
        return new(ledger, time) { Snapshots = new(SnapshotsOf(location, keyFile)) };
    }

    /// <summary>True when a folder holds a store. A server has to be asked by opening it.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, DatabaseName));

    /// <summary>
    /// Where the snapshots of a store are, from which everybody is read (<see cref="SnapshotFolder"/>). They may be deleted at any time.
    /// </summary>
    public static string SnapshotsOf(string location, string? keyFile = null) => KeyFileOf(location, keyFile) + ".snapshot";

    static SqliteLedgerOptions Sqlite(string folder, string? keyFile, TimeProvider clock) =>
        new()
        {
            Path = Path.Combine(folder, DatabaseName),
            KeyFile = keyFile ?? Path.Combine(folder, KeyFileName),
            Clock = clock,
        };

    /// <summary>The servers of a ledger on several; null for another kind of location.</summary>
    /// <exception cref="Reading.BadInputException">The file that names them is wrong.</exception>
    public static ClusterOptions? Cluster(string location, string? keyFile = null, TimeProvider? clock = null) =>
        ClusterFile.PathIn(location) is { } path
            ? new()
            {
                Servers = ClusterFile.Read(path),
                KeyFile = KeyFileOf(location, keyFile),
                Clock = clock ?? TimeProvider.System,
            }
            : null;

    /// <summary>True for a location on PostgreSQL, one server or several: then keys and spool lie in a folder of their own.</summary>
    public static bool IsOnServers(string location) => ClusterFile.PathIn(location) is not null || ConnectionString(location) is not null;

    static PostgresLedgerOptions? Postgres(string location, string? keyFile, TimeProvider clock) =>
        ConnectionString(location) is { } text
            ? new()
            {
                ConnectionString = text,
                KeyFile = KeyFileOf(location, keyFile),
                Clock = clock,
            }
            : null;

    /// <summary>The Npgsql connection string of a server's location; null for a folder.</summary>
    public static string? ConnectionString(string location)
    {
        if (
            location.StartsWith("Host=", StringComparison.OrdinalIgnoreCase)
            || location.StartsWith("Server=", StringComparison.OrdinalIgnoreCase)
        )
            return location;
        if (!Uri.TryCreate(location, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql"))
            return null;
        var user = uri.UserInfo.Split(':', 2);
        var text = new NpgsqlConnectionStringBuilder { Host = uri.Host, Database = uri.AbsolutePath.Trim('/') };
        if (uri.Port > 0)
            text.Port = uri.Port;
        if (user[0].Length > 0)
            text.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            text.Password = Uri.UnescapeDataString(user[1]);
        return text.ConnectionString;
    }
}
