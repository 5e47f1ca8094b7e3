using System.Text.Json;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Reading;

namespace MaySend.Evidence.Postgres.Cluster;

public sealed partial class ClusterLedger
{
    const string BackupName = "cluster.json";
    const string BackupKeys = "keys.json";
    const string BackupErasures = "keys.json.erasures";

    /// <inheritdoc/>
    public async ValueTask BackupAsync(string folder, CancellationToken cancellation = default)
    {
        OwnerOnly.MakeFolder(folder);
        if (Directory.EnumerateFileSystemEntries(folder).Any())
            throw new LedgerUnavailableException(
                UnavailableBecause.Unreachable,
                $"{folder} is not empty; a backup needs a folder of its own"
            );
        await Home.AloneAsync(
            Upkeep,
            async () =>
            {
                await shards.RefreshAsync(cancellation);
                if (Map.Moving is { } move)
                    throw new LedgerUnavailableException(
                        UnavailableBecause.Busy,
                        $"partition {move.Partition} is on its way to {move.To}: run `maysend cluster move {move.Partition} "
                            + $"--to {move.To}` until it is done first"
                    );
                await WriteBackupAsync(folder, cancellation);
                return true;
            },
            cancellation
        );
        OwnerOnly.CloseTree(folder);
    }

    /// <summary>
    /// Every server is held still until each has been seen as it is in one moment; what was seen is written while they go on.
    /// </summary>
    async Task WriteBackupAsync(string folder, CancellationToken cancellation)
    {
        var (lines, digest) = Home.ErasureRecords.State(); // before the copy: an erasure in between is repeated rather than lost
        var (held, seen) = (new List<Session>(), new List<(string Name, PostgresLedger Ledger, Session Session)>());
        try
        {
            var heads = new List<ChainHead>();

            // Home last, as writers take it.
            foreach (var (name, ledger) in (await shards.AllOf(shards.Now)).OrderBy(one => one.Name == Map.Home))
            {
                var (lockedSession, snapshot, some) = await ledger.FreezeAsync(cancellation);
                held.Add(lockedSession);
                seen.Add((name, ledger, snapshot));
                heads.AddRange(some);
            }

            heads.Sort((one, other) => one.Number.CompareTo(other.Number));
            var checkpoint = Checkpoint.Sign(
                StoreId,
                heads,
                shards.Options.Clock.GetUtcNow(),
                KeyRing.Load(shards.Options.KeyFile).Signing
            );
            await PostgresLedger.KeepNoteAsync(held[^1], checkpoint.Note);
            foreach (var session in held.AsEnumerable().Reverse())
                await session.Run("commit");
            foreach (var (name, ledger, session) in seen)
                await ledger.WritePartAsync(session, Path.Combine(folder, name), checkpoint.Note, cancellation);
            File.Copy(shards.Options.KeyFile, Path.Combine(folder, BackupKeys));
            if (Home.ErasureRecords.Exists)
                File.Copy(Home.ErasureRecords.Path, Path.Combine(folder, BackupErasures));
            var manifest = new ClusterBackup(StoreId, checkpoint.RecordedAt, Map, checkpoint.Note, lines, digest);
            await File.WriteAllBytesAsync(Path.Combine(folder, BackupName), JsonSerializer.SerializeToUtf8Bytes(manifest), cancellation);
        }
        finally
        {
            foreach (var session in held.Concat(seen.Select(one => one.Session)))
                await session.DisposeAsync();
        }
    }

    /// <summary>
    /// Puts a backup of several servers back on servers of the same names that have no ledger, and forgets again whoever was erased since.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">A server has a ledger, a part is missing, damaged or of another checkpoint, or there is
    /// no erasure list and nobody said that there need be none. Nothing appears then.</exception>
    public static async Task<Restoration> RestoreAsync(
        string folder,
        ClusterOptions options,
        RestoreTerms? terms = null,
        CancellationToken cancellation = default
    )
    {
        var file = Path.Combine(folder, BackupName);
        if (!File.Exists(file))
            throw new LedgerUnavailableException(UnavailableBecause.Unreachable, $"{folder} does not hold a backup of several servers");
        var manifest = await ManifestFile.ReadAsync<ClusterBackup>(file, cancellation);
        var servers = manifest.Map.Servers.Select(name => Named(options, name)).ToList();
        foreach (var server in servers)
        {
            await PostgresLedger.RequirePartAsync(Path.Combine(folder, server.Name), server.Name, manifest.Checkpoint, cancellation);
            await PostgresLedger.RequireFreeAsync(options.Of(server));
        }

        OwnerOnly.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(options.KeyFile))!);
        var list = (terms ?? new()).Take(options.KeyFile, manifest.Erasures, manifest.ErasuresDigest);
        if (list is null && File.Exists(Path.Combine(folder, BackupErasures)))
            File.Copy(Path.Combine(folder, BackupErasures), ErasureList.Beside(options.KeyFile).Path);
        if (!File.Exists(options.KeyFile))
            File.Copy(Path.Combine(folder, BackupKeys), options.KeyFile);
        var draft = options with { Servers = servers.ConvertAll(server => server with { Schema = server.Schema + "_restoring" }) };
        var map = manifest.Map with { Version = manifest.Map.Version + 1 };
        foreach (var (server, into) in servers.Zip(draft.Servers))
            await PostgresLedger.LoadPartAsync(
                Path.Combine(folder, server.Name),
                draft.Of(into),
                server.Schema,
                (map.Version, map.ToJson()),
                cancellation
            );
        new ReachedFile(options.KeyFile).Forget();
        await using var ledger = new ClusterLedger(await Shards.OpenAsync(draft, isRestoring: true));
        return await ledger.ForgetAgainAsync(manifest, list, servers, cancellation);
    }

    async Task<Restoration> ForgetAgainAsync(
        ClusterBackup manifest,
        ErasureList? list,
        List<ClusterServer> servers,
        CancellationToken cancellation
    )
    {
        var heads = await WholeAsync(cancellation);
        var again = Checkpoint.Sign(StoreId, heads, manifest.MadeAt, shards.Now.Ring.Signing);
        if (!manifest.Checkpoint.StartsWith(again.Note[..again.Note.IndexOf("\n\n", StringComparison.Ordinal)], StringComparison.Ordinal))
            throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                "nothing was restored: what the servers have is not what the checkpoint of the backup states"
            );
        var all = await shards.AllOf(shards.Now);
        var greatest = 0L;
        foreach (var (_, ledger) in all)
            greatest = Math.Max(greatest, await ledger.GreatestHoldAsync());
        foreach (var (number, (_, ledger)) in all.Index())
            await ledger.SpreadHoldsFromAsync(PostgresLedger.NextHolds(greatest) + number);

        var (records, unreadable) = list?.Read(skipLines: manifest.Erasures) ?? ([], 0);
        var contacts = records.OfType<ErasureRecord.Forgotten>().Select(record => record.Contact.ToBytes()).ToArray();
        var hashes = records.OfType<ErasureRecord.ForgottenAt>().SelectMany(record => record.Index).ToArray();
        var forgotten = 0;
        foreach (var (name, ledger) in all)
        {
            var gone = await ledger.ForgetAsync(
                await ledger.StandingAsync(contacts, hashes),
                null,
                ServerReach.Whole,
                "restore",
                name == Map.Home ? null : ids => Home.NoteForgottenAsync(ids, "restore"),
                despiteHolds: true,
                cancellation
            );
            forgotten += gone.Forgotten;
            await ledger.VacuumAsync(cancellation);
        }

        var suppressed = await Home.NoteRestoredAsync(
            [.. records.OfType<ErasureRecord.Suppressed>()],
            manifest.MadeAt,
            forgotten,
            list is not null,
            cancellation
        );

        // Home last: the ledger cannot be opened before every other server has its part.
        foreach (var (name, ledger) in all.OrderBy(one => one.Name == Map.Home))
            await ledger.AppearAsync(servers.Find(server => server.Name == name)!.Schema);
        closed = true;
        await shards.DisposeAsync();
        return new(forgotten, suppressed, unreadable);
    }

    async Task<IReadOnlyList<ChainHead>> WholeAsync(CancellationToken cancellation)
    {
        try
        {
            return await EveryHeadAsync(cancellation);
        }
        catch (PartitionElsewhereException fault)
        {
            throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"nothing was restored: the parts of the backup do not make a whole ledger ({fault.Message})",
                fault
            );
        }
    }

    static ClusterServer Named(ClusterOptions options, string name) =>
        options.Servers.FirstOrDefault(server => server.Name == name)
        ?? throw new LedgerUnavailableException(
            UnavailableBecause.Unreachable,
            $"nothing was restored: the backup has a part of server `{name}`, which the file of the cluster does not name"
        );

    sealed record ClusterBackup(
        string StoreId,
        DateTimeOffset MadeAt,
        ShardMap Map,
        string Checkpoint,
        int Erasures,
        string? ErasuresDigest = null
    );
}
