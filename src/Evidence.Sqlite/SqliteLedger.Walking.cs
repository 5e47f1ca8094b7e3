using System.Security.Cryptography;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Format;

namespace MaySend.Evidence.Sqlite;

/// <summary>
/// Rows looked up by every index that leads to them: where a bit has flipped in a page of one, a row is there and is not found.
/// </summary>
public sealed partial class SqliteLedger
{
    const string SelectNextIds = "select id from contact where partition = ?1 and id > ?2 order by id limit ?3";
    const string SelectMac = "select address_mac, generation, address from contact where id = ?1";
    const string SelectIdOfMac = "select id from contact where address_mac = ?1";
    const string SelectHashOf = "select hash from entry where partition = ?1 and seq = ?2";
    const string SelectSuppressionHash = "select hash from suppression where seq = ?1";
    const string SelectNextEntries = """
        select number, seq, contact, kind, recorded_at, idempotency, content, hash from entry
        where partition = ?1 and seq > ?2 order by seq limit ?3
        """;
    const string SelectKeyedOfContact =
        "select 1 from entry indexed by entry_of_contact where contact = ?1 and idempotency = ?2 and number = ?3";
    const string SelectKeylessOfContact =
        "select 1 from entry indexed by entry_of_contact where contact = ?1 and idempotency is null and number = ?2";
    const string SelectNextSuppressions =
        "select seq, generation, address_mac, covers, hash from suppression where seq > ?1 order by seq limit ?2";
    const string SelectOfMac = "select 1 from suppression indexed by suppression_of_address where address_mac = ?1 and seq = ?2";

    /// <inheritdoc/>
    public ValueTask<Walked> WalkAsync(WalkPlace place, int most, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(
            Look(session =>
                place.Chain == Checkpoint.Suppressions ? WalkSuppressions(session, place, most)
                : place.IsAmongContacts ? WalkContacts(session, place, most)
                : WalkEntries(session, place, most)
            )
        );
    }

    Walked WalkContacts(Session session, WalkPlace place, int most)
    {
        var keys = CurrentRing(session);
        // The ids there should be: none of them can be missing from the walk.
        if (place.Contact.Length == 0)
            IndexRows.RequireContacts(session, binding, new Partition(place.Chain), anew: true);
        var after = place.Contact.Length == 0 ? [] : Convert.FromHexString(place.Contact);
        List<ContactId> ids =
        [
            .. session[SelectNextIds].Rows(place.Chain, after, most).Blobs().Select(bytes => ContactId.FromBytes(bytes)),
        ];
        foreach (var id in ids)
        {
            if (Indexed(session, id) is not { State.Address: var address })
                throw ChainRows.Damage($"an index leads past contact {id}");
            byte[] stored,
                made;
            using (var rows = session[SelectMac].Rows(id.ToBytes()))
            {
                rows.Read();
                (stored, made) = (rows.Blob(0), keys.Generation(rows.GetInt32(1)).AddressMac(address, out _));
            }

            ChainRows.RequireFound(id, stored, made);
            if (session[SelectIdOfMac].Value(made) is not byte[] found || ContactId.FromBytes(found) != id)
                throw ChainRows.Damage($"an index leads past contact {id}");
        }

        return new(place.AfterContacts(ids, most), ids.Count);
    }

    Walked WalkEntries(Session session, WalkPlace place, int most)
    {
        var head = Heads.Read(session, place.Chain);
        var partition = new Partition(place.Chain);
        var chain = From(place, seq => session[SelectHashOf].Value(place.Chain, seq));
        var read = 0;
        using (var rows = session[SelectNextEntries].Rows(place.Chain, place.Seq, most))
            for (; rows.Read(); read++)
            {
                var (number, seq, contact, keyed) = (rows.GetInt64(0), rows.GetInt64(1), rows.Contact(2), (byte[]?)rows.Any(5));
                var (kind, recordedAt, digest) = (rows.GetString(3), rows.GetInt64(4), SHA256.HashData(rows.Bytes(6)));
                chain.Next(seq, rows.Blob(7), before => Chain.Entry(before, new(partition, seq), contact, recordedAt, kind, keyed, digest));
                var found = keyed is null
                    ? session[SelectKeylessOfContact].Value(contact.ToBytes(), number)
                    : session[SelectKeyedOfContact].Value(contact.ToBytes(), keyed, number);
                if (found is null)
                    throw ChainRows.Damage($"an index leads past {place.Chain}:{seq}");
            }

        if (read < most)
            chain.RequireHead(head);
        return new(place.AfterRows(chain.Seq, read < most), read);
    }

    Walked WalkSuppressions(Session session, WalkPlace place, int most)
    {
        if (place.Seq == 0)
            IndexRows.RequireSuppressions(session, binding, anew: true);
        var head = Heads.Read(session, place.Chain);
        var chain = From(place, seq => session[SelectSuppressionHash].Value(seq));
        var read = 0;
        using (var rows = session[SelectNextSuppressions].Rows(place.Seq, most))
            for (; rows.Read(); read++)
            {
                var (seq, generation, mac, covers) = (rows.GetInt64(0), rows.GetInt32(1), rows.Blob(2), rows.Blob(3));
                chain.Next(seq, rows.Blob(4), before => Chain.Suppression(before, seq, generation, mac, covers));
                if (session[SelectOfMac].Value(mac, seq) is null)
                    throw ChainRows.Damage($"an index leads past {place.Chain}:{seq}");
            }

        if (read < most)
            chain.RequireHead(head);
        return new(place.AfterRows(chain.Seq, read < most), read);
    }

    /// <summary>The chain from where a walk goes on.</summary>
    ChainRows From(WalkPlace place, Func<long, object?> hashOf) =>
        new(
            place.Chain,
            place.Seq,
            place.Seq == 0
                ? Chain.Genesis(storeId, place.Chain)
                : hashOf(place.Seq) as byte[] ?? throw ChainRows.Damage($"{place.Chain}:{place.Seq} is missing")
        );
}
