using System.Collections.Immutable;

namespace MaySend.Law.Facts;

/// <summary>Facts of one occasion on which the recipient's details were obtained.</summary>
public static class Collection
{
    const Scope S = Scope.Collection;

    public static readonly DayFact Day = new(S, "day", "the day it happened");
    public static readonly NameFact ObtainedBy = new(S, "obtained-by", "the legal person that obtained the details");
    public static readonly WordFact From = new(
        S,
        "from",
        "where the details came from",
        "recipient",
        "third-party",
        "public-source",
        "appended"
    );
    public static readonly WordFact Context = new(S, "context", "the event", [.. Words.Contexts]);
    public static readonly WordFact Audience = new(S, "audience", "what the person became to the controller by it", [.. Words.Audiences]);
    public static readonly WordFact Details = new(
        S,
        "details",
        "whether the details were given anew or already held; or first given where a refusal was offered and not used",
        "given-anew",
        "already-held",
        "first-given-with-refusal-offered"
    );
    public static readonly WordFact RefusalOffered = new(
        S,
        "refusal-offered",
        "a means of refusing marketing was offered where the details were given",
        "yes",
        "no"
    );
    public static readonly WordFact RefusalSimple = new(S, "refusal-simple", "the means of refusing was simple", "yes", "no");
    public static readonly WordFact RefusalFree = new(S, "refusal-free", "refusing cost nothing beyond transmission", "yes", "no");
    public static readonly WordFact Refused = new(S, "refused", "the person refused then", "yes", "no");
    public static readonly WordFact ConsentAskedNotGiven = new(
        S,
        "consent-asked-not-given",
        "consent to messages like this one was asked for, then or on another occasion, and not given, and no yes has followed",
        "yes",
        "no"
    );
    public static readonly SetFact Families = new(
        S,
        "families",
        "families of the products dealt in, by the signed product map (narrow level)"
    );
    public static readonly SetFact Ranges = new(S, "ranges", "ranges of the products dealt in, by the signed product map (wide level)");
    public static readonly WordFact PurposesWereCharitable = new(
        S,
        "purposes-were-charitable",
        "the purposes supported or asked about were the sender's charitable purposes at that time",
        "yes",
        "no"
    );
    public static readonly WordFact NoticeNamedMarketing = new(
        S,
        "notice-named-marketing",
        "the person was told then that the details would be used for marketing",
        "yes",
        "no"
    );
    public static readonly WordFact ToldNoMarketing = new(
        S,
        "told-no-marketing",
        "the person was told then that the details would not be used for marketing",
        "yes",
        "no"
    )
    {
        Presumed = "no",
    };
    public static readonly WordFact BasisClaimed = new(
        S,
        "basis-claimed",
        "the lawful basis on which the details were taken, as the person was told",
        "consent",
        "contract",
        "legal-obligation",
        "legitimate-interests",
        "none-named"
    )
    {
        Presumed = "none-named",
    };
    public static readonly WordFact NoticeNamedInterest = new(
        S,
        "notice-named-interest",
        "the notice given then named the legitimate interest",
        "yes",
        "no"
    );
    public static readonly WordFact Lawful = new(S, "lawful", "the details were obtained in line with data protection law", "yes", "no");
    public static readonly WordFact RelationshipContinues = new(
        S,
        "relationship-continues",
        "the customer relationship still exists",
        "yes",
        "no"
    );
    public static readonly DayFact ContractEnded = new(S, "contract-ended", "the day the contract ended, if it has");
    public static readonly DayFact LastTouch = new(
        S,
        "last-touch",
        "the later of this day and the sender's last electronic marketing message that offered refusal"
    );
    public static readonly DayFact GapBegan = new(S, "gap-began", "the first day of the longest time without such a message since");
    public static readonly DayFact GapEnded = new(S, "gap-ended", "the last day of that time");

    /// <summary>The facts of this scope, in order.</summary>
    public static readonly ImmutableArray<Fact> Facts =
    [
        Day,
        ObtainedBy,
        From,
        Context,
        Audience,
        Details,
        RefusalOffered,
        RefusalSimple,
        RefusalFree,
        Refused,
        ConsentAskedNotGiven,
        Families,
        Ranges,
        PurposesWereCharitable,
        NoticeNamedMarketing,
        ToldNoMarketing,
        BasisClaimed,
        NoticeNamedInterest,
        Lawful,
        RelationshipContinues,
        ContractEnded,
        LastTouch,
        GapBegan,
        GapEnded,
        Calling.ContractRunning,
    ];
}
