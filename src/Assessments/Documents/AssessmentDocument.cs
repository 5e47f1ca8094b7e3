using System.Collections.Immutable;
using MaySend.Assessments.Questions;
using MaySend.Law.Facts;

namespace MaySend.Assessments.Documents;

/// <summary>
/// One version of one legitimate interests assessment (Art 6(1)(f) GDPR and UK GDPR): what it says and what happened to it. What a signed
/// version says never changes; a change makes the next version. Immutable.
/// </summary>
/// <param name="Id">Names the assessment through all its versions: <c>LIA-3</c>.</param>
/// <param name="Version">Counts from 1.</param>
/// <param name="Content">What it says.</param>
/// <param name="History">What happened to it, oldest first; the first event is that it was drafted.</param>
public sealed record AssessmentDocument(string Id, int Version, AssessmentContent Content, ImmutableArray<LifeEvent> History)
{
    /// <summary>Names this version in entries and answers: <c>LIA-3.v2</c>.</summary>
    public string VersionId => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Id}.v{Version}");

    /// <summary>Where it stands by its history alone.</summary>
    public LifeState Life => LifeState.Of(History);

    /// <summary>Where it stands on a day: a signed one whose review has fallen due has lapsed.</summary>
    public AssessmentState StateOn(DateOnly day)
    {
        var life = LifeState.Of(History.Where(happened => happened.On <= day));
        return life.State == AssessmentState.Signed && !(day < Content.Review.Due) ? AssessmentState.Lapsed : life.State;
    }

    /// <summary>True when all three tests are passed: the sender means to rely on it.</summary>
    public bool IsReliedOn => Enum.GetValues<Test>().All(test => Content.OutcomeOf(test).Passed == true);
}

/// <summary>What an assessment says. Whatever is not said stays null or empty and is a finding of the readiness check, never an
/// answer.</summary>
public sealed record AssessmentContent
{
    /// <summary>What it is about, for people.</summary>
    public string Title { get; init; } = "";

    /// <summary>A remark that is not part of the reasoning.</summary>
    public string? Note { get; init; }

    /// <summary>What it reaches, in terms that a decision can test.</summary>
    public AssessmentScope Scope { get; init; } = new();

    /// <summary>The answers by question id, as <see cref="QuestionBook"/> names them.</summary>
    public ImmutableSortedDictionary<string, GivenAnswer> Answers { get; init; } =
        ImmutableSortedDictionary.Create<string, GivenAnswer>(StringComparer.Ordinal);

    /// <summary>Outcome of the purpose test.</summary>
    public TestOutcome Purpose { get; init; } = new(null, "");

    /// <summary>Outcome of the necessity test.</summary>
    public TestOutcome Necessity { get; init; } = new(null, "");

    /// <summary>Outcome of the balancing test.</summary>
    public TestOutcome Balancing { get; init; } = new(null, "");

    /// <summary>What makes the effects on people smaller.</summary>
    public ImmutableArray<Safeguard> Safeguards { get; init; } = [];

    /// <summary>When it must be reviewed.</summary>
    public ReviewPlan Review { get; init; } = new();

    /// <summary>The outcome of a test.</summary>
    public TestOutcome OutcomeOf(Test test) =>
        test switch
        {
            Test.Purpose => Purpose,
            Test.Necessity => Necessity,
            _ => Balancing,
        };
}

/// <summary>What an assessment covers; no message outside it can rely on the assessment.</summary>
public sealed record AssessmentScope
{
    /// <summary>The controller it is for.</summary>
    public string Sender { get; init; } = "";

    /// <summary>The country in which the controller is established, to know whose law decides.</summary>
    public string? Establishment { get; init; }

    /// <summary>Purposes, words of <see cref="Message.Purpose"/>.</summary>
    public NameSet Purposes { get; init; } = NameSet.Of();

    /// <summary>Channels, of <see cref="Words.Channels"/>.</summary>
    public NameSet Channels { get; init; } = NameSet.Of();

    /// <summary>Audiences, of <see cref="Words.Audiences"/>.</summary>
    public NameSet Audiences { get; init; } = NameSet.Of();

    /// <summary>Product families advertised.</summary>
    public NameSet Families { get; init; } = NameSet.Of();

    /// <summary>The recipients' countries, by code.</summary>
    public NameSet Countries { get; init; } = NameSet.Of();

    /// <summary>The data used.</summary>
    public ImmutableArray<DataUsed> Data { get; init; } = [];

    /// <summary>Recipients are chosen, or content made, by profiling, and this was weighed.</summary>
    public bool? Profiling { get; init; }

    /// <summary>Children may be among the recipients, and this was weighed.</summary>
    public bool? Children { get; init; }

    /// <summary>How many marketing messages one person is meant to get in 30 days.</summary>
    public int? PlannedIn30Days { get; init; }

    /// <summary>The most marketing messages to one person in 30 days; null for no limit.</summary>
    public int? MessagesIn30Days { get; init; }

    /// <summary>The day of the first message that relies or will rely on it.</summary>
    public DateOnly? FirstSend { get; init; }
}

/// <summary>One kind of data used.</summary>
/// <param name="What">In plain words: "email address".</param>
/// <param name="Source">Where it comes from, a word of <see cref="Collection.From"/>.</param>
/// <param name="IsSpecial">Special-category or criminal-offence data (Art 9, 10), also where only inferred; null where not said.</param>
public sealed record DataUsed(string What, string Source, bool? IsSpecial);

/// <summary>One answer.</summary>
/// <param name="Says">In words; blank is no answer.</param>
/// <param name="Choice">Yes or no, where the question asks for it.</param>
/// <param name="Evidence">What shows it: a form version, a report, a link.</param>
public sealed record GivenAnswer(string Says, bool? Choice, ImmutableArray<string> Evidence)
{
    /// <summary>True when nothing is said in words.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Says);
}

/// <summary>The outcome of one test with the reason for it.</summary>
/// <param name="Passed">Passed or failed; null while not done.</param>
/// <param name="Reason">Why.</param>
public sealed record TestOutcome(bool? Passed, string Reason);

/// <summary>One safeguard.</summary>
/// <param name="Kind">A word of <see cref="SafeguardKinds"/>.</param>
/// <param name="InPlace">Whether it is in place; null where not said.</param>
/// <param name="Says">What exactly is done.</param>
public sealed record Safeguard(string Kind, bool? InPlace, string Says);

/// <summary>The closed list of safeguards.</summary>
public static class SafeguardKinds
{
    /// <summary>A way out in every message.</summary>
    public const string OptOut = "opt-out-in-every-message";

    /// <summary>A limit on how often people are written to.</summary>
    public const string FrequencyCap = "frequency-cap";

    /// <summary>Every kind, in the order of forms.</summary>
    public static readonly ImmutableArray<string> All =
    [
        OptOut,
        "opt-out-at-collection",
        FrequencyCap,
        "suppression-list",
        "preference-centre",
        "less-data",
        "retention-limit",
        "access-limit",
        "no-sharing",
        "age-screen",
        "human-check-of-profiles",
        "clear-notice",
        "other",
    ];
}

/// <summary>When an assessment must be looked at again.</summary>
public sealed record ReviewPlan
{
    /// <summary>The day its review is due; it applies until then.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>What brings the review forward, words of <see cref="ReviewTriggers"/>.</summary>
    public NameSet Triggers { get; init; } = NameSet.Of();

    /// <summary>Objections and complaints in a thousand messages above which it is reviewed at once; null where none is set.</summary>
    public int? ObjectionsPerThousand { get; init; }
}

/// <summary>The closed list of what brings a review forward.</summary>
public static class ReviewTriggers
{
    /// <summary>The objection rate; it needs a number.</summary>
    public const string ObjectionRate = "objection-rate";

    /// <summary>Every trigger, in the order of forms.</summary>
    public static readonly ImmutableArray<string> All =
    [
        "new-data-source",
        "new-channel",
        "new-family",
        "higher-frequency",
        "profiling-added",
        "vulnerable-audience",
        ObjectionRate,
        "law-change",
        "breach",
        "time",
    ];
}
