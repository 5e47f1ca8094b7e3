using System.Collections.Immutable;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Store;

/// <summary>What the store holds about an address.</summary>
public enum DossierState
{
    /// <summary>Nothing at all.</summary>
    Unknown,

    /// <summary>A contact whose entries can be read.</summary>
    Known,

    /// <summary>
    /// Only the suppression that an erasure, or somebody else's request, left: the person is refused and nothing else is found.
    /// </summary>
    Suppressed,
}

/// <summary>An entry with where it stands and how it came there.</summary>
/// <param name="Entry">What it says.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="RecordedAt">When the ledger took it in; never the time of what happened.</param>
/// <param name="By">Which person or program recorded it.</param>
/// <param name="Rights">What they were allowed to make count; null for an entry from before rights were kept.</param>
/// <param name="Source">The file and row it was read from, if from a file.</param>
public sealed record RecordedEntry(
    ContactEntry Entry,
    LedgerPosition Position,
    DateTimeOffset RecordedAt,
    string By,
    Rights? Rights,
    EntrySource? Source
)
{
    /// <summary>The entry as a decision counts it.</summary>
    public ContactEntry Counts => Counted.Of(Entry, Rights, Source?.FileDigest, RecordedAt);
}

/// <summary>
/// Everything on record about one address, in one consistent look: what facts are a fold over, and what a replay needs to find it again.
/// </summary>
/// <param name="Address">The address as asked for; as first recorded when all dossiers are read.</param>
/// <param name="State">What is held.</param>
/// <param name="Contact">The contact; null unless known.</param>
/// <param name="Position">How far the contact's partition and the controller's chain reached. For an address without a contact the first
/// part is 0:0, where nothing can be seen.</param>
/// <param name="Entries">In order of position.</param>
/// <param name="Suppressions">What outlived an erasure, as the requests to stop that they are.</param>
public sealed record Dossier(
    Address Address,
    DossierState State,
    ContactId? Contact,
    DecisionPosition Position,
    ImmutableArray<RecordedEntry> Entries,
    ImmutableArray<RefusalMade> Suppressions
)
{
    /// <summary>What a decision looks at: the suppressions first, then every entry. Somebody erased is refused by the first and nothing
    /// else is there.</summary>
    public IReadOnlyList<ContactEntry> ForDecision => [.. Suppressions, .. Waiting, .. Entries.Select(recorded => recorded.Counts)];

    /// <summary>
    /// Requests to stop that were taken and are on disk, and that the ledger has not taken in yet; none where a past position is looked at.
    /// </summary>
    public ImmutableArray<RefusalMade> Waiting { get; init; } = [];

    /// <summary>
    /// Where the contact's last evidence stands, of entries up to a number. Decisions are none: asking does not change the answer's
    /// identity.
    /// </summary>
    /// <param name="upTo">The greatest number that counts.</param>
    public LedgerPosition LastEvidence(long upTo = long.MaxValue) =>
        Entries.LastOrDefault(recorded => recorded.Entry is not DecisionMade && recorded.Position.Seq <= upTo)?.Position
        ?? new(Position.Contact.Partition, 0);
}
