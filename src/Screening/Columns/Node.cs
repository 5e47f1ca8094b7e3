using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MaySend.Law.Facts;

namespace MaySend.Screening.Columns;

/// <summary>What a shortfall is called where no limb has a name for it: by the ground or duty it stands in.</summary>
/// <param name="Itself">The reason when nothing inside decides.</param>
/// <param name="Missing">The reason when a record of a kind is missing, by scope.</param>
sealed record ReasonsOf(int Itself, int[] Missing);

/// <summary>
/// A formula as compiled for columns: gives the truth of 512 rows, how many limbs are unmet in each, and by which reason a row falls short,
/// in the order that <see cref="Law.Composition.ShortfallReader"/> defines. Remembers its truths for the chunk in hand, so that a formula
/// used twice is evaluated once.
/// </summary>
abstract class Node
{
    readonly Scope[] askedAbout;
    (long Chunk, ulong Ranks, Planes Planes)[] remembered = [default];

    protected Node(int kinds, int maxUnmet)
    {
        Kinds = kinds;
        MaxUnmet = maxUnmet;
        Bits = Count.BitsFor(maxUnmet);
        if (Bits > Count.MaxBits)
            throw new InvalidOperationException("a ground has more limbs than a column can count");
        askedAbout = [.. Scopes.Records.Where(kind => (kinds & (1 << (int)kind)) != 0)];
    }

    /// <summary>The kinds of record whose looked-at record it depends on, as bits by scope.</summary>
    public int Kinds { get; }

    /// <summary>The most limbs that can be unmet.</summary>
    public int MaxUnmet { get; }

    /// <summary>Bits that hold the number of unmet limbs.</summary>
    public int Bits { get; }

    /// <summary>The truth in each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Planes Truth(Chunk chunk)
    {
        var ranks = 0UL;
        var slot = 0;
        foreach (var kind in askedAbout)
        {
            slot = chunk[kind];
            ranks = (ranks << 16) | (uint)slot;
        }
        if (slot >= remembered.Length)
            Array.Resize(ref remembered, Math.Max(slot + 1, remembered.Length * 2));
        ref var memory = ref remembered[slot];
        if (memory.Chunk == chunk.Number && memory.Ranks == ranks)
            return memory.Planes;
        var planes = Compute(chunk);
        remembered[slot] = (chunk.Number, ranks, planes);
        return planes;
    }

    /// <summary>How many limbs are unmet in each row; zero where it is satisfied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public virtual void Unmet(Chunk chunk, out Count count) => Count.Set(out count, 1, ~Truth(chunk).Yes);

    /// <summary>Says by which reason it falls short in the given rows, in none of which it is satisfied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public virtual void Decide(Chunk chunk, Vector512<ulong> rows, ReasonsOf reasons, Reasons into) => into.Say(reasons.Itself, rows);

    private protected abstract Planes Compute(Chunk chunk);
}

/// <summary>The reason of each row, as a number cut into bits.</summary>
sealed class Reasons
{
    readonly Vector512<ulong>[] bits = new Vector512<ulong>[16];

    /// <summary>The planes; bit <c>i</c> of every row's number in plane <c>i</c>.</summary>
    public ReadOnlySpan<Vector512<ulong>> Bits => bits;

    public void Clear() => Array.Clear(bits);

    /// <summary>Gives a reason to rows that have none yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Say(int reason, Vector512<ulong> rows)
    {
        for (var i = 0; reason != 0; i++, reason >>= 1)
            if ((reason & 1) != 0)
                bits[i] |= rows;
    }
}
