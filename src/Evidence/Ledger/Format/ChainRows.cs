namespace MaySend.Evidence.Ledger.Format;

/// <summary>Rows of one chain as they follow one from another, each held against the hash before it. Not safe for several
/// threads.</summary>
/// <param name="chain">The chain.</param>
/// <param name="seq">The number of the row before the first; 0 at the beginning.</param>
/// <param name="hash">Its hash; that of the genesis at the beginning.</param>
public sealed class ChainRows(int chain, long seq, byte[] hash)
{
    /// <summary>The number of the last row.</summary>
    public long Seq => seq;

    /// <summary>Takes the next row.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="stored">The hash that stands in it.</param>
    /// <param name="made">Makes the hash it should have, given the hash before.</param>
    /// <exception cref="LedgerUnavailableException">It does not follow.</exception>
    public void Next(long number, byte[] stored, Func<byte[], byte[]> made)
    {
        if (number != seq + 1)
            throw Damage($"{chain}:{seq + 1} is missing");
        if (!made(hash).AsSpan().SequenceEqual(stored))
            throw Damage($"the contents of {chain}:{number} are not those that were hashed");
        (seq, hash) = (number, stored);
    }

    /// <summary>Ends the operation unless the last row is the one that the head states.</summary>
    /// <exception cref="LedgerUnavailableException">It is not.</exception>
    public void RequireHead(SealedHead head)
    {
        if (head.Seq != seq || !head.Hash.AsSpan().SequenceEqual(hash))
            throw Damage($"{chain}:{head.Seq} is not what the head says");
    }

    /// <summary>Ends the operation unless a contact is found under the hash of its own address.</summary>
    /// <exception cref="LedgerUnavailableException">It is found under another: whoever asks for the address finds nobody.</exception>
    public static void RequireFound(ContactId contact, ReadOnlySpan<byte> stored, ReadOnlySpan<byte> made)
    {
        if (!stored.SequenceEqual(made))
            throw Damage($"contact {contact} is found under the hash of an address that is not its own");
    }

    /// <summary>What is thrown where a row is not as it was written.</summary>
    /// <param name="what">What is wrong, as a sentence without a full stop.</param>
    public static LedgerUnavailableException Damage(string what) =>
        new(
            UnavailableBecause.Damaged,
            $"{what}: the store has been altered. Run `maysend ledger verify --keys`, then restore from a backup"
        );
}
