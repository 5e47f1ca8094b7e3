using MaySend.Evidence.Actors;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Ledger;

/// <summary>An entry as it stands in the ledger. What is here besides <see cref="Content"/> is kept in clear text.</summary>
public sealed record LedgerEntry
{
    /// <summary>Where it stands.</summary>
    public required LedgerPosition Position { get; init; }

    /// <summary>Whom it is about; null in the controller's chain.</summary>
    public required ContactId? Contact { get; init; }

    /// <summary>The caller's word for what it is.</summary>
    public required string Kind { get; init; }

    /// <summary>When the ledger took it in, UTC, to the microsecond; never earlier than the entry before it in the partition.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>What it says; null when the contact has been erased and the key with it.</summary>
    public required EntryContent? Content { get; init; }

    /// <summary>The chain hash, 32 bytes: SHA-256 over the hash before it, the clear fields and the digest of the ciphertext.</summary>
    public required ReadOnlyMemory<byte> Hash { get; init; }
}

/// <summary>The encrypted part of an entry, opened.</summary>
public sealed record EntryContent
{
    /// <summary>When it happened in the world, with the offset it was given in.</summary>
    public required DateTimeOffset HappenedAt { get; init; }

    /// <summary>Which person or program recorded it.</summary>
    public required string By { get; init; }

    /// <summary>What they were allowed to make count; null for an entry from before rights were kept.</summary>
    public required Rights? Rights { get; init; }

    /// <summary>Where it was read from, if from a file.</summary>
    public required EntrySource? Source { get; init; }

    /// <summary>UTF-8 JSON as the caller gave it.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>What the contact's rows in the index were from this entry on (<see cref="Format.IndexState"/>); empty where they did not
    /// change.</summary>
    public ReadOnlyMemory<byte> IndexState { get; init; }
}

/// <summary>What the ledger holds under an id.</summary>
public enum ContactState
{
    /// <summary>Nothing was ever recorded under it.</summary>
    Unknown,

    /// <summary>A contact with a key; its entries can be read.</summary>
    Known,

    /// <summary>It was erased: entries stand in the chain, nobody can read them.</summary>
    Erased,
}

/// <summary>One contact's entries in chain order, read in one consistent look.</summary>
/// <param name="Contact">Whose.</param>
/// <param name="State">Entries are given only for <see cref="ContactState.Known"/>. Erased is never shown as an empty past.</param>
/// <param name="Entries">In order of position.</param>
/// <param name="Position">How far the contact's partition and the controller's chain reached when this was read.</param>
public sealed record ContactHistory(ContactId Contact, ContactState State, IReadOnlyList<LedgerEntry> Entries, DecisionPosition Position);

/// <summary>Everything the ledger holds under an address, read in one consistent look.</summary>
/// <param name="History">The contact's entries; null when there is no contact at this address.</param>
/// <param name="Suppressions">What was kept to honour earlier refusals, oldest first, whenever it was put down.</param>
/// <param name="Position">How far the contact's partition and the controller's chain reached; for an address without a contact the first
/// part is 0:0.</param>
public sealed record AddressHistory(ContactHistory? History, IReadOnlyList<Suppression> Suppressions, DecisionPosition Position);
