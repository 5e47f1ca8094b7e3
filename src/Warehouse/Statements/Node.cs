using System.Globalization;
using MaySend.Law.Composition;
using MaySend.Law.Facts;

namespace MaySend.Warehouse.Statements;

/// <summary>What a shortfall is called where no limb has a name for it: by the ground or duty it stands in.</summary>
/// <param name="Itself">The reason when nothing inside decides.</param>
/// <param name="Missing">The reason when a record of a kind is missing.</param>
sealed record ReasonsOf(int Itself, Func<Scope, int> Missing);

/// <summary>
/// A formula as SQL over the rows of a frame: its truth, how many limbs are unmet, and by which reason it falls short, in the order that
/// <see cref="ShortfallReader"/> defines. Numbers that are made of several others become columns, so that the statement grows with the
/// formula and not faster.
/// </summary>
abstract class Node(Frame frame, Cond cond)
{
    Number? unmet;

    protected Frame Frame => frame;

    /// <summary>Its truth.</summary>
    public Cond Cond => cond;

    /// <summary>Its truth as a column: 1, 2 or 0.</summary>
    public Number Truth => cond.Column is { } column ? column : frame.Add(new Number(cond.AsNumber, cond.Level));

    /// <summary>How many limbs are unmet; zero where it is satisfied.</summary>
    public Number Unmet => unmet ??= CountUnmet();

    /// <summary>The reason, where it is not satisfied.</summary>
    public abstract Number Decide(ReasonsOf reasons);

    private protected virtual Number CountUnmet() =>
        cond.Yes switch
        {
            Cond.Always => Number.Of(0),
            Cond.Never => Number.Of(1),
            _ => new($"CASE WHEN {cond.Yes} THEN 0 ELSE 1 END", cond.Level),
        };

    /// <summary>The first of several cases that holds; what never holds, and what stands behind what always does, is left out.</summary>
    internal static string Case(IEnumerable<(string When, string Then)> cases, string otherwise)
    {
        var left = new List<(string When, string Then)>();
        foreach (var one in cases.Where(one => one.When != Cond.Never))
        {
            if (one.When == Cond.Always)
            {
                otherwise = one.Then;
                break;
            }
            left.Add(one);
        }
        return left.Count == 0
            ? otherwise
            : $"CASE {string.Join(' ', left.Select(one => $"WHEN {one.When} THEN {one.Then}"))} ELSE {otherwise} END";
    }

    /// <summary>True where a number is this one.</summary>
    internal static string Is(Number number, int value) =>
        !number.IsConstant ? $"{number.Sql} = {value}"
        : number.Sql == value.ToString(CultureInfo.InvariantCulture) ? Cond.Always
        : Cond.Never;

    /// <summary>True where a number is another than this one.</summary>
    internal static string IsNot(Number number, int value) =>
        !number.IsConstant ? $"{number.Sql} <> {value}"
        : number.Sql == value.ToString(CultureInfo.InvariantCulture) ? Cond.Never
        : Cond.Always;
}

/// <summary>A test of values, or a truth that is known: the ground or duty it stands in lends it its name.</summary>
sealed class LeafNode(Frame frame, Cond cond) : Node(frame, cond)
{
    public override Number Decide(ReasonsOf reasons) => Number.Of(reasons.Itself);
}

/// <summary>A named limb.</summary>
sealed class LimbNode(Frame frame, Cond truth, int reason) : Node(frame, truth)
{
    public override Number Decide(ReasonsOf reasons) => Number.Of(reason);
}

/// <summary>The contrary; bears the name of the last limb in it, if there is one.</summary>
sealed class NotNode(Frame frame, Node part, int? reason) : Node(frame, !part.Cond)
{
    private protected override Number CountUnmet() => new(Case([(Cond.Yes, "0"), (Cond.No, Text(Shortfall.Excluded))], "1"), Cond.Level);

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public override Number Decide(ReasonsOf reasons) => Number.Of(reason ?? reasons.Itself);
}

/// <summary>Every part. The first contradicted part decides; where none is contradicted, the first not evidenced.</summary>
sealed class AllNode(Frame frame, IReadOnlyList<Node> parts) : Node(frame, Cond.All(frame.Together([.. parts.Select(part => part.Cond)])))
{
    private protected override Number CountUnmet()
    {
        var counts = Frame.Together([.. parts.Select(part => part.Unmet)]);
        var sure = counts.Where(count => count.IsConstant).Sum(count => int.Parse(count.Sql, CultureInfo.InvariantCulture));
        var open = counts.Where(count => !count.IsConstant).Select(count => count.Sql);
        return Frame.Add(
            new Number(
                string.Join(" + ", sure == 0 && open.Any() ? open : open.Append(sure.ToString(CultureInfo.InvariantCulture))),
                counts.Max(count => count.Level)
            )
        );
    }

    public override Number Decide(ReasonsOf reasons)
    {
        var ways = parts.Select(part => (part.Truth, Reason: Frame.Add(part.Decide(reasons)))).ToList();
        if (ways.Select(way => way.Reason.Sql).Distinct().Count() == 1)
            return ways[0].Reason;
        return Frame.Add(
            new Number(
                Case(
                    ways.Select(way => (Is(way.Truth, 2), way.Reason.Sql))
                        .Concat(ways.Select(way => (IsNot(way.Truth, 1), way.Reason.Sql))),
                    "0"
                ),
                ways.Max(way => Math.Max(way.Truth.Level, way.Reason.Level))
            )
        );
    }
}

/// <summary>Some part. The part that comes nearest decides, and of several the first.</summary>
/// <param name="frame">The rows.</param>
/// <param name="parts">The ways.</param>
/// <param name="isOverRecords">They are one body written out for several records, of which the one with fewest unmet limbs is nearest,
/// contradicted or not.</param>
sealed class AnyNode(Frame frame, IReadOnlyList<Node> parts, bool isOverRecords)
    : Node(frame, Cond.Any(frame.Together([.. parts.Select(part => part.Cond)])))
{
    /// <summary>More than the unmet limbs of any way: what is contradicted comes after all that is not.</summary>
    const int Contradicted = 4096;

    List<Number>? distances;

    List<Number> Distances =>
        distances ??= [
            .. parts.Select(part =>
            {
                var (truth, unmet) = (part.Truth, Frame.Add(part.Unmet));
                return isOverRecords || part.Cond.No == Cond.Never
                    ? unmet
                    : Frame.Add(
                        new Number(
                            $"{Case([(Is(truth, 2), Contradicted.ToString(CultureInfo.InvariantCulture))], "0")} + {unmet.Sql}",
                            Math.Max(truth.Level, unmet.Level)
                        )
                    );
            }),
        ];

    Number Least() =>
        Frame.Add(
            new Number($"LEAST({string.Join(", ", Distances.Select(distance => distance.Sql))})", Distances.Max(distance => distance.Level))
        );

    private protected override Number CountUnmet() =>
        parts.Count == 1 ? parts[0].Unmet : Frame.Add(new Number($"MOD({Least().Sql}, {Contradicted})", Least().Level));

    public override Number Decide(ReasonsOf reasons)
    {
        var ways = parts.Select(part => Frame.Add(part.Decide(reasons))).ToList();
        if (ways.Select(way => way.Sql).Distinct().Count() == 1)
            return ways[0];
        var least = Least();
        return Frame.Add(
            new Number(
                Case(Distances.Zip(ways, (distance, way) => ($"{distance.Sql} = {least.Sql}", way.Sql)), "0"),
                ways.Append(least).Max(number => number.Level)
            )
        );
    }
}

/// <summary>A kind of record of which a campaign has none: not evidenced, for want of the record.</summary>
sealed class MissingNode(Frame frame, Scope kind, int limbs) : Node(frame, Cond.NotEvidenced)
{
    private protected override Number CountUnmet() => Number.Of(limbs);

    public override Number Decide(ReasonsOf reasons) => Number.Of(reasons.Missing(kind));
}
