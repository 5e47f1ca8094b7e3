using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Law.Composition;

/// <summary>
/// How far a formula is from being satisfied, and by what. The order is the same in every reader (model §5): of several ways first those that nothing on record
/// contradicts, then the one with fewest unmet limbs, then the first; of several records the one that comes nearest, then the newest.
/// </summary>
/// <param name="Truth">The truth of the formula.</param>
/// <param name="Unmet">How many limbs are not satisfied on the nearest way.</param>
/// <param name="Limb">The limb that decides; null when a record is missing or nothing is unmet.</param>
/// <param name="MissingRecord">The kind of record of which there is none, where that decides.</param>
public readonly record struct Shortfall(Truth Truth, int Unmet, LimbOf? Limb, Facts.Scope? MissingRecord)
{
    /// <summary>
    /// What a contradicted <c>not</c> counts: more than the limbs of any ground, so that a way meant for something else (a contract, for an offer) is never the nearest.
    /// </summary>
    public const int Excluded = 24;

    /// <summary>Nothing falls short.</summary>
    public static readonly Shortfall None = new(Truth.Satisfied, 0, null, null);

    /// <summary>
    /// What decides between ways; the least comes nearest. A way that the record contradicts comes after every way that is only unproven, because no proof can mend it.
    /// </summary>
    public (bool IsContradicted, int Unmet) Rank => (Truth == Truth.NotSatisfied, Unmet);

    /// <summary>True when this way comes nearer than the other.</summary>
    public bool IsNearerThan(Shortfall other) => Rank.CompareTo(other.Rank) < 0;

    /// <summary>A leaf or limb with this truth.</summary>
    public static Shortfall Of(Truth truth, LimbOf? limb = null) => truth == Truth.Satisfied ? None : new(truth, 1, limb, null);

    /// <summary>How many limbs a missing record leaves unmet: all of them, except that one assessment to write is one thing to do.</summary>
    public static int OfMissing(Some node) => node.Kind == Facts.Scope.Assessment ? 1 : FirstLimb.CountIn(node.Body);
}

/// <summary>The reading that finds what falls short, for one recipient.</summary>
public sealed class ShortfallReader(Evaluator evaluator) : IFormulaReader<Shortfall>
{
    /// <summary>What falls short of a formula.</summary>
    public Shortfall Of(Formula formula) => formula.Read(this);

    Shortfall IFormulaReader<Shortfall>.Constant(Constant node) => Shortfall.Of(node.Truth);

    Shortfall IFormulaReader<Shortfall>.All(All node)
    {
        var truth = Truth.Satisfied;
        var unmet = 0;
        Shortfall? first = null;
        foreach (var part in node.Parts)
        {
            var shortfall = part.Read(this);
            truth = truth.And(shortfall.Truth);
            unmet += shortfall.Unmet;
            // The first contradicted limb decides; where none is contradicted, the first one not evidenced.
            if (shortfall.Truth != Truth.Satisfied && (first is null || (first.Value.Truth == Truth.NotEvidenced && shortfall.Truth == Truth.NotSatisfied))) first = shortfall;
        }
        return truth == Truth.Satisfied ? Shortfall.None : new(truth, unmet, first?.Limb, first?.MissingRecord);
    }

    Shortfall IFormulaReader<Shortfall>.Any(Any node)
    {
        Shortfall? nearest = null;
        var truth = Truth.NotSatisfied;
        foreach (var part in node.Parts)
        {
            var shortfall = part.Read(this);
            truth = truth.Or(shortfall.Truth);
            if (nearest is null || shortfall.IsNearerThan(nearest.Value)) nearest = shortfall;
        }
        return truth == Truth.Satisfied ? Shortfall.None : nearest!.Value with { Truth = truth };
    }

    Shortfall IFormulaReader<Shortfall>.Not(Not node)
    {
        var shortfall = Shortfall.Of(evaluator.Of(node), FirstLimb.In(node.Part));
        return shortfall.Truth == Truth.NotSatisfied ? shortfall with { Unmet = Shortfall.Excluded } : shortfall;
    }

    Shortfall IFormulaReader<Shortfall>.Some(Some node)
    {
        var truth = evaluator.Of(node);
        if (truth == Truth.Satisfied) return Shortfall.None;
        var records = evaluator.Records(node.Kind);
        if (records.IsEmpty) return new(truth, Shortfall.OfMissing(node), null, node.Kind);
        Shortfall? nearest = null;
        foreach (var record in records)
        {
            var shortfall = evaluator.Under(record, () => node.Body.Read(this));
            if (nearest is null || shortfall.IsNearerThan(nearest.Value)) nearest = shortfall;
        }
        return nearest!.Value with { Truth = truth };
    }

    Shortfall IFormulaReader<Shortfall>.OneOf(OneOf node) => Shortfall.Of(evaluator.Of(node));
    Shortfall IFormulaReader<Shortfall>.Same(Same node) => Shortfall.Of(evaluator.Of(node));
    Shortfall IFormulaReader<Shortfall>.Compare(Compare node) => Shortfall.Of(evaluator.Of(node));
    Shortfall IFormulaReader<Shortfall>.Within(Within node) => Shortfall.Of(evaluator.Of(node));
    Shortfall IFormulaReader<Shortfall>.Covers(Covers node) => Shortfall.Of(evaluator.Of(node));
    Shortfall IFormulaReader<Shortfall>.SendStandsWithoutConsent(SendStandsWithoutConsent node) => Shortfall.Of(evaluator.Of(node));
    Shortfall IFormulaReader<Shortfall>.Limb(Limb node) => Shortfall.Of(evaluator.Of(node.Test), node.Of);
}
