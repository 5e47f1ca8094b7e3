using System.Collections.Concurrent;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Postgres;

/// <summary>Whose an entry is, and the key it is sealed under; with what makes the contact when it is new.</summary>
sealed record Owner(ContactId Id, Partition Partition, ContactKey Key, Newcomer? Newcomer);

/// <summary>The owners of one batch as the store knows them.</summary>
sealed record Owners(Dictionary<ContactId, Owner> ById, Dictionary<Address, Owner> ByAddress, HashSet<ContactId> WithEntries)
{
    internal Owner? Of(EntrySubject subject) =>
        subject switch
        {
            EntrySubject.Contact(var id) => ById.GetValueOrDefault(id),
            EntrySubject.At at => ByAddress[at.Address],
            _ => throw new ArgumentException($"no such subject: {subject}"),
        };

    internal bool WasErased(EntrySubject subject) => subject is EntrySubject.Contact(var id) && WithEntries.Contains(id);
}

/// <summary>
/// Contacts written to lately, so that sealing needs no round trip. Never used for reading, and never trusted: behind the locks the writer
/// asks whether the contact still stands, and a batch for one that is gone is sealed again from the store.
/// </summary>
sealed class RememberedOwners
{
    const int Most = 50_000;
    readonly ConcurrentDictionary<EntrySubject, Owner> owners = new();

    internal Owner? Find(EntrySubject subject) => owners.GetValueOrDefault(subject);

    internal void Add(EntrySubject subject, Owner owner)
    {
        if (owners.ContainsKey(subject))
            return;
        if (owners.Count >= Most)
            owners.Clear();
        owners[subject] = owner.Newcomer is null ? owner : owner with { Newcomer = null };
    }

    internal void Forget() => owners.Clear();
}
