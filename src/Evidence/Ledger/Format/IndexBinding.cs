using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Ledger.Format;

/// <summary>
/// Binds which rows there are to the heads. A contact that is gone from the index looks like a stranger, and a suppression that is gone
/// like nothing at all, so each head carries the sum (modulo 2^256) of a keyed hash for each contact of its partition, for chain 257 of
/// each suppression, and a seal over itself. Without the key nobody can say what the sum is without a row, nor with one more. A look-up
/// that finds nobody first adds up the rows of the partitions the person could stand in. Safe for many threads.
/// </summary>
public sealed class IndexBinding(ContactKey controller, ReadOnlyMemory<byte> storeId, TimeProvider clock)
{
    /// <summary>Length of a sum and of a seal in bytes.</summary>
    public const int Size = 32;

    // For each thread: making a hash costs more than using it.
    readonly ThreadLocal<ContactSealing> hashing = EachThread(controller);
    readonly ConcurrentDictionary<int, (UInt128 High, UInt128 Low, long At, TimeSpan GoodFor)> seen = new();

    /// <summary>
    /// For so long a sum that was found right is taken for right while the head states the same: five seconds, and five milliseconds for
    /// each row, so that adding up takes a twentieth of a processor at most. Rows altered in between, beside a running process, are noticed
    /// then.
    /// </summary>
    public static TimeSpan GoodFor(int rows) => TimeSpan.FromMilliseconds(Math.Max(5_000, 5.0 * rows));

    /// <summary>The sum over no rows.</summary>
    public static byte[] Nothing => new byte[Size];

    /// <summary>The sum with a contact more.</summary>
    public byte[] With(ReadOnlySpan<byte> sum, ContactId contact) => Plus(sum, Of(contact));

    /// <summary>The sum with a contact less.</summary>
    public byte[] Without(ReadOnlySpan<byte> sum, ContactId contact) => Minus(sum, Of(contact));

    /// <summary>The sum with a suppression more; none is ever taken away.</summary>
    public byte[] With(ReadOnlySpan<byte> sum, int generation, ReadOnlySpan<byte> mac, ReadOnlySpan<byte> covers)
    {
        var text = new byte[4 + mac.Length + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt32BigEndian(text, generation);
        mac.CopyTo(text.AsSpan(4));
        SHA256.HashData(covers, text.AsSpan(4 + mac.Length));
        return Plus(sum, hashing.Value!.Mac("maysend/suppressed/1\n"u8, text));
    }

    /// <summary>The seal of a head: without the key none can be made for another number, hash or sum.</summary>
    public byte[] Seal(int chain, long seq, ReadOnlySpan<byte> hash, long recordedAt, ReadOnlySpan<byte> sum)
    {
        Span<byte> text = stackalloc byte[16 + 2 + 8 + Chain.HashSize + 8 + Size];
        storeId.Span.CopyTo(text);
        BinaryPrimitives.WriteUInt16BigEndian(text[16..], (ushort)chain);
        BinaryPrimitives.WriteInt64BigEndian(text[18..], seq);
        hash.CopyTo(text[26..]);
        BinaryPrimitives.WriteInt64BigEndian(text[(26 + Chain.HashSize)..], recordedAt);
        sum.CopyTo(text[(34 + Chain.HashSize)..]);
        return hashing.Value!.Mac("maysend/head/1\n"u8, text);
    }

    /// <summary>True when the sum of a chain was added up lately and was this.</summary>
    public bool IsKnown(int chain, ReadOnlySpan<byte> sum) =>
        seen.TryGetValue(chain, out var one) && (one.High, one.Low) == Halves(sum) && clock.GetElapsedTime(one.At) < one.GoodFor;

    /// <summary>What this process itself has changed needs no adding up again.</summary>
    public void Moved(int chain, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        if (!seen.TryGetValue(chain, out var one) || (one.High, one.Low) != Halves(before))
            return;
        var (high, low) = Halves(after);
        seen.TryUpdate(chain, (high, low, one.At, one.GoodFor), one);
    }

    /// <summary>Ends the operation unless a head is as it was sealed, and the rows add up to what it states.</summary>
    /// <param name="head">The head as the store has it.</param>
    /// <param name="rows">The sum over the rows there are.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="last">The greatest number of an entry in the chain.</param>
    /// <exception cref="LedgerUnavailableException">They do not: rows or heads have been altered.</exception>
    public void Require(SealedHead head, ReadOnlySpan<byte> rows, int count, long last)
    {
        var isWhole =
            CryptographicOperations.FixedTimeEquals(head.Seal, Seal(head.Chain, head.Seq, head.Hash, head.RecordedAt, head.Sum))
            && CryptographicOperations.FixedTimeEquals(head.Sum, rows)
            && head.Seq == last;
        if (!isWhole)
            throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                (
                    head.Chain == Checkpoints.Checkpoint.Suppressions
                        ? "the suppressions are not those that were recorded"
                        : $"the contacts of partition {head.Chain} are not those that were made"
                ) + ": the store has been altered. Run `maysend ledger verify --keys`, then restore from a backup"
            );
        var (high, low) = Halves(head.Sum);
        seen[head.Chain] = (high, low, clock.GetTimestamp(), GoodFor(count));
    }

    static ThreadLocal<ContactSealing> EachThread(ContactKey key) => new(key.Sealing);

    byte[] Of(ContactId contact) => hashing.Value!.Mac("maysend/contact/1\n"u8, contact.ToBytes());

    static byte[] Plus(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var ((high, low), (otherHigh, otherLow)) = (Halves(one), Halves(other));
        var sum = unchecked(low + otherLow);
        return Joined(unchecked(high + otherHigh + (sum < low ? UInt128.One : UInt128.Zero)), sum);
    }

    static byte[] Minus(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var ((high, low), (otherHigh, otherLow)) = (Halves(one), Halves(other));
        return Joined(unchecked(high - otherHigh - (low < otherLow ? UInt128.One : UInt128.Zero)), unchecked(low - otherLow));
    }

    static (UInt128 High, UInt128 Low) Halves(ReadOnlySpan<byte> sum) =>
        sum.Length == Size
            ? (BinaryPrimitives.ReadUInt128BigEndian(sum), BinaryPrimitives.ReadUInt128BigEndian(sum[(Size / 2)..]))
            : throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                "a head of the ledger has no sum of its rows: the store has been altered. Run `maysend ledger verify --keys`"
            );

    static byte[] Joined(UInt128 high, UInt128 low)
    {
        var sum = new byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(sum, high);
        BinaryPrimitives.WriteUInt128BigEndian(sum.AsSpan(Size / 2), low);
        return sum;
    }
}
