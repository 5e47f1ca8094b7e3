using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Store;

/// <summary>
/// Somebody on record. Where everybody is read, their entries stay sealed until they are asked for and are opened anew each time, so that
/// whoever waits for their turn holds nothing in clear and little at all: ask once.
/// </summary>
public sealed class PersonOnRecord
{
    readonly Func<Dossier> open;
    LedgerPosition? lastEvidence;

    internal PersonOnRecord(Address address, ContactId? contact, Func<Dossier> open) =>
        (Address, Contact, this.open) = (address, contact, open);

    /// <summary>Somebody whose dossier was read already.</summary>
    public PersonOnRecord(Dossier dossier)
        : this(dossier.Address, dossier.Contact, () => dossier) { }

    /// <summary>Where they are reached.</summary>
    public Address Address { get; }

    /// <summary>The contact; null for an address without one.</summary>
    public ContactId? Contact { get; }

    /// <summary>Where their last evidence stands: <see cref="Dossier.LastEvidence"/>.</summary>
    public LedgerPosition LastEvidence => lastEvidence ?? Open().LastEvidence();

    /// <summary>Everything on record about them.</summary>
    /// <exception cref="LedgerUnavailableException">It cannot be read, or the store has been altered.</exception>
    public Dossier Open()
    {
        var dossier = open();
        lastEvidence = dossier.LastEvidence();
        return dossier;
    }
}
