using System.Runtime.CompilerServices;
using MaySend.Law;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Screening.Columns;

/// <summary>
/// Two facts of one recipient against each other, row by row: rare, so plain. Gives what the same leaf gives when explaining.
/// </summary>
abstract class PairNode(Scope left, Scope right) : Leaf(left, right)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void Compute(Chunk chunk, ref Planes into)
    {
        var (leftLayer, rightLayer) = (chunk.Layer(left), chunk.Layer(right));
        var words = Emptied(ref into);
        var yes = words[..Planes.Words];
        var no = words[Planes.Words..];
        for (var word = 0; word < Planes.Words; word++)
        {
            var first = chunk.Start + (word * 64);
            for (var has = leftLayer.Has[first / 64] & rightLayer.Has[first / 64]; has != 0; has &= has - 1)
            {
                var row = System.Numerics.BitOperations.TrailingZeroCount(has);
                var truth = Test(leftLayer, rightLayer, first + row);
                if (truth == Law.Truth.Satisfied)
                    yes[word] |= 1UL << row;
                if (truth == Law.Truth.NotSatisfied)
                    no[word] |= 1UL << row;
            }
        }
    }

    private protected abstract Truth Test(ColumnBlock.Layer left, ColumnBlock.Layer right, int row);

    private protected static Truth Known(bool areRecorded, bool answer) => areRecorded ? TruthTables.Of(answer) : Law.Truth.NotEvidenced;
}

/// <summary>Two names are the same.</summary>
sealed class SameNode(Scope left, int leftColumn, Scope right, int rightColumn) : PairNode(left, right)
{
    private protected override Truth Test(ColumnBlock.Layer left, ColumnBlock.Layer right, int row)
    {
        var (one, other) = (((NameColumn)left[leftColumn]).Values[row], ((NameColumn)right[rightColumn]).Values[row]);
        return Known(one != 0 && other != 0, one == other);
    }
}

/// <summary>Two days or numbers compare.</summary>
sealed class CompareNode(Scope left, int leftColumn, Comparison how, Scope right, int rightColumn) : PairNode(left, right)
{
    private protected override Truth Test(ColumnBlock.Layer left, ColumnBlock.Layer right, int row)
    {
        var (one, other) = (((NumberColumn)left[leftColumn]).Values[row], ((NumberColumn)right[rightColumn]).Values[row]);
        return Known(one != NumberColumn.NotRecorded && other != NumberColumn.NotRecorded, LeafTests.Holds(one, how, other));
    }
}

/// <summary>A day lies in the period before another.</summary>
sealed class WithinNode(Scope earlier, int earlierColumn, Period period, Scope later, int laterColumn) : PairNode(earlier, later)
{
    private protected override Truth Test(ColumnBlock.Layer left, ColumnBlock.Layer right, int row)
    {
        var (one, other) = (((NumberColumn)left[earlierColumn]).Values[row], ((NumberColumn)right[laterColumn]).Values[row]);
        var areRecorded = one != NumberColumn.NotRecorded && other != NumberColumn.NotRecorded;
        return Known(areRecorded, areRecorded && one <= other && one >= period.Before(DateOnly.FromDayNumber(other)).DayNumber);
    }
}

/// <summary>Two sets of the same recipient have a name in common, or may have.</summary>
sealed class OverlapsPairNode(Overlaps node, int oneColumn, int otherColumn) : PairNode(node.One.Scope, node.Other!.Scope)
{
    private protected override Truth Test(ColumnBlock.Layer left, ColumnBlock.Layer right, int row) =>
        LeafTests.Overlaps(node, ((ValueColumn)left[oneColumn]).Values[row], ((ValueColumn)right[otherColumn]).Values[row]);
}

/// <summary>A set covers another fact of the same recipient.</summary>
sealed class CoversPairNode(Covers node, int wholeColumn, int partColumn) : PairNode(node.Whole.Scope, node.Part!.Scope)
{
    private protected override Truth Test(ColumnBlock.Layer left, ColumnBlock.Layer right, int row) =>
        LeafTests.Covers(node, ((ValueColumn)left[wholeColumn]).Values[row], ((ValueColumn)right[partColumn]).Values[row]);
}
