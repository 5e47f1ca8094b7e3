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
    /// <summary>The kinds of record it asks about, all but the last.</summary>
    readonly Scope[] others;

    /// <summary>The last of them; -1 where it asks about none.</summary>
    readonly int last;

    // A place for each rank of the last kind.
    Remembered[] remembered = [default];

    protected Node(int kinds, int maxUnmet)
    {
        Kinds = kinds;
        MaxUnmet = maxUnmet;
        Bits = Count.BitsFor(maxUnmet);
        if (Bits > Count.MaxBits)
            throw new InvalidOperationException("a ground has more limbs than a column can count");
        Scope[] askedAbout = [.. Scopes.Records.Where(kind => (kinds & (1 << (int)kind)) != 0)];
        (others, last) = (askedAbout[..^Math.Min(1, askedAbout.Length)], askedAbout.Length == 0 ? -1 : (int)askedAbout[^1]);
    }

    /// <summary>The kinds of record whose looked-at record it depends on, as bits by scope.</summary>
    public int Kinds { get; }

    /// <summary>The most limbs that can be unmet.</summary>
    public int MaxUnmet { get; }

    /// <summary>Bits that hold the number of unmet limbs.</summary>
    public int Bits { get; }

    /// <summary>What has the same truth and asks less: the test of a limb.</summary>
    public virtual Node Bare => this;

    /// <summary>The truth in each row, good until another chunk, or another record of a kind it asks about, is looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ref readonly Planes Truth(Chunk chunk)
    {
        var slot = last < 0 ? 0 : chunk[(Scope)last];
        if (slot >= remembered.Length)
            Array.Resize(ref remembered, Math.Max(slot + 1, remembered.Length * 2));
        ref var memory = ref remembered[slot];
        var ranks = others.Length == 0 ? 0 : Ranks(chunk);
        if (memory.Chunk != chunk.Number || memory.Ranks != ranks)
        {
            Compute(chunk, ref memory.Planes);
            (memory.Chunk, memory.Ranks) = (chunk.Number, ranks);
        }
        return ref memory.Planes;
    }

    ulong Ranks(Chunk chunk)
    {
        var ranks = 0UL;
        foreach (var kind in others)
            ranks = (ranks << 16) | (uint)chunk[kind];
        return ranks;
    }

    /// <summary>How many limbs are unmet in each row; zero where it is satisfied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public virtual void Unmet(Chunk chunk, out Count count) => Count.Set(out count, 1, ~Truth(chunk).Yes);

    /// <summary>Says by which reason it falls short in the given rows, in none of which it is satisfied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public virtual void Decide(Chunk chunk, Vector512<ulong> rows, ReasonsOf reasons, Reasons into) => into.Say(reasons.Itself, rows);

    /// <summary>Finds the truth in each row of the chunk; whatever was in <paramref name="into"/> is gone.</summary>
    private protected abstract void Compute(Chunk chunk, ref Planes into);

    struct Remembered
    {
        public long Chunk;
        public ulong Ranks;
        public Planes Planes;
    }
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
