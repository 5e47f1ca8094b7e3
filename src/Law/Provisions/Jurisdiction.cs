using System.Collections.Immutable;
using MaySend.Reading;

namespace MaySend.Law.Provisions;

/// <summary>When a jurisdiction's law is tried for a recipient whose country is unknown.</summary>
public enum UnknownCountry
{
    Never,
    Always,
    WhenSenderEstablished,
}

/// <summary>
/// A place with law of its own, read from <c>law/.../jurisdiction.yaml</c>: whose sends and whose processing it governs. Immutable.
/// </summary>
public sealed record Jurisdiction
{
    /// <summary>Path of its folder below <c>law/</c>: an ISO 3166 code in lower case, or <c>eu/strictest</c>, <c>house</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name in English.</summary>
    public required string Name { get; init; }

    /// <summary>The IANA time zone in which its days are counted.</summary>
    public required string Zone { get; init; }

    /// <summary>How sure the file as a whole is; a low one is said in every verdict that uses it.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>Whose send law decides for people here; itself unless another is named.</summary>
    public required string SendLaw { get; init; }

    /// <summary>Whose process law decides for people and senders here; itself unless another is named.</summary>
    public required string ProcessLaw { get; init; }

    /// <summary>Its send law governs messages to people here.</summary>
    public bool SendReachesRecipients { get; init; } = true;

    /// <summary>Its send law also governs messages sent from here.</summary>
    public bool SendReachesSenders { get; init; }

    /// <summary>Its process law governs controllers established here.</summary>
    public bool ProcessReachesSenders { get; init; } = true;

    /// <summary>Its process law governs offers to people here, wherever the controller is.</summary>
    public bool ProcessReachesRecipients { get; init; } = true;

    /// <summary>Where the law says whom it reaches.</summary>
    public string ReachCite { get; init; } = "";

    /// <summary>What to mind about whom it reaches; null for nothing.</summary>
    public string? ReachNote { get; init; }

    /// <summary>Whether it is tried when the country is unknown.</summary>
    public UnknownCountry UnknownCountry { get; init; }

    /// <summary>True for house rules, which stand beside every law.</summary>
    public bool IsEverywhere { get; init; }

    /// <summary>Names under which files may spell it: other codes, English names.</summary>
    public ImmutableArray<string> AlsoCalled { get; init; } = [];

    /// <summary>
    /// What people want to know beside the rules: regulator, sanctions, registers. Labels and texts, in the order of the file.
    /// </summary>
    public ImmutableArray<(string Label, string Text)> Information { get; init; } = [];

    /// <summary>The lawyer who signed the folder off, and when; null until then.</summary>
    public string? Reviewed { get; init; }

    /// <summary>Where it stands.</summary>
    public required Place Place { get; init; }
}

/// <summary>Whose law decides about one recipient: every plausible law must allow (model §4).</summary>
/// <param name="Send">Jurisdictions whose send law applies, in a fixed order; those without law on file are in
/// <paramref name="WithoutLaw"/>.</param>
/// <param name="Process">Jurisdictions whose process law applies.</param>
/// <param name="WithoutLaw">Countries for which no law is on file: nothing is shown there.</param>
/// <param name="ProcessWithoutLaw">The sender's establishment, where no process law at all was found.</param>
public sealed record Reach(
    ImmutableArray<string> Send,
    ImmutableArray<string> Process,
    ImmutableArray<string> WithoutLaw,
    ImmutableArray<string> ProcessWithoutLaw
)
{
    /// <summary>A text that is the same exactly for the same reach.</summary>
    public string Signature { get; } =
        $"{string.Join(',', Send)}|{string.Join(',', Process)}|{string.Join(',', WithoutLaw)}|{string.Join(',', ProcessWithoutLaw)}";

    /// <inheritdoc />
    public bool Equals(Reach? other) => other?.Signature == Signature;

    /// <inheritdoc />
    public override int GetHashCode() => Signature.GetHashCode(StringComparison.Ordinal);
}
