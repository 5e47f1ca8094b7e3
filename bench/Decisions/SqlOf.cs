using System.Globalization;
using System.Text;
using MaySend.Law;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Bench.Decisions;

/// <summary>
/// Writes a folded decision as the SQL one would write by hand: one aggregate for each record table, three-valued logic by NULL. For
/// measuring only; the product's own SQL is a reader of its own. Words are places in their list, days are day numbers, sets are bits.
/// </summary>
sealed class SqlOf(bool refusalsAreComplete) : IFormulaReader<string>
{
    readonly Dictionary<string, long> names = new(StringComparer.Ordinal);
    readonly Dictionary<Scope, List<string>> aggregates = [];

    /// <summary>The columns of a scope that the decision asks about.</summary>
    public static string ColumnOf(Fact fact) => $"{fact.Scope.Word()}_{fact.LocalName.Replace('-', '_')}";

    /// <summary>The bit of a name in a set.</summary>
    public long Bit(string name)
    {
        if (!names.TryGetValue(name, out var bit))
            names[name] = bit =
                names.Count < 63 ? 1L << names.Count : throw new InvalidOperationException("too many names for one word of bits");
        return bit;
    }

    /// <summary>The whole query.</summary>
    public string Select(Formula send, Formula process)
    {
        var (sendSql, processSql) = (send.Read(this), process.Read(this));
        var sql = new StringBuilder("WITH ");
        sql.AppendJoin(
            ",\n",
            aggregates.Select(pair =>
                $"{pair.Key.Word()}_of AS MATERIALIZED (SELECT r.id, "
                + string.Join(
                    ",\n  ",
                    pair.Value.Select(
                        (body, i) =>
                            string.Create(CultureInfo.InvariantCulture, $"bool_or({body}) AS y{i}, bool_or(({body}) IS NULL) AS u{i}")
                    )
                )
                + $" FROM {pair.Key.Word()}s r JOIN recipients USING (id) GROUP BY r.id)"
            )
        );
        sql.Append(CultureInfo.InvariantCulture, $"\nSELECT ({sendSql}) AS send, ({processSql}) AS process FROM recipients");
        foreach (var kind in aggregates.Keys)
            sql.Append(CultureInfo.InvariantCulture, $" LEFT JOIN {kind.Word()}_of ON {kind.Word()}_of.id = recipients.id");
        return sql.ToString();
    }

    string IFormulaReader<string>.Constant(Constant node) =>
        node.Truth switch
        {
            Truth.Satisfied => "true",
            Truth.NotSatisfied => "false",
            _ => "NULL::BOOLEAN",
        };

    string IFormulaReader<string>.All(All node) => $"({string.Join(" AND ", node.Parts.Select(part => part.Read(this)))})";

    string IFormulaReader<string>.Any(Any node) => $"({string.Join(" OR ", node.Parts.Select(part => part.Read(this)))})";

    string IFormulaReader<string>.Not(Not node) => $"(NOT {node.Part.Read(this)})";

    string IFormulaReader<string>.Some(Some node)
    {
        if (node.Kind == Scope.Assessment)
            return "NULL::BOOLEAN";
        var body = node.Body.Read(this);
        if (!aggregates.TryGetValue(node.Kind, out var list))
            aggregates[node.Kind] = list = [];
        if (!list.Contains(body))
            list.Add(body);
        var (table, i) = ($"{node.Kind.Word()}_of", list.IndexOf(body));
        var silence = node.Kind == Scope.Refusal && refusalsAreComplete ? "false" : "NULL";
        var none = node.Kind == Scope.Refusal && !refusalsAreComplete ? "NULL" : "false";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"(CASE WHEN {table}.id IS NULL THEN {silence} WHEN {table}.y{i} THEN true WHEN {table}.u{i} THEN NULL ELSE {none} END)"
        );
    }

    string IFormulaReader<string>.OneOf(OneOf node) =>
        node.Fact is WordFact word
            ? $"({ColumnOf(word)} IN ({string.Join(", ", node.Values.Names.Select(name => word.Words.IndexOf(name)))}))"
            : $"({ColumnOf(node.Fact)} IN ({string.Join(", ", node.Values.Names.Select(name => $"'{name}'"))}))";

    string IFormulaReader<string>.Same(Same node) => $"({ColumnOf(node.Left)} = {ColumnOf(node.Right)})";

    string IFormulaReader<string>.Compare(Compare node)
    {
        var how = node.How switch
        {
            Comparison.Less => "<",
            Comparison.AtMost => "<=",
            Comparison.AtLeast => ">=",
            _ => ">",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"({ColumnOf(node.Left)} {how} {(node.Right is null ? node.Number.Number : ColumnOf(node.Right))})"
        );
    }

    string IFormulaReader<string>.Within(Within node) => throw new NotSupportedException("two days of one person are not part of this law");

    string IFormulaReader<string>.Covers(Covers node)
    {
        if (node.KnownWhole is { IsEverything: true } && node.Part is not null)
            return $"(CASE WHEN {ColumnOf(node.Part)} IS NOT NULL THEN true END)";
        if (node.KnownWhole is { IsComplete: true } whole && node.Part is SetFact part)
            return $"(({ColumnOf(part)} & {long.MaxValue & ~Bits(whole.Names)}) = 0)";
        if (node.Part is not null || node.KnownPart is not null || node.KnownWhole is not null)
            throw new NotSupportedException("sets half known are not part of this workload");
        var bits = Bits(node.Names.Names);
        return $"(({ColumnOf(node.Whole)} & {bits}) = {bits})";
    }

    // A blank side overlaps; the workload's sets are complete.
    string IFormulaReader<string>.Overlaps(Overlaps node)
    {
        if (node.Other is not null)
            throw new NotSupportedException("two sets of one person are not part of this workload");
        var one = ColumnOf(node.One);
        return $"(CASE WHEN {one} IS NULL OR {one} = 0 OR ({one} & {Bits(node.Names.Names)}) <> 0 THEN true ELSE false END)";
    }

    string IFormulaReader<string>.SendStandsWithoutConsent(SendStandsWithoutConsent node) => "NULL::BOOLEAN";

    string IFormulaReader<string>.Limb(Limb node) => node.Test.Read(this);

    long Bits(IEnumerable<string> names) => names.Aggregate(0L, (bits, name) => bits | Bit(name));
}
