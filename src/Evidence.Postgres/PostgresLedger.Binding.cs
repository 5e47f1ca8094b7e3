using System.Text;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Evidence.Ledger.Writing;
using Npgsql;

namespace MaySend.Evidence.Postgres;

/// <summary>What the chain and the heads state of the rows of the index, and the rows held against it.</summary>
public sealed partial class PostgresLedger
{
    const string SelectSealedHeads =
        "select partition, seq, hash, recorded_at, row_sum, seal, here from head where partition = any ($1) order by partition";
    const string SelectIdsOfPartition = "select id from contact where partition = $1";
    const string SelectAllSuppressions = "select generation, address_mac, covers from suppression order by seq";
    const string SelectLast = "select coalesce(max(seq), 0) from entry where partition = $1";
    const string SelectLastSuppression = "select coalesce(max(seq), 0) from suppression";
    const string SelectIndexRow = "select address, person from contact where id = $1";
    const string SelectBackwards = "select partition, seq, kind, content from entry where contact = $1 order by seq desc";
    const string SelectIndexRows = "select id, generation, wrapped_key, address, person from contact where partition = $1";
    const string SelectHeldRows = """
        select hold.contact, hold.number, hold.placed_at, hold.reason from hold join contact on contact.id = hold.contact
        where contact.partition = $1 order by hold.number
        """;

    /// <summary>
    /// Ends the operation unless every contact stands that was made where these strangers could be, and every suppression that was put
    /// down. To be called outside a transaction.
    /// </summary>
    async Task RequireRows(Session session, IReadOnlyCollection<Address> strangers, KeyRing keys, ServerReach reach)
    {
        if (strangers.Count == 0)
            return;
        short[] chains = [.. strangers.SelectMany(stranger => ChainsOf(keys, stranger, reach)).Distinct()];
        await session.Run(BeginLook);
        await RequireRows(session, chains);
        await session.Run("commit");
    }

    /// <summary>The same for chains, within a transaction.</summary>
    async Task RequireRows(Session session, params short[] chains) =>
        await RequireRows(session, chains, await session.Rows(Heads.ReadSealed, SelectSealedHeads, [chains]));

    /// <summary>
    /// The same for heads that were read on the way, one for each of the chains; those that were found right lately are taken for right.
    /// </summary>
    async Task RequireRows(Session session, short[] chains, List<SealedHead> heads)
    {
        Heads.Require(chains, heads);
        foreach (var head in heads.Where(head => !binding.IsKnown(head.Chain, head.Sum)))
        {
            var ((sum, count), last) = (await SumOf(session, head.Chain), await Last(session, head.Chain));
            binding.Require(head, sum, count, last);
        }
    }

    async Task<(byte[] Sum, int Count)> SumOf(Session session, int chain)
    {
        var sum = IndexBinding.Nothing;
        if (chain != Checkpoint.Suppressions)
        {
            var ids = await session.Rows(row => ContactId.FromBytes((byte[])row[0]), SelectIdsOfPartition, (short)chain);
            foreach (var id in ids)
                sum = binding.With(sum, id);
            return (sum, ids.Count);
        }

        var suppressions = await session.Rows(row => (row.GetInt32(0), (byte[])row[1], (byte[])row[2]), SelectAllSuppressions);
        foreach (var (generation, mac, covers) in suppressions)
            sum = binding.With(sum, generation, mac, covers);
        return (sum, suppressions.Count);
    }

    static async Task<long> Last(Session session, int chain) =>
        (long)
            (
                chain == Checkpoint.Suppressions
                    ? await session.Value(SelectLastSuppression)
                    : await session.Value(SelectLast, (short)chain)
            )!;

    /// <summary>A contact and its rows, found to be those that the chain states; null when there is no such contact.</summary>
    async Task<(Owner Owner, IndexState State)?> Indexed(Session session, ContactId contact)
    {
        if (await OwnerOf(session, contact) is not { } owner)
            return null;
        var state = await RowsOf(session, owner);
        using var opening = owner.Key.Opening();
        var stated = (
            await session.Rows(
                row =>
                    EntrySeal
                        .Open(
                            (byte[])row[3],
                            contact,
                            row.GetString(2),
                            opening,
                            new LedgerPosition(new Partition(row.GetInt16(0)), row.GetInt64(1))
                        )
                        .IndexState,
                SelectBackwards,
                contact.ToBytes()
            )
        ).FirstOrDefault(one => !one.IsEmpty);
        state.Require(stated.Span, contact, owner.Key);
        return (owner, state);
    }

    async Task<Owner?> OwnerOf(Session session, ContactId contact) =>
        await session.Rows(SealedHere, SelectFull, contact.ToBytes()) is [var row]
            ? new(contact, row.Partition, await Open(row.Wrapped, row.Generation, contact), null)
            : null;

    static async Task<IndexState> RowsOf(Session session, Owner owner)
    {
        var holds = await session.Rows(ReadHeld, SelectHolds, owner.Id.ToBytes());
        var (address, person) = (await session.Rows(row => ((byte[])row[0], row[1] as byte[]), SelectIndexRow, owner.Id.ToBytes()))[0];
        return new(AddressSeal.Open(address, owner.Id, owner.Key), person, holds);
    }

    static HeldRow ReadHeld(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetInt64(1), (byte[])row[2]);

    /// <summary>Puts into the chain what a contact's rows are now. The head of its partition must be locked.</summary>
    async Task Bind(Session session, Heads heads, Owner owner, string by)
    {
        var chained = new Chained(heads, []);
        chained.Add(SealedEntry.Of(StateEntry(options, owner.Id, by), owner, (await RowsOf(session, owner)).Bind(owner.Key)));
        await session.Run(Writer.InsertEntries, chained.Columns());
    }

    static AppendRequest StateEntry(PostgresLedgerOptions options, ContactId contact, string by) =>
        new()
        {
            Subject = new EntrySubject.Contact(contact),
            Kind = IndexState.Kind,
            By = by,
            HappenedAt = options.Clock.GetUtcNow(),
            Payload = Encoding.UTF8.GetBytes("{}"),
        };

    /// <summary>Everybody of a partition who can be read, with their rows as they are now.</summary>
    async Task<List<(Contact Contact, ContactKey Key, IndexState Rows)>> IndexedIn(Session session, Partition partition)
    {
        var holds = (
            await session.Rows(
                row => (Contact: ContactId.FromBytes((byte[])row[0]), Held: new HeldRow(row.GetInt64(1), row.GetInt64(2), (byte[])row[3])),
                SelectHeldRows,
                (short)partition.Number
            )
        ).ToLookup(one => one.Contact, one => one.Held);
        var rows = await session.Rows(
            row =>
                (
                    Id: ContactId.FromBytes((byte[])row[0]),
                    Generation: row.GetInt32(1),
                    Wrapped: (byte[])row[2],
                    Address: (byte[])row[3],
                    Person: row[4] as byte[]
                ),
            SelectIndexRows,
            (short)partition.Number
        );
        var found = new List<(Contact, ContactKey, IndexState)>(rows.Count);
        foreach (var row in rows)
        {
            var key = await Open(row.Wrapped, row.Generation, row.Id);
            var address = AddressSeal.Open(row.Address, row.Id, key);
            found.Add((new(row.Id, partition, address), key, new(address, row.Person, [.. holds[row.Id]])));
        }
        return found;
    }
}
