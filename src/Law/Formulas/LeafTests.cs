using MaySend.Law.Facts;

namespace MaySend.Law.Formulas;

/// <summary>
/// What each leaf of a formula says about values: the one place where it is defined, for folding and for explaining. What is not recorded
/// is not evidenced.
/// </summary>
public static class LeafTests
{
    /// <summary>The word or name is one of the listed.</summary>
    public static Truth OneOf(OneOf node, FactValue value)
    {
        if (!value.IsRecorded)
            return Truth.NotEvidenced;
        var text = node.Fact is WordFact word ? word.Words[(int)value.Number] : value.Name;
        foreach (var name in node.Values.Names)
            if (string.Equals(name, text, StringComparison.Ordinal))
                return Truth.Satisfied;
        return Truth.NotSatisfied;
    }

    /// <summary>The names are the same.</summary>
    public static Truth Same(FactValue left, FactValue right) =>
        left.IsRecorded && right.IsRecorded
            ? TruthTables.Of(string.Equals(left.Name, right.Name, StringComparison.Ordinal))
            : Truth.NotEvidenced;

    /// <summary>The number or day compares as asked.</summary>
    public static Truth Compare(Compare node, FactValue left, FactValue right)
    {
        if (!left.IsRecorded || (node.Right is not null && !right.IsRecorded))
            return Truth.NotEvidenced;
        return TruthTables.Of(Holds(left.Number, node.How, node.Right is null ? node.Number.Number : right.Number));
    }

    /// <summary>The earlier day lies in the period that ends with the later day.</summary>
    public static Truth Within(Within node, FactValue earlier, FactValue later) =>
        earlier.IsRecorded && later.IsRecorded
            ? TruthTables.Of(earlier.Number <= later.Number && earlier.Number >= node.Period.Period.Before(later.Day).DayNumber)
            : Truth.NotEvidenced;

    /// <summary>The set covers the part.</summary>
    public static Truth Covers(Covers node, FactValue whole, FactValue part)
    {
        if ((node.KnownWhole ?? AsSet(node.Whole, whole)) is not { } set)
            return Truth.NotEvidenced;
        if (node.KnownPart is { } known)
            return set.Covers(known);
        if (node.Part is null)
            return set.Covers(node.Names.Names);
        if (!part.IsRecorded)
            return Truth.NotEvidenced;
        return node.Part is WordFact word ? set.Covers(word.Words[(int)part.Number])
            : part.Set is { } names ? set.Covers(names)
            : set.Covers(part.Name!);
    }

    /// <summary>The sets have a name in common, or may have.</summary>
    public static Truth Overlaps(Overlaps node, FactValue one, FactValue other) =>
        TruthTables.Of(one.Set is not { } set || set.Overlaps(node.Other is null ? NameSet.Of(node.Names.Names) : other.Set));

    /// <summary>A set, or one word or name as a set of one; null when not recorded.</summary>
    public static NameSet? AsSet(Fact fact, FactValue value) =>
        !value.IsRecorded
            ? null
            : fact switch
            {
                WordFact word => NameSet.Of(word.Words[(int)value.Number]),
                NameFact => NameSet.Of(value.Name!),
                _ => value.Set,
            };

    /// <summary>The comparison of two whole numbers.</summary>
    public static bool Holds(long left, Comparison how, long right) =>
        how switch
        {
            Comparison.Less => left < right,
            Comparison.AtMost => left <= right,
            Comparison.AtLeast => left >= right,
            _ => left > right,
        };
}
