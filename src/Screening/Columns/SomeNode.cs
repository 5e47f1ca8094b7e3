using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MaySend.Law;
using MaySend.Law.Facts;

namespace MaySend.Screening.Columns;

/// <summary>
/// One record that meets the whole body: OR over the layers of the kind, each in its owner's row. Over no records it is the kind's silence;
/// where our own register would say "none", its silence stays beside the records there are.
/// </summary>
/// <param name="kind">The kind of record.</param>
/// <param name="body">What one record must meet.</param>
/// <param name="silence">What no record says.</param>
/// <param name="limbs">How many limbs a record would have to meet.</param>
sealed class SomeNode(Scope kind, Node body, Truth silence, int limbs)
    : Node(body.Kinds & ~(1 << (int)kind), Math.Max(body.MaxUnmet, limbs))
{
    readonly bool closes = kind.SilenceOf() == Silence.NoneIfOurRegisterIsComplete;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void Compute(Chunk chunk, ref Planes into)
    {
        var silent = silence == Law.Truth.NotSatisfied ? Vector512<ulong>.AllBitsSet : default;
        var any = chunk.Has(kind, 0);
        Vector512<ulong> yes = default;
        var no = closes ? silent : Vector512<ulong>.AllBitsSet;
        var before = chunk[kind];
        for (var rank = 0; chunk.Has(kind, rank) is var has && has != default; rank++)
        {
            chunk[kind] = rank;
            ref readonly var truth = ref body.Truth(chunk);
            yes |= truth.Yes & has;
            no &= truth.No | ~has;
        }
        chunk[kind] = before;
        into = new Planes(yes, (no & any) | (silent & ~any));
    }

    /// <summary>Of several records the one with fewest unmet limbs, contradicted or not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Unmet(Chunk chunk, out Count count)
    {
        Count.Set(out count, limbs, ~chunk.Has(kind, 0));
        var before = chunk[kind];
        for (var rank = 0; chunk.Has(kind, rank) is var has && has != default; rank++)
        {
            chunk[kind] = rank;
            body.Unmet(chunk, out var unmet);
            Count.Take(ref count, unmet, rank == 0 ? has : has & Count.Less(unmet, count, Bits), Bits);
        }
        chunk[kind] = before;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Decide(Chunk chunk, Vector512<ulong> rows, ReasonsOf reasons, Reasons into)
    {
        var any = chunk.Has(kind, 0);
        if ((rows & ~any) is var none && none != default)
            into.Say(reasons.Missing[(int)kind], none);
        rows &= any;
        if (rows == default)
            return;
        var before = chunk[kind];
        var several = chunk.Has(kind, 1);
        Count least = default;
        if (several != default)
            Unmet(chunk, out least);
        for (var rank = 0; rows != default && chunk.Has(kind, rank) is var has && has != default; rank++)
        {
            chunk[kind] = rank;
            var decided = rows & has;
            if (several != default)
            {
                body.Unmet(chunk, out var unmet);
                decided &= Count.Same(unmet, least, Bits);
            }
            if (decided == default)
                continue;
            body.Decide(chunk, decided, reasons, into);
            rows &= ~decided;
        }
        chunk[kind] = before;
    }
}
