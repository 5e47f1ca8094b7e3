using System.Collections.Immutable;

namespace MaySend.Law.Facts;

/// <summary>Facts of the legal entity that transmits or instigates the message.</summary>
public static class Sender
{
    const Scope S = Scope.Sender;

    public static readonly NameFact Entity = new(S, "entity", "the legal person, not its brand");
    public static readonly NameFact Establishment = new(S, "establishment", "the country in which it is established");
    public static readonly WordFact StatutoryCharity = new(
        S,
        "statutory-charity",
        "it is a charity as the law of its country defines one, on the day of sending",
        "yes",
        "no"
    );
    public static readonly WordFact OffersToChildren = new(
        S,
        "offers-to-children",
        "it offers its services to children, by its signed statement",
        "yes",
        "no"
    );
    public static readonly WordFact AuthorisedForPensions = new(
        S,
        "authorised-for-pensions",
        "it is an authorised firm, or trustee or manager of a pension scheme",
        "yes",
        "no"
    );
    public static readonly WordFact RefusalsComplete = new(
        S,
        "refusals-complete",
        "its register of refusals for this channel is attached, readable and declared complete",
        "yes"
    );

    /// <summary>The facts of this scope, in order.</summary>
    public static readonly ImmutableArray<Fact> Facts =
    [
        Entity,
        Establishment,
        StatutoryCharity,
        OffersToChildren,
        AuthorisedForPensions,
        RefusalsComplete,
        Calling.Trade,
    ];
}
