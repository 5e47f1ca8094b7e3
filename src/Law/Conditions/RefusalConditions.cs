using System.Collections.Immutable;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Law.Conditions;

/// <summary>Conditions on one request to stop.</summary>
public static class RefusalConditions
{
    public static readonly Condition CoversThisMessage = new("refusal.covers-this-message")
    {
        // Whatever its day: a request that is on record when the question is asked counts, also one made after the day the campaign was
        // planned for. Any topic of the message that was refused refuses the message, and one that names none is reached by every request.
        Test = Refusal.Senders.Covers(Sender.Entity) & Refusal.Channels.Covers(Message.Channel) & Refusal.Topics.Overlaps(Message.Topics),
        Satisfied = "on {refusal.day} the person asked this sender to stop ({refusal.kind}), and that covers this message",
        NotSatisfied = "no request to stop covers this message",
        NotEvidenced = "nothing shows that no request to stop covers this message",
        Remedy = new Remedy(
            RemedyKind.CheckRegister,
            "attach the register of refusals of this sender and channel, and declare since when it is complete"
        ),
    };

    public static readonly Condition NotLifted = new("refusal.not-lifted")
    {
        Test = !Refusal.Lifted.IsYes(),
        Satisfied = "the person has not lifted it",
        NotSatisfied = "the person lifted it by a later act of their own",
        NotEvidenced = "nothing shows that the person lifted it",
        Remedy = new Remedy(
            RemedyKind.NewSaleOrConsent,
            "only the person's own sign-up, confirmed from their address, can lift it (maysend sign-up)"
        ),
    };

    public static readonly Condition KindIs = new("refusal.kind-is")
    {
        Test = Refusal.Kind.IsOneOfTheLaws(),
        Satisfied = "it is a request of the kind the rule names ({refusal.kind})",
        NotSatisfied = "it is a request of another kind ({refusal.kind})",
        NotEvidenced = "nothing says what kind of request it is",
        Remedy = new Remedy(RemedyKind.RecordIfTrue, "record what the person asked for, in their words"),
    };

    public static readonly Condition MadeByTheOrganisation = new("refusal.made-by-the-organisation")
    {
        Test = Refusal.MadeBy.Is("organisation"),
        Satisfied = "an organisation made it for its own mailboxes",
        NotSatisfied = "the person made it",
        NotEvidenced = "nothing says whether the person or an organisation made it",
        Remedy = new Remedy(RemedyKind.RecordIfTrue, "record who made the request"),
    };

    internal static readonly ImmutableArray<Condition> List = [CoversThisMessage, NotLifted, KindIs, MadeByTheOrganisation];
}
