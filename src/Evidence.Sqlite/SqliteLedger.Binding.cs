using System.Text;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Evidence.Ledger.Writing;

namespace MaySend.Evidence.Sqlite;

/// <summary>What the chain states of a contact's rows in the index, and the rows held against it.</summary>
public sealed partial class SqliteLedger
{
    const string SelectIndexRow = "select address, person from contact where id = ?1";
    const string SelectIndexRows = """
        select id, generation, wrapped_key, address, person, exists (select 1 from hold where hold.contact = contact.id)
        from contact where partition = ?1
        """;
    const string SelectBackwards = "select partition, seq, kind, content from entry where contact = ?1 order by seq desc";

    /// <summary>A contact and its rows, found to be those that the chain states; null when there is no such contact.</summary>
    (Owner Owner, IndexState State)? Indexed(Session session, ContactId contact)
    {
        if (Keyed(session, contact) is not { } owner)
            return null;
        var state = Rows(session, owner);
        state.Require(Stated(session, owner), contact, owner.Key);
        return (owner, state);
    }

    /// <summary>Puts into the chain what a contact's rows are now.</summary>
    void Bind(Session session, Heads heads, Owner owner, string by) =>
        Writer.Insert(session, heads, SealedEntry.Of(StateEntry(options, owner.Id, by), owner, Rows(session, owner).Bind(owner.Key)));

    static AppendRequest StateEntry(SqliteLedgerOptions options, ContactId contact, string by) =>
        new()
        {
            Subject = new EntrySubject.Contact(contact),
            Kind = IndexState.Kind,
            By = by,
            HappenedAt = options.Clock.GetUtcNow(),
            Payload = Encoding.UTF8.GetBytes("{}"),
        };

    static IndexState Rows(Session session, Owner owner)
    {
        var holds = HeldRows(session, owner.Id);
        using var rows = session[SelectIndexRow].Rows(owner.Id.ToBytes());
        rows.Read();
        return new(AddressSeal.Open(rows.Bytes(0), owner.Id, owner.Key), (byte[]?)rows.Any(1), holds);
    }

    /// <summary>The legal holds on a contact as they lie in the store, oldest first.</summary>
    internal static List<HeldRow> HeldRows(Session session, ContactId contact)
    {
        var holds = new List<HeldRow>();
        using var held = session[SelectHolds].Rows(contact.ToBytes());
        while (held.Read())
            holds.Add(new(held.GetInt64(0), held.GetInt64(1), held.Blob(2)));
        return holds;
    }

    /// <summary>Everybody of a partition who can be read, with their rows as they are now.</summary>
    List<(Contact Contact, ContactKey Key, IndexState Rows)> IndexedIn(Session session, Partition partition)
    {
        var keys = CurrentRing(session);
        var found = new List<(Contact, ContactKey, IndexState)>();
        using var rows = session[SelectIndexRows].Rows(partition.Number);
        while (rows.Read())
        {
            var id = rows.Contact(0);
            var key = ContactKey.FromSecret(keys.Generation(rows.GetInt32(1)).Unwrap(rows.Bytes(2), id));
            var address = AddressSeal.Open(rows.Bytes(3), id, key);
            var holds = rows.GetInt64(5) != 0 ? HeldRows(session, id) : [];
            found.Add((new(id, partition, address), key, new(address, (byte[]?)rows.Any(4), holds)));
        }
        return found;
    }

    /// <summary>What the chain stated last; empty when it states nothing.</summary>
    static ReadOnlySpan<byte> Stated(Session session, Owner owner)
    {
        using var opening = owner.Key.Opening();
        using var rows = session[SelectBackwards].Rows(owner.Id.ToBytes());
        while (rows.Read())
        {
            var position = new LedgerPosition(rows.Partition(0), rows.GetInt64(1));
            var content = EntrySeal.Open(rows.Bytes(3), owner.Id, rows.GetString(2), opening, position);
            if (!content.IndexState.IsEmpty)
                return content.IndexState.Span;
        }

        return [];
    }
}
