using System.Collections.Concurrent;

namespace MaySend.Evidence.Ledger.Writing;

/// <summary>
/// Contacts written to lately, so that sealing needs no look into the store. Never used for reading, and never trusted: under the write
/// lock the writer checks that the contact still stands, and a batch for one that is gone is sealed again from the store. Safe for many
/// threads.
/// </summary>
public sealed class RememberedOwners
{
    const int Most = 50_000;
    readonly ConcurrentDictionary<EntrySubject, Owner> owners = new();

    // The dictionary would lock all of itself to count.
    int count;

    /// <summary>The owner of a subject; null where none is remembered.</summary>
    public Owner? Find(EntrySubject subject) => owners.GetValueOrDefault(subject);

    /// <summary>Remembers one that stands.</summary>
    public void Add(EntrySubject subject, Owner owner)
    {
        if (owners.ContainsKey(subject) || !owners.TryAdd(subject, owner.Newcomer is null ? owner : owner with { Newcomer = null }))
            return;
        if (Interlocked.Increment(ref count) >= Most)
            Forget();
    }

    /// <summary>Forgets all of them.</summary>
    public void Forget()
    {
        Interlocked.Exchange(ref count, 0);
        owners.Clear();
    }
}
