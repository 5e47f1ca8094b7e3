using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Postgres;

/// <summary>One server's part in a backup of several, and in restoring it.</summary>
public sealed partial class PostgresLedger
{
    const string LockEveryHere = "select partition from head where here order by partition for update";
    const string GreatestHold = "select coalesce(max(number), 0) from hold";

    /// <summary>
    /// A connection on which no head that is here can move, and one that sees everything as it is while that is so. Both are the caller's
    /// to end.
    /// </summary>
    internal async Task<(Session Held, Session Seen, List<ChainHead> Heads)> FreezeAsync(CancellationToken cancellation)
    {
        try
        {
            var held = new Session(await source.OpenConnectionAsync(cancellation));
            Session? seen = null;
            try
            {
                await held.Run("begin");
                await held.Run(LockEveryHere);
                seen = new Session(await source.OpenConnectionAsync(cancellation));
                await seen.Run(BeginLook);
                return (held, seen, await seen.Rows(row => new ChainHead(row.GetInt16(0), row.GetInt64(1), (byte[])row[2]), SelectHere));
            }
            catch
            {
                await held.DisposeAsync();
                if (seen is not null)
                    await seen.DisposeAsync();
                throw;
            }
        }
        catch (Exception fault) when (PostgresFaults.IsOfTheStore(fault))
        {
            throw PostgresFaults.Read(fault);
        }
    }

    /// <summary>Keeps a note on a connection that holds the heads.</summary>
    internal static Task KeepNoteAsync(Session held, string note) => held.Run(InsertCheckpoint, note);

    /// <summary>Writes what a frozen connection sees into a folder, and of which checkpoint it is.</summary>
    internal async Task WritePartAsync(Session seen, string folder, string checkpoint, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var manifest = new BackupManifest(StoreId, options.Clock.GetUtcNow(), await CopyTables(seen, folder, cancellation), 0)
            {
                Layout = Schema.Version,
                Checkpoint = checkpoint,
                Server = options.Shard,
            };
            await File.WriteAllBytesAsync(Path.Combine(folder, BackupDigests), JsonSerializer.SerializeToUtf8Bytes(manifest), cancellation);
        }
        catch (Exception fault) when (PostgresFaults.IsOfTheStore(fault))
        {
            throw PostgresFaults.Read(fault);
        }
    }

    /// <summary>Ends the operation unless a folder holds this server's part of the backup with this checkpoint.</summary>
    internal static async Task RequirePartAsync(string folder, string server, string checkpoint, CancellationToken cancellation)
    {
        var file = Path.Combine(folder, BackupDigests);
        if (!File.Exists(file) || Schema.InBackup.Any(table => !File.Exists(BackupFile(folder, table))))
            throw new LedgerUnavailableException(
                UnavailableBecause.Unreachable,
                $"nothing was restored: {folder} holds no part of a backup, and server {server} is part of it"
            );
        var manifest = await ManifestFile.ReadAsync<BackupManifest>(file, cancellation);
        if (manifest.Server != server || manifest.Checkpoint != checkpoint)
            throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"nothing was restored: {folder} belongs to a different checkpoint from the rest of the backup, or to another server "
                    + $"({manifest.Server ?? "none"}). Servers from different times don't make a ledger: what one says was "
                    + "done, another would not have"
            );
        await RequireDigests(folder, manifest.Tables, cancellation);
    }

    /// <summary>Loads a part into a schema that is not in use yet.</summary>
    internal static async Task LoadPartAsync(
        string folder,
        PostgresLedgerOptions draft,
        string target,
        (long Version, string Map) map,
        CancellationToken cancellation
    )
    {
        await Load(folder, draft, target, Schema.Version, cancellation);
        await using var source = Connect(draft);
        await using var session = new Session(await source.OpenConnectionAsync(cancellation));
        await session.Run(InsertMap, draft.Shard, map.Version, map.Map);
    }

    internal Task<long> GreatestHoldAsync() => Look(async session => (long)(await session.Value(GreatestHold))!, CancellationToken.None);

    internal Task SpreadHoldsFromAsync(long from) =>
        Look(
            session => session.Run($"alter table hold alter column number set increment by {HoldStep} restart with {from}"),
            CancellationToken.None
        );

    /// <summary>Which of these contacts are here, and who is at these hashes of addresses.</summary>
    internal Task<List<ContactId>> StandingAsync(byte[][] contacts, byte[][] hashes) =>
        Look(
            async session => new List<ContactId>([
                .. await session.Rows(row => ContactId.FromBytes((byte[])row[0]), SelectThese, [contacts]),
                .. (await session.Rows(Sealed, SelectByAddress, [hashes])).Select(found => found.Id),
            ]),
            CancellationToken.None
        );

    /// <summary>Puts down again what the list has and the backup has not, at home, and that it was restored; how many were put
    /// down.</summary>
    internal Task<int> NoteRestoredAsync(
        IReadOnlyList<ErasureRecord> records,
        DateTimeOffset madeAt,
        int forgotten,
        bool isByList,
        CancellationToken cancellation
    ) =>
        Change(
            async (session, heads) =>
            {
                await heads.LockAll(session, [Partition.Controller.Number, Checkpoint.Suppressions]);
                var (_, suppressed) = await Apply(session, heads, records, "restore");
                await Note(
                    session,
                    heads,
                    Restoration.Kind,
                    "restore",
                    StoreRestored.Payload(madeAt, options.Clock.GetUtcNow(), forgotten, suppressed, isByList)
                );
                return suppressed;
            },
            cancellation
        );

    /// <summary>A schema that was filled appears under its own name.</summary>
    internal Task AppearAsync(string name) =>
        Look(session => session.Run($"alter schema {options.Schema} rename to {name}"), CancellationToken.None);

    /// <exception cref="LedgerUnavailableException">The server cannot be reached, or the schema is there.</exception>
    internal static async Task RequireFreeAsync(PostgresLedgerOptions options)
    {
        await using var source = Connect(options);
        try
        {
            await using var session = new Session(await source.OpenConnectionAsync());
            if (await session.Value("select 1 from pg_namespace where nspname = $1", options.Schema) is not null)
                throw new LedgerUnavailableException(
                    UnavailableBecause.Unreachable,
                    $"nothing was made: the schema {options.Schema} already exists on server {options.Shard}"
                );
        }
        catch (Exception fault) when (PostgresFaults.IsOfTheStore(fault))
        {
            throw PostgresFaults.Read(fault);
        }
    }
}
