using System.Collections.Immutable;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Law.Conditions;

/// <summary>Conditions on one occasion on which the details were obtained.</summary>
public static class CollectionConditions
{
    static readonly Remedy ProveForm = new(
        RemedyKind.ProveCollectionPoint,
        "record the version of the form, script or till shown on {collection.day}"
    );
    static readonly Remedy MapProducts = new(
        RemedyKind.SignProductMap,
        "have a person map the products of this event and of the campaign, with a reason, and sign the map"
    );
    static readonly Remedy OnlyThePerson = new(
        RemedyKind.NewSaleOrConsent,
        "only a new event of that kind, or the person's own consent, changes this"
    );

    public static readonly Condition ByTheSenderFromTheRecipient = new("collection.by-the-sender-from-the-recipient")
    {
        Test = new Same(Collection.ObtainedBy, Sender.Entity) & Collection.From.Is("recipient"),
        Satisfied = "the sender obtained the details itself, from the recipient",
        NotSatisfied = "the details did not come to this sender from the recipient",
        NotEvidenced = "nothing on record shows who obtained the details, or from whom",
        Remedy = new Remedy(
            RemedyKind.RecordIfTrue,
            "record the order, quote or form through which the recipient gave the details to this sender"
        ),
    };

    public static readonly Condition FromElsewhere = new("collection.from-elsewhere")
    {
        Test = Collection.From.Is("third-party", "public-source", "appended"),
        Satisfied = "the details came from elsewhere, not from the person",
        NotSatisfied = "the person gave the details",
        NotEvidenced = "nothing on record shows from whom the details came",
        Remedy = new Remedy(RemedyKind.RecordIfTrue, "record where the details came from"),
    };

    public static readonly Condition ContextIs = new("collection.context-is")
    {
        Test = Collection.Context.IsOneOfTheLaws(),
        Satisfied = "the details came in an event the rule accepts ({collection.context})",
        NotSatisfied = "the details came in an event the rule does not accept ({collection.context})",
        NotEvidenced = "nothing on record shows in what event the details were given",
        Remedy = OnlyThePerson,
    };

    public static readonly Condition DayOnOrAfter = new("collection.on-or-after")
    {
        Test = Collection.Day.ComparedWithTheLaws(Comparison.AtLeast, ArgumentKind.Day),
        Satisfied = "the details were obtained on or after {law}",
        NotSatisfied = "the details were obtained on {collection.day}, before {law}",
        NotEvidenced = "nothing shows on which day the details were obtained",
        Remedy = OnlyThePerson,
    };

    public static readonly Condition WithinOfDayOrContractEnd = new("collection.or-end-of-its-contract-within")
    {
        Test =
            Collection.Day.WithinTheLawsPeriodBefore(Message.Day)
            | new Within(Collection.ContractEnded, Argument.PeriodFromLaw, Message.Day),
        Satisfied = "the purchase, or the end of the contract, was within {law} before this message",
        NotSatisfied = "both the purchase and the end of the contract were more than {law} before this message",
        NotEvidenced = "nothing shows that the purchase or the end of the contract was within {law} before this message",
        Remedy = OnlyThePerson,
    };

    public static readonly Condition TouchedWithin = new("collection.kept-alive-within")
    {
        Test =
            Collection.LastTouch.WithinTheLawsPeriodBefore(Message.Day)
            & new Within(Collection.GapBegan, Argument.PeriodFromLaw, Collection.GapEnded),
        Satisfied = "never more than {law} passed between the sale and the messages that offered refusal, up to this one",
        NotSatisfied = "more than {law} passed without a message that offered refusal",
        NotEvidenced = "nothing shows that never more than {law} passed without a message that offered refusal",
        Remedy = OnlyThePerson,
    };

    public static readonly Condition RefusalOffered = new("collection.refusal-offered")
    {
        Test = Collection.RefusalOffered.IsYes() & Collection.RefusalSimple.IsYes() & Collection.RefusalFree.IsYes(),
        Satisfied = "a simple and free means of refusing was offered when the details were collected",
        NotSatisfied = "no simple and free means of refusing was offered when the details were collected",
        NotEvidenced = "nothing on record shows that a simple and free means of refusing was offered when the details were collected",
        Remedy = ProveForm,
    };

    public static readonly Condition NotRefusedThen = new("collection.not-refused-then")
    {
        Test = Collection.Refused.IsNo(),
        Satisfied = "the person did not refuse then",
        NotSatisfied = "the person refused when the details were collected",
        NotEvidenced = "nothing on record shows whether the person refused when the details were collected",
        Remedy = ProveForm,
    };

    public static readonly Condition DetailsGivenAnew = new("collection.details-first-given-then")
    {
        Test = Collection.Details.Is("given-anew"),
        Satisfied = "the details were given on that occasion",
        NotSatisfied = "the details were already held, so this occasion is not the first collection",
        NotEvidenced = "nothing shows whether the details were given then or already held",
        Remedy = new Remedy(RemedyKind.SignJudgement, "have a person judge whether the details were given again on {collection.day}"),
    };

    public static readonly Condition FirstGivenWithRefusalOffered = new("collection.first-given-with-refusal-offered")
    {
        Test = Collection.Details.Is("first-given-with-refusal-offered"),
        Satisfied = "the details were first given to this sender where a simple and free refusal was offered and not used",
        NotSatisfied = "the details were not first given where a simple and free refusal was offered and not used",
        NotEvidenced = "nothing shows that the details were first given where a simple and free refusal was offered and not used",
        Remedy = new Remedy(RemedyKind.ProveCollectionPoint, "record the version of the form through which the details were first given"),
    };

    public static readonly Condition ConsentNotAskedInVain = new("collection.consent-not-asked-in-vain")
    {
        Test = Collection.ConsentAskedNotGiven.IsNo(),
        Satisfied = "consent to such messages was not asked for in vain",
        NotSatisfied = "consent to such messages was asked for and not given, and no yes followed, so nothing else can replace it",
        NotEvidenced = "nothing shows whether consent was asked for and withheld on that occasion",
        Remedy = ProveForm,
    };

    public static readonly Condition CoversAdvertisedFamilies = new("collection.covers-advertised-families")
    {
        Test = Message.ThirdPartyContent.IsNo() & Collection.Families.Covers(Message.AdvertisedFamilies),
        Satisfied = "only the sender's own products of the same families are advertised",
        NotSatisfied = "products of other families, or somebody else's products, are advertised",
        NotEvidenced = "nothing signed shows that only the sender's own products of the same families are advertised",
        Remedy = MapProducts,
    };

    public static readonly Condition CoversAdvertisedRanges = new("collection.covers-advertised-ranges")
    {
        Test = Message.ThirdPartyContent.IsNo() & Collection.Ranges.Covers(Message.AdvertisedRanges),
        Satisfied = "only the sender's own products are advertised, of ranges the person would expect",
        NotSatisfied = "the products advertised are from ranges the person would not expect, or are somebody else's",
        NotEvidenced = "nothing signed shows that only the sender's own products of ranges the person would expect are advertised",
        Remedy = MapProducts,
    };

    public static readonly Condition PurposesWereCharitable = new("collection.purposes-were-the-charitys")
    {
        Test = Collection.PurposesWereCharitable.IsYes(),
        Satisfied = "the purposes supported or asked about were the charity's at that time",
        NotSatisfied = "the purposes supported or asked about were not the charity's at that time",
        NotEvidenced = "nothing shows that the purposes supported or asked about were the charity's at that time",
        Remedy = new Remedy(RemedyKind.SignJudgement, "record the charity's purposes on {collection.day} and why the event supports them"),
    };

    public static readonly Condition ToldOfMarketing = new("collection.told-of-marketing-use")
    {
        Test = Collection.NoticeNamedMarketing.IsYes(),
        Satisfied = "the person was told then that the details would be used for marketing",
        NotSatisfied = "the person was not told then that the details would be used for marketing",
        NotEvidenced = "nothing shows that the person was told then of the use for marketing",
        Remedy = ProveForm,
    };

    public static readonly Condition NotPromisedNoMarketing = new("collection.marketing-was-not-ruled-out")
    {
        Test = Collection.ToldNoMarketing.IsNo(),
        Satisfied = "nobody told the person that the details would not be used for marketing",
        NotSatisfied = "the person was told then that the details would not be used for marketing",
        NotEvidenced = "nothing shows whether the person was told that the details would not be used for marketing",
        Remedy = OnlyThePerson,
    };

    public static readonly Condition BasisClaimedWasNotConsent = new("collection.not-taken-on-consent")
    {
        Test = !Collection.BasisClaimed.Is("consent"),
        Satisfied = "the person was not told that the details are used on the basis of consent",
        NotSatisfied = "the person was told that the details are used on the basis of consent, so no other basis can replace it",
        NotEvidenced = "nothing shows on which basis the person was told that the details are used",
        Remedy = OnlyThePerson,
    };

    public static readonly Condition InterestNamed = new("collection.notice-named-the-interest")
    {
        Test = Collection.NoticeNamedInterest.IsYes(),
        Satisfied = "the notice given then named the legitimate interest",
        NotSatisfied = "the notice given then did not name the legitimate interest",
        NotEvidenced = "nothing shows that the notice given then named the legitimate interest",
        Remedy = ProveForm,
    };

    public static readonly Condition Lawful = new("collection.lawful")
    {
        Test = Collection.Lawful.IsYes(),
        Satisfied = "the details were obtained in line with data protection law",
        NotSatisfied = "the details were not obtained in line with data protection law",
        NotEvidenced = "nothing shows that the details were obtained in line with data protection law",
        Remedy = ProveForm,
    };

    public static readonly Condition RelationshipContinues = new("collection.relationship-continues")
    {
        Test = Collection.RelationshipContinues.IsYes(),
        Satisfied = "the customer relationship still exists",
        NotSatisfied = "the customer relationship has ended",
        NotEvidenced = "nothing shows that the customer relationship still exists",
        Remedy = new Remedy(RemedyKind.SignJudgement, "have a person judge how long a customer relationship lasts, with reasons"),
    };

    internal static readonly ImmutableArray<Condition> List =
    [
        ByTheSenderFromTheRecipient,
        FromElsewhere,
        ContextIs,
        DayOnOrAfter,
        WithinOfDayOrContractEnd,
        TouchedWithin,
        RefusalOffered,
        NotRefusedThen,
        DetailsGivenAnew,
        FirstGivenWithRefusalOffered,
        ConsentNotAskedInVain,
        CoversAdvertisedFamilies,
        CoversAdvertisedRanges,
        PurposesWereCharitable,
        ToldOfMarketing,
        NotPromisedNoMarketing,
        BasisClaimedWasNotConsent,
        InterestNamed,
        Lawful,
        RelationshipContinues,
    ];
}
