using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Sqlite;

/// <summary>
/// A contact as a reader finds it, by one statement: its row in the index, how far its partition is and whether holds are on it, with its
/// address and its entries opened by one cipher. To be used within one look, and gone with it.
/// </summary>
sealed class FoundContact : IDisposable
{
    const string Columns = """
        select id, partition, generation, wrapped_key, address, person,
          (select seq from head where head.partition = contact.partition),
          exists (select 1 from hold where hold.contact = contact.id)
        from contact
        """;

    const string SelectByAddress = Columns + " where address_mac = ?1";
    const string SelectById = Columns + " where id = ?1";

    readonly byte[] sealedAddress;
    readonly byte[]? person;
    readonly bool isHeld;
    Address? address;

    FoundContact(Statement.Cursor rows, KeyRing ring)
    {
        (Id, Partition) = (rows.Contact(0), rows.Partition(1));
        Key = ContactKey.FromSecret(ring.Generation(rows.GetInt32(2)).Unwrap(rows.Bytes(3), Id));
        (sealedAddress, person, isHeld) = (rows.Blob(4), (byte[]?)rows.Any(5), rows.GetInt64(7) != 0);
        Seq = rows.Any(6) is long seq ? seq : throw Heads.Missing(Partition.Number);
        Opening = Key.Opening();
    }

    internal ContactId Id { get; }

    internal Partition Partition { get; }

    internal ContactKey Key { get; }

    /// <summary>How far the partition reaches.</summary>
    internal long Seq { get; }

    /// <summary>Opens what is sealed for the contact.</summary>
    internal ContactOpening Opening { get; }

    internal static FoundContact? ById(Session session, KeyRing ring, ContactId id) => Found(session[SelectById].Rows(id.ToBytes()), ring);

    /// <summary>
    /// Who stands at an address; null when nobody does, which is only said once the rows there are have been found to be those that were
    /// made. The address that is sealed in the row is opened and compared: a row that was put in another's place lends nobody another's
    /// record.
    /// </summary>
    internal static FoundContact? ByAddress(Session session, KeyRing ring, IndexBinding binding, Address address)
    {
        foreach (var generation in ring.Generations)
        {
            if (Found(session[SelectByAddress].Rows(generation.AddressMac(address, out _)), ring) is not { } found)
                continue;
            try
            {
                AddressSeal.Require(found.Address, found.Id, address);
            }
            catch
            {
                found.Dispose();
                throw;
            }
            return found;
        }

        IndexRows.RequireContacts(session, binding, ring, address);
        return null;
    }

    /// <summary>The contact's rows in the index, to be held against what its entries state.</summary>
    internal IndexState Rows(Session session) => new(Address, person, isHeld ? SqliteLedger.HeldRows(session, Id) : []);

    public void Dispose() => Opening.Dispose();

    Address Address => address ??= AddressSeal.Open(sealedAddress, Id, Opening);

    static FoundContact? Found(Statement.Cursor rows, KeyRing ring)
    {
        using (rows)
            return rows.Read() ? new(rows, ring) : null;
    }
}
