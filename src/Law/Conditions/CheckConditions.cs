using System.Collections.Immutable;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Law.Conditions;

/// <summary>Conditions on one look-up in a register kept by somebody else.</summary>
static class CheckConditions
{
    static readonly Remedy LookUp = new(RemedyKind.CheckRegister, "look the recipient up in {law} and record the day and the result");

    public static readonly Condition OfRegister = new("check.of-register")
    {
        Test = new OneOf(Check.Register, Argument.NamesFromLaw),
        Satisfied = "the recipient was looked up in {check.register}",
        NotSatisfied = "the recipient was looked up in another register",
        NotEvidenced = "nothing shows that the recipient was looked up in {law}",
        Remedy = LookUp,
    };

    public static readonly Condition NotListed = new("check.not-listed")
    {
        Test = Check.Listed.IsNo(),
        Satisfied = "the recipient was not in it",
        NotSatisfied = "the recipient is in it",
        NotEvidenced = "the result of the look-up is not recorded",
        Remedy = LookUp,
    };

    public static readonly Condition Listed = new("check.listed")
    {
        Test = Check.Listed.IsYes(),
        Satisfied = "the recipient is in it",
        NotSatisfied = "the recipient was not in it",
        NotEvidenced = "the result of the look-up is not recorded",
        Remedy = LookUp,
    };

    public static readonly Condition CheckedWithin = new("check.done-within")
    {
        Test = Check.Day.WithinTheLawsPeriodBefore(Message.Day),
        Satisfied = "the register used was from {check.day}, within {law}",
        NotSatisfied = "the register used was from {check.day}, older than {law}",
        NotEvidenced = "the day of the register used is not recorded",
        Remedy = LookUp,
    };

    internal static readonly ImmutableArray<Condition> List = [OfRegister, NotListed, Listed, CheckedWithin];
}
