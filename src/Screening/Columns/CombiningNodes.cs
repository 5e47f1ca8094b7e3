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
    private protected override void Compute(Chunk chunk, ref Planes into) => into = planes;
}

/// <summary>A named limb: its test, and the reason that bears its name.</summary>
sealed class LimbNode(Node test, int reason) : Node(test.Kinds, 1)
{
    public override Node Bare => test.Bare;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void Compute(Chunk chunk, ref Planes into) => into = test.Truth(chunk);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Decide(Chunk chunk, Vector512<ulong> rows, ReasonsOf reasons, Reasons into) => into.Say(reason, rows);
}

/// <summary>The contrary; bears the name of the first limb in it, if there is one.</summary>
sealed class NotNode(Node part, int? reason) : Node(part.Kinds, Shortfall.Excluded)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void Compute(Chunk chunk, ref Planes into) => into = !part.Truth(chunk);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Unmet(Chunk chunk, out Count count)
    {
        ref readonly var truth = ref Truth(chunk);
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
    private protected override void Compute(Chunk chunk, ref Planes into) => into = default;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Unmet(Chunk chunk, out Count count) => Count.Set(out count, MaxUnmet, Vector512<ulong>.AllBitsSet);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Decide(Chunk chunk, Vector512<ulong> rows, ReasonsOf reasons, Reasons into) =>
        into.Say(reasons.Missing[kind], rows);
}

/// <summary>Every part. The first contradicted part decides; where none is contradicted, the first not evidenced.</summary>
sealed class AllNode(Node[] parts) : Node(parts.Aggregate(0, (kinds, part) => kinds | part.Kinds), parts.Sum(part => part.MaxUnmet))
{
    readonly Node[] tests = Array.ConvertAll(parts, part => part.Bare);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void Compute(Chunk chunk, ref Planes into)
    {
        Vector512<ulong> yes = Vector512<ulong>.AllBitsSet,
            no = default;
        foreach (var test in tests)
        {
            ref readonly var truth = ref test.Truth(chunk);
            yes &= truth.Yes;
            no |= truth.No;
        }
        into = new Planes(yes, no);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Unmet(Chunk chunk, out Count count)
    {
        count = default;
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            if (part.MaxUnmet == 1)
            {
                Count.AddOne(ref count, ~tests[i].Truth(chunk).Yes, Bits);
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
        for (var i = 0; i < tests.Length; i++)
        {
            ref readonly var truth = ref tests[i].Truth(chunk);
            var decided = (contradicted & truth.No) | (open & ~truth.Yes);
            if (decided == default)
                continue;
            parts[i].Decide(chunk, decided, reasons, into);
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
    readonly Node[] tests = Array.ConvertAll(parts, part => part.Bare);
    readonly Count[] unmet = new Count[parts.Length];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void Compute(Chunk chunk, ref Planes into)
    {
        Vector512<ulong> yes = default,
            no = Vector512<ulong>.AllBitsSet;
        foreach (var test in tests)
        {
            ref readonly var truth = ref test.Truth(chunk);
            yes |= truth.Yes;
            no &= truth.No;
        }
        into = new Planes(yes, no);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Unmet(Chunk chunk, out Count count) => Nearest(chunk, out count, out _);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Decide(Chunk chunk, Vector512<ulong> rows, ReasonsOf reasons, Reasons into)
    {
        if (parts.Length == 1)
        {
            parts[0].Decide(chunk, rows, reasons, into);
            return;
        }
        Nearest(chunk, out var least, out var contradicted);
        for (var i = 0; i < parts.Length; i++)
        {
            var decided = rows & Count.Same(unmet[i], least, Bits);
            if (!isOverRecords)
                decided &= ~(contradicted ^ tests[i].Truth(chunk).No);
            if (decided == default)
                continue;
            parts[i].Decide(chunk, decided, reasons, into);
            rows &= ~decided;
            if (rows == default)
                return;
        }
    }

    /// <summary>
    /// The unmet limbs of the nearest way, and the rows in which every way is contradicted. Near are first those that are not contradicted,
    /// then the one with fewest unmet limbs (<see cref="Law.Composition.Shortfall.IsNearerThan"/>).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Nearest(Chunk chunk, out Count least, out Vector512<ulong> contradicted)
    {
        for (var i = 0; i < parts.Length; i++)
            parts[i].Unmet(chunk, out unmet[i]);
        least = unmet[0];
        contradicted = isOverRecords ? default : tests[0].Truth(chunk).No;
        for (var i = 1; i < parts.Length; i++)
        {
            var no = isOverRecords ? default : tests[i].Truth(chunk).No;
            var nearer = (contradicted & ~no) | (~(contradicted ^ no) & Count.Less(unmet[i], least, Bits));
            Count.Take(ref least, unmet[i], nearer, Bits);
            contradicted = (contradicted & ~nearer) | (no & nearer);
        }
    }
}
