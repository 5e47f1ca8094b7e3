using System.Collections.Immutable;
using MaySend.Law.Formulas;
using MaySend.Reading;

namespace MaySend.Law.Provisions;

/// <summary>The two questions: two keys, and both must turn.</summary>
public enum Key
{
    /// <summary>May this message go to this person over this channel? (PECR; Art 13 of Directive 2002/58 as transposed)</summary>
    Send,

    /// <summary>Is there a lawful basis to use the person's data for it? (GDPR; UK GDPR)</summary>
    Process,
}

/// <summary>Keys as answers, codes and files name them.</summary>
public static class KeyWords
{
    /// <summary><c>send</c> or <c>process</c>.</summary>
    public static string Word(this Key key) => key == Key.Send ? "send" : "process";
}

/// <summary>What a provision does.</summary>
public enum ProvisionKind
{
    /// <summary>Forbids, unless it does not apply or one of its grounds is shown.</summary>
    Prohibition,

    /// <summary>Forbids outright when it holds; no ground lifts it.</summary>
    Bar,

    /// <summary>Asks for something, whatever the ground.</summary>
    Duty,

    /// <summary>Says that this law does not govern these channels.</summary>
    NoRule,

    /// <summary>A permission that is reported beside the verdict and never decides it (tracking).</summary>
    Separate,
}

/// <summary>What a ground rests on; legitimate interests pair only with an exception (model §4).</summary>
public enum RestsOn
{
    Consent,
    Exception,
}

/// <summary>Where a rule is to be read, and when it was.</summary>
public sealed record Source(string Url, DateOnly? ReadOn);

/// <summary>One way to lift a prohibition.</summary>
public sealed record Ground
{
    /// <summary>Its name within the provision.</summary>
    public required string Name { get; init; }

    /// <summary>A paraphrase in our words.</summary>
    public required string Says { get; init; }

    /// <summary>Where the law says so.</summary>
    public required string Cite { get; init; }

    /// <summary>What must be shown.</summary>
    public required Formula Body { get; init; }

    /// <summary>Consent, or an exception to the need for it.</summary>
    public required RestsOn RestsOn { get; init; }

    /// <summary>When it exists.</summary>
    public required InForce InForce { get; init; }

    /// <summary>The day from which this reading was known; null for always.</summary>
    public DateOnly? KnownFrom { get; init; }

    /// <summary>The house policy switch that leaves this ground out; null for none.</summary>
    public string? DroppedBy { get; init; }

    /// <summary>Who says so.</summary>
    public Authority Authority { get; init; }

    /// <summary>How sure the reading is.</summary>
    public Confidence Confidence { get; init; }

    /// <summary>What its citation and note are dated by.</summary>
    public Instruments Instruments { get; init; } = Instruments.None;

    /// <summary>The ground as it reads on a day, as known then.</summary>
    public Ground On(DateOnly day, DateOnly knownAt) =>
        this with
        {
            Cite = Instruments.On(Cite, day, knownAt),
            Note = Instruments.NoteOn(Note, day, knownAt),
        };

    /// <summary>What this ground cannot do, for people who compare grounds.</summary>
    public ImmutableArray<string> Cannot { get; init; } = [];

    /// <summary>Who reads it so, or what to mind.</summary>
    public string? Note { get; init; }

    /// <summary>Where it stands.</summary>
    public required Place Place { get; init; }
}

/// <summary>One rule of law with its period: structure, citation and paraphrase, read from <c>law/</c>. Immutable.</summary>
public sealed record Provision
{
    /// <summary>Path of the file below <c>law/</c> without its ending: <c>gb/pecr/reg-22</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The jurisdiction it belongs to: <c>gb</c>, <c>eu</c>, <c>house</c>.</summary>
    public required string Jurisdiction { get; init; }

    /// <summary>The key it bears on.</summary>
    public required Key Key { get; init; }

    /// <summary>What it does.</summary>
    public required ProvisionKind Kind { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>Short name in answers: "PECR reg 22".</summary>
    public required string ShortName { get; init; }

    /// <summary>A paraphrase in our words.</summary>
    public required string Says { get; init; }

    /// <summary>When it is law.</summary>
    public required InForce InForce { get; init; }

    /// <summary>The day from which this reading was known; null for always.</summary>
    public DateOnly? KnownFrom { get; init; }

    /// <summary>Where to read it.</summary>
    public required Source Source { get; init; }

    /// <summary>Where the law says so, for everything inside that does not say otherwise.</summary>
    public string Cite { get; init; } = "";

    /// <summary>Who says so.</summary>
    public required Authority Authority { get; init; }

    /// <summary>How sure the reading is.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>The channels it governs.</summary>
    public required ImmutableArray<string> Channels { get; init; }

    /// <summary>When it applies; null for always.</summary>
    public Formula? AppliesWhen { get; init; }

    /// <summary>Where the law says when it applies.</summary>
    public string AppliesCite { get; init; } = "";

    /// <summary>When it applies, in our words; empty where nothing is said.</summary>
    public string AppliesSays { get; init; } = "";

    /// <summary>For a prohibition: the ways to lift it. For a separate permission: the ways to have it.</summary>
    public ImmutableArray<Ground> Grounds { get; init; } = [];

    /// <summary>For a bar: what makes it hold. For a duty: what meets it.</summary>
    public Formula? Body { get; init; }

    /// <summary>What makes a bar hold or meets a duty, in our words; empty where nothing is said.</summary>
    public string BodySays { get; init; } = "";

    /// <summary>What its citations and note are dated by.</summary>
    public Instruments Instruments { get; init; } = Instruments.None;

    /// <summary>The provision as it reads on a day, as known then.</summary>
    public Provision On(DateOnly day, DateOnly knownAt) =>
        this with
        {
            Cite = Instruments.On(Cite, day, knownAt),
            AppliesCite = Instruments.On(AppliesCite, day, knownAt),
            ShortName = Instruments.On(ShortName, day, knownAt),
            Note = Instruments.NoteOn(Note, day, knownAt),
        };

    /// <summary>The house policy switch that adds it; null for law.</summary>
    public string? AddedBy { get; init; }

    /// <summary>Who reads it so, or what to mind.</summary>
    public string? Note { get; init; }

    /// <summary>The lawyer who signed the file off, and when; null until then.</summary>
    public string? Reviewed { get; init; }

    /// <summary>Where it stands.</summary>
    public required Place Place { get; init; }
}
