using MaySend.Law.Facts;

namespace MaySend.Screening.Columns;

/// <summary>How a fact is kept.</summary>
enum ColumnForm
{
    Word,
    Number,
    Name,
    Set,
    Value,
}

/// <summary>
/// Which facts a decision asks about, and in what form; the names, set members and reasons it knows, each with a small number. Grows while
/// a decision is compiled, always in the same order, and is only read from then on.
/// </summary>
sealed class ColumnLayout
{
    readonly Dictionary<Scope, List<(Fact Fact, ColumnForm Form)>> columns = [];
    readonly Dictionary<string, int> names = new(StringComparer.Ordinal);
    readonly Dictionary<SetFact, Dictionary<string, int>> members = [];
    readonly HashSet<Fact> compared = [];
    readonly Dictionary<string, int> reasonNumbers = new(StringComparer.Ordinal);
    readonly List<string> reasons = [];

    /// <summary>The reasons by number.</summary>
    public IReadOnlyList<string> Reasons => reasons;

    /// <summary>Names that formulas name.</summary>
    public IReadOnlyDictionary<string, int> Names => names;

    /// <summary>The place of a fact's column among those of its scope.</summary>
    public int Column(Fact fact, ColumnForm form)
    {
        if (!columns.TryGetValue(fact.Scope, out var list))
            columns[fact.Scope] = list = [];
        var index = list.IndexOf((fact, form));
        if (index >= 0)
            return index;
        list.Add((fact, form));
        return list.Count - 1;
    }

    /// <summary>A column of names that are compared with other names of the same recipient.</summary>
    public int ComparedColumn(NameFact fact)
    {
        compared.Add(fact);
        return Column(fact, ColumnForm.Name);
    }

    /// <summary>The code of a name that a formula names.</summary>
    public int NameCode(string name)
    {
        if (!names.TryGetValue(name, out var code))
            names[name] = code = Lexicon.FirstCode + names.Count;
        return code;
    }

    /// <summary>The bit of a name in the sets of a fact.</summary>
    public int Bit(SetFact fact, string name)
    {
        if (!members.TryGetValue(fact, out var bits))
            members[fact] = bits = new(StringComparer.Ordinal);
        if (!bits.TryGetValue(name, out var bit))
            bits[name] = bit = bits.Count;
        return bit;
    }

    /// <summary>The number of a reason.</summary>
    public int Reason(string code)
    {
        if (reasonNumbers.TryGetValue(code, out var number))
            return number;
        if (reasons.Count > ushort.MaxValue)
            throw new InvalidOperationException("a decision has more reasons than a column can number");
        reasonNumbers[code] = number = reasons.Count;
        reasons.Add(code);
        return number;
    }

    /// <summary>The number of a reason that was met while compiling.</summary>
    public int KnownReason(string code) => reasonNumbers[code];

    /// <summary>Empty columns for the facts of a scope.</summary>
    public Column[] NewColumns(Scope scope, int rows, Lexicon lexicon) =>
        columns.TryGetValue(scope, out var list) ? [.. list.Select(column => New(column.Fact, column.Form, rows, lexicon))] : [];

    Column New(Fact fact, ColumnForm form, int rows, Lexicon lexicon) =>
        form switch
        {
            ColumnForm.Word => new WordColumn(fact, rows),
            ColumnForm.Number => new NumberColumn(fact, rows),
            ColumnForm.Name => new NameColumn(fact, rows, lexicon, compared.Contains(fact)),
            ColumnForm.Set => new SetColumn(fact, rows, members.GetValueOrDefault((SetFact)fact) ?? []),
            _ => new ValueColumn(fact, rows),
        };
}

/// <summary>
/// Codes of names for one block: those that formulas name, and for the time being those met in facts that are compared with each other.
/// </summary>
sealed class Lexicon(ColumnLayout layout)
{
    /// <summary>Zero is not recorded, one any name that no formula names.</summary>
    public const int FirstCode = 2;

    readonly Dictionary<string, int> met = new(StringComparer.Ordinal);

    public int Code(string name, bool isCompared)
    {
        if (layout.Names.TryGetValue(name, out var code))
            return code;
        if (!isCompared)
            return 1;
        if (!met.TryGetValue(name, out code))
            met[name] = code = FirstCode + layout.Names.Count + met.Count;
        return code;
    }

    /// <summary>Forgets what was met, so that memory does not grow with the rows.</summary>
    public void Clear() => met.Clear();
}
