using System.Security.Cryptography;
using System.Text;

namespace MaySend.Ledger.Verify;

/// <summary>The hashes of docs/ledger.md, written out a second time.</summary>
static class Hashes
{
    internal const int ControllerChain = 256;
    internal const int SuppressionChain = 257;
    internal const int Chains = 258;

    internal static byte[] Genesis(byte[] storeId, int chain) => Of(Encoding.ASCII.GetBytes("maysend/genesis/1\n"), storeId, Big(chain, 2));

    internal static byte[] Entry(byte[] before, StoredEntry entry) =>
        Entry(
            before,
            entry.Partition,
            entry.Seq,
            entry.Contact,
            entry.Kind,
            entry.RecordedAt,
            entry.Idempotency ?? [],
            SHA256.HashData(entry.Content)
        );

    internal static byte[] Entry(
        byte[] before,
        int chain,
        long seq,
        byte[] contact,
        string kindWord,
        long recordedAt,
        byte[] idempotency,
        byte[] contentDigest
    )
    {
        var kind = Encoding.ASCII.GetBytes(kindWord);
        return Of(
            Encoding.ASCII.GetBytes("maysend/entry/1\n"),
            before,
            Big(chain, 2),
            Big(seq, 8),
            contact,
            Big(recordedAt, 8),
            Big(kind.Length, 1),
            kind,
            Big(idempotency.Length, 1),
            idempotency,
            contentDigest
        );
    }

    internal static byte[] Suppression(byte[] before, StoredSuppression suppression) =>
        Suppression(before, suppression.Seq, suppression.Generation, suppression.Mac, SHA256.HashData(suppression.Covers));

    internal static byte[] Suppression(byte[] before, long seq, int generation, byte[] mac, byte[] coversDigest) =>
        Of(Encoding.ASCII.GetBytes("maysend/suppression/1\n"), before, Big(seq, 8), Big(generation, 4), mac, coversDigest);

    /// <summary>RFC 6962, section 2.1, from the leaves up: pairs are joined, an odd one moves up as it is.</summary>
    internal static byte[] TreeRoot(IEnumerable<(int Chain, long Size, byte[] Head)> chains)
    {
        var level = chains.Select(one => Of([0], Big(one.Chain, 2), Big(one.Size, 8), one.Head)).ToList();
        while (level.Count > 1)
            level = [.. level.Chunk(2).Select(pair => pair.Length == 2 ? Of([1], pair[0], pair[1]) : pair[0])];
        return level[0];
    }

    internal static byte[] Big(long value, int bytes)
    {
        var big = new byte[bytes];
        for (var i = bytes - 1; i >= 0; i--, value >>= 8)
            big[i] = unchecked((byte)value);
        return big;
    }

    static byte[] Of(params ReadOnlySpan<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
            hash.AppendData(part);
        return hash.GetHashAndReset();
    }
}
