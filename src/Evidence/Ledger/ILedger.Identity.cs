using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Ledger;

public partial interface ILedger
{
    /// <summary>Looks an address up under every key generation.</summary>
    ValueTask<Recognition> RecogniseAsync(Address address, CancellationToken cancellation = default);

    /// <summary>The same for several, in order; each as at a moment of its own where the ledger cannot look at once.</summary>
    async ValueTask<IReadOnlyList<Recognition>> RecogniseAsync(IReadOnlyList<Address> addresses, CancellationToken cancellation = default)
    {
        var recognised = new List<Recognition>(addresses.Count);
        foreach (var address in addresses)
            recognised.Add(await RecogniseAsync(address, cancellation));
        return recognised;
    }

    /// <summary>What was kept to honour earlier refusals at each of several addresses, in order; oldest first.</summary>
    ValueTask<IReadOnlyList<IReadOnlyList<Suppression>>> SuppressionsAsync(
        IReadOnlyList<Address> addresses,
        CancellationToken cancellation = default
    );

    /// <summary>The contact with this id and its address; null when it is unknown or erased.</summary>
    ValueTask<Contact?> ContactAsync(ContactId id, CancellationToken cancellation = default);

    /// <summary>Every readable contact, in no stated order.</summary>
    IAsyncEnumerable<Contact> ContactsAsync(CancellationToken cancellation = default);

    /// <summary>How many readable contacts there are, counted without opening one.</summary>
    ValueTask<long> CountContactsAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Records that these contacts are one person; whoever either was linked with before joins them. False when one of them is unknown or
    /// erased. Carrying refusals over is the caller's act (model §6), because only the caller knows which entries are refusals.
    /// </summary>
    ValueTask<bool> LinkAsync(ContactId one, ContactId other, CancellationToken cancellation = default);

    /// <summary>The other contacts that are the same person.</summary>
    ValueTask<IReadOnlyList<ContactId>> LinkedAsync(ContactId contact, CancellationToken cancellation = default);

    /// <summary>
    /// Forgets a person: index row and key are destroyed, so that nothing the ledger holds about the contact can be found or read; the
    /// chain stays verifiable; the suppression stands. A legal hold refuses. One controller entry of kind <c>contact-erased</c> records
    /// that it was done, without the address.
    /// </summary>
    ValueTask<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellation = default);

    /// <summary>Puts a suppression down for an address, held or not; the same content twice adds nothing.</summary>
    ValueTask SuppressAsync(Address address, ReadOnlyMemory<byte> covers, CancellationToken cancellation = default);

    /// <summary>Forbids erasing a contact until lifted. Null when the contact is unknown or erased.</summary>
    ValueTask<LegalHold?> PlaceHoldAsync(ContactId contact, string reason, CancellationToken cancellation = default);

    /// <summary>Lifts a hold; false when there is none with this number on this contact.</summary>
    ValueTask<bool> LiftHoldAsync(ContactId contact, long number, CancellationToken cancellation = default);

    /// <summary>The holds that stand on a contact, oldest first.</summary>
    ValueTask<IReadOnlyList<LegalHold>> HoldsAsync(ContactId contact, CancellationToken cancellation = default);

    /// <summary>Retention: readable contacts whose last entry was recorded before <paramref name="lastRecordedBefore"/>, longest idle
    /// first. Reads the whole ledger's clear fields.</summary>
    ValueTask<IReadOnlyList<IdleContact>> IdleContactsAsync(DateTimeOffset lastRecordedBefore, CancellationToken cancellation = default);

    /// <summary>
    /// Adds a key generation (key file first, then store) and moves every contact to it, a thousand to a commit; other processes on this
    /// store read the key file again by themselves. With <paramref name="destroyOldWrappingKeys"/> the older wrapping keys are then removed
    /// from the key file: keys of erased contacts that survive in backups, log files or free pages can never be opened again, and neither
    /// can an older backup without the key file that was saved with it.
    /// </summary>
    ValueTask RotateKeysAsync(bool destroyOldWrappingKeys, CancellationToken cancellation = default);

    /// <summary>
    /// Writes a backup of the store and a copy of the key file into an empty or new folder. Keep the two apart when they leave the machine:
    /// together they are the whole ledger in clear.
    /// </summary>
    ValueTask BackupAsync(string folder, CancellationToken cancellation = default);
}
