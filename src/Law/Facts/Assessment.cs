using System.Collections.Immutable;

namespace MaySend.Law.Facts;

/// <summary>
/// Facts of one legitimate interests assessment (GDPR Art 6(1)(f)): three tests, a scope in machine terms, a signature and a life.
/// </summary>
public static class Assessment
{
    const Scope S = Scope.Assessment;

    public static readonly NameFact Sender = new(S, "sender", "the controller it was made for");
    public static readonly WordFact PurposeTest = new(S, "purpose-test", "outcome of the purpose test", "passed", "failed");
    public static readonly WordFact NecessityTest = new(S, "necessity-test", "outcome of the necessity test", "passed", "failed");
    public static readonly WordFact BalancingTest = new(S, "balancing-test", "outcome of the balancing test", "passed", "failed");
    public static readonly DayFact Signed = new(S, "signed", "the day it was signed; it applies from that day");
    public static readonly DayFact ReviewDue = new(S, "review-due", "the day its review is due; it applies until then");
    public static readonly WordFact Stands = new(S, "stands", "it has not been withdrawn or superseded", "yes", "no");
    public static readonly SetFact Channels = new(S, "channels", "the channels it covers", Words.Channels) { Reading = ChannelNames.InLaw };
    public static readonly SetFact Audiences = new(S, "audiences", "the audiences it covers", Words.Audiences);
    public static readonly SetFact Families = new(S, "families", "the product families it covers");
    public static readonly SetFact Countries = new(S, "countries", "the countries of the recipients it covers");
    public static readonly WordFact CoversProfiling = new(S, "covers-profiling", "it weighed profiling", "yes", "no");
    public static readonly WordFact CoversChildren = new(S, "covers-children", "it weighed children among the recipients", "yes", "no");
    public static readonly WordFact CoversVulnerable = new(
        S,
        "covers-vulnerable",
        "it weighed people whose vulnerability the sender knows",
        "yes",
        "no"
    );
    public static readonly WordFact FrequencyCapped = new(S, "frequency-capped", "it rests on a limit of messages", "yes", "no");
    public static readonly NumberFact MessagesIn30Days = new(S, "messages-in-30-days", "the limit: marketing messages in 30 days");

    /// <summary>The facts of this scope, in order.</summary>
    public static readonly ImmutableArray<Fact> Facts =
    [
        Sender,
        PurposeTest,
        NecessityTest,
        BalancingTest,
        Signed,
        ReviewDue,
        Stands,
        Channels,
        Audiences,
        Families,
        Countries,
        CoversProfiling,
        CoversChildren,
        CoversVulnerable,
        FrequencyCapped,
        MessagesIn30Days,
    ];
}
