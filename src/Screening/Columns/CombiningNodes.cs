using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MaySend.Law;
using MaySend.Law.Composition;

namespace MaySend.Screening.Columns;

/// <summary>A truth that is known.</summary>
sealed class ConstantNode(Truth truth) : Node(0, 1)
{
    readonly Planes planes = Planes.Of(truth);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override Planes Compute(Chunk chunk) => planes;
}

/// <summary>A named limb: its test, and the reason that bears its name.</summary>
sealed class LimbNode(Node test, int reason) : Node(test.Kinds, 1)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override Planes Compute(Chunk chunk) => test.Truth(chunk);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Decide(Chunk chunk, Vector512<ulong> rows, ReasonsOf reasons, Reasons into) => into.Say(reason, rows);
}

/// <summary>The contrary; bears the name of the first limb in it, if there is one.</summary>
sealed class NotNode(Node part, int? reason) : Node(part.Kinds, Shortfall.Excluded)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override Planes Compute(Chunk chunk) => !part.Truth(chunk);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Unmet(Chunk chunk, out Count count)
    {
        var truth = Truth(chunk);
        Count.Set(out count, Shortfall.Excluded, truth.No);
        Count.AddOne(ref count, ~(truth.Yes | truth.No), Bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Decide(Chunk chunk, Vector512<ulong> rows, ReasonsOf reasons, Reasons into) =>
        into.Say(reason ?? reasons.Itself, rows);
}

/// <summary>A kind of record of which a campaign has none: not evidenced, for want of the record.</summary>
sealed class MissingNode(int kind, int limbs) : Node(0, limbs)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override Planes Compute(Chunk chunk) => default;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Unmet(Chunk chunk, out Count count) => Count.Set(out count, MaxUnmet, Vector512<ulong>.AllBitsSet);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Decide(Chunk chunk, Vector512<ulong> rows, ReasonsOf reasons, Reasons into) =>
        into.Say(reasons.Missing[kind], rows);
}

/// <summary>Every part. The first contradicted part decides; where none is contradicted, the first not evidenced.</summary>
sealed class AllNode(Node[] parts) : Node(parts.Aggregate(0, (kinds, part) => kinds | part.Kinds), parts.Sum(part => part.MaxUnmet))
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override Planes Compute(Chunk chunk)
    {
        var planes = parts[0].Truth(chunk);
        foreach (var part in parts.AsSpan(1))
            planes &= part.Truth(chunk);
        return planes;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Unmet(Chunk chunk, out Count count)
    {
        count = default;
        foreach (var part in parts)
        {
            if (part.MaxUnmet == 1)
            {
                Count.AddOne(ref count, ~part.Truth(chunk).Yes, Bits);
                continue;
            }
            part.Unmet(chunk, out var unmet);
            Count.Add(ref count, unmet, part.Bits, Bits);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Decide(Chunk chunk, Vector512<ulong> rows, ReasonsOf reasons, Reasons into)
    {
        var contradicted = rows & Truth(chunk).No;
        var open = rows & ~contradicted;
        foreach (var part in parts)
        {
            var truth = part.Truth(chunk);
            var decided = (contradicted & truth.No) | (open & ~truth.Yes);
            if (decided == default)
                continue;
            part.Decide(chunk, decided, reasons, into);
            contradicted &= ~decided;
            open &= ~decided;
            if ((contradicted | open) == default)
                return;
        }
    }
}

/// <summary>Some part. The part that comes nearest decides, and of several the first.</summary>
/// <param name="parts">The ways.</param>
/// <param name="isOverRecords">They are one body written out for several records, of which the one with fewest unmet limbs is nearest,
/// contradicted or not.</param>
sealed class AnyNode(Node[] parts, bool isOverRecords)
    : Node(parts.Aggregate(0, (kinds, part) => kinds | part.Kinds), parts.Max(part => part.MaxUnmet))
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override Planes Compute(Chunk chunk)
    {
        var planes = parts[0].Truth(chunk);
        foreach (var part in parts.AsSpan(1))
            planes |= part.Truth(chunk);
        return planes;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Unmet(Chunk chunk, out Count count) => Nearest.Unmet(parts, chunk, isOverRecords, Bits, out count, out _);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Decide(Chunk chunk, Vector512<ulong> rows, ReasonsOf reasons, Reasons into)
    {
        if (parts.Length == 1)
        {
            parts[0].Decide(chunk, rows, reasons, into);
            return;
        }
        Nearest.Unmet(parts, chunk, isOverRecords, Bits, out var least, out var contradicted);
        foreach (var part in parts)
        {
            var decided = rows & Nearest.Has(part, chunk, isOverRecords, least, contradicted, Bits);
            if (decided == default)
                continue;
            part.Decide(chunk, decided, reasons, into);
            rows &= ~decided;
            if (rows == default)
                return;
        }
    }
}

/// <summary>
/// The nearest way out of several: first those that are not contradicted, then the one with fewest unmet limbs
/// (<see cref="Law.Composition.Shortfall.IsNearerThan"/>).
/// </summary>
static class Nearest
{
    /// <summary>The unmet limbs of the nearest way, and the rows in which every way is contradicted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unmet(
        ReadOnlySpan<Node> ways,
        Chunk chunk,
        bool isOverRecords,
        int bits,
        out Count least,
        out Vector512<ulong> contradicted
    )
    {
        ways[0].Unmet(chunk, out least);
        contradicted = isOverRecords ? default : ways[0].Truth(chunk).No;
        foreach (var way in ways[1..])
        {
            way.Unmet(chunk, out var unmet);
            var no = isOverRecords ? default : way.Truth(chunk).No;
            var nearer = (contradicted & ~no) | (~(contradicted ^ no) & Count.Less(unmet, least, bits));
            Count.Take(ref least, unmet, nearer, bits);
            contradicted = (contradicted & ~nearer) | (no & nearer);
        }
    }

    /// <summary>The rows in which the way comes as near as that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector512<ulong> Has(Node way, Chunk chunk, bool isOverRecords, in Count least, Vector512<ulong> contradicted, int bits)
    {
        way.Unmet(chunk, out var unmet);
        var same = Count.Same(unmet, least, bits);
        return isOverRecords ? same : same & ~(contradicted ^ way.Truth(chunk).No);
    }
}
