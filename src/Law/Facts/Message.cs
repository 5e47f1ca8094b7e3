using System.Collections.Immutable;

namespace MaySend.Law.Facts;

/// <summary>Facts of the message and the campaign it belongs to; known once and folded before recipients are looked at.</summary>
public static class Message
{
    const Scope S = Scope.Message;

    public static readonly DayFact Day = new(S, "day", "the day of sending, in the time zone of the law that asks");
    public static readonly WordFact Channel = new(S, "channel", "the means by which it travels", [.. Words.Channels])
    {
        Reading = ChannelNames.InLaw,
    };
    public static readonly WordFact Purpose = new(
        S,
        "purpose",
        "what it is for; any promotional element makes it direct marketing; a survey is genuine research that promotes nothing",
        "direct-marketing",
        "service",
        "consent-request",
        "survey"
    );
    public static readonly WordFact SentOrInstigated = new(
        S,
        "sent-or-instigated",
        "the sender transmits it or instigates its being sent",
        "yes",
        "no"
    );
    public static readonly SetFact Topics = new(S, "topics", "what it is about, in the words offered to people who consent");
    public static readonly SetFact AdvertisedFamilies = new(
        S,
        "advertised-families",
        "families of the products it advertises, by the signed product map (narrow level)"
    );
    public static readonly SetFact AdvertisedRanges = new(
        S,
        "advertised-ranges",
        "ranges of the products it advertises, by the signed product map (wide level)"
    );
    public static readonly WordFact ThirdPartyContent = new(
        S,
        "third-party-content",
        "it advertises anybody else's products or services",
        "yes",
        "no"
    );
    public static readonly WordFact SolePurposeCharitable = new(
        S,
        "sole-purpose-charitable",
        "its only purpose is to further the sender's charitable purposes",
        "yes",
        "no"
    );
    public static readonly WordFact RefusalOffered = new(
        S,
        "refusal-offered",
        "it carries a clear means of refusing further messages",
        "yes",
        "no"
    );
    public static readonly WordFact RefusalSimple = new(
        S,
        "refusal-simple",
        "the means of refusing is simple: no login, no muddle with service mail",
        "yes",
        "no"
    );
    public static readonly WordFact RefusalWorks = new(
        S,
        "refusal-works",
        "the means of refusing works: it is not dead and its requests take effect",
        "yes",
        "no"
    )
    {
        Presumed = "yes",
    };
    public static readonly WordFact RefusalScope = new(
        S,
        "refusal-scope",
        "what one use of it can stop: all marketing of the sender, or only part of it",
        "everything",
        "one-list",
        "one-advertiser",
        "one-channel"
    )
    {
        Presumed = "everything",
    };
    public static readonly WordFact RefusalMedium = new(
        S,
        "refusal-medium",
        "whether it is used in the medium of the message, or the person is sent to another (a letter, a call)",
        "same",
        "another"
    )
    {
        Presumed = "same",
    };
    public static readonly WordFact RefusalFree = new(S, "refusal-free", "refusing costs nothing beyond transmission", "yes", "no");
    public static readonly WordFact SenderIdentified = new(S, "sender-identified", "it shows on whose behalf it is sent", "yes", "no");
    public static readonly WordFact StopAddressValid = new(
        S,
        "stop-address-valid",
        "it carries a valid address for requests to stop",
        "yes",
        "no"
    );
    public static readonly WordFact CommercialNatureClear = new(
        S,
        "commercial-nature-clear",
        "it is recognisable as commercial, and its offers and their conditions are clear",
        "yes",
        "no"
    );
    public static readonly WordFact StatesRightToObject = new(
        S,
        "states-right-to-object",
        "it states the right to object clearly and apart from other matters",
        "yes",
        "no"
    );
    public static readonly WordFact CarriesPrivacyNotice = new(
        S,
        "carries-privacy-notice",
        "it carries, or links straight to, the privacy information and the source of the data",
        "yes",
        "no"
    );
    public static readonly SetFact Labels = new(S, "labels", "labels in the subject or at its head that some laws demand");
    public static readonly WordFact CallingLineShown = new(
        S,
        "calling-line-shown",
        "the number of the caller is shown to the called party",
        "yes",
        "no"
    );
    public static readonly WordFact RegulatedSubject = new(
        S,
        "regulated-subject",
        "a subject with a rule of its own; home-works save energy, make renewable energy or adapt a home to age or disability",
        "none",
        "claims-management",
        "pensions",
        "energy",
        "home-works",
        "telecoms",
        "gambling",
        "insurance",
        "health-insurance",
        "training"
    );
    public static readonly WordFact RunningContract = new(
        S,
        "running-contract",
        "it goes only to people whose contract is running, and belongs to the object of that contract or completes it",
        "yes",
        "no"
    )
    {
        Presumed = "no",
    };
    public static readonly WordFact Political = new(
        S,
        "political",
        "it is for a party, a candidate or an office holder, or meant to move an election, a vote or a law",
        "yes",
        "no"
    )
    {
        Presumed = "no",
    };
    public static readonly WordFact FurtherSelected = new(
        S,
        "further-selected",
        "among those on the list, recipients or what they get are chosen by anything else that is known of them",
        "yes",
        "no"
    );
    public static readonly WordFact Tracking = new(
        S,
        "tracking",
        "what it stores or reads on the device beyond delivery",
        "none",
        "opens",
        "links",
        "opens-and-links"
    );
    public static readonly WordFact Profiling = new(
        S,
        "profiling",
        "recipients are chosen, or its content made, by profiling them",
        "yes",
        "no"
    );
    public static readonly WordFact SpecialCategoryTargeting = new(
        S,
        "special-category-targeting",
        "recipients are chosen by, or it reveals, special-category data",
        "yes",
        "no"
    );
    public static readonly SetFact NeededFor = new(
        S,
        "needed-for",
        "what the processing for this message is necessary for, by a signed judgement",
        "none",
        "contract",
        "legal-obligation",
        "vital-interests",
        "public-task",
        "recognised-interest"
    );

    /// <summary>The facts of this scope, in order.</summary>
    public static readonly ImmutableArray<Fact> Facts =
    [
        Day,
        Channel,
        Purpose,
        SentOrInstigated,
        Topics,
        AdvertisedFamilies,
        AdvertisedRanges,
        ThirdPartyContent,
        SolePurposeCharitable,
        RefusalOffered,
        RefusalSimple,
        RefusalWorks,
        RefusalScope,
        RefusalMedium,
        RefusalFree,
        SenderIdentified,
        StopAddressValid,
        CommercialNatureClear,
        StatesRightToObject,
        CarriesPrivacyNotice,
        Labels,
        CallingLineShown,
        RegulatedSubject,
        RunningContract,
        Political,
        FurtherSelected,
        Tracking,
        Profiling,
        SpecialCategoryTargeting,
        NeededFor,
        .. Calling.OfMessage,
    ];
}
