using System.Text.Json;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Evidence.Ledger.Writing;

namespace MaySend.Evidence.Postgres;

/// <summary>Steps forward from the layouts of older builds, each with a name, each in one commit.</summary>
public sealed partial class PostgresLedger
{
    const string SelectAllContacts = "select id from contact order by id";
    const string SetLayout = "update store set layout = $1";
    const string SelectEveryHead = "select partition, seq, hash, recorded_at, row_sum, seal, here from head order by partition for update";

    /// <summary>
    /// Takes a ledger to the layout of this build: the step <c>bind-the-index</c> puts into the chain what each contact's rows are,
    /// <c>place-the-partitions</c> gives each head its mark that this server has the partition. Nothing is done where it has that layout.
    /// No other process may use the ledger meanwhile.
    /// </summary>
    /// <returns>How many contacts were bound; null where there was nothing to do.</returns>
    /// <exception cref="LedgerUnavailableException">It is no ledger, or its index has been altered already: then nothing is
    /// changed.</exception>
    public static async Task<long?> UpgradeAsync(PostgresLedgerOptions options, CancellationToken cancellation = default)
    {
        await using var source = Connect(options);
        try
        {
            await using var session = new Session(await source.OpenConnectionAsync(cancellation));
            var layout = (int)(await session.Value("select layout from store"))!;
            if (layout >= Schema.Version)
                return null;
            await session.Run("begin");
            if (layout > 1)
            {
                await session.Run(Schema.AddPlaces);
                await session.Run(SetLayout, Schema.Version);
                await session.Run("commit");
                return 0;
            }

            var ring = Matching(await session.Rows(Generation, SelectGenerations), KeyRing.Load(options.KeyFile), options);
            var (generation, wrapped, storeId) = (
                await session.Rows(row => (row.GetInt32(2), (byte[])row[3], (byte[])row[1]), SelectStore)
            )[0];
            var controllerKey = ContactKey.FromSecret(ring.Generation(generation).Unwrap(wrapped, ContactId.Controller));
            await session.Run(Schema.AddBinding);
            await session.Run(Schema.AddPlaces);
            // Its writer is used for nothing: the step is one commit of this connection.
            await using var ledger = new PostgresLedger(options, Connect(options), ring, storeId, controllerKey);
            var bound = await ledger.BindTheIndex(session);
            await session.Run(SetLayout, Schema.Version);
            await session.Run("commit");
            return bound;
        }
        catch (Exception fault) when (PostgresFaults.IsOfTheStore(fault))
        {
            throw PostgresFaults.Read(fault);
        }
    }

    async Task<long> BindTheIndex(Session session)
    {
        var heads = new Heads(options.Clock, binding);
        heads.Held(await session.Rows(Heads.Read, SelectEveryHead));
        for (var chain = 0; chain < Checkpoint.Chains; chain++)
            heads.Touch(chain);
        var bound = 0;
        foreach (var id in await session.Rows(row => ContactId.FromBytes((byte[])row[0]), SelectAllContacts))
        {
            var owner = (await OwnerOf(session, id))!;
            var state = await RowsOf(session, owner);
            if (await session.Rows(Sealed, SelectByAddress, [IndexMacs(ring, state.Address)]) is not [var found] || found.Id != id)
                throw new LedgerUnavailableException(
                    UnavailableBecause.Damaged,
                    $"nothing was changed: the index does not lead from the address of contact {id} to it. Restore from a backup"
                );
            var chained = new Chained(heads, []);
            chained.Add(SealedEntry.Of(StateEntry(options, id, "bind-the-index"), owner, state.Bind(owner.Key)));
            await session.Run(Writer.InsertEntries, chained.Columns());
            heads.Made(owner.Partition, id);
            bound++;
        }

        foreach (
            var (generation, mac, covers) in await session.Rows(
                row => (row.GetInt32(0), (byte[])row[1], (byte[])row[2]),
                SelectAllSuppressions
            )
        )
            heads.Suppressed(generation, mac, covers);
        await Note(
            session,
            heads,
            "ledger-upgraded",
            "upgrade",
            JsonSerializer.Serialize(new { step = "bind-the-index", contacts = bound })
        );
        await session.Value(Heads.Set, heads.Moved()!);
        return bound;
    }

    /// <summary>
    /// Ends the opening when the store is older than it was, and carries out what the erasure list says and the store has not done: a
    /// crash between the two, or an older copy put in the newer one's place.
    /// </summary>
    async Task RequireNewest()
    {
        const int lastLines = 1_000;
        new ReachedFile(options.KeyFile).Require(StoreId, await Look(Reached, CancellationToken.None), $"schema {options.Schema}");
        if (!erasures.Exists)
            await RebuildErasureList();
        var (lines, _) = erasures.State();
        var undone = await Look(
            async session =>
            {
                var found = new List<ErasureRecord>();
                foreach (var record in erasures.Read(Math.Max(0, lines - lastLines)).Records)
                    if (await IsUndone(session, record))
                        found.Add(record);
                return found;
            },
            CancellationToken.None
        );
        if (undone.Count > 0)
            await Change(
                async (session, heads) =>
                {
                    await heads.LockAll(session, Enumerable.Range(0, Checkpoint.Chains));
                    // Only where the rows are those of some earlier day: one that was put back by itself is no erasure to repeat, but
                    // damage.
                    List<short> chains = [Checkpoint.Suppressions];
                    foreach (var record in undone.OfType<ErasureRecord.Forgotten>())
                        if (await OwnerOf(session, record.Contact) is { } standing)
                            chains.Add((short)standing.Partition.Number);
                    await RequireRows(session, [.. chains.Distinct()]);
                    return await Apply(session, heads, undone, "erasure list");
                },
                CancellationToken.None
            );
    }

    static async Task<bool> IsUndone(Session session, ErasureRecord record) =>
        record switch
        {
            ErasureRecord.Forgotten(var contact) => await session.Value("select 1 from contact where id = $1", contact.ToBytes())
                is not null,
            ErasureRecord.Suppressed(_, var mac, var covers) => await session.Value(SelectSameSuppression, mac, covers) is null,
            _ => false,
        };

    /// <summary>The erasure list from what the store itself has: one that went missing beside a store that stands.</summary>
    async Task RebuildErasureList()
    {
        var records = new List<ErasureRecord>(
            await Look(
                session =>
                    session.Rows<ErasureRecord>(
                        row => new ErasureRecord.Suppressed(row.GetInt32(0), (byte[])row[1], (byte[])row[2]),
                        SelectAllSuppressions
                    ),
                CancellationToken.None
            )
        );
        foreach (var entry in (await ReadControllerAsync()).Where(entry => entry.Kind == ErasureRecord.Forgotten.Kind))
            if (ErasureRecord.Forgotten.In(entry.Content!.Payload) is { } forgotten)
                records.Add(forgotten);
        erasures.Begin();
        erasures.Add(records);
    }
}
