using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Law.Composition;

/// <summary>
/// How far a formula is from being satisfied, and by what. The order is the same in every reader (model §5, §8): of several grounds the one
/// that comes nearest by what is on record (<see cref="GroundDistance"/>); of several ways to meet one limb first those that nothing
/// contradicts, then the one with fewest unmet limbs, then the first; of several records the one with fewest unmet limbs, contradicted or
/// not, then the newest.
/// </summary>
/// <param name="Truth">The truth of the formula.</param>
/// <param name="Unmet">How many limbs are not satisfied on the nearest way.</param>
/// <param name="Limb">The limb that decides; null when a record is missing or nothing is unmet.</param>
/// <param name="MissingRecord">The kind of record of which there is none, where that decides.</param>
public readonly record struct Shortfall(Truth Truth, int Unmet, LimbOf? Limb, Scope? MissingRecord)
{
    /// <summary>
    /// What a contradicted <c>not</c> counts: more than the limbs of any ground, so that a way meant for something else (a contract, for an
    /// offer) is never the nearest.
    /// </summary>
    public const int Excluded = 24;

    /// <summary>Nothing falls short.</summary>
    public static readonly Shortfall None = new(Truth.Satisfied, 0, null, null);

    bool IsContradicted => Truth == Truth.NotSatisfied;

    /// <summary>
    /// True when this way comes nearer than the other. A way that the record contradicts comes after every way that is only unproven,
    /// because no proof can mend it.
    /// </summary>
    public bool IsNearerThan(Shortfall other) => IsContradicted == other.IsContradicted ? Unmet < other.Unmet : other.IsContradicted;

    /// <summary>A leaf or limb with this truth.</summary>
    public static Shortfall Of(Truth truth, LimbOf? limb = null) => truth == Truth.Satisfied ? None : new(truth, 1, limb, null);

    /// <summary>
    /// How many limbs a missing record leaves unmet: all of them, except that one assessment to write is one thing to do.
    /// </summary>
    public static int OfMissing(Some node) => node.Kind == Scope.Assessment ? 1 : FirstLimb.CountIn(node.Body);
}

/// <summary>
/// Finds what falls short, for one recipient. What is satisfied is not looked into, and what is no joint is a leaf, whose truth says all.
/// Like its evaluator it serves one thread.
/// </summary>
public sealed class ShortfallReader(Evaluator evaluator)
{
    // The reason, the grounds, the plain sentence and the remedies all ask which record comes nearest.
    Remembered<(FactSheet? Record, Shortfall Shortfall)> known;

    /// <summary>What gives the truths.</summary>
    public Evaluator Evaluator => evaluator;

    /// <summary>What falls short of a formula.</summary>
    public Shortfall Of(Formula formula)
    {
        // The truth of a joint is that of its parts, which are asked only once for it and for what they lack.
        if (formula is All all)
            return OfAll(all);
        if (formula is Any any)
            return OfAny(any).Shortfall;
        var truth = evaluator.Of(formula);
        if (truth == Truth.Satisfied)
            return Shortfall.None;
        return formula switch
        {
            Some some => Nearest(some).Shortfall with { Truth = truth },
            Not not => Shortfall.Of(truth, FirstLimb.OfContrary(not.Part)) with
            {
                Unmet = truth == Truth.NotSatisfied ? Shortfall.Excluded : 1,
            },
            Limb limb => Shortfall.Of(truth, limb.Of),
            _ => Shortfall.Of(truth),
        };
    }

    /// <summary>
    /// Of several ways the one that comes nearest; of one body written out for several records the record with fewest unmet limbs.
    /// </summary>
    public Formula Nearest(Any any) => OfAny(any).Way;

    /// <summary>Of several records the one that comes nearest; null where there is none.</summary>
    public (FactSheet? Record, Shortfall Shortfall) Nearest(Some some)
    {
        if (!evaluator.IsAtRest)
            return Find(some);
        return known.TryGet(some, out var found) ? found : known.Add(some, Find(some));
    }

    (FactSheet? Record, Shortfall Shortfall) Find(Some some)
    {
        var records = evaluator.Records(some.Kind);
        if (records.IsEmpty)
            return (null, new(Truth.NotEvidenced, Shortfall.OfMissing(some), null, some.Kind));
        var nearest = (Record: records[0], Shortfall: Of(some.Body, records[0]));
        foreach (var record in records.AsSpan()[1..])
            if (Of(some.Body, record) is var shortfall && shortfall.Unmet < nearest.Shortfall.Unmet)
                nearest = (record, shortfall);
        return nearest;
    }

    Shortfall Of(Formula body, FactSheet record)
    {
        using (evaluator.At(record))
            return Of(body);
    }

    (Formula Way, Shortfall Shortfall) OfAny(Any any)
    {
        (Formula Way, Shortfall Shortfall)? nearest = null;
        var truth = Truth.NotSatisfied;
        foreach (var way in any.Parts)
        {
            var shortfall = Of(way);
            // Nothing comes nearer than what is met.
            if (shortfall.Truth == Truth.Satisfied)
                return (way, Shortfall.None);
            truth = truth.Or(shortfall.Truth);
            if (
                nearest is not { Shortfall: var other }
                || (any.IsOverRecords ? shortfall.Unmet < other.Unmet : shortfall.IsNearerThan(other))
            )
                nearest = (way, shortfall);
        }
        return (nearest!.Value.Way, nearest.Value.Shortfall with { Truth = truth });
    }

    /// <summary>The first contradicted part decides; where none is contradicted, the first one not evidenced.</summary>
    Shortfall OfAll(All all)
    {
        var (unmet, truth) = (0, all.Parts.IsEmpty ? Truth.NotEvidenced : Truth.Satisfied);
        var first = Shortfall.None;
        foreach (var part in all.Parts)
        {
            var shortfall = Of(part);
            unmet += shortfall.Unmet;
            if (shortfall.Truth == Truth.Satisfied)
                continue;
            if (truth == Truth.Satisfied || (truth == Truth.NotEvidenced && shortfall.Truth == Truth.NotSatisfied))
                first = shortfall;
            truth = truth.And(shortfall.Truth);
        }
        return truth == Truth.Satisfied ? Shortfall.None : first with { Truth = truth, Unmet = unmet };
    }
}
