using MaySend.Evidence.Actors;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Ledger;

/// <summary>Whom an entry is about.</summary>
public abstract record EntrySubject
{
    EntrySubject() { }

    /// <summary>The controller itself: campaigns, assessments, judgements, templates.</summary>
    public sealed record Controller : EntrySubject;

    /// <summary>A contact the ledger already holds.</summary>
    public sealed record Contact(ContactId Id) : EntrySubject;

    /// <summary>
    /// Whoever is at this address. An unknown address becomes a contact in the same commit, unless a suppression stands for it
    /// and <see cref="DespiteSuppression"/> is false.
    /// </summary>
    public sealed record At(Address Address) : EntrySubject
    {
        /// <summary>
        /// True only when the person came back by an act of their own. An import never sets it: someone erased stays erased.
        /// The suppression stays on record either way.
        /// </summary>
        public bool DespiteSuppression { get; init; }
    }
}

/// <summary>The file and the row an entry was read from. Encrypted with the payload.</summary>
/// <param name="FileDigest">SHA-256 of the file, 64 lower-case hexadecimal digits.</param>
/// <param name="Row">The row as the file's reader counts it, from 1; 0 when the file as a whole is meant.</param>
public sealed record EntrySource(string FileDigest, long Row);

/// <summary>One entry to append. The ledger does not look into the payload.</summary>
public sealed record AppendRequest
{
    /// <summary>Greatest payload in bytes: evidence is facts and digests; documents live outside and are named by digest.</summary>
    public const int GreatestPayload = 1 << 20;

    /// <summary>
    /// The same of what the program itself records: a manifest says which of up to tens of millions of contacts were on a list.
    /// </summary>
    public const int GreatestOwnPayload = 1 << 26;

    /// <summary>Whom it is about.</summary>
    public required EntrySubject Subject { get; init; }

    /// <summary>A short stable word, kept in clear text: 1 to 40 of a-z, 0-9 and hyphen, a letter first.</summary>
    public required string Kind { get; init; }

    /// <summary>When it happened in the world; encrypted. When it was recorded is the ledger's to say.</summary>
    public required DateTimeOffset HappenedAt { get; init; }

    /// <summary>Which person or program recorded it, at most 500 bytes of UTF-8; encrypted.</summary>
    public required string By { get; init; }

    /// <summary>What they were allowed to make count when they did; encrypted.</summary>
    public Rights Rights { get; init; }

    /// <summary>Where it was read from, if from a file; encrypted.</summary>
    public EntrySource? Source { get; init; }

    /// <summary>
    /// Appending the same key again for the same subject adds nothing and returns the first position. Kept as a hash under the contact's
    /// own key, so it dies with an erasure. Null: never a duplicate; then a caller who got no answer cannot safely ask again.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// UTF-8 JSON, opaque to the ledger, at most <see cref="GreatestPayload"/> bytes, with the right of the system <see
    /// cref="GreatestOwnPayload"/>; encrypted.
    /// </summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }
}

/// <summary>What became of a request.</summary>
public enum AppendOutcome
{
    /// <summary>It is in the chain and on disk.</summary>
    Added,

    /// <summary>An entry with its idempotency key was there already; nothing was added.</summary>
    AlreadyThere,

    /// <summary>Nothing was added: the address is suppressed and no contact stands for it.</summary>
    Suppressed,

    /// <summary>Nothing was added: the contact was erased.</summary>
    ContactErased,

    /// <summary>Nothing was added: the ledger holds no contact with this id.</summary>
    ContactUnknown,
}

/// <summary>The answer to one <see cref="AppendRequest"/>.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Position">Where the entry is; null unless added or already there.</param>
/// <param name="Contact">The contact it is about; null for the controller's own entries and when nothing was added.</param>
public readonly record struct Appended(AppendOutcome Outcome, LedgerPosition? Position, ContactId? Contact);
