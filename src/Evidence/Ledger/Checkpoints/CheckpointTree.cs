using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MaySend.Evidence.Ledger.Checkpoints;

/// <summary>
/// The Merkle tree of RFC 6962, section 2.1, over the chains: a leaf is number (2 bytes), size (8 bytes), head (32 bytes).
/// </summary>
static class CheckpointTree
{
    internal static byte[] Root(IReadOnlyList<ChainHead> heads) => Root([.. heads.Select(Leaf)]);

    static byte[] Root(ReadOnlySpan<byte[]> nodes)
    {
        if (nodes.Length == 1)
            return nodes[0];
        var left = 1;
        while (left * 2 < nodes.Length)
            left *= 2;
        return SHA256.HashData([1, .. Root(nodes[..left]), .. Root(nodes[left..])]);
    }

    static byte[] Leaf(ChainHead head)
    {
        Span<byte> bytes = stackalloc byte[1 + 2 + 8 + 32];
        bytes[0] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[1..], (ushort)head.Number);
        BinaryPrimitives.WriteInt64BigEndian(bytes[3..], head.Size);
        head.Head.Span.CopyTo(bytes[11..]);
        return SHA256.HashData(bytes);
    }
}
