namespace MaySend.Evidence.Ledger.Identity;

/// <summary>
/// What the ledger knows of an address. Both may be there: someone erased who came back by an act of their own has a contact, and the
/// suppression stays.
/// </summary>
/// <param name="Contact">The contact at this address; null when there is none.</param>
/// <param name="Suppressions">What was kept to honour earlier refusals, oldest first; empty when there is none.</param>
public sealed record Recognition(ContactId? Contact, IReadOnlyList<Suppression> Suppressions);

/// <summary>
/// The minimum kept of somebody so that they are never contacted again: a keyed hash of the address and what the suppression covers. It
/// outlives an erasure. It can be opened only by someone who has both the key file and the address.
/// </summary>
/// <param name="RecordedAt">When it was put down.</param>
/// <param name="Covers">What it covers: UTF-8 JSON as the caller gave it.</param>
public sealed record Suppression(DateTimeOffset RecordedAt, ReadOnlyMemory<byte> Covers);

/// <summary>A contact that can be read, with its address.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Partition">Where its entries are.</param>
/// <param name="Address">Where it is reached.</param>
public sealed record Contact(ContactId Id, Partition Partition, Address Address);

/// <summary>A contact nothing has been recorded about for a while.</summary>
/// <param name="Id">Its id.</param>
/// <param name="LastRecordedAt">When its last entry was recorded.</param>
/// <param name="OnHold">True when a legal hold stands, so that it cannot be erased now.</param>
public sealed record IdleContact(ContactId Id, DateTimeOffset LastRecordedAt, bool OnHold);

/// <summary>A reason not to erase a contact for now.</summary>
/// <param name="Number">Names the hold when it is lifted.</param>
/// <param name="PlacedAt">Since when.</param>
/// <param name="Reason">Why, in the words of whoever placed it; encrypted at rest.</param>
public sealed record LegalHold(long Number, DateTimeOffset PlacedAt, string Reason);
