using System.Globalization;
using MaySend.Decisions;
using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Screening.Audiences;

namespace MaySend.Screening.Runs;

/// <summary>A list, each person with what the store holds as well: its requests to stop always count. Read once.</summary>
/// <param name="store">The store.</param>
/// <param name="audience">The list.</param>
/// <param name="known">As of when the record is read.</param>
sealed class ListOnRecord(EvidenceStore store, Audience audience, AsKnown known)
{
    int unknown;

    /// <summary>True once the files have said anything about somebody but that there is such an address.</summary>
    public bool HasFactsFromFiles
    {
        get => Volatile.Read(ref field);
        private set => Volatile.Write(ref field, value);
    }

    /// <summary>The people of the list.</summary>
    public IEnumerable<Person> People(CancellationToken cancellation)
    {
        // Read only where somebody has another address on record: what the files say of that one counts as well.
        var requests = new Lazy<IReadOnlyDictionary<string, IReadOnlyList<ContactEntry>>>(audience.Requests);
        IEnumerable<ContactEntry> AtOtherAddresses(Dossier dossier) =>
            dossier.Entries.Any(recorded => recorded.Entry is AddressLinked)
                ? store
                    .LinkedAsync(dossier.Address, cancellation)
                    .AsTask()
                    .GetAwaiter()
                    .GetResult()
                    .SelectMany(other => requests.Value.GetValueOrDefault(other.Matching, []))
                : [];
        Person Joined(Person person, Dossier dossier)
        {
            if (dossier.State == DossierState.Unknown)
                Interlocked.Increment(ref unknown);
            var entries = person.Entries;
            if (entries.Any(Says))
                HasFactsFromFiles = true;
            return person with
            {
                Entries = Asking.Joined(dossier.ForDecision, [.. entries, .. AtOtherAddresses(dossier)]),
                OnRecord = new(dossier),
            };
        }
        return store
            .FindEachAsync(audience.People(), person => Address.Read(person.Address).Required(), Joined, known, cancellation)
            .ToBlockingEnumerable(cancellation);
    }

    /// <summary>How many of the list are not on record, once all were read.</summary>
    public IEnumerable<string> Notes()
    {
        if (unknown > 0)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{Amount.Of(unknown, "person", "people")} of the list {(unknown == 1 ? "is" : "are")} not in the store; MaySend knows "
                    + $"only what the files say about them"
            );
    }

    /// <summary>False for the row of somebody of whom a list gives the address and nothing else.</summary>
    static bool Says(ContactEntry entry) => entry with { When = default, Id = "" } != new DetailsStated(default, "");
}
