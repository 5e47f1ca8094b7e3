using System.Security.Cryptography;
using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Reading;

namespace MaySend.Evidence.Postgres;

public sealed partial class PostgresLedger
{
    const string BackupKeys = "keys.json";
    const string BackupDigests = "backup.json";
    const string BackupErasures = "keys.json.erasures";
    const string SelectSameSuppression = "select 1 from suppression where address_mac = $1 and covers = $2";
    const string SelectOldestGeneration = "select min(generation) from contact";
    const string ContinueNumbers = """
        select setval(pg_get_serial_sequence('hold', 'number'), (select coalesce(max(number), 0) + 1 from hold), false),
               setval(pg_get_serial_sequence('checkpoint', 'number'), (select coalesce(max(number), 0) + 1 from checkpoint), false)
        """;

    /// <inheritdoc/>
    public async ValueTask BackupAsync(string folder, CancellationToken cancellation = default)
    {
        OwnerOnly.MakeFolder(folder);
        if (Directory.EnumerateFileSystemEntries(folder).Any())
            throw new LedgerUnavailableException(
                UnavailableBecause.Unreachable,
                $"{folder} is not empty; a backup needs a folder of its own"
            );
        var (lines, erasuresDigest) = erasures.State(); // before the copy: an erasure in between is repeated rather than lost
        var digests = await LookSteadily(session => CopyTables(session, folder, cancellation), cancellation);
        File.Copy(options.KeyFile, Path.Combine(folder, BackupKeys));
        if (erasures.Exists)
            File.Copy(erasures.Path, Path.Combine(folder, BackupErasures));
        var manifest = new BackupManifest(StoreId, options.Clock.GetUtcNow(), digests, lines)
        {
            ErasuresDigest = erasuresDigest,
            Layout = Schema.Version,
        };
        await File.WriteAllBytesAsync(Path.Combine(folder, BackupDigests), JsonSerializer.SerializeToUtf8Bytes(manifest), cancellation);
        OwnerOnly.CloseTree(folder);
    }

    /// <summary>Copies every table as the session's snapshot has it; the digest of each.</summary>
    static async Task<Dictionary<string, string>> CopyTables(Session session, string folder, CancellationToken cancellation)
    {
        var digests = new Dictionary<string, string>();
        foreach (var table in Schema.InBackup)
        {
            await using var rows = await session.Connection.BeginRawBinaryCopyAsync(
                $"copy {Schema.Columns(table, Schema.Version)} to stdout (format binary)",
                cancellation
            );
            await using var file = new FileStream(BackupFile(folder, table), FileMode.CreateNew);
            await rows.CopyToAsync(file, cancellation);
            file.Flush(flushToDisk: true);
            file.Position = 0;
            digests[table] = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
        }

        return digests;
    }

    /// <exception cref="LedgerUnavailableException">A file is not what was backed up.</exception>
    static async Task RequireDigests(string folder, Dictionary<string, string> digests, CancellationToken cancellation)
    {
        foreach (var table in Schema.InBackup)
        {
            await using var file = File.OpenRead(BackupFile(folder, table));
            if (digests.GetValueOrDefault(table) != Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation)))
                throw new LedgerUnavailableException(
                    UnavailableBecause.Damaged,
                    $"{file.Name} was changed after the backup: its digest differs from {Path.Combine(folder, BackupDigests)}"
                );
        }
    }

    /// <summary>
    /// Puts a backup into a schema that does not exist yet, and forgets again whoever was erased since, by the erasure list. A key file
    /// that is there already is kept (it may be newer); else the backup's is copied.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">There is a ledger, no backup, or no erasure list and nobody said that there need be
    /// none.</exception>
    public static async Task<Restoration> RestoreAsync(
        string folder,
        PostgresLedgerOptions options,
        RestoreTerms? terms = null,
        CancellationToken cancellation = default
    )
    {
        var manifestFile = Path.Combine(folder, BackupDigests);
        if (!File.Exists(manifestFile) || Schema.InBackup.Any(table => !File.Exists(BackupFile(folder, table))))
            throw new LedgerUnavailableException(UnavailableBecause.Unreachable, $"{folder} holds no backup of a PostgreSQL ledger");
        var manifest = await ManifestFile.ReadAsync<BackupManifest>(manifestFile, cancellation);
        if (manifest.Server is { } part)
            throw new LedgerUnavailableException(
                UnavailableBecause.Unreachable,
                $"nothing was restored: {folder} is the part of server {part} in a backup of several; restore the whole of it"
            );
        await RequireDigests(folder, manifest.Tables, cancellation);

        OwnerOnly.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(options.KeyFile))!);
        var list = (terms ?? new()).Take(options.KeyFile, manifest.Erasures, manifest.ErasuresDigest);
        if (list is null && File.Exists(Path.Combine(folder, BackupErasures)))
            File.Copy(Path.Combine(folder, BackupErasures), ErasureList.Beside(options.KeyFile).Path);
        if (!File.Exists(options.KeyFile))
            File.Copy(Path.Combine(folder, BackupKeys), options.KeyFile);

        // Only a ledger that has forgotten whom it must forget appears under its own name.
        var draft = options with
        {
            Schema = options.Schema + "_restoring",
        };
        await Load(folder, draft, options.Schema, manifest.Layout, cancellation);
        new ReachedFile(options.KeyFile).Forget();
        await UpgradeAsync(draft, cancellation);
        await using var ledger = await OpenAnyAsync(draft);
        var restored = await ledger.Change((session, heads) => ledger.ForgetAgain(session, heads, manifest, list), cancellation);
        await ledger.Vacuum(cancellation);
        return await ledger.Change(
            async (session, _) =>
            {
                await session.Run($"alter schema {draft.Schema} rename to {options.Schema}");
                return restored;
            },
            cancellation
        );
    }

    static async Task Load(string folder, PostgresLedgerOptions draft, string target, int layout, CancellationToken cancellation)
    {
        await using var source = Connect(draft);
        try
        {
            await using var session = new Session(await source.OpenConnectionAsync(cancellation));
            await session.Run("begin");
            if (await session.Value("select 1 from pg_namespace where nspname = $1", target) is not null)
                throw new LedgerUnavailableException(
                    UnavailableBecause.Unreachable,
                    $"the schema {target} exists; restore a backup only to a place without a ledger"
                );
            await session.Run($"drop schema if exists {draft.Schema} cascade");
            await session.Run($"create schema {draft.Schema}");
            await session.Run(Schema.Tables);
            if (layout < 3)
                await session.Run("alter table head drop column here");
            if (layout < 2)
                await session.Run("alter table head drop column row_sum, drop column seal");
            foreach (var table in Schema.InBackup)
            {
                await using var rows = await session.Connection.BeginRawBinaryCopyAsync(
                    $"copy {Schema.Columns(table, layout)} from stdin (format binary)",
                    cancellation
                );
                await using var file = File.OpenRead(BackupFile(folder, table));
                await file.CopyToAsync(rows, cancellation);
            }

            await session.Value(ContinueNumbers);
            await session.Run("commit");
        }
        catch (Exception fault) when (PostgresFaults.IsOfTheStore(fault))
        {
            throw PostgresFaults.Read(fault);
        }
    }

    async Task<Restoration> ForgetAgain(Session session, Heads heads, BackupManifest manifest, ErasureList? list)
    {
        await heads.LockAll(session, Enumerable.Range(0, Checkpoint.Chains));
        var keys = await CurrentRing(session);
        if (await session.Value(SelectOldestGeneration) is int oldest && !keys.Generation(oldest).CanUnwrap)
            throw new LedgerKeyException(
                $"the key file {options.KeyFile} no longer holds the wrapping key of generation {oldest}; restore with the "
                    + "key file saved in the backup"
            );
        var (records, unreadable) = list?.Read(skipLines: manifest.Erasures) ?? ([], 0);
        var (forgotten, suppressed) = await Apply(session, heads, records, "restore");

        await Note(
            session,
            heads,
            Restoration.Kind,
            "restore",
            StoreRestored.Payload(manifest.MadeAt, options.Clock.GetUtcNow(), forgotten, suppressed, list is not null)
        );
        return new(forgotten, suppressed, unreadable);
    }

    /// <summary>
    /// Carries out what the erasure list says and the store has not done; how many were forgotten and suppressed. Every head must be
    /// locked.
    /// </summary>
    async Task<(int Forgotten, int Suppressed)> Apply(Session session, Heads heads, IReadOnlyList<ErasureRecord> records, string by)
    {
        var (forgotten, suppressed) = (0, 0);
        foreach (var record in records)
        {
            if (record is ErasureRecord.Suppressed put && await session.Value(SelectSameSuppression, put.Mac, put.Covers) is null)
            {
                await Put(session, heads, put);
                suppressed++;
            }

            List<ContactId> gone = record switch
            {
                ErasureRecord.Forgotten(var contact) => [contact],
                ErasureRecord.ForgottenAt(var index) => (await session.Rows(Sealed, SelectByAddress, [index.ToArray()])).ConvertAll(found =>
                    found.Id
                ),
                _ => [],
            };
            foreach (var id in gone)
            {
                if (await OwnerOf(session, id) is not { } standing)
                    continue;
                await Forget(session, heads, standing.Id, standing.Partition, by);
                forgotten++;
            }
        }

        return (forgotten, suppressed);
    }

    static string BackupFile(string folder, string table) => Path.Combine(folder, table + ".copy");

    sealed record BackupManifest(string StoreId, DateTimeOffset MadeAt, Dictionary<string, string> Tables, int Erasures)
    {
        public string? ErasuresDigest { get; init; }

        public int Layout { get; init; } = 1;

        public string? Checkpoint { get; init; }

        public string? Server { get; init; }
    }
}
