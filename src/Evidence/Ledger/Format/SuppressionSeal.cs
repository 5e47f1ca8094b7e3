using System.Buffers.Binary;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Ledger.Format;

/// <summary>
/// What a suppression covers, encrypted under the key ring and the address together: recorded-at in microseconds, then the caller's JSON.
/// </summary>
public static class SuppressionSeal
{
    static ReadOnlySpan<byte> Bound => "maysend/suppression-covers/1"u8;

    /// <summary>Encrypts.</summary>
    public static byte[] Seal(KeyGeneration generation, Address address, DateTimeOffset recordedAt, ReadOnlySpan<byte> covers)
    {
        var text = new byte[8 + covers.Length];
        BinaryPrimitives.WriteInt64BigEndian(text, LedgerTime.ToMicroseconds(recordedAt));
        covers.CopyTo(text.AsSpan(8));
        return generation.SuppressionContentKey(address).Seal(text, Bound);
    }

    /// <summary>Opens; <see cref="LedgerUnavailableException"/> when it has been altered.</summary>
    public static Suppression Open(KeyGeneration generation, Address address, ReadOnlySpan<byte> covers)
    {
        var text =
            generation.SuppressionContentKey(address).Open(covers, Bound)
            ?? throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                "a suppression does not open: the store has been altered. Run `maysend ledger verify`, then restore from a backup"
            );
        return new(LedgerTime.FromMicroseconds(BinaryPrimitives.ReadInt64BigEndian(text)), text.AsMemory(8));
    }
}
