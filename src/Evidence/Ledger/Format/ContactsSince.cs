using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Ledger.Format;

/// <summary>Gives each contact of a partition its entries.</summary>
public static class ContactsSince
{
    /// <summary>Each contact with its entries; those of erased contacts are nobody's.</summary>
    /// <param name="contacts">The contacts, with their rows in the index.</param>
    /// <param name="entries">What was recorded in their partition, in order, the ledger's own entries among it.</param>
    public static IReadOnlyList<ContactSince> Each(
        IReadOnlyCollection<(Contact Contact, ContactKey Key, IndexState Rows)> contacts,
        IReadOnlyList<LedgerEntry> entries
    )
    {
        var stated = new Dictionary<ContactId, ReadOnlyMemory<byte>>();
        var recorded = new Dictionary<ContactId, List<LedgerEntry>>();
        foreach (var entry in entries)
        {
            if (entry is not { Contact: { } contact, Content: { } content })
                continue;
            if (!content.IndexState.IsEmpty)
                stated[contact] = content.IndexState;
            if (entry.Kind == IndexState.Kind)
                continue;
            if (!recorded.TryGetValue(contact, out var own))
                recorded[contact] = own = [];
            own.Add(entry);
        }
        return
        [
            .. contacts.Select(one => new ContactSince(
                one.Contact,
                one.Key,
                one.Rows.Bind(one.Key),
                (IReadOnlyList<LedgerEntry>?)recorded.GetValueOrDefault(one.Contact.Id) ?? [],
                stated.GetValueOrDefault(one.Contact.Id)
            )),
        ];
    }
}
