using System.Globalization;
using System.Text.Json;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Evidence.Ledger.Writing;
using Microsoft.Data.Sqlite;

namespace MaySend.Evidence.Sqlite;

/// <summary>Steps forward from the layouts of older builds, each with a name, each in one commit.</summary>
public sealed partial class SqliteLedger
{
    const string SelectAllContacts = "select id from contact order by id";
    const string SelectAllSuppressions = "select generation, address_mac, covers from suppression order by seq";

    const string AddBinding = """
        alter table head add column row_sum blob not null default x'';
        alter table head add column seal blob not null default x'';
        update head set row_sum = zeroblob(32), seal = zeroblob(32);
        create index contact_of_partition on contact (partition, id);
        """;

    const string InsertSuppressionHead = """
        insert into head (partition, seq, hash, recorded_at, row_sum, seal)
        select ?1, coalesce(max(seq), 0), coalesce((select hash from suppression order by seq desc limit 1), ?2), 0, ?3, ?3 from suppression
        """;

    /// <summary>
    /// Takes a ledger to the layout of this build: the step <c>bind-the-index</c> puts into the chain what each contact's rows are. Nothing
    /// is done where it has that layout. No other process may use the ledger meanwhile.
    /// </summary>
    /// <returns>How many contacts were bound; null where there was nothing to do.</returns>
    /// <exception cref="LedgerUnavailableException">It is no ledger, or its index has been altered already: then nothing is
    /// changed.</exception>
    public static long? Upgrade(SqliteLedgerOptions options)
    {
        if (!File.Exists(options.Path))
            throw new LedgerUnavailableException(UnavailableBecause.Unreachable, $"there is no ledger at {options.Path}");
        try
        {
            using (var session = new Session(options))
                if (Layout(session, options) != 1)
                    return null;
            long bound;
            using (var session = new Session(options))
                bound = session.Change(_ => BindTheIndex(session, options));
            return bound;
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.Read(fault, options.Path);
        }
    }

    static long BindTheIndex(Session session, SqliteLedgerOptions options)
    {
        session.Script(AddBinding);
        var ring = Matching(session, KeyRing.Load(options.KeyFile), options);
        var (storeId, controllerKey) = Controller(session, ring, options);
        session[InsertSuppressionHead].Run(Checkpoint.Suppressions, Chain.Genesis(storeId, Checkpoint.Suppressions), IndexBinding.Nothing);
        var heads = new Heads(options.Clock, new(controllerKey, storeId, options.Clock));
        heads.Begin(session);
        for (var chain = 0; chain < Checkpoint.Chains; chain++)
            heads.Touch(session, chain);
        var bound = 0;
        foreach (var id in session[SelectAllContacts].Rows().Blobs().Select(bytes => ContactId.FromBytes(bytes)))
        {
            var owner = new Resolving(session, ring, new(controllerKey, storeId, options.Clock)).ById(id)!;
            var state = Rows(session, owner);
            if (FoundBy(session, ring, state.Address) != id)
                throw new LedgerUnavailableException(
                    UnavailableBecause.Damaged,
                    $"nothing was changed: the index does not lead from the address of contact {id} to it. Restore from a backup"
                );
            Writer.Insert(session, heads, SealedEntry.Of(StateEntry(options, owner.Id, "bind-the-index"), owner, state.Bind(owner.Key)));
            heads.Made(session, owner.Partition, owner.Id);
            bound++;
        }

        using (var rows = session[SelectAllSuppressions].Rows())
            while (rows.Read())
                heads.Suppressed(session, rows.GetInt32(0), rows.Blob(1), rows.Blob(2));
        var controller = new Owner(ContactId.Controller, Partition.Controller, controllerKey, null);
        var payload = JsonSerializer.Serialize(new { step = "bind-the-index", contacts = bound });
        Writer.Insert(session, heads, SealedEntry.Of(ControllerEntry(options, "ledger-upgraded", "upgrade", payload), controller));
        heads.Set(session);
        session.Script(string.Create(CultureInfo.InvariantCulture, $"pragma user_version = {Schema.Version};"));
        return bound;
    }

    static ContactId? FoundBy(Session session, KeyRing ring, Address address)
    {
        foreach (var generation in ring.Generations)
            if (session[SelectByAddress].Value(generation.AddressMac(address, out _)) is byte[] id)
                return ContactId.FromBytes(id);
        return null;
    }

    /// <summary>The erasure list from what the store itself has: one that went missing beside a store that stands.</summary>
    void RebuildErasureList()
    {
        var records = Look(session =>
        {
            var all = new List<ErasureRecord>();
            using (var rows = session[SelectAllSuppressions].Rows())
                while (rows.Read())
                    all.Add(new ErasureRecord.Suppressed(rows.GetInt32(0), rows.Blob(1), rows.Blob(2)));
            foreach (
                var entry in Range(session, Partition.Controller, 0, default, int.MaxValue)
                    .Where(entry => entry.Kind == ErasureRecord.Forgotten.Kind)
            )
                if (ErasureRecord.Forgotten.In(entry.Content!.Payload) is { } forgotten)
                    all.Add(forgotten);
            return all;
        });
        erasures.Begin();
        erasures.Add(records);
    }
}
