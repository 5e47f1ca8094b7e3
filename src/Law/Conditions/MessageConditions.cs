using System.Collections.Immutable;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Law.Conditions;

/// <summary>Conditions on the message and the campaign.</summary>
public static class MessageConditions
{
    static Remedy Change(string text) => new(RemedyKind.ChangeMessage, text);

    static Remedy Judge(string text) => new(RemedyKind.SignJudgement, text);

    public static readonly Condition IsDirectMarketing = new("message.is-direct-marketing")
    {
        Test = Message.Purpose.Is("direct-marketing", "consent-request", "survey"),
        Satisfied = "the message is direct marketing ({message.purpose})",
        NotSatisfied = "the message is a {message.purpose} message, not direct marketing",
        NotEvidenced = "nothing says whether the message is direct marketing",
        Remedy = Judge("have a person judge whether anything in the message promotes, and record its purpose"),
    };

    /// <summary>
    /// Where genuine research that promotes nothing is no direct marketing; everywhere else <see cref="IsDirectMarketing"/> takes it in.
    /// </summary>
    public static readonly Condition IsMarketingResearchApart = new("message.is-marketing-research-apart")
    {
        Test = Message.Purpose.Is("direct-marketing", "consent-request"),
        Satisfied = "the message is direct marketing ({message.purpose})",
        NotSatisfied = "the message is a {message.purpose} message, not direct marketing",
        NotEvidenced = "nothing says whether the message is direct marketing",
        Remedy = Judge("have a person judge whether anything in the message promotes, and record its purpose"),
    };

    public static readonly Condition PurposeIs = new("message.purpose-is")
    {
        Test = Message.Purpose.IsOneOfTheLaws(),
        Satisfied = "the message is of a kind the rule names ({law})",
        NotSatisfied = "the message is of another kind ({message.purpose})",
        NotEvidenced = "nothing says what the message is for",
        Remedy = Judge("record what the message is for"),
    };

    public static readonly Condition SentOrInstigated = new("message.sent-or-instigated-by-the-sender")
    {
        Test = Message.SentOrInstigated.IsYes(),
        Satisfied = "the sender transmits the message or instigates it",
        NotSatisfied = "the sender neither transmits the message nor instigates it",
        NotEvidenced = "nothing says whether the sender transmits or instigates the message",
        Remedy = Judge("record who transmits the message and who pays for, rewards or directs it"),
    };

    public static readonly Condition ChannelIs = new("message.channel-is")
    {
        Test = Message.Channel.IsOneOfTheLaws(),
        Satisfied = "it travels by {message.channel}, which the rule covers",
        NotSatisfied = "it travels by {message.channel}, which the rule does not cover ({law})",
        NotEvidenced = "the channel is not recorded",
        Remedy = Change("use a channel that the rule covers: {law}"),
    };

    public static readonly Condition SolePurposeCharitable = new("message.sole-purpose-charitable")
    {
        Test = Message.SolePurposeCharitable.IsYes(),
        Satisfied = "its only purpose is to further the sender's charitable purposes",
        NotSatisfied = "it serves other purposes besides the sender's charitable ones",
        NotEvidenced = "nothing shows that its only purpose is to further the sender's charitable purposes",
        Remedy = Judge("have a person review the content and sign that its sole purpose is charitable"),
    };

    public static readonly Condition RefusalOffered = new("message.refusal-offered")
    {
        Test =
            Message.RefusalOffered.IsYes()
            & Message.RefusalSimple.IsYes()
            & Message.RefusalFree.IsYes()
            & Message.RefusalWorks.IsYes()
            & Message.RefusalScope.Is("everything")
            & Message.RefusalMedium.Is("same"),
        Satisfied = "this message offers a simple and free means of refusing",
        NotSatisfied = "this message offers no means of refusing that is simple and free",
        NotEvidenced = "nothing shows that this message offers a simple and free means of refusing",
        Remedy = Change("put a working one-step opt-out in the message and record its template version"),
    };

    /// <summary>
    /// Whether it works, and for how much, is vouched for by the signed template: silence about that does not stand in the way, a recorded
    /// no does.
    /// </summary>
    public static readonly Condition WayToStop = new("message.way-to-stop-is-easy")
    {
        Test =
            Message.RefusalOffered.IsYes()
            & Message.RefusalSimple.IsYes()
            & Message.RefusalWorks.IsYes()
            & Message.RefusalScope.Is("everything")
            & Message.RefusalMedium.Is("same"),
        Satisfied = "the way to stop is in the message and easy",
        NotSatisfied = "the way to stop is missing, not easy, dead, for part of the messages only, or in another medium",
        NotEvidenced = "nothing shows that the message offers an easy way to stop",
        Remedy = Change("put a working one-step opt-out for everything in the message and record its template version"),
    };

    public static readonly Condition SenderIdentified = new("message.sender-identified")
    {
        Test = Message.SenderIdentified.IsYes(),
        Satisfied = "the message shows on whose behalf it is sent",
        NotSatisfied = "the message hides or disguises on whose behalf it is sent",
        NotEvidenced = "nothing shows that the message identifies its sender",
        Remedy = Change("name the sender in the message and record its template version"),
    };

    public static readonly Condition StopAddress = new("message.valid-stop-address")
    {
        Test = Message.StopAddressValid.IsYes(),
        Satisfied = "the message carries a valid address for requests to stop",
        NotSatisfied = "the message carries no valid address for requests to stop",
        NotEvidenced = "nothing shows that the message carries a valid address for requests to stop",
        Remedy = Change("put an address for requests to stop in the message and record its template version"),
    };

    public static readonly Condition CommercialNatureClear = new("message.commercial-nature-clear")
    {
        Test = Message.CommercialNatureClear.IsYes(),
        Satisfied = "the message is recognisable as commercial and its offers are clear",
        NotSatisfied = "the message is not recognisable as commercial, or its offers are unclear",
        NotEvidenced = "nothing shows that the message is recognisable as commercial and its offers clear",
        Remedy = Change("make the commercial nature and the conditions of offers clear, and record the review"),
    };

    public static readonly Condition Labelled = new("message.carries-the-label")
    {
        Test = Message.Labels.HoldsTheLaws(),
        Satisfied = "the message carries the label the law demands ({law})",
        NotSatisfied = "the message lacks the label the law demands ({law})",
        NotEvidenced = "nothing shows that the message carries the label the law demands ({law})",
        Remedy = Change("put the label in the message ({law}) and record it"),
    };

    public static readonly Condition RightToObjectShown = new("message.right-to-object-shown")
    {
        Test = Message.StatesRightToObject.IsYes() | Recipient.RightToObjectShown.IsYes(),
        Satisfied = "the right to object was shown clearly and apart from other matters by now",
        NotSatisfied = "neither this message nor anything before it shows the right to object clearly and apart from other matters",
        NotEvidenced = "nothing shows that the right to object was brought to attention by now",
        Remedy = Change("state the right to object clearly and separately in the message, and record its template version"),
    };

    public static readonly Condition NoticeGiven = new("message.privacy-notice-given-by-now")
    {
        Test = Recipient.NoticeGiven.IsYes() | Message.CarriesPrivacyNotice.IsYes(),
        Satisfied = "the privacy information was given in time",
        NotSatisfied = "the privacy information was not given in time and the message does not carry it",
        NotEvidenced = "nothing shows that the privacy information was given",
        Remedy = new Remedy(
            RemedyKind.ProveCollectionPoint,
            "record the notice version shown when the details were collected, or carry the notice in the message"
        ),
    };

    public static readonly Condition CarriesNotice = new("message.carries-the-privacy-notice")
    {
        Test = Message.CarriesPrivacyNotice.IsYes(),
        Satisfied = "the message carries the privacy information and the source of the data",
        NotSatisfied = "the message does not carry the privacy information",
        NotEvidenced = "nothing shows that the message carries the privacy information",
        Remedy = Change("carry the privacy information and the source of the data in the message, and record its template version"),
    };

    public static readonly Condition OnlyOwnOffers = new("message.carries-nobody-elses-offers")
    {
        Test = Message.ThirdPartyContent.IsNo(),
        Satisfied = "the message carries nobody else's offers",
        NotSatisfied = "the message carries other people's offers",
        NotEvidenced = "nothing says whether the message carries other people's offers",
        Remedy = Change("take other people's offers out of the message, or say in the campaign that it has none"),
    };

    public static readonly Condition BelongsToARunningContract = new("message.belongs-to-a-running-contract")
    {
        Test = Message.RunningContract.IsYes(),
        Satisfied = "the message belongs to the object of a running contract",
        NotSatisfied = "the message does not belong to a running contract",
        NotEvidenced = "nothing shows that the message belongs to a running contract",
        Remedy = Judge("record whether the message goes only to people whose contract is running, and belongs to its object"),
    };

    public static readonly Condition NotTracking = new("message.reads-nothing-from-the-device")
    {
        Test = Message.Tracking.Is("none"),
        Satisfied = "the message stores and reads nothing on the device",
        NotSatisfied = "the message tracks ({message.tracking})",
        NotEvidenced = "nothing says whether the message tracks opens or links",
        Remedy = Change("take the pixel and the link identifiers out of the message"),
    };

    public static readonly Condition CallingLineShown = new("message.calling-line-shown")
    {
        Test = Message.CallingLineShown.IsYes(),
        Satisfied = "the caller's number is shown",
        NotSatisfied = "the caller's number is withheld",
        NotEvidenced = "nothing shows that the caller's number is shown",
        Remedy = Change("show the calling line and record it"),
    };

    public static readonly Condition RegulatedSubjectIs = new("message.subject-is")
    {
        Test = Message.RegulatedSubject.IsOneOfTheLaws(),
        Satisfied = "it is about a subject with a rule of its own ({message.regulated-subject})",
        NotSatisfied = "it is not about {law}",
        NotEvidenced = "nothing says whether it is about {law}",
        Remedy = Judge("record whether the message is about {law}"),
    };

    public static readonly Condition SpecialCategory = new("message.targets-by-special-category-data")
    {
        Test = Message.SpecialCategoryTargeting.IsYes(),
        Satisfied = "recipients are chosen by special-category data, or the message reveals such data",
        NotSatisfied = "no special-category data is used or inferred for it",
        NotEvidenced = "nothing says whether special-category data is used or inferred for it",
        Remedy = Judge("have a person review how recipients were chosen and record that no special-category data was used or inferred"),
    };

    public static readonly Condition NeededFor = new("message.processing-needed-for")
    {
        Test = Message.NeededFor.HoldsTheLaws(),
        Satisfied = "a signed judgement says the processing is necessary for this ({law})",
        NotSatisfied = "the processing is not necessary for this ({law})",
        NotEvidenced = "nothing shows that the processing is necessary for this ({law})",
        Remedy = Judge("have a person judge what the processing is necessary for, with reasons"),
    };

    public static readonly Condition Profiling = new("message.profiles")
    {
        Test = Message.Profiling.IsYes(),
        Satisfied = "recipients are chosen, or the content made, by profiling",
        NotSatisfied = "nobody is profiled for it",
        NotEvidenced = "nothing says whether recipients are profiled for it",
        Remedy = Judge("record whether recipients are chosen or content made by profiling"),
    };

    internal static readonly ImmutableArray<Condition> List =
    [
        IsDirectMarketing,
        IsMarketingResearchApart,
        PurposeIs,
        SentOrInstigated,
        ChannelIs,
        SolePurposeCharitable,
        RefusalOffered,
        WayToStop,
        SenderIdentified,
        StopAddress,
        CommercialNatureClear,
        Labelled,
        RightToObjectShown,
        NoticeGiven,
        CarriesNotice,
        OnlyOwnOffers,
        BelongsToARunningContract,
        NotTracking,
        CallingLineShown,
        RegulatedSubjectIs,
        SpecialCategory,
        NeededFor,
        Profiling,
    ];
}

/// <summary>Conditions on the sender.</summary>
static class SenderConditions
{
    public static readonly Condition StatutoryCharity = new("sender.is-a-statutory-charity")
    {
        Test = Sender.StatutoryCharity.IsYes(),
        Satisfied = "the sender is a charity as the statute defines one",
        NotSatisfied = "the sender is not a charity as the statute defines one",
        NotEvidenced = "nothing shows that the sender is a charity as the statute defines one",
        Remedy = new Remedy(
            RemedyKind.SignJudgement,
            "record the sender's charity status by day, with the register entry or the test relied on"
        ),
    };

    public static readonly Condition AuthorisedForPensions = new("sender.authorised-for-pensions")
    {
        Test = Sender.AuthorisedForPensions.IsYes(),
        Satisfied = "the caller is an authorised firm, or trustee or manager of a scheme",
        NotSatisfied = "the caller is neither an authorised firm nor trustee or manager of a scheme",
        NotEvidenced = "nothing shows that the caller is authorised to call about pensions",
        Remedy = new Remedy(RemedyKind.SignJudgement, "record the authorisation by day"),
    };

    internal static readonly ImmutableArray<Condition> List = [StatutoryCharity, AuthorisedForPensions];
}
