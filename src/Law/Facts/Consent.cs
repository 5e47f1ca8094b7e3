using System.Collections.Immutable;

namespace MaySend.Law.Facts;

/// <summary>Facts of one consent asked for: to whom, for what, how, and what became of it. A consent belongs to one address.</summary>
public static class Consent
{
    const Scope S = Scope.Consent;

    public static readonly DayFact Day = new(S, "day", "the day the person answered; never the day of an import");
    public static readonly SetFact To = new(S, "to", "the legal persons named to the person")
    {
        // That nobody was named is known: it is a no, where silence shows neither.
        None = NameSet.Of("(nobody)"),
    };
    public static readonly WordFact ChoseAmongSenders = new(
        S,
        "chose-among-senders",
        "of several senders named the person could choose each one apart",
        "yes",
        "no"
    );
    public static readonly WordFact CoversOthersOffers = new(
        S,
        "covers-others-offers",
        "the person was told that the messages would carry other people's offers too",
        "yes",
        "no"
    );
    public static readonly DayFact ToldUntil = new(S, "told-until", "the day until which the person was told it would last")
    {
        Presumed = DateOnly.MaxValue,
    };
    public static readonly SetFact Channels = new(S, "channels", "the channels chosen", Words.Channels) { Reading = ChannelNames.InLaw };
    public static readonly SetFact Topics = new(S, "topics", "what the person was told the messages would be about");
    public static readonly WordFact Act = new(
        S,
        "act",
        "how the person answered",
        "unticked-box",
        "equal-yes-no",
        "written-statement",
        "verbal-recorded",
        "pre-ticked",
        "silence",
        "terms-acceptance",
        "steered",
        "declined"
    );
    public static readonly WordFact ConditionOfService = new(
        S,
        "condition-of-service",
        "the service was not available without it",
        "yes",
        "no"
    );
    public static readonly WordFact Informed = new(
        S,
        "informed",
        "the first layer of the notice said who would send, what for and for how long",
        "yes",
        "no"
    );
    public static readonly WordFact SeparateRequest = new(S, "separate-request", "it was asked for apart from other matters", "yes", "no");
    public static readonly WordFact ToldOfWithdrawal = new(
        S,
        "told-of-withdrawal",
        "the person was told beforehand that it can be withdrawn",
        "yes",
        "no"
    );
    public static readonly WordFact Proven = new(S, "proven", "who, when, how and to what wording is kept for this person", "yes", "no");
    public static readonly WordFact ObtainedThrough = new(S, "obtained-through", "who asked", "sender", "third-party");
    public static readonly WordFact SupplierChecked = new(
        S,
        "supplier-checked",
        "the sender checked the third party's evidence for this person",
        "yes",
        "no"
    );
    public static readonly DayFact Confirmed = new(S, "confirmed", "the day it was confirmed from the address itself (double opt-in)");
    public static readonly WordFact CarriesName = new(S, "carries-name", "the statement carries the person's name", "yes", "no");
    public static readonly WordFact Explicit = new(S, "explicit", "it expressly covers special-category data", "yes", "no");
    public static readonly WordFact CoversProfiling = new(
        S,
        "covers-profiling",
        "it covers choosing or shaping messages by profiling",
        "yes",
        "no"
    );
    public static readonly WordFact CoversTracking = new(
        S,
        "covers-tracking",
        "it covers reading opens and clicks from the device",
        "yes",
        "no"
    );
    public static readonly WordFact Withdrawn = new(S, "withdrawn", "it has been withdrawn, or a later refusal covers it", "yes", "no");
    public static readonly WordFact PurposeEnded = new(S, "purpose-ended", "the service or event it was tied to is over", "yes", "no");
    public static readonly DayFact LastUsed = new(S, "last-used", "the later of its day and the last message sent under it");
    public static readonly NumberFact Age = new(S, "age", "the person's age then, in years");
    public static readonly WordFact AgeOnRecord = new(
        S,
        "age-on-record",
        "an age of the person is on record, or that they are a child; then only the age speaks",
        "yes",
        "no"
    );
    public static readonly WordFact ParentAuthorised = new(
        S,
        "parent-authorised",
        "a holder of parental responsibility gave or authorised it",
        "yes",
        "no"
    );

    /// <summary>The facts of this scope, in order.</summary>
    public static readonly ImmutableArray<Fact> Facts =
    [
        Day,
        To,
        ChoseAmongSenders,
        CoversOthersOffers,
        ToldUntil,
        Channels,
        Topics,
        Act,
        ConditionOfService,
        Informed,
        SeparateRequest,
        ToldOfWithdrawal,
        Proven,
        ObtainedThrough,
        SupplierChecked,
        Confirmed,
        CarriesName,
        Explicit,
        CoversProfiling,
        CoversTracking,
        Withdrawn,
        PurposeEnded,
        LastUsed,
        Age,
        AgeOnRecord,
        ParentAuthorised,
        Calling.Renewed,
        Calling.CoversUpload,
        Calling.CoversPolitical,
    ];
}
