using System.Collections.Immutable;

namespace MaySend.Law.Facts;

/// <summary>
/// Facts of one request to stop: opt-out, objection, withdrawal, or "no" when details were collected. The request is stored; its effects
/// are derived. Having none says "there is none" only where the register is complete (<see cref="Sender.RefusalsComplete"/>).
/// </summary>
public static class Refusal
{
    const Scope S = Scope.Refusal;

    public static readonly DayFact Day = new(S, "day", "the day it was made");
    public static readonly SetFact Senders = new(S, "senders", "the senders it binds");
    public static readonly SetFact Channels = new(S, "channels", "the channels it covers", Words.Channels) { Reading = ChannelNames.InLaw };
    public static readonly SetFact Topics = new(S, "topics", "the topics it covers");
    public static readonly WordFact Kind = new(
        S,
        "kind",
        "its legal colour",
        "refusal",
        "objection",
        "withdrawal",
        "at-collection",
        "erasure"
    );
    public static readonly WordFact MadeBy = new(S, "made-by", "who made it", "person", "organisation");
    public static readonly WordFact Lifted = new(
        S,
        "lifted",
        "the person's own later affirmative act, naming the scope, lifted it",
        "yes",
        "no"
    );

    /// <summary>The facts of this scope, in order.</summary>
    public static readonly ImmutableArray<Fact> Facts = [Day, Senders, Channels, Topics, Kind, MadeBy, Lifted];
}
