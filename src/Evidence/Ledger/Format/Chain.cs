using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MaySend.Evidence.Ledger.Format;

/// <summary>
/// The chain of a partition. Every entry's hash covers the hash before it, so changing, dropping, adding or reordering an entry changes
/// every later hash. The byte layout is a format: docs/ledger.md states it, and the verifier implements it again on its own.
/// </summary>
public static class Chain
{
    /// <summary>Length of a hash in bytes.</summary>
    public const int HashSize = SHA256.HashSizeInBytes;

    static ReadOnlySpan<byte> GenesisLabel => "maysend/genesis/1\n"u8;

    static ReadOnlySpan<byte> EntryLabel => "maysend/entry/1\n"u8;

    static ReadOnlySpan<byte> SuppressionLabel => "maysend/suppression/1\n"u8;

    /// <summary>
    /// The hash before the first entry: it ties the chain to one ledger and one partition. Number 257 stands for the chain of suppressions.
    /// </summary>
    public static byte[] Genesis(ReadOnlySpan<byte> storeId, int partition)
    {
        Span<byte> bytes = stackalloc byte[64];
        GenesisLabel.CopyTo(bytes);
        storeId.CopyTo(bytes[GenesisLabel.Length..]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[(GenesisLabel.Length + storeId.Length)..], (ushort)partition);
        return SHA256.HashData(bytes[..(GenesisLabel.Length + storeId.Length + 2)]);
    }

    /// <summary>The hash of an entry.</summary>
    public static byte[] Entry(
        ReadOnlySpan<byte> before,
        LedgerPosition position,
        ContactId contact,
        long recordedAt,
        string kind,
        ReadOnlySpan<byte> idempotency,
        ReadOnlySpan<byte> ciphertextDigest
    )
    {
        Span<byte> bytes = stackalloc byte[256];
        EntryLabel.CopyTo(bytes);
        var at = EntryLabel.Length;
        before.CopyTo(bytes[at..]);
        at += HashSize;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[at..], position.Partition.Number);
        BinaryPrimitives.WriteInt64BigEndian(bytes[(at + 2)..], position.Seq);
        contact.WriteTo(bytes[(at + 10)..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[(at + 26)..], recordedAt);
        at += 34;
        bytes[at] = (byte)kind.Length;
        at += 1 + Encoding.ASCII.GetBytes(kind, bytes[(at + 1)..]);
        bytes[at] = (byte)idempotency.Length;
        idempotency.CopyTo(bytes[(at + 1)..]);
        at += 1 + idempotency.Length;
        ciphertextDigest.CopyTo(bytes[at..]);
        return SHA256.HashData(bytes[..(at + HashSize)]);
    }

    /// <summary>The hash of a suppression: suppressions form a chain of their own, so that none can go missing unnoticed.</summary>
    public static byte[] Suppression(ReadOnlySpan<byte> before, long seq, int generation, ReadOnlySpan<byte> mac, ReadOnlySpan<byte> covers)
    {
        Span<byte> bytes = stackalloc byte[160];
        SuppressionLabel.CopyTo(bytes);
        var at = SuppressionLabel.Length;
        before.CopyTo(bytes[at..]);
        at += HashSize;
        BinaryPrimitives.WriteInt64BigEndian(bytes[at..], seq);
        BinaryPrimitives.WriteInt32BigEndian(bytes[(at + 8)..], generation);
        mac.CopyTo(bytes[(at + 12)..]);
        at += 12 + mac.Length;
        SHA256.HashData(covers, bytes[at..]);
        return SHA256.HashData(bytes[..(at + HashSize)]);
    }
}
