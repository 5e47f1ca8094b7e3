using System.Runtime.CompilerServices;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Law.Composition;

/// <summary>Finds limbs in a formula without evaluating it.</summary>
public static class FirstLimb
{
    // A formula does not change, and what falls short is asked of the same few for every recipient.
    static readonly ConditionalWeakTable<Formula, Limb[]> Known = [];

    /// <summary>The first limb, in law order; null when there is none.</summary>
    public static LimbOf? In(Formula formula) => LimbsIn(formula) is [var first, ..] ? first.Of : null;

    /// <summary>
    /// The limb that names a contrary: the last one, which tips it (`in the register, checked lately, listed`); null when there is none.
    /// </summary>
    public static LimbOf? OfContrary(Formula formula) => LimbsIn(formula) is [.., var last] ? last.Of : null;

    /// <summary>How many limbs a record would have to meet.</summary>
    public static int CountIn(Formula formula) => Math.Max(1, LimbsIn(formula).Count);

    /// <summary>Every limb, in law order.</summary>
    public static IReadOnlyList<Limb> LimbsIn(Formula formula) => Known.GetValue(formula, static asked => [.. Find(asked)]);

    static IEnumerable<Limb> Find(Formula formula) =>
        formula switch
        {
            Limb limb => [limb],
            All all => all.Parts.SelectMany(Find),
            Any { IsOverRecords: true } any => Find(any.Parts[0]),
            Any any => any.Parts.SelectMany(Find),
            Not not => Find(not.Part),
            Some some => Find(some.Body),
            _ => [],
        };
}
