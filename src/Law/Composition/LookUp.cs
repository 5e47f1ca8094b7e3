using MaySend.Law.Conditions;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Law.Composition;

/// <summary>One look-up in a register that a formula asks for, and how old it may be.</summary>
/// <param name="Register">The register's id: <c>gb/tps</c>.</param>
/// <param name="Within">How old the look-up may be; null where no age is named, or the month counts.</param>
/// <param name="IsOfTheMonth">It is to be of the calendar month of sending.</param>
public sealed record LookUp(string Register, Period? Within, bool IsOfTheMonth)
{
    /// <summary>The last day on which a look-up of <paramref name="day"/> still counts; null where none is named.</summary>
    public DateOnly? LastDay(DateOnly day) =>
        IsOfTheMonth ? new DateOnly(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month)) : Within?.LastWithin(day);

    /// <summary>How old it may be, in words; blank where no age is named.</summary>
    public string Age =>
        IsOfTheMonth ? "of the month of sending"
        : Within is { } period ? $"{period.InWords()} old at most"
        : "";

    /// <summary>Each register that a formula asks about on a day, once; the strictest age where it names several.</summary>
    public static IEnumerable<LookUp> In(Formula formula, DateOnly day) =>
        Checks(formula)
            .SelectMany(check => Of([.. FirstLimb.LimbsIn(check.Body).Where(limb => limb.Of.InForce.On(day))]))
            .GroupBy(lookUp => lookUp.Register)
            // The same look-up is asked for twice where an entry found in any of several counts; the one with an age says it.
            .Select(group => group.OrderBy(lookUp => lookUp.LastDay(day) ?? DateOnly.MaxValue).First());

    static IEnumerable<LookUp> Of(List<Limb> limbs) =>
        limbs
            .Where(limb => limb.Of.Condition == CheckConditions.OfRegister)
            .SelectMany(limb => limb.Of.With.Names)
            .Select(register => new LookUp(
                register,
                limbs.Find(limb => limb.Of.Condition == CheckConditions.CheckedWithin)?.Of.With.Period,
                limbs.Exists(limb => limb.Of.Condition == CallConditions.CheckedInTheMonth)
            ));

    /// <summary>The look-ups that the formula asks for.</summary>
    static IEnumerable<Some> Checks(Formula formula) =>
        formula switch
        {
            Some { Kind: Scope.Check } check => [check],
            Some some => Checks(some.Body),
            All all => all.Parts.SelectMany(Checks),
            Any any => any.Parts.SelectMany(Checks),
            Not not => Checks(not.Part),
            _ => [],
        };
}
