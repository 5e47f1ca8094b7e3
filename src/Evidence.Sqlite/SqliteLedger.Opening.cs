using System.Globalization;
using System.Security.Cryptography;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Keys;
using Microsoft.Data.Sqlite;

namespace MaySend.Evidence.Sqlite;

public sealed partial class SqliteLedger
{
    const string InsertStore = "insert into store (one, store_id, controller_generation, controller_key) values (1, ?1, ?2, ?3)";
    const string InsertGeneration = "insert into key_generation (generation, check_value) values (?1, ?2)";
    const string InsertHead = "insert into head (partition, seq, hash, recorded_at) values (?1, 0, ?2, 0)";
    const string SelectStore = "select store_id, controller_generation, controller_key from store";
    const string SelectNewestGeneration = "select max(generation) from key_generation";
    const string SelectGenerationAndSeq = "select (select max(generation) from key_generation), seq from head where partition = ?1";
    const string SelectGenerations = "select generation, check_value from key_generation order by generation";

    /// <summary>
    /// Makes a new ledger, with a new key file unless there is one already. <see cref="LedgerUnavailableException"/> when the database file
    /// exists.
    /// </summary>
    public static SqliteLedger Create(SqliteLedgerOptions options)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Path))!);
            using var reserved = new FileStream(options.Path, FileMode.CreateNew);
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
        return Guarded(
            options,
            session =>
            {
                session.Change(_ => Fill(session, ring));
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
    /// <see cref="LedgerUnavailableException"/>
    /// when the database is missing or is none.
    /// </summary>
    public static SqliteLedger Open(SqliteLedgerOptions options)
    {
        if (!File.Exists(options.Path))
            throw new LedgerUnavailableException(UnavailableBecause.Unreachable, $"there is no ledger at {options.Path}");
        return Guarded(
            options,
            session =>
            {
                var (application, version) = (
                    (long)session["pragma application_id"].Value()!,
                    (long)session["pragma user_version"].Value()!
                );
                if (application != Schema.ApplicationId)
                    throw new LedgerUnavailableException(UnavailableBecause.Damaged, $"{options.Path} is not a MaySend ledger");
                return version == Schema.Version
                    ? Matching(session, KeyRing.Load(options.KeyFile), options)
                    : throw new LedgerUnavailableException(
                        UnavailableBecause.Damaged,
                        $"{options.Path} has the layout {version}; this build knows {Schema.Version}"
                    );
            }
        );
    }

    static SqliteLedger Guarded(SqliteLedgerOptions options, Func<Session, KeyRing> prepare)
    {
        Session? session = null;
        try
        {
            session = new Session(options);
            var ring = prepare(session);
            using var rows = session[SelectStore].Rows();
            if (!rows.Read())
                throw new LedgerUnavailableException(
                    UnavailableBecause.Damaged,
                    $"{options.Path} was never finished; delete it and make the ledger again"
                );
            var generation = ring.Generation(rows.GetInt32(1));
            var controllerKey = ContactKey.FromSecret(generation.Unwrap(rows.Blob(2), ContactId.Controller));
            var ledger = new SqliteLedger(options, ring, rows.Blob(0), controllerKey, session);
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

    static int Fill(Session session, KeyRing ring)
    {
        session.Script(Schema.Tables);
        var storeId = RandomNumberGenerator.GetBytes(16);
        var secret = RandomNumberGenerator.GetBytes(ContactKey.SecretSize);
        session[InsertStore].Run(storeId, ring.Current.Number, ring.Current.Wrap(secret, ContactId.Controller));
        foreach (var generation in ring.Generations)
            session[InsertGeneration].Run(generation.Number, generation.Check);
        for (var partition = 0; partition < Partition.Count; partition++)
            session[InsertHead].Run(partition, Chain.Genesis(storeId, partition));
        return Partition.Count;
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

    (KeyRing Ring, long ControllerSeq) CurrentRingAndControllerSeq(Session session)
    {
        using var rows = session[SelectGenerationAndSeq].Rows(Partition.Controller.Number);
        rows.Read();
        return (CurrentRing(session, rows.GetInt64(0)), rows.GetInt64(1));
    }

    KeyRing CurrentRing(Session session, long newest)
    {
        if (ring.Current.Number != newest)
            ring = Matching(session, KeyRing.Load(options.KeyFile), options);
        return ring;
    }
}
