using System.Security.Cryptography.X509Certificates;
using MaySend.Evidence;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Evidence.Postgres;
using MaySend.Evidence.Postgres.Cluster;
using MaySend.Evidence.Sqlite;
using MaySend.Ledger.Verify;

namespace MaySend.Stores;

public static partial class EvidenceStores
{
    /// <summary>
    /// The folder of what is kept beside a store, such as the archive of law: the store's own, or for a server the key file's.
    /// </summary>
    public static string FolderBeside(string location, string? keyFile = null) =>
        IsOnServers(location) ? Path.GetDirectoryName(Path.GetFullPath(KeyFileOf(location, keyFile)))! : location;

    /// <summary>The key file that a store is opened with.</summary>
    public static string KeyFileOf(string location, string? keyFile = null) =>
        keyFile ?? Path.Combine(IsOnServers(location) ? DefaultFolder : location, KeyFileName);

    /// <summary>Every public key that may have signed a store's checkpoints, the one in use first; none when file not found
    /// here.</summary>
    /// <exception cref="LedgerKeyException">The file is there and is no key file.</exception>
    public static IReadOnlyList<string> VerifierKeys(string location, string? keyFile = null) =>
        File.Exists(KeyFileOf(location, keyFile)) ? KeyRing.Load(KeyFileOf(location, keyFile)).VerifierKeys : [];

    /// <summary>Re-derives the whole ledger from outside; see <see cref="Verifier"/>.</summary>
    /// <param name="location">The store.</param>
    /// <param name="verifierKeys">Keys that may have signed checkpoints.</param>
    /// <param name="keptCheckpoints">Checkpoints kept elsewhere.</param>
    /// <param name="withKeys">The key file, to open every entry and walk every table; null to look from outside alone.</param>
    /// <param name="authorities">Whose time stamps are trusted; null where none are looked at.</param>
    public static Task<VerificationReport> VerifyAsync(
        string location,
        IReadOnlyList<string> verifierKeys,
        IReadOnlyList<string> keptCheckpoints,
        string? withKeys = null,
        X509Certificate2Collection? authorities = null
    )
    {
        var keyed = withKeys is null ? null : new KeyedCheck(withKeys, Matching);
        if (Cluster(location) is { } servers)
            return Verifier.ClusterAsync(Places(servers), verifierKeys, keptCheckpoints, keyed, authorities);
        return ConnectionString(location) is { } server
            ? Verifier.PostgresAsync(
                server,
                new PostgresLedgerOptions { ConnectionString = server, KeyFile = "" }.Schema,
                verifierKeys,
                keptCheckpoints,
                keyed,
                authorities
            )
            : Verifier.SqliteAsync(Path.Combine(location, DatabaseName), verifierKeys, keptCheckpoints, keyed, authorities);
    }

    /// <summary>Shows that an entry, and every later one of its chain, is part of a checkpoint; see <see cref="ChainProof"/>.</summary>
    /// <param name="location">The store.</param>
    /// <param name="chain">The chain: 0 to 255 contacts, 256 the controller.</param>
    /// <param name="seq">The entry's number in it.</param>
    /// <param name="under">The note of the checkpoint; null for the oldest that covers the entry.</param>
    public static Task<ChainProof?> ProofAsync(string location, int chain, long seq, string? under = null) =>
        Cluster(location) is { } servers ? ChainProof.ClusterAsync(Places(servers), chain, seq, under)
        : ConnectionString(location) is { } server
            ? ChainProof.PostgresAsync(
                server,
                new PostgresLedgerOptions { ConnectionString = server, KeyFile = "" }.Schema,
                chain,
                seq,
                under
            )
        : ChainProof.SqliteAsync(Path.Combine(location, DatabaseName), chain, seq, under);

    /// <summary>Shows that the latest checkpoint states all that a kept one stated, and only more; see <see
    /// cref="ConsistencyProof"/>.</summary>
    /// <param name="location">The store.</param>
    /// <param name="earlier">The note that was kept.</param>
    public static Task<ConsistencyProof?> ConsistencyAsync(string location, string earlier) =>
        Cluster(location) is { } servers ? ConsistencyProof.ClusterAsync(Places(servers), earlier)
        : ConnectionString(location) is { } server
            ? ConsistencyProof.PostgresAsync(server, new PostgresLedgerOptions { ConnectionString = server, KeyFile = "" }.Schema, earlier)
        : ConsistencyProof.SqliteAsync(Path.Combine(location, DatabaseName), earlier);

    static List<(string Name, string ConnectionString, string Schema)> Places(ClusterOptions servers) =>
        [.. servers.Servers.Select(server => (server.Name, server.ConnectionString, server.Schema))];

    /// <summary>The form under which an address of the ledger is found again; null where it is none.</summary>
    static string? Matching(byte kind, string verbatim) => Address.Recorded((AddressKind)kind, verbatim).Address?.Matching;

    /// <summary>Puts a backup in place where no store is, and forgets again whoever was erased since it was made.</summary>
    /// <exception cref="LedgerUnavailableException">There is a store already, the backup is none or damaged, or there is no erasure list
    /// and the terms do not say that there need be none.</exception>
    public static Task<Restoration> RestoreAsync(
        string backup,
        string location,
        string? keyFile = null,
        RestoreTerms? terms = null,
        TimeProvider? clock = null
    )
    {
        var time = clock ?? TimeProvider.System;
        return Cluster(location, keyFile, time) is { } servers ? ClusterLedger.RestoreAsync(backup, servers, terms)
            : Postgres(location, keyFile, time) is { } server ? PostgresLedger.RestoreAsync(backup, server, terms)
            : SqliteLedger.RestoreAsync(backup, Sqlite(location, keyFile, time), terms);
    }

    /// <summary>Takes a store of an older build to this one's layout; how many contacts were bound, null where nothing was to be
    /// done.</summary>
    /// <exception cref="LedgerUnavailableException">It is no store, cannot be used now, or has been altered.</exception>
    public static async Task<long?> UpgradeAsync(string location, string? keyFile = null, TimeProvider? clock = null)
    {
        var time = clock ?? TimeProvider.System;
        if (Cluster(location, keyFile, time) is { } servers)
            return await ClusterUpkeep.UpgradeAsync(servers);
        return Postgres(location, keyFile, time) is { } server
            ? await PostgresLedger.UpgradeAsync(server)
            : SqliteLedger.Upgrade(Sqlite(location, keyFile, time));
    }

    /// <summary>The erasure list of a store.</summary>
    public static ErasureList Erasures(string location, string? keyFile = null) => ErasureList.Beside(KeyFileOf(location, keyFile));
}
