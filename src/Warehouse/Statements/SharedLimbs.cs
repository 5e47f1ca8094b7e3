using System.Globalization;
using System.Text;
using MaySend.Law.Facts;
using MaySend.Warehouse.Dialects;
using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Statements;

/// <summary>
/// The limbs that ask about the facts of one row of one table: they read the same in every country's law, so each is written once, as a
/// column beside the table's own, and every slice of the law names it.
/// </summary>
sealed class SharedLimbs
{
    readonly Dictionary<Scope, Dictionary<string, string>> columns = [];

    readonly HashSet<Fact> raw = [];

    /// <summary>Says that a fact is also read as it is, beside others of other rows.</summary>
    public void AddRaw(IEnumerable<Fact> facts) => raw.UnionWith(facts);

    /// <summary>The name of a limb's column.</summary>
    public string Add(Scope scope, string expression)
    {
        if (!columns.TryGetValue(scope, out var limbs))
            columns[scope] = limbs = new(StringComparer.Ordinal);
        if (!limbs.TryGetValue(expression, out var name))
            limbs[expression] = name = string.Create(CultureInfo.InvariantCulture, $"{scope.Word()}_l{limbs.Count}");
        return name;
    }

    /// <summary>The step that holds a table with its limbs.</summary>
    public static string Step(Scope scope) => $"{FactTables.Of(scope).Name}_limbs";

    /// <summary>Writes the steps, each followed by a comma. An engine must not work out all of a step for the sake of one column.</summary>
    /// <param name="text">Gets them.</param>
    /// <param name="dialect">The dialect.</param>
    /// <param name="prefix">What stands before the names of tables.</param>
    /// <param name="people">True for the people it is about.</param>
    public void Write(StringBuilder text, Dialect dialect, string prefix, string people)
    {
        foreach (var table in FactTables.All)
            text.Append(
                CultureInfo.InvariantCulture,
                $"{Step(table.Scope)} {dialect.AsUnfenced} (\n  SELECT {string.Join(",\n    ", Columns(table.Scope))}\n"
                    + $"  FROM {prefix}{table.Name}{Where(table)}\n),\n"
            );

        string Where(FactTable table) =>
            people == Cond.Always ? ""
            : table == FactTables.People ? $"\n  WHERE {people}"
            : $"\n  WHERE {FactTables.Contact} IN (SELECT {FactTables.Contact} FROM {prefix}{FactTables.People.Name} WHERE {people})";
    }

    IEnumerable<string> Columns(Scope scope) =>
        [
            FactTables.Contact,
            scope.IsRecord() ? FactTables.Order : FactTables.Column(Recipient.Countries),
            .. raw.Where(fact => fact.Scope == scope && fact != Recipient.Countries).OrderBy(fact => fact.Index).Select(FactTables.Column),
            .. (columns.TryGetValue(scope, out var limbs) ? limbs : []).Select(limb => $"{limb.Key} AS {limb.Value}"),
        ];
}
