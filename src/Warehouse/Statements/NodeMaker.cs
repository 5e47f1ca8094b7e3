using System.Collections.Immutable;
using System.Globalization;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Statements;

/// <summary>
/// The reading of folded formulas that makes SQL. One serves one slice of the law: formulas that ask the same of the same rows share
/// their columns, and all that is asked of one kind of record is worked out in one pass over its table.
/// </summary>
/// <param name="leaves">Reads values.</param>
/// <param name="shared">Holds the limbs that every slice reads alike.</param>
/// <param name="reasons">Numbers reasons.</param>
/// <param name="slice">What the names of its steps begin with.</param>
/// <param name="refusalsAreComplete">Having no request to stop says that there is none.</param>
sealed class NodeMaker(Leaves leaves, SharedLimbs shared, ReasonCodes reasons, string slice, bool refusalsAreComplete)
    : IFormulaReader<Node>
{
    readonly Dictionary<string, (Frame Frame, int Depth)> frames = new(StringComparer.Ordinal);
    ImmutableList<Scope> bound = [];
    Frame frame = new($"{slice}_people", $"{slice}p", []);

    /// <summary>The frame of the people: what is read is read about them, until a formula looks at records.</summary>
    public Frame People => frame;

    /// <summary>The frames of records, each after those whose totals it reads.</summary>
    public IEnumerable<Frame> Records => frames.Values.OrderBy(made => made.Depth).Select(made => made.Frame);

    readonly SortedSet<string> ofPeople = new(StringComparer.Ordinal);

    /// <summary>Facts that are read as they are, and not as a limb that every slice shares.</summary>
    HashSet<Fact> asked = [];

    /// <summary>Columns of people that some row asks about.</summary>
    public IEnumerable<string> OfPeople =>
        asked.Where(fact => fact.Scope == Scope.Recipient).OrderBy(fact => fact.Index).Select(FactTables.Column).Concat(ofPeople);

    /// <summary>Facts of people and records that are read as they are.</summary>
    public IEnumerable<Fact> Raw => asked;

    /// <summary>Makes a formula about people.</summary>
    public Node Make(Formula formula) => formula.Read(this);

    /// <summary>How many records of a kind somebody has.</summary>
    public Number RowsOf(Scope kind)
    {
        var records = FrameOf([kind], 0);
        frame.Join(records);
        return frame.Add(new Number($"COALESCE({records.Count}, 0)", 0));
    }

    Node IFormulaReader<Node>.Constant(Constant node) => Leaf(Cond.Of(node.Truth));

    Node IFormulaReader<Node>.All(All node) => node.Parts.IsEmpty ? Leaf(Cond.NotEvidenced) : new AllNode(frame, Parts(node.Parts));

    Node IFormulaReader<Node>.Any(Any node) =>
        node.Parts.IsEmpty ? Leaf(Cond.NotEvidenced) : new AnyNode(frame, Parts(node.Parts), node.IsOverRecords);

    Node IFormulaReader<Node>.Not(Not node) =>
        new NotNode(frame, node.Part.Read(this), FirstLimb.OfContrary(node.Part) is { } limb ? reasons.Number(limb.Id) : null);

    Node IFormulaReader<Node>.Some(Some node)
    {
        var limbs = Shortfall.OfMissing(node);
        if (node.Kind == Scope.Assessment)
            return new MissingNode(frame, node.Kind, limbs);
        var (outer, before) = (frame, bound);
        bound = bound.Remove(node.Kind).Add(node.Kind);
        var beside = KindsIn(node.Body, bound).Remove(node.Kind);
        var records = FrameOf([node.Kind, .. before.Where(beside.Contains)], DepthOf(node.Body));
        frame = records;
        var body = node.Body.Read(this);
        (frame, bound) = (outer, before);
        var silence =
            node.Kind.SilenceOf() == Silence.NoneIfOurRegisterIsComplete && refusalsAreComplete ? Truth.NotSatisfied : Truth.NotEvidenced;
        return new SomeNode(outer, records, body, silence, limbs);
    }

    Node IFormulaReader<Node>.OneOf(OneOf node) =>
        Leaf(AreOpen(node.Fact) ? leaves.IsOneOf(node.Fact, node.Values.Names, missSaysNo: true) : Cond.NotEvidenced);

    Node IFormulaReader<Node>.Same(Same node) => Leaf(AreOpen(node.Left, node.Right) ? leaves.Same(node) : Cond.NotEvidenced);

    Node IFormulaReader<Node>.Compare(Compare node) =>
        Leaf(AreOpen(node.Left) && (node.Right is null || AreOpen(node.Right)) ? leaves.Compare(node) : Cond.NotEvidenced);

    Node IFormulaReader<Node>.Within(Within node) => Leaf(AreOpen(node.Earlier, node.Later) ? leaves.Within(node) : Cond.NotEvidenced);

    Node IFormulaReader<Node>.Covers(Covers node) =>
        Leaf(
            node.KnownWhole is { } whole ? (AreOpen(node.Part!) ? leaves.IsCoveredBy(whole, node.Part!) : Cond.NotEvidenced)
            : !AreOpen(node.Whole) ? Cond.NotEvidenced
            : node.KnownPart is { } part ? leaves.Covers(node.Whole, part)
            : node.Part is null ? leaves.Covers(node.Whole, NameSet.Of(node.Names.Names))
            : AreOpen(node.Part) ? leaves.Covers(node.Whole, node.Part)
            : Cond.NotEvidenced
        );

    /// <summary>Nothing is on record of what is in no column, and that overlaps.</summary>
    Node IFormulaReader<Node>.Overlaps(Overlaps node) =>
        Leaf(
            !AreOpen(node.One) || (node.Other is not null && !AreOpen(node.Other)) ? Cond.Satisfied
            : node.Other is null ? leaves.Overlaps(node.One, NameSet.Of(node.Names.Names))
            : leaves.Overlaps(node.One, node.Other)
        );

    /// <summary>It is replaced when a decision is composed; elsewhere nothing shows it.</summary>
    Node IFormulaReader<Node>.SendStandsWithoutConsent(SendStandsWithoutConsent node) => Leaf(Cond.NotEvidenced);

    Node IFormulaReader<Node>.Limb(Limb node)
    {
        var before = asked;
        asked = [];
        var test = node.Test.Read(this).Cond;
        if (test is { Level: 0, IsConstant: false } && ScopeOf(node.Test) is { } scope)
        {
            var name = shared.Add(scope, test.AsNumber);
            if (scope == Scope.Recipient)
                ofPeople.Add(name);
            test = Cond.OfColumn(frame.Add(name, 0));
        }
        else
        {
            before.UnionWith(asked);
            if (!test.IsConstant && test.Column is null)
                test = Cond.OfColumn(frame.Add(test.AsNumber, test.Level));
        }
        asked = before;
        return new LimbNode(frame, test, reasons.Number(node.Of.Id));
    }

    /// <summary>The one scope whose facts a test asks about, of one row; null where it asks about several, or about other rows.</summary>
    static Scope? ScopeOf(Formula test) =>
        DepthOf(test) == 0 && FactsIn.Of(test).Select(fact => fact.Scope).Distinct().ToList() is [var scope] ? scope : null;

    LeafNode Leaf(Cond cond) => new(frame, cond);

    Node[] Parts(ImmutableArray<Formula> parts) => [.. parts.Select(part => part.Read(this))];

    /// <summary>
    /// The frame of some kinds of record. What stands in records of records has a frame apart by its depth, so that no two read each
    /// other's totals.
    /// </summary>
    Frame FrameOf(ImmutableArray<Scope> kinds, int depth)
    {
        var key = string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join('_', kinds.Select(kind => kind.Word()))}{(depth == 0 ? "" : depth)}"
        );
        if (!frames.TryGetValue(key, out var made))
            frames[key] = made = (new Frame($"{slice}_{key}", $"{slice}f{frames.Count}", kinds), depth);
        return made.Frame;
    }

    /// <summary>How many kinds of record stand in each other below a formula.</summary>
    static int DepthOf(Formula formula) =>
        formula switch
        {
            All all => all.Parts.Select(DepthOf).DefaultIfEmpty(0).Max(),
            Any any => any.Parts.Select(DepthOf).DefaultIfEmpty(0).Max(),
            Not not => DepthOf(not.Part),
            Limb limb => DepthOf(limb.Test),
            Some { Kind: not Scope.Assessment } some => 1 + DepthOf(some.Body),
            _ => 0,
        };

    /// <summary>The bound kinds of record whose looked-at record a formula depends on.</summary>
    static ImmutableHashSet<Scope> KindsIn(Formula formula, ImmutableList<Scope> bound) =>
        formula switch
        {
            All all => all.Parts.Aggregate(ImmutableHashSet<Scope>.Empty, (kinds, part) => kinds.Union(KindsIn(part, bound))),
            Any any => any.Parts.Aggregate(ImmutableHashSet<Scope>.Empty, (kinds, part) => kinds.Union(KindsIn(part, bound))),
            Not not => KindsIn(not.Part, bound),
            Limb limb => KindsIn(limb.Test, bound),
            Some { Kind: Scope.Assessment } => [],
            Some some => KindsIn(some.Body, bound).Remove(some.Kind),
            _ => [.. FactsIn.Of(formula).Select(fact => fact.Scope).Where(bound.Contains)],
        };

    /// <summary>
    /// True when the facts are in columns: the recipient's own, or of a record that is looked at. Otherwise nothing is on record of them.
    /// </summary>
    bool AreOpen(params ReadOnlySpan<Fact> facts)
    {
        foreach (var fact in facts)
            if (fact.Scope != Scope.Recipient && !bound.Contains(fact.Scope))
                return false;
        foreach (var fact in facts)
            asked.Add(fact);
        return true;
    }
}
