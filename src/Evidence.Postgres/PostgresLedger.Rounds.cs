using System.Security.Cryptography;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Format;

namespace MaySend.Evidence.Postgres;

/// <summary>A walk through the rows, a few at a time, each held against the chain.</summary>
public sealed partial class PostgresLedger
{
    const string SelectNextIds = "select id from contact where partition = $1 and id > $2 order by id limit $3";
    const string SelectMac = "select address_mac, generation from contact where id = $1";
    const string SelectIdOfMac = "select id from contact where address_mac = $1";
    const string SelectHashOf = "select hash from entry where partition = $1 and seq = $2";
    const string SelectSuppressionHash = "select hash from suppression where seq = $1";
    const string SelectNextEntries = """
        select seq, contact, kind, recorded_at, idempotency, content, hash from entry
        where partition = $1 and seq > $2 order by seq limit $3
        """;
    const string SelectNextSuppressions =
        "select seq, generation, address_mac, covers, hash from suppression where seq > $1 order by seq limit $2";

    /// <inheritdoc/>
    public async ValueTask<Walked> WalkAsync(WalkPlace place, int most, CancellationToken cancellation = default) =>
        await LookSteadily(
            session =>
                place.Chain == Checkpoint.Suppressions ? WalkSuppressions(session, place, most)
                : place.IsAmongContacts ? WalkContacts(session, place, most)
                : WalkEntries(session, place, most),
            cancellation
        );

    async Task<Walked> WalkContacts(Session session, WalkPlace place, int most)
    {
        var keys = await CurrentRing(session);
        var head = await HeadHere(session, place.Chain);
        // The ids there should be: none of them can be missing from the walk.
        if (place.Contact.Length == 0)
            await RequireSum(session, head);
        var after = place.Contact.Length == 0 ? [] : Convert.FromHexString(place.Contact);
        var ids = await session.Rows(row => ContactId.FromBytes((byte[])row[0]), SelectNextIds, (short)place.Chain, after, most);
        foreach (var id in ids)
        {
            if (await Indexed(session, id) is not { State.Address: var address })
                throw ChainRows.Damage($"an index leads past contact {id}");
            var (stored, generation) = (await session.Rows(row => ((byte[])row[0], row.GetInt32(1)), SelectMac, id.ToBytes()))[0];
            var made = keys.Generation(generation).AddressMac(address, out _);
            ChainRows.RequireFound(id, stored, made);
            if (await session.Value(SelectIdOfMac, made) is not byte[] found || ContactId.FromBytes(found) != id)
                throw ChainRows.Damage($"an index leads past contact {id}");
        }

        return new(place.AfterContacts(ids, most), ids.Count);
    }

    async Task<Walked> WalkEntries(Session session, WalkPlace place, int most)
    {
        var head = await HeadHere(session, place.Chain);
        var partition = new Partition(place.Chain);
        var chain = From(place, place.Seq == 0 ? null : await session.Value(SelectHashOf, (short)place.Chain, place.Seq));
        var rows = await session.Rows(
            row =>
            {
                var (seq, contact, kind, recordedAt) = (
                    row.GetInt64(0),
                    ContactId.FromBytes((byte[])row[1]),
                    row.GetString(2),
                    row.GetInt64(3)
                );
                var (keyed, digest) = (row[4] as byte[], SHA256.HashData((byte[])row[5]));
                chain.Next(
                    seq,
                    (byte[])row[6],
                    before => Chain.Entry(before, new(partition, seq), contact, recordedAt, kind, keyed, digest)
                );
                return seq;
            },
            SelectNextEntries,
            (short)place.Chain,
            place.Seq,
            most
        );
        if (rows.Count < most)
            chain.RequireHead(head);
        return new(place.AfterRows(chain.Seq, rows.Count < most), rows.Count);
    }

    async Task<Walked> WalkSuppressions(Session session, WalkPlace place, int most)
    {
        var head = await HeadHere(session, place.Chain);
        if (place.Seq == 0)
            await RequireSum(session, head);
        var chain = From(place, place.Seq == 0 ? null : await session.Value(SelectSuppressionHash, place.Seq));
        var rows = await session.Rows(
            row =>
            {
                var (seq, generation, mac, covers) = (row.GetInt64(0), row.GetInt32(1), (byte[])row[2], (byte[])row[3]);
                chain.Next(seq, (byte[])row[4], before => Chain.Suppression(before, seq, generation, mac, covers));
                return seq;
            },
            SelectNextSuppressions,
            place.Seq,
            most
        );
        if (rows.Count < most)
            chain.RequireHead(head);
        return new(place.AfterRows(chain.Seq, rows.Count < most), rows.Count);
    }

    static async Task<SealedHead> HeadHere(Session session, int chain) =>
        await session.Rows(Heads.ReadSealed, SelectSealedHeads, [new[] { (short)chain }]) is [var head]
            ? head
            : throw ChainRows.Damage($"the head of chain {chain} is missing");

    async Task RequireSum(Session session, SealedHead head)
    {
        var ((sum, count), last) = (await SumOf(session, head.Chain), await Last(session, head.Chain));
        binding.Require(head, sum, count, last);
    }

    /// <summary>The chain from where a walk goes on.</summary>
    ChainRows From(WalkPlace place, object? hash) =>
        new(
            place.Chain,
            place.Seq,
            place.Seq == 0
                ? Chain.Genesis(storeId, place.Chain)
                : hash as byte[] ?? throw ChainRows.Damage($"{place.Chain}:{place.Seq} is missing")
        );
}
