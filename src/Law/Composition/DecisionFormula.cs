using System.Collections.Immutable;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.Composition;

/// <summary>Why an element of a key stands where it does.</summary>
public enum ElementKind
{
    /// <summary>Forbids outright when it holds.</summary>
    Bar,

    /// <summary>Forbids unless a ground is shown.</summary>
    Prohibition,

    /// <summary>Asks for something whatever the ground.</summary>
    Duty,

    /// <summary>This law does not govern the channel; cited.</summary>
    NoRule,

    /// <summary>No law on file, or not yet law on that day: nothing is shown.</summary>
    NotCovered,
}

/// <summary>A ground as it stands on one day under one policy.</summary>
/// <param name="Ground">The ground in the law.</param>
/// <param name="Body">What must be shown, after periods and policy.</param>
public sealed record ComposedGround(Ground Ground, Formula Body)
{
    /// <summary>
    /// It is written for another kind of communication than the campaign's, as a letter's exception is for a call: it never comes near.
    /// </summary>
    public bool IsForOtherMeans { get; init; }
}

/// <summary>One thing that must not stand in the way of a key.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The provision's id, or what is not covered.</param>
/// <param name="Jurisdiction">Whose law.</param>
/// <param name="Provision">The provision; null where nothing is on file.</param>
/// <param name="Applies">When it applies; a satisfied constant for always.</param>
/// <param name="Grounds">For a prohibition, its grounds in force.</param>
/// <param name="Body">For a bar or duty, what holds or meets it.</param>
/// <param name="Clear">Satisfied when it does not stand in the way.</param>
public sealed record Element(
    ElementKind Kind,
    string Id,
    string Jurisdiction,
    Provision? Provision,
    Formula Applies,
    ImmutableArray<ComposedGround> Grounds,
    Formula? Body,
    Formula Clear
)
{
    /// <summary>The codes of its grounds, in their order.</summary>
    public ImmutableArray<string> GroundCodes { get; } = [.. Grounds.Select(ground => KeyReason.GroundCode(Id, ground))];
}

/// <summary>
/// One key as a formula: it turns when every element is clear. Elements stand in the order in which reasons are given: bars, prohibitions,
/// duties, gaps.
/// </summary>
public sealed record KeyFormula(Key Key, ImmutableArray<Element> Elements)
{
    /// <summary>The whole key; an empty one is not evidenced.</summary>
    public Formula Whole { get; } = Elements.IsEmpty ? Constant.NotEvidenced : new All([.. Elements.Select(element => element.Clear)]);
}

/// <summary>A separate permission that is reported beside the verdict and never decides it.</summary>
public sealed record SeparatePermission(Provision Provision, Formula Applies, ImmutableArray<ComposedGround> Grounds)
{
    /// <summary>Satisfied when it is not needed or one of its grounds is shown.</summary>
    public Formula Whole { get; } = new Any([new Not(Applies), .. Grounds.Select(ground => ground.Body)]);
}

/// <summary>The whole decision as formulas of the law in force on one day, for one reach, channel and policy.</summary>
public sealed record DecisionFormula(
    KeyFormula Send,
    KeyFormula Process,
    ImmutableArray<SeparatePermission> Separate,
    Reach Reach,
    DateOnly Day,
    DateOnly KnownAt,
    HousePolicy Policy,
    Digest LawDigest
)
{
    /// <summary>Both keys, in the order asked.</summary>
    public ImmutableArray<KeyFormula> Keys => [Send, Process];

    /// <summary>The same decision with what a campaign settles folded away.</summary>
    public DecisionFormula Folded(Folder folder) => this with { Send = Fold(Send, folder), Process = Fold(Process, folder), Separate = [] };

    static KeyFormula Fold(KeyFormula key, Folder folder) =>
        new(
            key.Key,
            [
                .. key.Elements.Select(element =>
                    element with
                    {
                        Applies = folder.Fold(element.Applies),
                        Grounds = [.. element.Grounds.Select(ground => ground with { Body = folder.Fold(ground.Body) })],
                        Body = element.Body is null ? null : folder.Fold(element.Body),
                        Clear = folder.Fold(element.Clear),
                    }
                ),
            ]
        );
}
