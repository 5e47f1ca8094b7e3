using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Law.Composition;

/// <summary>Finds limbs in a formula without evaluating it.</summary>
public static class FirstLimb
{
    /// <summary>The first limb, in law order; null when there is none.</summary>
    public static LimbOf? In(Formula formula) => LimbsIn(formula).FirstOrDefault()?.Of;

    /// <summary>
    /// The limb that names a contrary: the last one, which tips it (`in the register, checked lately, listed`); null when there is none.
    /// </summary>
    public static LimbOf? OfContrary(Formula formula) => LimbsIn(formula).LastOrDefault()?.Of;

    /// <summary>How many limbs a record would have to meet.</summary>
    public static int CountIn(Formula formula) => Math.Max(1, LimbsIn(formula).Count());

    /// <summary>Every limb, in law order.</summary>
    public static IEnumerable<Limb> LimbsIn(Formula formula) =>
        formula switch
        {
            Limb limb => [limb],
            All all => all.Parts.SelectMany(LimbsIn),
            Any { IsOverRecords: true } any => LimbsIn(any.Parts[0]),
            Any any => any.Parts.SelectMany(LimbsIn),
            Not not => LimbsIn(not.Part),
            Some some => LimbsIn(some.Body),
            _ => [],
        };
}
