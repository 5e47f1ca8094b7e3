using System.Collections.Immutable;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Law.Conditions;

/// <summary>Conditions on political advertising: on the message, and on the consent that it needs.</summary>
static class PoliticalConditions
{
    public static readonly Condition IsPolitical = new("message.is-political")
    {
        Test = Message.Political.IsYes(),
        Satisfied = "the message is political advertising",
        NotSatisfied = "the message is not political advertising",
        NotEvidenced = "nothing says whether the message is political advertising",
        Remedy = new Remedy(RemedyKind.SignJudgement, "record whether the message is political"),
    };

    public static readonly Condition GoesToTheWholeList = new("message.goes-to-the-whole-list")
    {
        Test = Message.FurtherSelected.IsNo() & Message.Profiling.IsNo(),
        Satisfied = "nobody was chosen by anything but being on the list, and all get the same",
        NotSatisfied = "recipients, or what they get, were chosen by more than being on the list",
        NotEvidenced = "nothing shows that nobody was chosen by more than being on the list",
        Remedy = new Remedy(
            RemedyKind.SignJudgement,
            "send the same message to everybody on the list, and record that nobody was selected or profiled"
        ),
    };

    public static readonly Condition CoversPolitical = new("consent.covers-political-advertising")
    {
        Test = Calling.CoversPolitical.IsYes(),
        Satisfied = "it was given expressly, and separately, for political advertising",
        NotSatisfied = "it was not given expressly, and separately, for political advertising",
        NotEvidenced = "nothing shows that it was given expressly, and separately, for political advertising",
        Remedy = new Remedy(RemedyKind.NewSaleOrConsent, "only the person can give another consent"),
    };

    public static readonly Condition AskedByTheSender = new("consent.given-to-the-sender-directly")
    {
        Test = Consent.ObtainedThrough.Is("sender"),
        Satisfied = "the sender collected it, and the details, from the person",
        NotSatisfied = "it came through somebody else, not from the person to this sender",
        NotEvidenced = "nothing shows that the sender collected it, and the details, from the person",
        Remedy = new Remedy(RemedyKind.RecordIfTrue, "if the person gave it to the sender directly, record that"),
    };

    internal static readonly ImmutableArray<Condition> List = [IsPolitical, GoesToTheWholeList, CoversPolitical, AskedByTheSender];
}
