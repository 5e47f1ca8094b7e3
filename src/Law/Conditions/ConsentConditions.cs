using System.Collections.Immutable;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Law.Conditions;

/// <summary>Conditions on one consent.</summary>
static class ConsentConditions
{
    static readonly Remedy IfTrue = new(RemedyKind.RecordIfTrue, "if the person did consent, record when, how and to which wording");
    static readonly Remedy OnlyThePerson = new(RemedyKind.NewSaleOrConsent, "only the person can give another consent");

    public static readonly Condition GivenBefore = new("consent.given-before-sending")
    {
        Test = Consent.Day.Compared(Comparison.AtMost, Message.Day),
        Satisfied = "it was given on {consent.day}, before sending",
        NotSatisfied = "it was given only after the day of sending",
        NotEvidenced = "nothing shows on which day it was given",
        Remedy = IfTrue,
    };

    public static readonly Condition CoversThisSender = new("consent.covers-this-sender")
    {
        Test = Consent.To.Covers(Sender.Entity),
        Satisfied = "it named this sender",
        NotSatisfied = "this sender is not among those it named: {consent.to}",
        NotEvidenced = "nothing shows that it named this sender",
        Remedy = IfTrue,
    };

    public static readonly Condition ChoseAmongSenders = new("consent.chose-among-senders")
    {
        // Where it does not name this sender at all there is nothing to choose: that is the matter of another condition.
        Test = !Consent.To.Covers(Sender.Entity) | new Covers(Sender.Entity, Consent.To, Argument.None) | Consent.ChoseAmongSenders.IsYes(),
        Satisfied = "it named this sender alone, or the person could choose among those named",
        NotSatisfied = "it named several senders without a choice among them",
        NotEvidenced = "it named several senders, and nothing shows that the person could choose among them",
        Remedy = IfTrue,
    };

    public static readonly Condition CoversOthersOffers = new("consent.covers-the-offers-of-others")
    {
        Test = Message.ThirdPartyContent.IsNo() | Consent.CoversOthersOffers.IsYes(),
        Satisfied = "the message carries only the sender's own offers, or the person was told about other people's offers",
        NotSatisfied = "the message carries other people's offers, and the person was not told about them",
        NotEvidenced =
            "nothing shows that the message carries only the sender's own offers, or that the person was told about other people's offers",
        Remedy = new Remedy(
            RemedyKind.ChangeMessage,
            "take other people's offers out of the message, or say in the campaign that it has none"
        ),
    };

    public static readonly Condition WithinTheTimeTold = new("consent.within-the-time-told")
    {
        Test = Consent.ToldUntil.Compared(Comparison.More, Message.Day),
        Satisfied = "the time for which the person was told it would last has not run out",
        NotSatisfied = "the person was told that it would last until {consent.told-until}",
        NotEvidenced = "nothing shows for how long the person was told it would last",
        Remedy = OnlyThePerson,
    };

    public static readonly Condition CoversThisChannel = new("consent.covers-this-channel")
    {
        Test = Consent.Channels.Covers(Message.Channel),
        Satisfied = "it covers {message.channel}",
        NotSatisfied = "it covers {consent.channels}, not {message.channel}",
        NotEvidenced = "nothing shows that it covers {message.channel}",
        Remedy = IfTrue,
    };

    public static readonly Condition CoversThisPurpose = new("consent.covers-this-purpose")
    {
        Test = Consent.Topics.Covers(Message.Topics),
        Satisfied = "what it describes covers this message",
        NotSatisfied = "what it describes ({consent.topics}) does not cover this message ({message.topics})",
        NotEvidenced = "nothing shows that what it describes covers this message",
        Remedy = IfTrue,
    };

    public static readonly Condition AffirmativeAct = new("consent.by-a-clear-affirmative-act")
    {
        Test = Consent.Act.Is("unticked-box", "equal-yes-no", "written-statement", "verbal-recorded"),
        Satisfied = "it was given by a clear act ({consent.act})",
        NotSatisfied = "there was no clear act of consent ({consent.act})",
        NotEvidenced = "nothing shows by what act it was given",
        Remedy = IfTrue,
    };

    /// <summary>Where a law wants it in writing, a form on a screen is writing, and a recorded word is not.</summary>
    public static readonly Condition InWriting = new("consent.in-writing")
    {
        Test = Consent.Act.Is("unticked-box", "equal-yes-no", "written-statement"),
        Satisfied = "it was given in writing, on paper or electronically ({consent.act})",
        NotSatisfied = "it was not given in writing ({consent.act})",
        NotEvidenced = "nothing shows that it was given in writing",
        Remedy = OnlyThePerson,
    };

    public static readonly Condition FreelyGiven = new("consent.freely-given")
    {
        Test = Consent.ConditionOfService.IsNo(),
        Satisfied = "the service was available without it",
        NotSatisfied = "the service was not available without it, so it was not freely given",
        NotEvidenced = "nothing shows that the service was available without it",
        Remedy = IfTrue,
    };

    public static readonly Condition Informed = new("consent.informed")
    {
        Test = Consent.Informed.IsYes(),
        Satisfied = "the first layer of the notice said who would send what, and for how long",
        NotSatisfied = "the first layer of the notice did not say who would send what, and for how long",
        NotEvidenced = "nothing shows that the first layer of the notice said who would send what, and for how long",
        Remedy = IfTrue,
    };

    public static readonly Condition SeparateRequest = new("consent.asked-separately")
    {
        Test = Consent.SeparateRequest.IsYes(),
        Satisfied = "it was asked for apart from other matters",
        NotSatisfied = "it was bundled with other matters",
        NotEvidenced = "nothing shows that it was asked for apart from other matters",
        Remedy = IfTrue,
    };

    public static readonly Condition ToldOfWithdrawal = new("consent.told-it-can-be-withdrawn")
    {
        Test = Consent.ToldOfWithdrawal.IsYes(),
        Satisfied = "the person was told beforehand that it can be withdrawn",
        NotSatisfied = "the person was not told beforehand that it can be withdrawn",
        NotEvidenced = "nothing shows that the person was told beforehand that it can be withdrawn",
        Remedy = IfTrue,
    };

    public static readonly Condition Proven = new("consent.proven-for-this-person")
    {
        Test = Consent.Proven.IsYes(),
        Satisfied = "who, when, how and which wording are kept for this person",
        NotSatisfied = "no proof is kept for this person",
        NotEvidenced = "nothing shows that proof is kept for this person",
        Remedy = IfTrue,
    };

    public static readonly Condition NotByUncheckedThirdParty = new("consent.own-or-checked")
    {
        Test = Consent.ObtainedThrough.Is("sender") | Consent.SupplierChecked.IsYes(),
        Satisfied = "the sender asked for it itself, or checked the supplier's evidence for this person",
        NotSatisfied = "it came through somebody else and was not checked for this person",
        NotEvidenced = "nothing shows that the sender asked for it itself or checked it for this person",
        Remedy = IfTrue,
    };

    public static readonly Condition Confirmed = new("consent.confirmed-from-the-address")
    {
        Test = Consent.Confirmed.Compared(Comparison.AtMost, Message.Day),
        Satisfied = "it was confirmed from the address itself on {consent.confirmed}",
        NotSatisfied = "it was confirmed only after the day of sending",
        NotEvidenced = "nothing shows that it was confirmed from the address itself",
        Remedy = OnlyThePerson,
    };

    public static readonly Condition CarriesName = new("consent.statement-carries-the-name")
    {
        Test = Consent.CarriesName.IsYes(),
        Satisfied = "the statement carries the person's name",
        NotSatisfied = "the statement does not carry the person's name",
        NotEvidenced = "nothing shows that the statement carries the person's name",
        Remedy = IfTrue,
    };

    public static readonly Condition NotWithdrawn = new("consent.not-withdrawn")
    {
        Test = Consent.Withdrawn.IsNo(),
        Satisfied = "it has not been withdrawn",
        NotSatisfied = "it has been withdrawn",
        NotEvidenced = "nothing shows whether it has been withdrawn",
        Remedy = new Remedy(RemedyKind.CheckRegister, "attach the register of refusals and declare since when it is complete"),
    };

    public static readonly Condition StillCurrent = new("consent.still-current")
    {
        Test = Consent.PurposeEnded.IsNo(),
        Satisfied = "the service or event it was given for still runs",
        NotSatisfied = "the service or event it was given for is over",
        NotEvidenced = "nothing shows that the service or event it was given for still runs",
        Remedy = new Remedy(RemedyKind.SignJudgement, "have a person judge whether the consent is still current, with reasons"),
    };

    public static readonly Condition GivenWithin = new("consent.given-within")
    {
        Test = Consent.Day.WithinTheLawsPeriodBefore(Message.Day),
        Satisfied = "it was given within {law}",
        NotSatisfied = "it was given on {consent.day}, more than {law} ago",
        NotEvidenced = "nothing shows on which day it was given",
        Remedy = OnlyThePerson,
    };

    public static readonly Condition UsedWithin = new("consent.used-within")
    {
        Test = Consent.LastUsed.WithinTheLawsPeriodBefore(Message.Day),
        Satisfied = "it was given or used within {law}",
        NotSatisfied = "it was neither given nor used for more than {law}",
        NotEvidenced = "nothing shows when it was last used",
        Remedy = OnlyThePerson,
    };

    public static readonly Condition ByAPersonOldEnough = new("consent.by-a-person-old-enough")
    {
        // What is on record about a person outranks what the sender states in general.
        Test =
            (Sender.OffersToChildren.IsNo() & Consent.AgeOnRecord.IsNo())
            | Consent.Age.ComparedWithTheLaws(Comparison.AtLeast)
            | Consent.ParentAuthorised.IsYes(),
        Satisfied = "the person was at least {law}, or a parent authorised it, or nothing is offered to children",
        NotSatisfied = "the person was {consent.age}, younger than {law}, and no parent authorised it",
        NotEvidenced = "nothing shows that the person was at least {law} or that a parent authorised it",
        Remedy = new Remedy(RemedyKind.SignJudgement, "sign a statement that the sender offers nothing to children, or record ages"),
    };

    public static readonly Condition Explicit = new("consent.explicit-for-special-categories")
    {
        Test = Consent.Explicit.IsYes(),
        Satisfied = "it expressly covers the special-category data",
        NotSatisfied = "it does not expressly cover special-category data",
        NotEvidenced = "nothing shows that it expressly covers special-category data",
        Remedy = OnlyThePerson,
    };

    public static readonly Condition CoversProfiling = new("consent.covers-the-profiling")
    {
        Test = Message.Profiling.IsNo() | Consent.CoversProfiling.IsYes(),
        Satisfied = "nobody is profiled, or it covers the profiling",
        NotSatisfied = "recipients are profiled and it does not cover that",
        NotEvidenced = "nothing shows that nobody is profiled or that it covers the profiling",
        Remedy = OnlyThePerson,
    };

    public static readonly Condition CoversTracking = new("consent.covers-the-tracking")
    {
        Test = Consent.CoversTracking.IsYes(),
        Satisfied = "it covers reading opens or clicks from the device",
        NotSatisfied = "it does not cover reading opens or clicks from the device",
        NotEvidenced = "nothing shows that it covers reading opens or clicks from the device",
        Remedy = OnlyThePerson,
    };

    internal static readonly ImmutableArray<Condition> List =
    [
        GivenBefore,
        CoversThisSender,
        ChoseAmongSenders,
        CoversOthersOffers,
        WithinTheTimeTold,
        CoversThisChannel,
        CoversThisPurpose,
        AffirmativeAct,
        InWriting,
        FreelyGiven,
        Informed,
        SeparateRequest,
        ToldOfWithdrawal,
        Proven,
        NotByUncheckedThirdParty,
        Confirmed,
        CarriesName,
        NotWithdrawn,
        StillCurrent,
        GivenWithin,
        UsedWithin,
        ByAPersonOldEnough,
        Explicit,
        CoversProfiling,
        CoversTracking,
    ];
}
