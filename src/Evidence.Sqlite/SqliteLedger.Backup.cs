using System.Security.Cryptography;
using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Writing;
using MaySend.Reading;

namespace MaySend.Evidence.Sqlite;

public sealed partial class SqliteLedger
{
    const string BackupDatabase = "ledger.sqlite";
    const string BackupKeys = "keys.json";
    const string BackupErasures = "keys.json.erasures";
    const string BackupDigest = "backup.json";
    const string SelectByAddress = "select id from contact where address_mac = ?1";
    const string SelectSameSuppression = "select 1 from suppression where address_mac = ?1 and covers = ?2";
    const string SelectUnreadable = "select min(generation) from contact";

    /// <inheritdoc/>
    public async ValueTask BackupAsync(string folder, CancellationToken cancellation = default)
    {
        RequireEmpty(folder);
        var database = Path.Combine(folder, BackupDatabase);
        var (lines, digest) = erasures.State(); // before the copy: an erasure in between is repeated rather than lost
        try
        {
            await writer.Outside(session => session["vacuum into ?1"].Run(database), cancellation);
        }
        catch (LedgerUnavailableException fault) when (SqliteFaults.IsFull(fault))
        {
            // The ledger is as it was: it is the copy that has no room.
            throw new IOException($"there is no space left for {database}: no backup was made", fault);
        }
        File.Copy(options.KeyFile, Path.Combine(folder, BackupKeys));
        if (erasures.Exists)
            File.Copy(erasures.Path, Path.Combine(folder, BackupErasures));
        var manifest = new BackupManifest(StoreId, options.Clock.GetUtcNow(), Digest(database), lines) { ErasuresDigest = digest };
        await File.WriteAllBytesAsync(Path.Combine(folder, BackupDigest), JsonSerializer.SerializeToUtf8Bytes(manifest), cancellation);
        foreach (var file in Directory.GetFiles(folder))
        {
            using var written = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
            written.Flush(flushToDisk: true);
        }

        OwnerOnly.CloseTree(folder);
    }

    /// <summary>
    /// Puts a backup in place where no ledger is, and forgets again whoever was erased since, by the erasure list. A key file that is there
    /// already is kept (it may be newer); else the backup's is copied.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">There is a ledger, no backup, or no erasure list and nobody said that there need be
    /// none.</exception>
    public static async Task<Restoration> RestoreAsync(
        string folder,
        SqliteLedgerOptions options,
        RestoreTerms? terms = null,
        CancellationToken cancellation = default
    )
    {
        var database = Path.Combine(folder, BackupDatabase);
        var digest = Path.Combine(folder, BackupDigest);
        if (!File.Exists(database) || !File.Exists(digest))
            throw new LedgerUnavailableException(UnavailableBecause.Unreachable, $"{folder} holds no backup of a SQLite ledger");
        if (File.Exists(options.Path))
            throw new LedgerUnavailableException(
                UnavailableBecause.Unreachable,
                $"{options.Path} exists; restore a backup only to a place without a ledger"
            );
        var manifest = await ManifestFile.ReadAsync<BackupManifest>(digest, cancellation);
        if (manifest.Database != Digest(database))
            throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"{database} was changed after the backup: its digest differs from {digest}"
            );
        OwnerOnly.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(options.Path))!);
        OwnerOnly.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(options.KeyFile))!);
        var list = (terms ?? new()).Take(options.KeyFile, manifest.Erasures, manifest.ErasuresDigest);
        if (list is null && File.Exists(Path.Combine(folder, BackupErasures)))
            File.Copy(Path.Combine(folder, BackupErasures), ErasureList.Beside(options.KeyFile).Path);
        if (!File.Exists(options.KeyFile))
            File.Copy(Path.Combine(folder, BackupKeys), options.KeyFile);

        // Only a ledger that has forgotten whom it must forget appears under its own name.
        var draft = options with
        {
            Path = options.Path + ".restoring",
        };
        foreach (var leftOver in new[] { draft.Path, draft.Path + "-wal", draft.Path + "-shm" })
            File.Delete(leftOver);
        File.Copy(database, draft.Path);
        OwnerOnly.Close(draft.Path);
        new ReachedFile(options.KeyFile).Forget();
        Upgrade(draft);
        Restoration restored;
        await using (var ledger = OpenAny(draft))
        {
            restored = await ledger.Change((session, heads) => ledger.ForgetAgain(session, heads, manifest, list), cancellation);
            await ledger.ClearResidue(traces: null, cancellation);
        }

        File.Move(draft.Path, options.Path);
        return restored;
    }

    Restoration ForgetAgain(Session session, Heads heads, BackupManifest manifest, ErasureList? list)
    {
        var keys = CurrentRing(session);
        if (session[SelectUnreadable].Value() is long oldest && !keys.Generation((int)oldest).CanUnwrap)
            throw new LedgerKeyException(
                $"the key file {options.KeyFile} no longer holds the wrapping key of generation {oldest}; restore with the "
                    + "key file saved in the backup"
            );
        var (records, unreadable) = list?.Read(skipLines: manifest.Erasures) ?? ([], 0);
        var (forgotten, suppressed) = Apply(session, heads, records, "restore");
        Note(
            session,
            heads,
            Restoration.Kind,
            "restore",
            StoreRestored.Payload(manifest.MadeAt, options.Clock.GetUtcNow(), forgotten, suppressed, list is not null)
        );
        return new(forgotten, suppressed, unreadable);
    }

    /// <summary>Carries out what the erasure list says and the store has not done; how many were forgotten and suppressed.</summary>
    (int Forgotten, int Suppressed) Apply(Session session, Heads heads, IReadOnlyList<ErasureRecord> records, string by)
    {
        var (forgotten, suppressed) = (0, 0);
        foreach (var record in records)
        {
            if (record is ErasureRecord.Suppressed put && session[SelectSameSuppression].Value(put.Mac, put.Covers) is null)
            {
                Put(session, heads, put);
                suppressed++;
            }

            IEnumerable<ContactId> gone = record switch
            {
                ErasureRecord.Forgotten(var contact) => [contact],
                ErasureRecord.ForgottenAt(var index) => index
                    .Select(mac => session[SelectByAddress].Value(mac))
                    .OfType<byte[]>()
                    .Select(bytes => ContactId.FromBytes(bytes))
                    .ToList(),
                _ => [],
            };
            foreach (var standing in gone.Select(id => Keyed(session, id)).OfType<Owner>())
            {
                Forget(session, heads, standing.Id, standing.Partition, by);
                forgotten++;
            }
        }

        return (forgotten, suppressed);
    }

    static void RequireEmpty(string folder)
    {
        OwnerOnly.MakeFolder(folder);
        if (Directory.EnumerateFileSystemEntries(folder).Any())
            throw new LedgerUnavailableException(
                UnavailableBecause.Unreachable,
                $"{folder} is not empty; a backup needs a folder of its own"
            );
    }

    static string Digest(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    sealed record BackupManifest(string StoreId, DateTimeOffset MadeAt, string Database, int Erasures)
    {
        public string? ErasuresDigest { get; init; }
    }
}
