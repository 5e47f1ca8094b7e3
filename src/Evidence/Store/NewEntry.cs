using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Store;

/// <summary>An entry to record about whoever is at an address.</summary>
/// <param name="Address">Whom it is about; an unknown address becomes a contact.</param>
/// <param name="Entry">What happened.</param>
/// <param name="By">Who records it, and what they may make count.</param>
public sealed record NewEntry(Address Address, ContactEntry Entry, Actor By)
{
    /// <summary>The file and row it was read from.</summary>
    public EntrySource? Source { get; init; }

    /// <summary>Recording the same key again for the same address adds nothing. Null: never a duplicate.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>True when the key is made from what the entry says, so that no other entry can bear it.</summary>
    public bool IsKeyedByContent { get; init; }

    /// <summary>True when the caller gave no time and the door put its own: the same request a moment later is the same request.</summary>
    public bool IsDatedByTheDoor { get; init; }

    /// <summary>The entry as whoever made its key wrote it already; it counts only for the very entry it was written from.</summary>
    internal WrittenEntry? Written { get; init; }

    /// <summary>
    /// True only when the person came back by an act of their own; an import never sets it. The suppression stands either way.
    /// </summary>
    public bool DespiteSuppression { get; init; }

    internal AppendRequest ToAppend() =>
        new()
        {
            Subject = new EntrySubject.At(Address) { DespiteSuppression = DespiteSuppression },
            Kind = EntryKinds.Of(Entry),
            HappenedAt = Instant(Entry.When),
            By = By.Name,
            Rights = By.Rights,
            Source = Source,
            IdempotencyKey = IdempotencyKey,
            Payload = Written is { } written && ReferenceEquals(written.Entry, Entry) ? written.Json : EntryJson.Write(Entry),
        };

    /// <summary>A day without a time is filed under its first moment in UTC; the payload still says that only the day is known.</summary>
    internal static DateTimeOffset Instant(When when) => when.At ?? new DateTimeOffset(when.Day, TimeOnly.MinValue, TimeSpan.Zero);
}

/// <summary>An entry and its JSON.</summary>
/// <param name="Entry">What was written.</param>
/// <param name="Json">The very octets that <see cref="EntryJson"/> writes of it.</param>
readonly record struct WrittenEntry(ContactEntry Entry, byte[] Json)
{
    /// <summary>Writes it.</summary>
    public static WrittenEntry Of(ContactEntry entry) => new(entry, EntryJson.Write(entry));
}
