using MaySend.Law.Conditions;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.LawPages;

/// <summary>Provisions about one subject alone, such as gambling: what they ask is not asked of every message.</summary>
static class OneSubject
{
    public static bool IsOf(Provision provision) => NeedsIt(provision.AppliesWhen) || NeedsIt(provision.Body);

    static bool NeedsIt(Formula? formula) =>
        formula switch
        {
            Limb limb => limb.Of.Condition == MessageConditions.RegulatedSubjectIs,
            All all => all.Parts.Any(NeedsIt),
            _ => false,
        };
}
