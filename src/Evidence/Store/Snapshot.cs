using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Keys;
using MemoryPack;

namespace MaySend.Evidence.Store;

/// <summary>
/// The evidence of one partition as it was when its chain was so and so long, read. It is only ever used together with what the chain has
/// since, and only where its chain leads over the same place; whoever was erased cannot be read from it, since their key is gone
/// (docs/decisions/0015).
/// </summary>
sealed class Snapshot
{
    const int MarkSize = sizeof(long) + Chain.HashSize;

    readonly Partition partition;
    readonly SnapshotBody body;
    readonly string[] words;
    readonly ContactEntry?[] sayings;
    readonly SayingsRead read;

    Snapshot(Partition partition, SnapshotBody body, string[] words, SayingsRead read)
    {
        (this.partition, this.body, this.words, this.read) = (partition, body, words, read);
        sayings = new ContactEntry?[words.Length];
        Contacts =
        [
            .. Enumerable
                .Range(0, body.People.Length)
                .Select(place => ContactId.FromBytes(body.Contacts.AsSpan(place * ContactId.Size, ContactId.Size))),
        ];
    }

    /// <summary>The build that this is: another may read entries in another way, and what it wrote is not read.</summary>
    static string Build { get; } =
        $"{typeof(Snapshot).Module.ModuleVersionId:N}{typeof(MaySend.Law.Facts.NameSet).Module.ModuleVersionId:N}";

    /// <summary>Everybody in it, in the order of their first entries.</summary>
    public IReadOnlyList<ContactId> Contacts { get; }

    /// <summary>How many entries it has.</summary>
    public int Entries => body.Entries;

    /// <summary>A snapshot as it goes to disk: a keyed hash over all of it, the place in the chain, and the body.</summary>
    public static byte[] Pack(SnapshotBody body, string store, Partition partition, ChainMark mark, ContactKey own)
    {
        byte[] rest = [.. BitConverter.GetBytes(mark.Seq), .. mark.Hash.Span, .. MemoryPackSerializer.Serialize(body)];
        return [.. own.Mac(Label(store, partition), rest), .. rest];
    }

    /// <summary>The place that something on disk says it is of; what says so may be anybody.</summary>
    public static ChainMark MarkIn(ReadOnlySpan<byte> packed) =>
        packed.Length > HMACSHA256.HashSizeInBytes + MarkSize
            ? new(
                BitConverter.ToInt64(packed[HMACSHA256.HashSizeInBytes..]),
                packed.Slice(HMACSHA256.HashSizeInBytes + sizeof(long), Chain.HashSize).ToArray()
            )
            : default;

    /// <summary>
    /// Reads what stood on disk; null where it is not as it was written, or was written by another build. Nothing of it is looked at before
    /// its hash shows that this build wrote it for this partition of this store.
    /// </summary>
    /// <param name="packed">What stood there.</param>
    /// <param name="store">The store.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="own">The partition's own key.</param>
    /// <param name="read">What was read before, from any partition.</param>
    public static Snapshot? Open(ReadOnlySpan<byte> packed, string store, Partition partition, ContactKey own, SayingsRead read)
    {
        var rest = packed[HMACSHA256.HashSizeInBytes..];
        var isOurs = CryptographicOperations.FixedTimeEquals(own.Mac(Label(store, partition), rest), packed[..HMACSHA256.HashSizeInBytes]);
        if (!isOurs || MemoryPackSerializer.Deserialize<SnapshotBody>(rest[MarkSize..]) is not { } body)
            return null;
        var words = MemoryPackSerializer.Deserialize<SnapshotWords>(own.Open(body.Words, WordsBound));
        return words is null ? null : new(partition, body, words.Words, read);
    }

    /// <summary>What words are bound to.</summary>
    public static ReadOnlySpan<byte> WordsBound => "maysend/snapshot/words/1"u8;

    /// <summary>What is sealed of a person belongs to them.</summary>
    public static byte[] Bound(ContactId contact) => [.. "maysend/snapshot/person/1"u8, .. contact.ToBytes()];

    static byte[] Label(string store, Partition partition) => Encoding.UTF8.GetBytes($"maysend/snapshot/1 {Build} {store} {partition}\n");

    /// <summary>What it has of a person.</summary>
    /// <param name="place">The person's place among <see cref="Contacts"/>.</param>
    /// <param name="key">The contact's key.</param>
    /// <param name="asKnown">How much may be seen.</param>
    /// <returns>What the person's entries stated of the rows in the index last, and the entries.</returns>
    /// <exception cref="LedgerUnavailableException">It does not open, though it is what was written.</exception>
    public (byte[] Stated, ImmutableArray<RecordedEntry>.Builder Entries) Of(int place, ContactKey key, AsKnown asKnown)
    {
        var person = PersonAt(place, key);
        var entries = ImmutableArray.CreateBuilder<RecordedEntry>(person.Rows.Length);
        foreach (ref readonly var row in person.Rows.AsSpan())
            if (row.Seq <= asKnown.GreatestSeq && row.RecordedAt <= asKnown.LatestMicroseconds)
                entries.Add(Recorded(row, person.Words));
        return (person.Stated, entries);
    }

    SnapshotPerson PersonAt(int place, ContactKey key)
    {
        var made = body.People[place];
        var length = Math.Max(0, made.Length - ContactKey.Overhead);
        var room = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            using var opening = key.Opening();
            if (
                opening.TryOpen(made, Bound(Contacts[place]), room.AsSpan(0, length))
                && MemoryPackSerializer.Deserialize<SnapshotPerson>(room.AsSpan(0, length)) is { } person
            )
                return person;
        }
        finally
        {
            // What stood in clear goes with it.
            ArrayPool<byte>.Shared.Return(room, clearArray: true);
        }
        throw new LedgerUnavailableException(
            UnavailableBecause.Damaged,
            $"the snapshot of contact {Contacts[place]} does not open with the contact's key: run `maysend ledger verify --keys`"
        );
    }

    RecordedEntry Recorded(in SnapshotRow row, string[] own) =>
        new(
            EntryOf(row, own),
            new(partition, row.Seq),
            LedgerTime.FromMicroseconds(row.RecordedAt),
            Word(row.By, own),
            row.Rights < 0 ? null : (Rights)row.Rights,
            row.File < 0 ? null : new(Word(row.File, own), row.FileRow)
        );

    ContactEntry EntryOf(in SnapshotRow row, string[] own)
    {
        var when = row.When.When;
        var said = Saying(row.Saying, own);
        if (said is not DetailsCollected collected)
            return said with { When = when, Id = row.Id };
        var products = row.Products is { } numbers ? new string[numbers.Length] : [];
        for (var i = 0; i < products.Length; i++)
            products[i] = Word(row.Products![i], own);
        return collected with { When = when, Id = row.Id, Products = ImmutableCollectionsMarshal.AsImmutableArray(products) };
    }

    ContactEntry Saying(int number, string[] own) =>
        number >= sayings.Length ? read[own[number - sayings.Length]] : sayings[number] ??= read[words[number]];

    string Word(int number, string[] own) => number < words.Length ? words[number] : own[number - words.Length];
}

/// <summary>
/// Sayings that were read from JSON: what one person says, others say word for word, in other partitions too. For one reading of everybody,
/// and gone with it. Safe for many threads.
/// </summary>
sealed class SayingsRead
{
    const int Most = 1 << 14;

    readonly ConcurrentDictionary<string, ContactEntry> entries = new(StringComparer.Ordinal);
    int count;

    /// <summary>The entry that a JSON text says.</summary>
    public ContactEntry this[string json]
    {
        get
        {
            if (entries.TryGetValue(json, out var known))
                return known;
            var entry = EntryJson.ReadContact(Encoding.UTF8.GetBytes(json));
            if (count < Most && entries.TryAdd(json, entry))
                Interlocked.Increment(ref count);
            return entry;
        }
    }
}
