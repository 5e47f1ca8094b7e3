namespace MaySend.Ledger.Verify;

/// <summary>
/// Walks one chain and stops at its first fault. A fault is only told apart once the following entry is seen: if that one fits the hash
/// that should have been stored, only the stored hash was altered; if not, the entry itself was.
/// </summary>
sealed class ChainWalk(int chain, byte[] genesis, Func<int, long, byte[]?> expected, string hashed)
{
    byte[] before = genesis;
    byte[]? recomputed;
    long? recordedAt;

    internal long Seq { get; private set; }

    internal byte[] Head => before;

    internal VerificationFinding? Fault { get; private set; }

    /// <summary>The next entry: its number, how its hash follows from the one before, the hash it carries, and when it was recorded if the
    /// chain has times.</summary>
    internal void Next(long seq, Func<byte[], byte[]> hashAfter, byte[] stored, long? recorded)
    {
        if (Fault is not null)
            return;
        if (recomputed is not null)
        {
            Settle(hashAfter(recomputed).AsSpan().SequenceEqual(stored));
            return;
        }

        if (seq != Seq + 1)
        {
            Fault = new(chain, Seq + 1, seq > Seq + 1 ? "is missing" : $"is followed by number {seq}");
            return;
        }

        Seq = seq;
        var hash = hashAfter(before);
        if (!hash.AsSpan().SequenceEqual(stored))
        {
            recomputed = hash;
            return;
        }

        if (recorded < recordedAt)
            Fault = new(chain, seq, "was recorded before its predecessor");
        else if (expected(chain, seq) is { } promised && !promised.AsSpan().SequenceEqual(hash))
            Fault = new(chain, seq, "does not have the hash that a signed checkpoint states: the chain up to here was rewritten");
        (before, recordedAt) = (hash, recorded);
    }

    /// <summary>After the last entry, with the head the store keeps, if it keeps one.</summary>
    internal void End((long Seq, byte[] Hash)? head)
    {
        if (recomputed is not null && Fault is null)
            Settle(head is { } kept && kept.Hash.AsSpan().SequenceEqual(recomputed));
        if (Fault is not null || head is not { } stated)
            return;
        if (stated.Seq != Seq)
            Fault = new(
                chain,
                Math.Min(stated.Seq, Seq) + 1,
                stated.Seq > Seq
                    ? $"is missing: the head says the chain has {stated.Seq}"
                    : $"comes after the head, which says the chain has {stated.Seq}"
            );
        else if (!stated.Hash.AsSpan().SequenceEqual(before))
            Fault = new(chain, Seq, "is not what the head says");
    }

    void Settle(bool onlyTheHash) =>
        Fault = new(
            chain,
            Seq,
            onlyTheHash
                ? "does not carry the hash of its contents; the contents fit the chain"
                : $"does not have the contents that were hashed ({hashed})"
        );
}
