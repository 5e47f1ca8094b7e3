using System.Globalization;
using System.Security.Cryptography;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Reading;
using Microsoft.Data.Sqlite;

namespace MaySend.Evidence.Sqlite;

public sealed partial class SqliteLedger
{
    const string InsertStore = "insert into store (one, store_id, controller_generation, controller_key) values (1, ?1, ?2, ?3)";
    const string InsertGeneration = "insert into key_generation (generation, check_value) values (?1, ?2)";
    const string InsertHead = "insert into head (partition, seq, hash, recorded_at, row_sum, seal) values (?1, 0, ?2, 0, ?3, ?4)";
    const string SelectStore = "select store_id, controller_generation, controller_key from store";
    const string SelectNewestGeneration = "select max(generation) from key_generation";
    const string SelectGenerations = "select generation, check_value from key_generation order by generation";

    /// <summary>
    /// Makes a new ledger, with a new key file unless there is one already. <see cref="LedgerUnavailableException"/> when the database file
    /// exists.
    /// </summary>
    public static SqliteLedger Create(SqliteLedgerOptions options)
    {
        try
        {
            OwnerOnly.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(options.Path))!);
            using var reserved = OwnerOnly.Open(options.Path, FileMode.CreateNew, FileAccess.Write);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LedgerUnavailableException(
                UnavailableBecause.Unreachable,
                $"no ledger was made at {options.Path}: {fault.Message}",
                fault
            );
        }

        if (!File.Exists(options.KeyFile))
            KeyRing.Create().Save(options.KeyFile);
        var ring = KeyRing.Load(options.KeyFile);
        ErasureList.Beside(options.KeyFile).Begin();
        return Guarded(
            options,
            session =>
            {
                session.Change(_ => Fill(session, ring, options.Clock));
                session.Script(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"pragma application_id = {Schema.ApplicationId}; pragma user_version = {Schema.Version};"
                    )
                );
                return ring;
            }
        );
    }

    /// <summary>
    /// Opens a ledger. <see cref="LedgerKeyException"/> when the key file is missing or belongs to another ledger;
    /// <see cref="LedgerUnavailableException"/> when the database is missing or is none.
    /// </summary>
    public static SqliteLedger Open(SqliteLedgerOptions options)
    {
        var ledger = OpenAny(options);
        try
        {
            ledger.RequireNewest();
            return ledger;
        }
        catch
        {
            ledger.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>Opens a ledger that may be older than its erasure list.</summary>
    static SqliteLedger OpenAny(SqliteLedgerOptions options)
    {
        if (!File.Exists(options.Path))
            throw new LedgerUnavailableException(UnavailableBecause.Unreachable, $"there is no ledger at {options.Path}");
        OwnerOnly.Close(options.Path);
        return Guarded(
            options,
            session =>
                Layout(session, options) switch
                {
                    Schema.Version => Matching(session, KeyRing.Load(options.KeyFile), options),
                    < Schema.Version and var older => throw new LedgerUnavailableException(
                        UnavailableBecause.Damaged,
                        $"{options.Path} has the layout {older} of an older build. Stop every process that uses it, make a backup, and run "
                            + "`maysend ledger upgrade`"
                    ),
                    var newer => throw new LedgerUnavailableException(
                        UnavailableBecause.Damaged,
                        $"{options.Path} has the layout {newer}; this build knows {Schema.Version}"
                    ),
                }
        );
    }

    static long Layout(Session session, SqliteLedgerOptions options) =>
        (long)session["pragma application_id"].Value()! == Schema.ApplicationId
            ? (long)session["pragma user_version"].Value()!
            : throw new LedgerUnavailableException(UnavailableBecause.Damaged, $"{options.Path} is not a MaySend ledger");

    /// <summary>
    /// Ends the opening when the store is older than it was, and carries out what the erasure list says and the store has not done: a
    /// crash between the two, or an older file put in the newer one's place.
    /// </summary>
    void RequireNewest()
    {
        const int lastLines = 1_000;
        new ReachedFile(options.KeyFile).Require(StoreId, LookOnce(Reached), options.Path);
        if (!erasures.Exists)
            RebuildErasureList();
        var (lines, _) = erasures.State();
        List<ErasureRecord> undone =
        [
            .. erasures
                .Read(Math.Max(0, lines - lastLines))
                .Records.Where(record => record is not ErasureRecord.ForgottenAt && LookOnce(session => IsUndone(session, record))),
        ];
        if (undone.Count > 0)
            Change((session, heads) => ApplyLate(session, heads, undone), CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>
    /// Only where the rows are those of some earlier day: one that was put back by itself is no erasure to repeat, but damage.
    /// </summary>
    int ApplyLate(Session session, Heads heads, List<ErasureRecord> undone)
    {
        IndexRows.RequireSuppressions(session, binding);
        foreach (var record in undone.OfType<ErasureRecord.Forgotten>())
            if (Keyed(session, record.Contact) is { } standing)
                IndexRows.RequireContacts(session, binding, standing.Partition);
        return Apply(session, heads, undone, "erasure list").Forgotten;
    }

    static bool IsUndone(Session session, ErasureRecord record) =>
        record switch
        {
            ErasureRecord.Forgotten(var contact) => session[Writer.SelectContact].Value(contact.ToBytes()) is not null,
            ErasureRecord.Suppressed(_, var mac, var covers) => session[SelectSameSuppression].Value(mac, covers) is null,
            _ => false,
        };

    static SqliteLedger Guarded(SqliteLedgerOptions options, Func<Session, KeyRing> prepare)
    {
        Session? session = null;
        try
        {
            session = new Session(options);
            var ring = prepare(session);
            var (storeId, controllerKey) = Controller(session, ring, options);
            var ledger = new SqliteLedger(options, ring, storeId, controllerKey, session);
            session = null;
            return ledger;
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.Read(fault, options.Path);
        }
        finally
        {
            session?.Dispose();
        }
    }

    static (byte[] StoreId, ContactKey Key) Controller(Session session, KeyRing ring, SqliteLedgerOptions options)
    {
        using var rows = session[SelectStore].Rows();
        if (!rows.Read())
            throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"{options.Path} was never finished; delete it and make the ledger again"
            );
        return (rows.Blob(0), ContactKey.FromSecret(ring.Generation(rows.GetInt32(1)).Unwrap(rows.Blob(2), ContactId.Controller)));
    }

    static int Fill(Session session, KeyRing ring, TimeProvider clock)
    {
        session.Script(Schema.Tables);
        var storeId = RandomNumberGenerator.GetBytes(16);
        var secret = RandomNumberGenerator.GetBytes(ContactKey.SecretSize);
        session[InsertStore].Run(storeId, ring.Current.Number, ring.Current.Wrap(secret, ContactId.Controller));
        foreach (var generation in ring.Generations)
            session[InsertGeneration].Run(generation.Number, generation.Check);
        var binding = new IndexBinding(ContactKey.FromSecret(secret), storeId, clock);
        for (var chain = 0; chain < Checkpoint.Chains; chain++)
        {
            var genesis = Chain.Genesis(storeId, chain);
            session[InsertHead].Run(chain, genesis, IndexBinding.Nothing, binding.Seal(chain, 0, genesis, 0, IndexBinding.Nothing));
        }

        return Checkpoint.Chains;
    }

    /// <summary>The ring, cut to the generations this store knows; an error when one of them is missing or another.</summary>
    static KeyRing Matching(Session session, KeyRing ring, SqliteLedgerOptions options)
    {
        var newest = 0;
        using var rows = session[SelectGenerations].Rows();
        while (rows.Read())
        {
            newest = rows.GetInt32(0);
            if (!ring.Generations.Any(held => held.Number == newest))
                throw new LedgerKeyException(
                    $"the key file {options.KeyFile} lacks generation {newest} of the ledger {options.Path}: it is an older "
                        + "copy. Restore the latest one"
                );
            if (!CryptographicOperations.FixedTimeEquals(ring.Generation(newest).Check, rows.Blob(1)))
                throw new LedgerKeyException(
                    $"the key file {options.KeyFile} belongs to another ledger than {options.Path}. Restore the key file that "
                        + "was saved with it"
                );
        }

        return ring.UpTo(newest);
    }

    /// <summary>
    /// Reads the key file again when another process has rotated the keys: an address must not look unknown because we hold an old ring.
    /// </summary>
    KeyRing CurrentRing(Session session) => CurrentRing(session, (long)session[SelectNewestGeneration].Value()!);

    KeyRing CurrentRing(Session session, long newest)
    {
        if (ring.Current.Number != newest)
            ring = Matching(session, KeyRing.Load(options.KeyFile), options);
        return ring;
    }
}
