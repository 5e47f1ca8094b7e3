using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MaySend.Law.Facts;
using MaySend.Warehouse.Dialects;
using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Statements;

/// <summary>
/// Rows that are looked at together, and the columns that are worked out about each: the people of a slice, or their records of one kind
/// (with records of other kinds beside them, where one formula looks at both). It becomes steps of the statement, each of which adds
/// columns to the one before; and where it is of records, one step more that brings it down to a row a person.
/// </summary>
/// <param name="name">What its steps are called.</param>
/// <param name="columnsOf">What its columns are called, each with a number.</param>
/// <param name="kinds">The kind it is of, first, and those that are looked at beside it; none for people.</param>
sealed class Frame(string name, string columnsOf, ImmutableArray<Scope> kinds)
{
    readonly Dictionary<string, Column> columns = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> totals = new(StringComparer.Ordinal);
    readonly List<Frame> joined = [];

    /// <summary>The kind it is of, first, and those that are looked at beside it; none for people.</summary>
    public ImmutableArray<Scope> Kinds => kinds;

    /// <summary>The kinds by whose records its rows are brought together.</summary>
    public IEnumerable<Scope> Beside => kinds.Skip(1);

    /// <summary>Adds a column, or finds the one that says the same.</summary>
    public Column Add(string expression, int level)
    {
        if (!columns.TryGetValue(expression, out var column))
            columns[expression] = column = new Column(string.Create(CultureInfo.InvariantCulture, $"{columnsOf}c{columns.Count}"), level);
        return column;
    }

    /// <summary>A number as a column, unless it is a constant or one already.</summary>
    public Number Add(Number number) => number.IsConstant || number.IsColumn ? number : Add(number.Sql, number.Level);

    /// <summary>
    /// Numbers that are to stand in one expression: what reads the tables themselves becomes a column where others read columns, because
    /// only the first step reads tables.
    /// </summary>
    public IReadOnlyList<Number> Together(IReadOnlyList<Number> numbers) =>
        numbers.Max(number => number.Level) == 0 ? numbers : [.. numbers.Select(number => number.Level == 0 ? Add(number) : number)];

    /// <summary>Truths that are to stand in one expression, in the same way.</summary>
    public IReadOnlyList<Cond> Together(IReadOnlyList<Cond> conds) =>
        conds.Max(cond => cond.Level) == 0
            ? conds
            : [.. conds.Select(cond => cond.Level > 0 || cond.IsConstant ? cond : Cond.OfColumn(Add(cond.AsNumber, 0)))];

    /// <summary>Adds what its rows come to, and gives the name under which others find it.</summary>
    public string Total(string aggregate)
    {
        if (!totals.TryGetValue(aggregate, out var column))
            totals[aggregate] = column = string.Create(CultureInfo.InvariantCulture, $"{columnsOf}t{totals.Count}");
        return column;
    }

    /// <summary>How many rows there are of a person; zero, or nothing, where there is none.</summary>
    public string Count => Total("COUNT(*)");

    /// <summary>Lets rows see what those of another frame come to.</summary>
    public void Join(Frame other)
    {
        if (!joined.Contains(other))
            joined.Add(other);
    }

    int Last => columns.Count == 0 ? 0 : columns.Values.Max(column => column.Level);

    /// <summary>The step with one row a person, or a person and record of another kind.</summary>
    public string TotalStep => $"{name}_total";

    string Step(int level) => string.Create(CultureInfo.InvariantCulture, $"{name}_{level}");

    static string OrderOf(Scope kind) => $"{kind.Word()}_order";

    /// <summary>
    /// Its rows with every column, as what follows FROM. Where an engine copies unfenced steps into each of their uses, they are steps of
    /// the statement; elsewhere they stand in each other, because engines plan many steps slowly.
    /// </summary>
    /// <param name="text">Gets the steps, each followed by a comma.</param>
    /// <param name="people">The step with the people of the slice.</param>
    /// <param name="dialect">The dialect.</param>
    public string Rows(StringBuilder text, string people, Dialect dialect)
    {
        var source = "";
        for (var level = 0; level <= Last; level++)
        {
            var chosen = (level == 0 ? Keys() : [$"{Step(level - 1)}.*"]).Concat(
                columns.Where(pair => pair.Value.Level == level).Select(pair => $"{pair.Key} AS {pair.Value.Name}")
            );
            var from = level == 0 ? Sources(people) : $"  FROM {source}\n";
            var query = $"  SELECT {string.Join(",\n    ", chosen)}\n{from}";
            source = dialect.IsFenced ? Step(level) : $"(\n{query}  ) {Step(level)}";
            if (dialect.IsFenced)
                text.Append(CultureInfo.InvariantCulture, $"{Step(level)} {dialect.As} (\n{query}),\n");
        }
        return source;
    }

    /// <summary>Writes the step that brings its rows down to one a person.</summary>
    public void WriteTotal(StringBuilder text, string people, Dialect dialect)
    {
        var rows = Rows(text, people, dialect);
        string[] keys = [FactTables.Contact, .. Beside.Select(OrderOf)];
        text.Append(CultureInfo.InvariantCulture, $"{TotalStep} {dialect.As} (\n  SELECT ");
        text.Append(string.Join(",\n    ", keys.Concat(totals.Select(pair => $"{pair.Key} AS {pair.Value}"))));
        text.Append(CultureInfo.InvariantCulture, $"\n  FROM {rows}\n  GROUP BY {string.Join(", ", keys)}\n),\n");
    }

    IEnumerable<string> Keys() =>
        kinds
            .Select(kind => $"{kind.Word()}_r.{FactTables.Order} AS {OrderOf(kind)}")
            .Prepend($"p.{FactTables.Contact} AS {FactTables.Contact}");

    string Sources(string people)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"  FROM {people} p\n");
        foreach (var kind in kinds)
        {
            var alias = $"{kind.Word()}_r";
            text.Append(
                CultureInfo.InvariantCulture,
                $"  INNER JOIN {SharedLimbs.Step(kind)} {alias} ON {alias}.{FactTables.Contact} = p.{FactTables.Contact}\n"
            );
        }
        foreach (var other in joined)
        {
            var on = other
                .Beside.Select(kind => $"{other.TotalStep}.{OrderOf(kind)} = {kind.Word()}_r.{FactTables.Order}")
                .Prepend($"{other.TotalStep}.{FactTables.Contact} = p.{FactTables.Contact}");
            text.Append(CultureInfo.InvariantCulture, $"  LEFT JOIN {other.TotalStep} ON {string.Join(" AND ", on)}\n");
        }
        return text.ToString();
    }
}
