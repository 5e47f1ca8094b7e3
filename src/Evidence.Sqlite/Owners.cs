using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Evidence.Ledger.Writing;

namespace MaySend.Evidence.Sqlite;

/// <summary>Finds, or prepares, the contacts of one batch; the same new address twice in a batch is one contact.</summary>
sealed class Resolving(Session session, KeyRing ring, IndexBinding binding)
{
    const string SelectByAddress = "select id, partition, generation, wrapped_key, address from contact where address_mac = ?1";
    const string SelectById = "select id, partition, generation, wrapped_key, address from contact where id = ?1";
    internal const string SelectAnyEntry = "select 1 from entry where contact = ?1 limit 1";

    readonly Dictionary<Address, Owner> byAddress = [];
    readonly Dictionary<ContactId, Owner?> byId = [];

    /// <summary>Null when no contact has the id that is asked for.</summary>
    internal Owner? Owner(EntrySubject subject) =>
        subject switch
        {
            EntrySubject.Contact(var id) => byId.TryGetValue(id, out var known) ? known : byId[id] = ById(id),
            EntrySubject.At at => byAddress.TryGetValue(at.Address, out var known) ? known : byAddress[at.Address] = At(at.Address),
            _ => throw new ArgumentException($"no such subject: {subject}"),
        };

    internal Owner? ById(ContactId id) => Found(session[SelectById].Rows(id.ToBytes()), null);

    /// <summary>
    /// Who stands at an address; null when nobody does, which is only said once the rows there are have been found to be those that were
    /// made.
    /// </summary>
    internal Owner? ByAddress(Address address)
    {
        foreach (var generation in ring.Generations)
        {
            if (Found(session[SelectByAddress].Rows(generation.AddressMac(address, out _)), address) is { } known)
                return known;
        }

        IndexRows.RequireContacts(session, binding, ring, address);
        return null;
    }

    internal bool WasErased(EntrySubject subject) =>
        subject is EntrySubject.Contact(var id) && session[SelectAnyEntry].Value(id.ToBytes()) is not null;

    Owner At(Address address)
    {
        if (ByAddress(address) is { } known)
            return known;
        IndexRows.RequireSuppressions(session, binding);
        return Ledger.Writing.Owner.Stranger(address, ring);
    }

    /// <summary>
    /// The owner of a row. Where it was found by an address, the address that is sealed in it is opened and compared: a row that was put
    /// in another's place lends nobody another's record.
    /// </summary>
    Owner? Found(Statement.Cursor rows, Address? asked)
    {
        using (rows)
        {
            if (!rows.Read())
                return null;
            var id = rows.Contact(0);
            var key = ContactKey.FromSecret(ring.Generation(rows.GetInt32(2)).Unwrap(rows.Blob(3), id));
            if (asked is not null)
                AddressSeal.Require(rows.Bytes(4), id, key, asked);
            return new(id, rows.Partition(1), key, null);
        }
    }
}
