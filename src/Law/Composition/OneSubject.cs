using MaySend.Law.Conditions;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Law.Composition;

/// <summary>Provisions about one subject alone, such as gambling: what they ask is not asked of every message.</summary>
public static class OneSubject
{
    /// <summary>The provision is about one subject.</summary>
    public static bool IsOf(Provision provision) => NeedsIt(provision.AppliesWhen) || NeedsIt(provision.Body);

    static bool NeedsIt(Formula? formula) =>
        formula switch
        {
            Limb limb => limb.Of.Condition == MessageConditions.RegulatedSubjectIs,
            All all => all.Parts.Any(NeedsIt),
            _ => false,
        };
}
