using System.Collections.Immutable;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Law.Composition;

/// <summary>
/// Which of several grounds is the reason: the one with the fewest unmet limbs on an existing record, contradicted or not; a ground without
/// a record of its own comes after one with a record, and a ground that stands on no record and is contradicted (a contract, for an offer)
/// comes last.
/// </summary>
public static class GroundDistance
{
    /// <summary>What a record that is missing adds to the unmet limbs: more than any ground has.</summary>
    public const int WithoutRecord = 512;

    /// <summary>What a contradicted ground that stands on no record has added.</summary>
    public const int Elsewhere = 2 * WithoutRecord;

    /// <summary>The kinds of record that a ground stands on, whatever policy takes out of it.</summary>
    public static ImmutableArray<Scope> KindsOf(GroundInForce ground) => [.. Kinds(ground.Ground.Body).Distinct()];

    /// <summary>How far a ground is, in limbs, with what its missing record adds.</summary>
    public static int Of(GroundInForce ground, Shortfall shortfall, Evaluator evaluator)
    {
        var kinds = KindsOf(ground);
        return shortfall.Unmet
            + (
                kinds.Any(kind => evaluator.Records(kind).IsEmpty) ? WithoutRecord
                : kinds.IsEmpty && shortfall.Truth == Truth.NotSatisfied ? Elsewhere
                : 0
            );
    }

    static IEnumerable<Scope> Kinds(Formula formula) =>
        formula switch
        {
            Some some => Kinds(some.Body).Prepend(some.Kind),
            All all => all.Parts.SelectMany(Kinds),
            _ => [],
        };
}
