using System.Collections.Immutable;
using MaySend.Law.Facts;

namespace MaySend.Law.Formulas;

/// <summary>
/// Folds what a campaign settles into a formula: facts of message and sender become constants, assessments are written out one by one, and
/// what then is known is cut away. What is left asks only about recipients. Limbs stay, so that reasons can still be found.
/// </summary>
public sealed class Folder(CampaignFacts campaign) : IFormulaReader<Formula>
{
    FactSheet? assessment;

    /// <summary>The formula with everything the campaign settles folded away.</summary>
    public Formula Fold(Formula formula) => formula.Read(this);

    Formula IFormulaReader<Formula>.Constant(Constant node) => node;

    Formula IFormulaReader<Formula>.All(All node)
    {
        var parts = Parts(node.Parts);
        if (parts.Any(part => Settled(part) == Truth.NotSatisfied) && !parts.Any(part => part is Limb))
            return Constant.NotSatisfied;
        return parts.All(part => part is Constant)
            ? Constant.Of(parts.Select(part => ((Constant)part).Truth).Aggregate(TruthTables.And))
            : new All(parts);
    }

    Formula IFormulaReader<Formula>.Any(Any node)
    {
        var parts = Parts(node.Parts);
        if (parts.Any(part => Settled(part) == Truth.Satisfied) && !parts.Any(part => part is Limb))
            return Constant.Satisfied;
        return parts.All(part => part is Constant)
            ? Constant.Of(parts.Select(part => ((Constant)part).Truth).Aggregate(TruthTables.Or))
            : new Any(parts);
    }

    Formula IFormulaReader<Formula>.Not(Not node) =>
        node.Part.Read(this) is var part && part is Constant constant ? Constant.Of(constant.Truth.Negated()) : new Not(part);

    Formula IFormulaReader<Formula>.Some(Some node)
    {
        if (node.Kind != Scope.Assessment)
            return node with { Body = node.Body.Read(this) };
        // Without an assessment the node stays: it is not evidenced, and the missing record is the reason.
        if (campaign.Assessments.IsEmpty)
            return node;
        var before = assessment;
        var each = campaign
            .Assessments.Select(sheet =>
            {
                assessment = sheet;
                return node.Body.Read(this);
            })
            .ToImmutableArray();
        assessment = before;
        return each.Length == 1 ? each[0] : new Any(each) { IsOverRecords = true };
    }

    Formula IFormulaReader<Formula>.OneOf(OneOf node) => IsSettled(node.Fact) ? Constant.Of(LeafTests.OneOf(node, Value(node.Fact))) : node;

    Formula IFormulaReader<Formula>.Same(Same node)
    {
        if (IsSettled(node.Left) && IsSettled(node.Right))
            return Constant.Of(LeafTests.Same(Value(node.Left), Value(node.Right)));
        var (known, open) =
            IsSettled(node.Left) ? (Value(node.Left), node.Right)
            : IsSettled(node.Right) ? (Value(node.Right), node.Left)
            : (default, null);
        if (open is null)
            return node;
        return known.IsRecorded ? new OneOf(open, Argument.OfNames(known.Name!)) : Constant.NotEvidenced;
    }

    Formula IFormulaReader<Formula>.Compare(Compare node)
    {
        if (node.Right is null)
            return IsSettled(node.Left) ? Constant.Of(LeafTests.Compare(node, Value(node.Left), default)) : node;
        if (IsSettled(node.Left) && IsSettled(node.Right))
            return Constant.Of(LeafTests.Compare(node, Value(node.Left), Value(node.Right)));
        if (!IsSettled(node.Right))
            return IsSettled(node.Left) && !Value(node.Left).IsRecorded ? Constant.NotEvidenced : Turned(node);
        return Value(node.Right).IsRecorded
            ? new Compare(node.Left, node.How, null, Argument.OfNumber(Value(node.Right).Number))
            : Constant.NotEvidenced;
    }

    Formula IFormulaReader<Formula>.Within(Within node)
    {
        if (IsSettled(node.Earlier) && IsSettled(node.Later))
            return Constant.Of(LeafTests.Within(node, Value(node.Earlier), Value(node.Later)));
        if (!IsSettled(node.Later))
            return IsSettled(node.Earlier) ? Following(node) : node;
        if (!Value(node.Later).IsRecorded)
            return Constant.NotEvidenced;
        var later = Value(node.Later).Day;
        return new All([
            new Compare(node.Earlier, Comparison.AtMost, null, Argument.OfDay(later)),
            new Compare(node.Earlier, Comparison.AtLeast, null, Argument.OfDay(node.Period.Period.Before(later))),
        ]);
    }

    Formula IFormulaReader<Formula>.Covers(Covers node)
    {
        var partIsSettled = node.Part is null || IsSettled(node.Part);
        if (IsSettled(node.Whole) && partIsSettled)
            return Constant.Of(LeafTests.Covers(node, Value(node.Whole), node.Part is null ? default : Value(node.Part)));
        if (IsSettled(node.Whole))
        {
            if (LeafTests.AsSet(node.Whole, Value(node.Whole)) is not { IsEmpty: false } whole)
                return Constant.NotEvidenced;
            return node.Part is SetFact || whole.IsEverything || !whole.IsComplete
                ? node with
                {
                    KnownWhole = whole,
                }
                : new OneOf(node.Part!, Argument.OfNames(whole.Names));
        }
        if (node.Part is null || !partIsSettled)
            return node;
        var part = LeafTests.AsSet(node.Part, Value(node.Part));
        if (part is null || part.IsEmpty)
            return Constant.NotEvidenced;
        return part.IsComplete && !part.IsEverything
            ? new Covers(node.Whole, null, Argument.OfNames(part.Names))
            : node with
            {
                KnownPart = part,
            };
    }

    Formula IFormulaReader<Formula>.Overlaps(Overlaps node)
    {
        if (node.Other is null)
            return IsSettled(node.One) ? Constant.Of(LeafTests.Overlaps(node, Value(node.One), default)) : node;
        if (IsSettled(node.One) && IsSettled(node.Other))
            return Constant.Of(LeafTests.Overlaps(node, Value(node.One), Value(node.Other)));
        var (known, open) =
            IsSettled(node.Other) ? (Value(node.Other).Set, node.One)
            : IsSettled(node.One) ? (Value(node.One).Set, node.Other)
            : (null, null);
        if (open is null)
            return node;
        return known is { IsEverything: false, IsComplete: true, Names.IsEmpty: false }
            ? new Overlaps(open, null, Argument.OfNames(known.Names))
            : Constant.Satisfied;
    }

    Formula IFormulaReader<Formula>.SendStandsWithoutConsent(SendStandsWithoutConsent node) => node;

    Formula IFormulaReader<Formula>.Limb(Limb node) => node with { Test = node.Test.Read(this) };

    ImmutableArray<Formula> Parts(ImmutableArray<Formula> parts) => [.. parts.Select(part => part.Read(this))];

    static Truth Settled(Formula part) => part is Constant constant ? constant.Truth : Truth.NotEvidenced;

    /// <summary>A settled earlier day with an open later one: the days on which the later one may lie.</summary>
    Formula Following(Within node)
    {
        if (!Value(node.Earlier).IsRecorded)
            return Constant.NotEvidenced;
        var earlier = Value(node.Earlier).Day;
        return new All([
            new Compare(node.Later, Comparison.AtLeast, null, Argument.OfDay(earlier)),
            new Compare(node.Later, Comparison.AtMost, null, Argument.OfDay(node.Period.Period.LastWithin(earlier))),
        ]);
    }

    /// <summary>A settled number on the left of an open one, with the sides changed.</summary>
    Formula Turned(Compare node)
    {
        if (!IsSettled(node.Left))
            return node;
        var how = node.How switch
        {
            Comparison.Less => Comparison.More,
            Comparison.AtMost => Comparison.AtLeast,
            Comparison.AtLeast => Comparison.AtMost,
            _ => Comparison.Less,
        };
        return new Compare(node.Right!, how, null, Argument.OfNumber(Value(node.Left).Number));
    }

    bool IsSettled(Fact fact) => fact.Scope is Scope.Message or Scope.Sender || (fact.Scope == Scope.Assessment && assessment is not null);

    FactValue Value(Fact fact) =>
        fact.Scope switch
        {
            Scope.Message => campaign.Message[fact],
            Scope.Sender => campaign.Sender[fact],
            _ => assessment![fact],
        };
}
