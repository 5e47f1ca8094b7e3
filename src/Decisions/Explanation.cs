using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using MaySend.Reading;

namespace MaySend.Decisions;

/// <summary>One limb as people read it.</summary>
/// <param name="Met"><c>yes</c>, <c>no</c> or <c>?</c>.</param>
/// <param name="Cite">Where the law says so.</param>
/// <param name="Sentence">What is shown, or not.</param>
/// <param name="Authority">Who says so; guidance is never shown as statute.</param>
/// <param name="Confidence">How sure the reading is.</param>
/// <param name="Note">Who reads it so, or what to mind.</param>
/// <param name="Remedy">What would change it; null where it is met.</param>
/// <param name="Code">The limb's id.</param>
/// <param name="IsMendable">The sender can change it: with evidence if there is none, or with another message or assessment if that is
/// what falls short.</param>
public sealed record LimbExplanation(
    string Met,
    string Cite,
    string Sentence,
    string Authority,
    string Confidence,
    string? Note,
    string? Remedy,
    string Code,
    bool IsMendable
);

/// <summary>One ground, or the body of a bar or duty, on the record that comes nearest.</summary>
/// <param name="Met">Whether it is shown.</param>
/// <param name="Name">Its name.</param>
/// <param name="Cite">Where the law says so.</param>
/// <param name="Says">A paraphrase.</param>
/// <param name="Record">The record it was tried on: "order 10442, 2 May 2026"; null where there is none.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Limbs">What must be shown.</param>
public sealed record GroundExplanation(
    string Met,
    string Name,
    string Cite,
    string Says,
    string? Record,
    string Summary,
    IReadOnlyList<LimbExplanation> Limbs
)
{
    /// <summary>It is not shown, but the sender can supply everything that is missing.</summary>
    public bool IsMendable =>
        Met != "yes" && Limbs.Any(limb => limb.Met != "yes") && Limbs.All(limb => limb.Met == "yes" || limb.IsMendable);

    /// <summary>
    /// Why it is not shown, in one line: its first contradicted limb, else its first one that nothing shows, else what it says of its
    /// record.
    /// </summary>
    [JsonIgnore]
    public string FirstFailing =>
        (Limbs.FirstOrDefault(limb => limb.Met == "no" && Met == "no") ?? Limbs.FirstOrDefault(limb => limb.Met != "yes")) is { } limb
            ? $"{limb.Sentence} ({limb.Cite})"
            : Summary;
}

/// <summary>One provision that bears on a key.</summary>
/// <param name="Clear">Whether it stands in the way: <c>yes</c> means it does not.</param>
/// <param name="Id">The provision.</param>
/// <param name="ShortName">"PECR reg 22".</param>
/// <param name="Kind">Bar, prohibition, duty, no-rule, not-covered.</param>
/// <param name="Jurisdiction">Whose law.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Source">Where to read it.</param>
/// <param name="Confidence">How sure the file is.</param>
/// <param name="Grounds">Its grounds, or its one body.</param>
public sealed record ElementExplanation(
    string Clear,
    string Id,
    string ShortName,
    string Kind,
    string Jurisdiction,
    string Summary,
    string? Source,
    string Confidence,
    IReadOnlyList<GroundExplanation> Grounds
)
{
    /// <summary>Of a prohibition, the name of the ground that comes nearest by what is on record; null where there is none.</summary>
    [JsonIgnore]
    public string? NearestGround { get; init; }

    /// <summary>The ground to read first where none is shown: the one that gives the reason.</summary>
    public GroundExplanation? Nearest() => Grounds.FirstOrDefault(ground => ground.Name == NearestGround);
}

/// <summary>One key.</summary>
/// <param name="Key"><c>send</c> or <c>process</c>.</param>
/// <param name="Verdict">permitted, refused or not-shown.</param>
/// <param name="Reason">The stable code of what decides.</param>
/// <param name="Elements">The provisions that bear on it.</param>
public sealed record KeyExplanation(
    [property: AllowedValues("send", "process")] string Key,
    [property: AllowedValues("permitted", "refused", "not-shown")] string Verdict,
    string Reason,
    IReadOnlyList<ElementExplanation> Elements
);

/// <summary>A permission reported beside the verdict.</summary>
/// <param name="Verdict">permitted, refused or not-shown.</param>
/// <param name="Id">The provision.</param>
/// <param name="ShortName">Its short name.</param>
/// <param name="Summary">One sentence.</param>
public sealed record SeparateExplanation(
    [property: AllowedValues("permitted", "refused", "not-shown")] string Verdict,
    string Id,
    string ShortName,
    string Summary
);

/// <summary>Whether what was decided may go out now.</summary>
/// <param name="Send">True only if it is permitted, and this is one of its days, and requests to stop can be taken.</param>
/// <param name="Reasons">What stands in the way beside the verdict, as stable codes.</param>
/// <param name="Says">The same in words.</param>
public sealed record SendingExplanation(bool Send, IReadOnlyList<string> Reasons, string Says);

/// <summary>A whole answer with reasons, citations, evidence and remedies. It is not legal advice.</summary>
public sealed record Explanation
{
    /// <summary>permitted, refused or not-shown.</summary>
    [AllowedValues("permitted", "refused", "not-shown")]
    public required string Verdict { get; init; }

    /// <summary>Whom it is about, as asked.</summary>
    public required string Recipient { get; init; }

    /// <summary>The campaign.</summary>
    public required string Campaign { get; init; }

    /// <summary>The channel.</summary>
    public required string Channel { get; init; }

    /// <summary>What the sender's own name for the channel is in law, where the two differ; null otherwise.</summary>
    public string? ChannelNote { get; init; }

    /// <summary>The day of sending; the answer is good for that day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Jurisdictions whose law was applied.</summary>
    public required IReadOnlyList<string> Jurisdictions { get; init; }

    /// <summary>The law's digest.</summary>
    public required Digest Law { get; init; }

    /// <summary>The policy's digest.</summary>
    public required Digest Policy { get; init; }

    /// <summary>The reason for the whole answer.</summary>
    public required string Reason { get; init; }

    /// <summary>One sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The answer in everyday words.</summary>
    public required PlainCard Plainly { get; init; }

    /// <summary>Both keys.</summary>
    public required IReadOnlyList<KeyExplanation> Keys { get; init; }

    /// <summary>Up to three real actions that would change the answer.</summary>
    public required IReadOnlyList<string> Remedies { get; init; }

    /// <summary>Switches of house policy without which the verdict would be different.</summary>
    public required IReadOnlyList<string> PolicyMattered { get; init; }

    /// <summary>Jurisdictions whose file is of low confidence.</summary>
    public required IReadOnlyList<string> LowConfidence { get; init; }

    /// <summary>Permissions reported beside the verdict.</summary>
    public required IReadOnlyList<SeparateExplanation> Separate { get; init; }

    /// <summary>The decision's identity, by which it can be replayed; null where facts were given without a store.</summary>
    public string? Decision { get; init; }

    /// <summary>Whether it may go out now; null if the answer cannot let mail out, as with facts from files.</summary>
    public SendingExplanation? Now { get; init; }

    /// <summary>Whether mail arrives there: yes, no or unknown; null where no store was asked. It is not part of the verdict.</summary>
    public string? Deliverable { get; init; }

    /// <summary>Since when and why mail does not arrive; null where nothing on record says so.</summary>
    public string? Undeliverable { get; init; }

    /// <summary>Evidence position or source, where known.</summary>
    public string? Evidence { get; init; }

    /// <summary>True of a decision that was made again: it says what was right then, and nothing goes out by it.</summary>
    [JsonIgnore]
    public bool IsReplayed { get; init; }
}
