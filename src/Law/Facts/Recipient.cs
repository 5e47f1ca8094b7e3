using System.Collections.Immutable;

namespace MaySend.Law.Facts;

/// <summary>Facts of the person meant to get the message, one row each.</summary>
public static class Recipient
{
    const Scope S = Scope.Recipient;

    public static readonly SetFact Countries = new(
        S,
        "countries",
        "the countries whose law may be theirs; none when unknown, several when the evidence conflicts"
    );
    public static readonly WordFact Subscriber = new(
        S,
        "subscriber",
        "who holds the line or mailbox; sole traders and unincorporated bodies are individuals",
        "individual",
        "corporate"
    );
    public static readonly WordFact AddressKind = new(
        S,
        "address-kind",
        "whether the address names a person or a role (info@)",
        "named",
        "role"
    );
    public static readonly WordFact PersonalData = new(
        S,
        "personal-data",
        "the address relates to an identifiable living person",
        "yes",
        "no"
    );
    public static readonly WordFact BusinessCapacity = new(
        S,
        "business-capacity",
        "the address is used mainly in a business, official or professional capacity",
        "yes",
        "no"
    );
    public static readonly WordFact RelatesToJob = new(S, "relates-to-job", "the message relates to the person's job", "yes", "no");
    public static readonly WordFact AddressPublishedForContact = new(
        S,
        "address-published-for-contact",
        "the subscriber published the address for contact of this kind",
        "yes",
        "no"
    );
    public static readonly WordFact Solicited = new(S, "solicited", "the person asked for this very message", "yes", "no");
    public static readonly WordFact Minor = new(
        S,
        "minor",
        "the person is a child: as recorded, or by the age on record; no if neither is on record and nothing is offered to children",
        "yes",
        "no",
        "by-age"
    );
    public static readonly NumberFact Age = new(
        S,
        "age",
        "the age, in years, that they have reached at least, by what is on record about them"
    );
    public static readonly WordFact Vulnerable = new(
        S,
        "vulnerable",
        "the sender knows of a vulnerability that bears on such offers: debt, illness, problem gambling, great age",
        "yes",
        "no"
    )
    {
        Presumed = "no",
    };
    public static readonly WordFact EarlierMessagesOfferedRefusal = new(
        S,
        "earlier-messages-offered-refusal",
        "every earlier marketing message of this sender to them carried a means of refusing",
        "yes",
        "no"
    );
    public static readonly WordFact NoticeGiven = new(S, "notice-given", "the privacy information was given in time", "yes", "no");
    public static readonly WordFact RightToObjectShown = new(
        S,
        "right-to-object-shown",
        "an earlier notice or message showed the right to object clearly and apart from other matters",
        "yes",
        "no"
    );
    public static readonly NumberFact MarketingLast30Days = new(
        S,
        "marketing-last-30-days",
        "marketing messages of this sender in the 30 days before, on every channel"
    );
    public static readonly DayFact LastDealing = new(
        S,
        "last-dealing",
        "the last day they bought, asked, gave or answered; receiving mail is not a dealing"
    );
    public static readonly WordFact ExistingClient = new(
        S,
        "existing-client",
        "they are a client of the sender and would expect such calls",
        "yes",
        "no"
    );

    /// <summary>The facts of this scope, in order.</summary>
    public static readonly ImmutableArray<Fact> Facts =
    [
        Countries,
        Subscriber,
        AddressKind,
        PersonalData,
        BusinessCapacity,
        RelatesToJob,
        AddressPublishedForContact,
        Solicited,
        Minor,
        Age,
        Vulnerable,
        EarlierMessagesOfferedRefusal,
        NoticeGiven,
        RightToObjectShown,
        MarketingLast30Days,
        LastDealing,
        ExistingClient,
        Calling.Directory,
        Calling.Region,
        Calling.CallsLast30Days,
    ];
}
