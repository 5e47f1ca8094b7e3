using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Evidence.Ledger.Writing;

namespace MaySend.Evidence.Postgres;

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
