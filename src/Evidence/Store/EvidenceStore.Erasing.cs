using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Store;

public sealed partial class EvidenceStore
{
    /// <summary>
    /// Forgets the person at an address (GDPR Art 17) and, unless told otherwise, at every linked address. What stays is the suppression:
    /// an objection to everything, from every sender, over every channel, kept so that they are not contacted again (Art 21(3)). An address
    /// that is not on record is suppressed all the same. A legal hold refuses.
    /// </summary>
    /// <param name="address">Whom to forget.</param>
    /// <param name="by">Who carries it out; stays in the controller's chain in clear of the person.</param>
    /// <param name="reason">Why, in a few words that say nothing of the person: it outlives them, encrypted under their address.</param>
    /// <param name="withLinked">Also every address linked as the same person's.</param>
    /// <param name="cancellation">Stops the wait; what has been queued is carried through.</param>
    public async ValueTask<ErasureOutcome> EraseAsync(
        Address address,
        Actor by,
        string reason,
        bool withLinked = true,
        CancellationToken cancellation = default
    )
    {
        if (!by.May(Rights.Sign))
            throw new NotEntitledException(Rights.Sign, $"an erasure needs the right to sign, which {by.Name} does not have");
        List<Address> copied = [address];
        if (Forgetting is not null && withLinked && (await ledger.RecogniseAsync(address, cancellation)).Contact is { } found)
            foreach (var linked in await ledger.LinkedAsync(found, cancellation))
                if (await ledger.ContactAsync(linked, cancellation) is { } contact)
                    copied.Add(contact.Address);
        var outcome = await ledger.EraseAsync(
            new ErasureRequest
            {
                Address = address,
                By = by.Name,
                WithLinked = withLinked,
                Covers = EntryJson.Write(EverythingStops(reason)),
            },
            cancellation
        );
        if (outcome is ErasureOutcome.Erased)
            Forgetting?.Invoke(copied);
        return outcome;
    }

    /// <summary>
    /// What else this process keeps about people, beside the store: lists that were screened. It is told whom to forget after every
    /// erasure.
    /// </summary>
    public Action<IReadOnlyCollection<Address>>? Forgetting { get; set; }

    /// <summary>Puts a suppression down for an address that need not be on record: a request to stop that came from a list of hashes or
    /// from another controller.</summary>
    public ValueTask SuppressAsync(Address address, string reason, CancellationToken cancellation = default) =>
        ledger.SuppressAsync(address, EntryJson.Write(EverythingStops(reason)), cancellation);

    /// <summary>Forbids erasing whoever is at an address until lifted; null when nobody is on record there.</summary>
    public async ValueTask<LegalHold?> PlaceHoldAsync(Address address, string reason, CancellationToken cancellation = default) =>
        (await ledger.RecogniseAsync(address, cancellation)).Contact is { } contact
            ? await ledger.PlaceHoldAsync(contact, reason, cancellation)
            : null;

    /// <summary>Lifts a hold by its number; false when there is none.</summary>
    public async ValueTask<bool> LiftHoldAsync(Address address, long number, CancellationToken cancellation = default) =>
        (await ledger.RecogniseAsync(address, cancellation)).Contact is { } contact
        && await ledger.LiftHoldAsync(contact, number, cancellation);

    /// <summary>The holds that stand, oldest first.</summary>
    public async ValueTask<IReadOnlyList<LegalHold>> HoldsAsync(Address address, CancellationToken cancellation = default) =>
        (await ledger.RecogniseAsync(address, cancellation)).Contact is { } contact ? await ledger.HoldsAsync(contact, cancellation) : [];

    /// <summary>Retention: who has had nothing recorded for a period, longest idle first.</summary>
    public ValueTask<IReadOnlyList<IdleContact>> IdleForAsync(TimeSpan period, CancellationToken cancellation = default) =>
        ledger.IdleContactsAsync(clock.GetUtcNow() - period, cancellation);

    RefusalMade EverythingStops(string reason) =>
        new(When.Of(clock.GetUtcNow()), "erasure")
        {
            Senders = NameSet.Everything,
            Channels = NameSet.Everything,
            Topics = NameSet.Everything,
            Kind = "objection",
            How = reason.Length == 0 ? "erasure" : $"erasure: {reason}",
        };
}
