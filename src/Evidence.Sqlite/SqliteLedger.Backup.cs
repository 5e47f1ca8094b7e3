using System.Security.Cryptography;
using System.Text.Json;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Sqlite;

public sealed partial class SqliteLedger
{
    const string BackupDatabase = "ledger.sqlite";
    const string BackupKeys = "keys.json";
    const string BackupDigest = "backup.json";
    const string DeleteByAddress = "delete from contact where address_mac = ?1 returning id";
    const string SelectSameSuppression = "select 1 from suppression where address_mac = ?1 and covers = ?2";
    const string SelectUnreadable = "select min(generation) from contact";

    /// <inheritdoc/>
    public async ValueTask BackupAsync(string folder, CancellationToken cancellation = default)
    {
        RequireEmpty(folder);
        var database = Path.Combine(folder, BackupDatabase);
        var lines = erasures.Read().Records.Count; // counted before the copy: an erasure in between is repeated rather than lost
        await writer.Outside(session => session["vacuum into ?1"].Run(database), cancellation);
        File.Copy(options.KeyFile, Path.Combine(folder, BackupKeys));
        var manifest = new BackupManifest(StoreId, options.Clock.GetUtcNow(), Digest(database), lines);
        await File.WriteAllBytesAsync(Path.Combine(folder, BackupDigest), JsonSerializer.SerializeToUtf8Bytes(manifest), cancellation);
        foreach (var file in Directory.GetFiles(folder))
        {
            using var written = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
            written.Flush(flushToDisk: true);
        }
    }

    /// <summary>
    /// Puts a backup in place where no ledger is, and forgets again whoever was erased since, by the erasure list beside the key file. A
    /// key file that is
    /// there already is kept
    /// (it may be newer); else the backup's is copied.
    /// </summary>
    public static async Task<Restoration> RestoreAsync(string folder, SqliteLedgerOptions options, CancellationToken cancellation = default)
    {
        var database = Path.Combine(folder, BackupDatabase);
        var digest = Path.Combine(folder, BackupDigest);
        if (!File.Exists(database) || !File.Exists(digest))
            throw new LedgerUnavailableException(UnavailableBecause.Unreachable, $"{folder} holds no backup of a SQLite ledger");
        if (File.Exists(options.Path))
            throw new LedgerUnavailableException(
                UnavailableBecause.Unreachable,
                $"{options.Path} exists; a backup is only restored where no ledger is"
            );
        var manifest = JsonSerializer.Deserialize<BackupManifest>(await File.ReadAllBytesAsync(digest, cancellation))!;
        if (manifest.Database != Digest(database))
            throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"{database} is not what was backed up: its digest differs from {digest}"
            );
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Path))!);
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
        Restoration restored;
        await using (var ledger = Open(draft))
        {
            restored = await ledger.Change((session, heads) => ledger.ForgetAgain(session, heads, manifest), cancellation);
            await ledger.ClearResidue(cancellation);
        }

        File.Move(draft.Path, options.Path);
        return restored;
    }

    Restoration ForgetAgain(Session session, Heads heads, BackupManifest manifest)
    {
        var keys = CurrentRing(session);
        if (session[SelectUnreadable].Value() is long oldest && !keys.Generation((int)oldest).CanUnwrap)
            throw new LedgerKeyException(
                $"the key file {options.KeyFile} no longer holds the wrapping key of generation {oldest}; restore with the "
                    + "key file saved in the backup"
            );
        var (records, unreadable) = erasures.Read();
        var (forgotten, suppressed) = (0, 0);
        foreach (var record in records.Skip(records.Count < manifest.Erasures ? 0 : manifest.Erasures))
        {
            if (session[SelectSameSuppression].Value(record.Suppression, record.Covers) is null)
            {
                Put(session, record);
                suppressed++;
            }

            foreach (var id in record.Index.Select(mac => session[DeleteByAddress].Value(mac)).OfType<byte[]>())
            {
                Forget(session, heads, ContactId.FromBytes(id), "restore");
                forgotten++;
            }
        }

        Note(
            session,
            heads,
            "ledger-restored",
            "restore",
            JsonSerializer.Serialize(
                new
                {
                    backup_made_at = manifest.MadeAt,
                    forgotten,
                    suppressed,
                }
            )
        );
        return new(forgotten, suppressed, unreadable);
    }

    static void RequireEmpty(string folder)
    {
        Directory.CreateDirectory(folder);
        if (Directory.EnumerateFileSystemEntries(folder).Any())
            throw new LedgerUnavailableException(
                UnavailableBecause.Unreachable,
                $"{folder} is not empty; a backup goes into a folder of its own"
            );
    }

    static string Digest(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    sealed record BackupManifest(string StoreId, DateTimeOffset MadeAt, string Database, int Erasures);
}
