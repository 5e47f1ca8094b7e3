using System.Collections.Immutable;
using System.Globalization;
using MaySend.Law;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Warehouse.Dialects;
using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Statements;

/// <summary>
/// What each leaf says about the columns of a row, as <see cref="LeafTests"/> defines it about values. A blank is not on record; a word
/// that is not in the fact's closed list is not either.
/// </summary>
sealed class Leaves(Dialect dialect)
{
    /// <summary>The column of a fact, with what silence says where it says something.</summary>
    string Cell(Fact fact)
    {
        var column = FactTables.Column(fact);
        return !fact.IfSilent.IsRecorded ? column
            : fact is DayFact ? $"COALESCE({column}, {dialect.Literal(fact.IfSilent.Day)})"
            : $"COALESCE(NULLIF({column}, ''), '{fact.Write(fact.IfSilent)}')";
    }

    /// <summary>A word or name is one of some; a miss says no, or nothing where the list may be longer.</summary>
    public Cond IsOneOf(Fact fact, ImmutableArray<string> values, bool missSaysNo)
    {
        var cell = Cell(fact);
        if (fact is WordFact words)
            return new(
                In(cell, words.Words.Where(values.Contains)),
                missSaysNo ? In(cell, words.Words.Where(word => !values.Contains(word))) : Cond.Never,
                0
            );
        string[] names = [.. values.Select(NameCell.Of)];
        return new(
            In(cell, names),
            missSaysNo ? $"{cell} NOT IN ({string.Join(", ", names.Prepend("").Select(name => $"'{name}'"))})" : Cond.Never,
            0
        );
    }

    static string In(string cell, IEnumerable<string> words) =>
        words.ToList() is { Count: > 0 } some ? $"{cell} IN ({string.Join(", ", some.Select(word => $"'{word}'"))})" : Cond.Never;

    /// <summary>Two names are the same.</summary>
    public Cond Same(Same node)
    {
        var (left, right) = (Cell(node.Left), Cell(node.Right));
        return new($"({left} = {right} AND {left} <> '')", $"({left} <> {right} AND {left} <> '' AND {right} <> '')", 0);
    }

    /// <summary>A day or number compares with a constant or with another.</summary>
    public Cond Compare(Compare node)
    {
        var left = Cell(node.Left);
        if (node.Right is { } other)
            return Compared(left, node.How, Cell(other));
        // Between two whole numbers there is none: each comparison is one with the first or last that is meant, and none overflows.
        var number = node.Number.Number;
        var (lowest, highest) = node.Left is DayFact ? (0L, DateOnly.MaxValue.DayNumber) : (int.MinValue + 1L, int.MaxValue);
        var (isAtMost, bound) = node.How switch
        {
            Comparison.Less => (true, number == long.MinValue ? number : number - 1),
            Comparison.AtMost => (true, number),
            Comparison.AtLeast => (false, number),
            _ => (false, number == long.MaxValue ? number : number + 1),
        };
        var isNever = node.How switch
        {
            Comparison.Less => number == long.MinValue,
            Comparison.More => number == long.MaxValue,
            _ => false,
        };
        var recorded = $"{left} IS NOT NULL";
        if (isNever || (isAtMost ? bound < lowest : bound > highest))
            return new(Cond.Never, recorded, 0);
        if (isAtMost ? bound >= highest : bound <= lowest)
            return new(recorded, Cond.Never, 0);
        return Compared(left, isAtMost ? Comparison.AtMost : Comparison.AtLeast, Literal(node.Left, bound));
    }

    string Literal(Fact fact, long number) =>
        fact is DayFact ? dialect.Literal(DateOnly.FromDayNumber((int)number)) : number.ToString(CultureInfo.InvariantCulture);

    static Cond Compared(string left, Comparison how, string right)
    {
        var (yes, no) = how switch
        {
            Comparison.Less => ("<", ">="),
            Comparison.AtMost => ("<=", ">"),
            Comparison.AtLeast => (">=", "<"),
            _ => (">", "<="),
        };
        return new($"{left} {yes} {right}", $"{left} {no} {right}", 0);
    }

    /// <summary>A day lies in the period that ends with another.</summary>
    public Cond Within(Within node)
    {
        var (earlier, later) = (Cell(node.Earlier), Cell(node.Later));
        var first = dialect.Before(later, node.Period.Period);
        return new($"({earlier} <= {later} AND {earlier} >= {first})", $"({earlier} > {later} OR {earlier} < {first})", 0);
    }

    static string Padded(string cell) => $"' ' || {cell} || ' '";

    string Has(string cell, string name) => $"{dialect.Position($"' {name} '", Padded(cell))} > 0";

    string Lacks(string cell, string name) => $"{dialect.Position($"' {name} '", Padded(cell))} = 0";

    static string IsRecorded(string cell) => $"{cell} <> ''";

    static string IsEverything(string cell) => $"{cell} = '{NameCell.Everything}'";

    static string IsNotEverything(string cell) => $"{cell} <> '{NameCell.Everything}'";

    /// <summary>The set in a column covers a known part.</summary>
    public Cond Covers(Fact whole, NameSet part)
    {
        if (part.IsEmpty)
            return Cond.NotEvidenced;
        var cell = Cell(whole);
        string[] names = [.. part.Names.Select(NameCell.Of)];
        var covered = part.IsEverything || !part.IsComplete ? Cond.Never : Cond.And(names.Select(name => Has(cell, name)));
        var uncovered = part.IsEverything ? Cond.Always : Cond.Or(names.Select(name => Lacks(cell, name)));
        return new(
            Cond.Or(IsEverything(cell), Cond.And(IsRecorded(cell), covered)),
            Cond.And(IsRecorded(cell), IsNotEverything(cell), Lacks(cell, NameCell.More), uncovered),
            0
        );
    }

    /// <summary>A known set covers what is in a column.</summary>
    public Cond IsCoveredBy(NameSet whole, Fact part)
    {
        if (whole.IsEmpty)
            return Cond.NotEvidenced;
        var cell = Cell(part);
        if (part is not SetFact)
            return !whole.IsEverything ? IsOneOf(part, whole.Names, whole.IsComplete)
                : part is WordFact word ? IsOneOf(part, word.Words, missSaysNo: false)
                : new(IsRecorded(cell), Cond.Never, 0);
        if (whole.IsEverything)
            return new(IsRecorded(cell), Cond.Never, 0);
        // What is left of the cell when every known name is taken out of it.
        var left = whole.Names.Aggregate(Padded(cell), (rest, name) => $"REPLACE({rest}, ' {NameCell.Of(name)} ', ' ')");
        return new(
            $"({IsRecorded(cell)} AND {left} = ' ')",
            whole.IsComplete ? $"({IsRecorded(cell)} AND {left} NOT IN (' ', ' {NameCell.More} '))" : Cond.Never,
            0
        );
    }

    /// <summary>The set in a column covers what is in another column of the same row.</summary>
    public Cond Covers(Fact whole, Fact part)
    {
        var (one, other) = (Cell(whole), Cell(part));
        string[] both = [IsRecorded(one), part is WordFact word ? In(other, word.Words) : IsRecorded(other)];
        if (part is not SetFact)
            return new(
                Cond.And([.. both, Cond.Or(IsEverything(one), $"{dialect.Position(Padded(other), Padded(one))} > 0")]),
                Cond.And([.. both, IsNotEverything(one), Lacks(one, NameCell.More), $"{dialect.Position(Padded(other), Padded(one))} = 0"]),
                0
            );
        var knownCovered = dialect.HasAll($"{one} || ' {NameCell.More}'", other);
        return new(
            Cond.And([
                .. both,
                Cond.Or(IsEverything(one), Cond.And(IsNotEverything(other), Lacks(other, NameCell.More), dialect.HasAll(one, other))),
            ]),
            Cond.And([.. both, IsNotEverything(one), Lacks(one, NameCell.More), $"NOT {knownCovered}"]),
            0
        );
    }

    /// <summary>The set in a column has one of some known names, or may have: never not evidenced.</summary>
    public Cond Overlaps(Fact set, NameSet known)
    {
        if (known.IsEverything || !known.IsComplete || known.Names.IsEmpty)
            return Cond.Satisfied;
        var cell = Cell(set);
        string[] names = [.. known.Names.Select(NameCell.Of)];
        return new(
            Cond.Or([.. IsWide(cell), .. names.Select(name => Has(cell, name))]),
            Cond.And([.. IsNarrow(cell), .. names.Select(name => Lacks(cell, name))]),
            0
        );
    }

    /// <summary>Two sets of the same row have a name in common, or may have.</summary>
    public Cond Overlaps(Fact one, Fact other)
    {
        var (left, right) = (Cell(one), Cell(other));
        var any = dialect.HasAny(left, right);
        return new(Cond.Or([.. IsWide(left), .. IsWide(right), any]), Cond.And([.. IsNarrow(left), .. IsNarrow(right), $"NOT {any}"]), 0);
    }

    string[] IsWide(string cell) => [$"{cell} IS NULL", $"{cell} = ''", IsEverything(cell), Has(cell, NameCell.More)];

    string[] IsNarrow(string cell) => [IsRecorded(cell), IsNotEverything(cell), Lacks(cell, NameCell.More)];
}
