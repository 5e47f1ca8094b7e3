using System.Collections.Immutable;
using System.Globalization;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Screening.Columns;

/// <summary>
/// The reading of folded formulas that makes nodes over columns. Equal formulas over the same bound records become one node, so that what
/// several provisions ask is looked at once.
/// </summary>
sealed class NodeCompiler(ColumnLayout layout, bool refusalsAreComplete) : IFormulaReader<Node>
{
    readonly Dictionary<string, Node> made = new(StringComparer.Ordinal);
    readonly Dictionary<Node, int> numbers = [];

    /// <summary>What was compiled of formulas that are one object, by the kinds of record that were looked at: most stand in several
    /// places.</summary>
    readonly Dictionary<int, Dictionary<Formula, Node>> known = [];

    /// <summary>The kinds of record that are looked at, as bits by scope.</summary>
    int bound;

    public Node Compile(Formula formula)
    {
        if (!known.TryGetValue(bound, out var here))
            known[bound] = here = new(ReferenceEqualityComparer.Instance);
        if (!here.TryGetValue(formula, out var node))
            here[formula] = node = formula.Read(this);
        return node;
    }

    /// <summary>What is asked of each record of a kind.</summary>
    public Node CompileOf(Scope kind, Formula formula)
    {
        var before = bound;
        bound |= 1 << (int)kind;
        var node = Compile(formula);
        bound = before;
        return node;
    }

    Node IFormulaReader<Node>.Constant(Constant node) => ConstantOf(node.Truth);

    Node IFormulaReader<Node>.All(All node) => Joined("all", node.Parts, parts => new AllNode(parts));

    Node IFormulaReader<Node>.Any(Any node) =>
        Joined(node.IsOverRecords ? "any-record" : "any", node.Parts, parts => new AnyNode(parts, node.IsOverRecords));

    Node IFormulaReader<Node>.Not(Not node)
    {
        var part = Compile(node.Part);
        var reason = FirstLimb.OfContrary(node.Part) is { } limb ? layout.Reason(limb.Id) : (int?)null;
        return Once(Key("not", numbers[part], reason ?? -1), () => new NotNode(part, reason));
    }

    Node IFormulaReader<Node>.Some(Some node)
    {
        var limbs = Shortfall.OfMissing(node);
        if (node.Kind == Scope.Assessment)
            return Once(Key("missing", (int)node.Kind, limbs), () => new MissingNode((int)node.Kind, limbs));
        var body = CompileOf(node.Kind, node.Body);
        var silence =
            node.Kind.SilenceOf() == Silence.NoneIfOurRegisterIsComplete && refusalsAreComplete ? Truth.NotSatisfied : Truth.NotEvidenced;
        return Once(Key("some", (int)node.Kind, numbers[body], limbs), () => new SomeNode(node.Kind, body, silence, limbs));
    }

    Node IFormulaReader<Node>.OneOf(OneOf node) => IsOneOf(node.Fact, node.Values.Names, missSaysNo: true);

    Node IFormulaReader<Node>.Same(Same node)
    {
        if (!AreOpen(node.Left, node.Right))
            return ConstantOf(Truth.NotEvidenced);
        var (left, right) = (layout.ComparedColumn(node.Left), layout.ComparedColumn(node.Right));
        return Once(Key("same", node.Left, left, node.Right, right), () => new SameNode(node.Left.Scope, left, node.Right.Scope, right));
    }

    Node IFormulaReader<Node>.Compare(Compare node)
    {
        if (!AreOpen(node.Left) || (node.Right is not null && !AreOpen(node.Right)))
            return ConstantOf(Truth.NotEvidenced);
        var left = layout.Column(node.Left, ColumnForm.Number);
        if (node.Right is null)
        {
            var number = node.Number.Number;
            return node.How switch
            {
                Comparison.Less => Range(
                    node.Left,
                    left,
                    long.MinValue,
                    number == long.MinValue ? number : number - 1,
                    isNever: number == long.MinValue
                ),
                Comparison.AtMost => Range(node.Left, left, long.MinValue, number),
                Comparison.AtLeast => Range(node.Left, left, number, long.MaxValue),
                _ => Range(node.Left, left, number == long.MaxValue ? number : number + 1, long.MaxValue, isNever: number == long.MaxValue),
            };
        }
        var right = layout.Column(node.Right, ColumnForm.Number);
        return Once(
            Key("compare", node.Left, left, (int)node.How, node.Right, right),
            () => new CompareNode(node.Left.Scope, left, node.How, node.Right.Scope, right)
        );
    }

    Node IFormulaReader<Node>.Within(Within node)
    {
        if (!AreOpen(node.Earlier, node.Later))
            return ConstantOf(Truth.NotEvidenced);
        var (earlier, later) = (layout.Column(node.Earlier, ColumnForm.Number), layout.Column(node.Later, ColumnForm.Number));
        return Once(
            Key("within", node.Earlier, earlier, node.Period.Period, node.Later, later),
            () => new WithinNode(node.Earlier.Scope, earlier, node.Period.Period, node.Later.Scope, later)
        );
    }

    Node IFormulaReader<Node>.Covers(Covers node)
    {
        if (node.KnownWhole is { } whole)
            return IsCoveredBy(whole, node.Part!);
        if (!AreOpen(node.Whole))
            return ConstantOf(Truth.NotEvidenced);
        if (node.KnownPart is { } known)
            return CoversKnown((SetFact)node.Whole, known);
        if (node.Part is null)
            return CoversKnown((SetFact)node.Whole, NameSet.Of(node.Names.Names));
        if (!AreOpen(node.Part))
            return ConstantOf(Truth.NotEvidenced);
        var (wholes, parts) = (layout.Column(node.Whole, ColumnForm.Value), layout.Column(node.Part, ColumnForm.Value));
        return Once(Key("covers", node.Whole, node.Part), () => new CoversPairNode(node, wholes, parts));
    }

    Node IFormulaReader<Node>.Overlaps(Overlaps node)
    {
        // Nothing on record of a fact that is in no column: that overlaps.
        if (!AreOpen(node.One) || (node.Other is not null && !AreOpen(node.Other)))
            return ConstantOf(Truth.Satisfied);
        if (node.Other is null)
        {
            var known = NameSet.Of(node.Names.Names);
            var names = Bits(node.One, known);
            var column = layout.Column(node.One, ColumnForm.Set);
            return Once(Key("overlaps-known", node.One, known), () => new OverlapsNode(node.One.Scope, column, names));
        }
        var (one, other) = (layout.Column(node.One, ColumnForm.Value), layout.Column(node.Other, ColumnForm.Value));
        return Once(Key("overlaps", node.One, node.Other), () => new OverlapsPairNode(node, one, other));
    }

    /// <summary>It is replaced when a decision is composed; elsewhere nothing shows it.</summary>
    Node IFormulaReader<Node>.SendStandsWithoutConsent(SendStandsWithoutConsent node) => ConstantOf(Truth.NotEvidenced);

    Node IFormulaReader<Node>.Limb(Limb node)
    {
        var (test, reason) = (Compile(node.Test), layout.Reason(node.Of.Id));
        return Once(Key("limb", numbers[test], reason), () => new LimbNode(test, reason));
    }

    Node CoversKnown(SetFact whole, NameSet part)
    {
        if (part.IsEmpty)
            return ConstantOf(Truth.NotEvidenced);
        var names = Bits(whole, part);
        var column = layout.Column(whole, ColumnForm.Set);
        return Once(Key("covers-known", whole, part), () => new CoversNode(whole.Scope, column, part, names));
    }

    Node IsCoveredBy(NameSet whole, Fact part)
    {
        if (!AreOpen(part) || whole.IsEmpty)
            return ConstantOf(Truth.NotEvidenced);
        if (part is SetFact set)
        {
            var names = Bits(set, whole);
            var column = layout.Column(set, ColumnForm.Set);
            return Once(Key("covered-by", set, whole), () => new CoveredByNode(set.Scope, column, whole, names));
        }
        if (!whole.IsEverything)
            return IsOneOf(part, whole.Names, whole.IsComplete);
        var recorded = layout.Column(part, part is WordFact ? ColumnForm.Word : ColumnForm.Name);
        return Once(Key("recorded", part), () => new IsRecordedNode(part.Scope, recorded));
    }

    Node IsOneOf(Fact fact, ImmutableArray<string> values, bool missSaysNo)
    {
        if (!AreOpen(fact))
            return ConstantOf(Truth.NotEvidenced);
        var key = Key("one-of", fact, missSaysNo, string.Join('\n', values));
        if (fact is WordFact words)
        {
            byte[] codes =
            [
                .. values
                    .Select(value => words.Words.IndexOf(value))
                    .Where(index => index >= 0)
                    .Select(index => checked((byte)(index + 1))),
            ];
            var column = layout.Column(fact, ColumnForm.Word);
            return Once(key, () => new WordIsNode(fact.Scope, column, codes, missSaysNo));
        }
        int[] names = [.. values.Select(layout.NameCode)];
        var ofNames = layout.Column(fact, ColumnForm.Name);
        return Once(key, () => new NameIsNode(fact.Scope, ofNames, names, missSaysNo));
    }

    Node Range(Fact fact, int column, long least, long most, bool isNever = false)
    {
        // A recorded number is never the blank's; a range that no 32-bit number can lie in is empty.
        var (from, to) = (Math.Max(least, NumberColumn.NotRecorded + 1L), Math.Min(most, int.MaxValue));
        if (isNever || from > to)
            (from, to) = (1, 0);
        return Once(Key("range", fact, from, to), () => new RangeNode(fact.Scope, column, (int)from, (int)to));
    }

    ulong[] Bits(SetFact fact, NameSet names)
    {
        var bits = names.Names.Select(name => layout.Bit(fact, name)).ToList();
        var words = new ulong[Math.Max(1, bits.Count == 0 ? 1 : (bits.Max() / 64) + 1)];
        foreach (var bit in bits)
            words[bit / 64] |= 1UL << (bit % 64);
        return words;
    }

    /// <summary>
    /// True when the facts are in columns: the recipient's own, or of a record that is looked at. Otherwise nothing is on record of them.
    /// </summary>
    bool AreOpen(params ReadOnlySpan<Fact> facts)
    {
        foreach (var fact in facts)
            if (fact.Scope != Scope.Recipient && (bound & (1 << (int)fact.Scope)) == 0)
                return false;
        return true;
    }

    Node ConstantOf(Truth truth) => Once(Key("constant", truth), () => new ConstantNode(truth));

    Node Joined(string joint, ImmutableArray<Formula> parts, Func<Node[], Node> join)
    {
        if (parts.IsEmpty)
            return ConstantOf(Truth.NotEvidenced);
        Node[] nodes = [.. parts.Select(part => Compile(part))];
        return Once(Key(joint, string.Join(',', nodes.Select(node => numbers[node]))), () => join(nodes));
    }

    static string Key(params object[] parts) =>
        string.Join('|', parts.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture)));

    Node Once(string key, Func<Node> make)
    {
        if (made.TryGetValue(key, out var node))
            return node;
        made[key] = node = make();
        numbers[node] = numbers.Count;
        return node;
    }
}
