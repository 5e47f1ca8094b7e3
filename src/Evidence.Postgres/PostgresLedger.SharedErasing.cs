using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Writing;

namespace MaySend.Evidence.Postgres;

/// <summary>The halves of an erasure where the suppressions are on one server and the contact on another.</summary>
public sealed partial class PostgresLedger
{
    const string SelectThese = "select id from contact join head on head.partition = contact.partition where id = any ($1) and here";

    const string SelectSameKey = "select 1 from entry where contact = $1 and idempotency = $2";

    internal ErasureList ErasureRecords => erasures;

    /// <summary>Puts suppressions down: on the list first, then in one commit here.</summary>
    internal Task SuppressAsync(
        IReadOnlyCollection<Address> addresses,
        ReadOnlyMemory<byte> covers,
        ServerReach reach,
        CancellationToken cancellation
    ) =>
        Change(
            async (session, heads) =>
            {
                await heads.LockAll(session, [Checkpoint.Suppressions]);
                var keys = await CurrentRing(session);
                reach.Require(keys);
                var records = new List<ErasureRecord.Suppressed>();
                foreach (var address in addresses)
                    if (await Suppression(session, keys, address, covers) is (var record, true))
                        records.Add(record);
                erasures.Add(records);
                foreach (var record in records)
                    await Put(session, heads, record);
                return records.Count;
            },
            cancellation
        );

    /// <summary>
    /// Forgets contacts of partitions that are here, and whoever is at an address by now. The suppression stands already: whoever is being
    /// made holds the locks taken here, and is found; whoever comes later finds it.
    /// </summary>
    /// <param name="contacts">Whom to forget.</param>
    /// <param name="at">An address whose partitions, as far as they are here, are looked through too.</param>
    /// <param name="reach">What the caller thinks is here.</param>
    /// <param name="by">Who carries it out.</param>
    /// <param name="note">Records at the home server that contacts are being forgotten; null where this is it.</param>
    /// <param name="despiteHolds">True to repeat an erasure that was carried out once.</param>
    /// <param name="cancellation">Stops the wait for a place in the queue.</param>
    /// <returns>How many were forgotten; the holds, where one stands in the way: then nobody was.</returns>
    internal Task<(int Forgotten, List<LegalHold> Holds)> ForgetAsync(
        IReadOnlyCollection<ContactId> contacts,
        Address? at,
        ServerReach reach,
        string by,
        Func<IReadOnlyCollection<ContactId>, Task>? note,
        bool despiteHolds,
        CancellationToken cancellation
    ) =>
        Change(
            async (session, heads) =>
            {
                if (note is null)
                    await heads.LockAll(session, [Partition.Controller.Number]);
                var keys = await CurrentRing(session);
                HashSet<ContactId> ids = [.. contacts];
                if (at is { } address)
                {
                    reach.Require(keys);
                    await heads.LockAll(session, ChainsOf(keys, address, reach).Select(chain => (int)chain));
                    foreach (var found in await session.Rows(Sealed, SelectByAddress, [IndexMacs(keys, address)]))
                        ids.Add(RequireAt(found, keys, address));
                }

                var standing = (await Locked(session, heads, ids)).OfType<(Owner Owner, Ledger.Format.IndexState State)>().ToList();
                var holds = new List<LegalHold>();
                foreach (var (owner, state) in standing)
                    if (state.Holds.Count > 0 && !despiteHolds)
                        holds.AddRange(await Holds(session, owner.Id));
                if (holds.Count > 0 || standing.Count == 0)
                    return (0, holds);
                erasures.Add(standing.ConvertAll(one => new ErasureRecord.Forgotten(one.Owner.Id)));
                if (note is not null)
                    await note([.. standing.Select(one => one.Owner.Id)]);
                foreach (var (owner, _) in standing)
                {
                    if (note is null)
                        await Forget(session, heads, owner.Id, owner.Partition, by);
                    else
                        await ForgetRows(session, heads, owner.Id, owner.Partition);
                }

                return (standing.Count, holds);
            },
            cancellation
        );

    /// <summary>Records among the controller's entries that contacts on another server are being forgotten.</summary>
    internal Task NoteForgottenAsync(IReadOnlyCollection<ContactId> contacts, string by) =>
        Change(
            async (session, heads) =>
            {
                await heads.LockAll(session, [Partition.Controller.Number]);
                var chained = new Chained(heads, []);
                foreach (var contact in contacts)
                {
                    // Once for each: where the other server did not get to its commit, the erasure is repeated.
                    var request = ControllerEntry(
                        options,
                        ErasureRecord.Forgotten.Kind,
                        by,
                        new ErasureRecord.Forgotten(contact).Payload
                    ) with
                    {
                        IdempotencyKey = $"forgotten {contact}",
                    };
                    var note = SealedEntry.Of(request, controller);
                    if (await session.Value(SelectSameKey, note.OwnerBytes, note.Idempotency) is null)
                        chained.Add(note);
                }

                await session.Run(Writer.InsertEntries, chained.Columns());
                return contacts.Count;
            },
            CancellationToken.None
        );

    internal void ForgetRemembered() => remembered.Forget();

    internal Task VacuumAsync(CancellationToken cancellation) => Vacuum(cancellation);

    /// <summary>
    /// Ends the opening when this server has less than it had, and gives the contacts that stand here though the list says they were
    /// erased: a crash between the two, or an older copy put in the newer one's place.
    /// </summary>
    internal async Task<List<ContactId>> RequireReachedAsync()
    {
        const int lastLines = 1_000;
        var heads = await SizesHereAsync(CancellationToken.None);
        new ReachedFile(options.KeyFile).Require(StoreId, heads, $"schema {options.Schema} of server {options.Shard}", heads.ContainsKey);
        var (lines, _) = erasures.State();
        var forgotten = erasures
            .Read(Math.Max(0, lines - lastLines))
            .Records.OfType<ErasureRecord.Forgotten>()
            .Select(record => record.Contact.ToBytes())
            .ToArray();
        return await Look(
            async session =>
            {
                var undone = await session.Rows(row => ContactId.FromBytes((byte[])row[0]), SelectThese, [forgotten]);
                List<short> chains = [];
                foreach (var contact in undone)
                    if (await OwnerOf(session, contact) is { } standing)
                        chains.Add((short)standing.Partition.Number);
                await RequireRows(session, [.. chains.Distinct()]);
                return undone;
            },
            CancellationToken.None
        );
    }

    /// <summary>The same for the suppressions, at the home server, which puts down again what is missing.</summary>
    internal async Task RequireSuppressionsAsync()
    {
        const int lastLines = 1_000;
        if (!erasures.Exists)
            await RebuildErasureList();
        var (lines, _) = erasures.State();
        var records = erasures.Read(Math.Max(0, lines - lastLines)).Records.OfType<ErasureRecord.Suppressed>().ToList();
        var undone = await Look(
            async session =>
            {
                var found = new List<ErasureRecord>();
                foreach (var record in records)
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
                    await heads.LockAll(session, [Checkpoint.Suppressions]);
                    await RequireRows(session, Checkpoint.Suppressions);
                    return await Apply(session, heads, undone, "erasure list");
                },
                CancellationToken.None
            );
    }
}
