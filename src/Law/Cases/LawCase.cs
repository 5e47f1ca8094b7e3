using System.Collections.Immutable;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.Cases;

/// <summary>What a case expects of one key.</summary>
public enum KeyVerdict
{
    /// <summary>Not shown: nothing forbids it, but we cannot show it.</summary>
    NotShown,

    /// <summary>The key turns.</summary>
    Permitted,

    /// <summary>Something on record forbids it.</summary>
    Refused,
}

/// <summary>
/// Facts in, key verdicts out: the outside test of the law files. A published decision, or a constructed twin that mends or breaks exactly
/// one limb.
/// </summary>
/// <param name="Name">A sentence.</param>
/// <param name="Source">The decision or guidance it comes from, or "constructed".</param>
/// <param name="Facts">What is on record.</param>
/// <param name="Send">What is expected of the send key; null where nothing is said.</param>
/// <param name="Process">What is expected of the process key.</param>
/// <param name="Separate">What is expected of the separate permissions together.</param>
/// <param name="Because">Conditions that must be among the deciding ones.</param>
/// <param name="Policy">House policy of the case.</param>
/// <param name="KnownAt">The day as of which the law is known; null for the day of sending.</param>
/// <param name="Place">Where it stands.</param>
public sealed record LawCase(
    string Name,
    string Source,
    FactsDraft Facts,
    KeyVerdict? Send,
    KeyVerdict? Process,
    KeyVerdict? Separate,
    ImmutableArray<string> Because,
    HousePolicy Policy,
    DateOnly? KnownAt,
    Place Place
);

/// <summary>The verdict that a truth of a key is.</summary>
public static class KeyVerdicts
{
    /// <summary>Satisfied permits, the contrary refuses, and everything else is not shown.</summary>
    public static KeyVerdict Of(Truth truth) =>
        truth switch
        {
            Truth.Satisfied => KeyVerdict.Permitted,
            Truth.NotSatisfied => KeyVerdict.Refused,
            _ => KeyVerdict.NotShown,
        };

    /// <summary>As files and answers spell it.</summary>
    public static string Word(this KeyVerdict verdict) =>
        verdict switch
        {
            KeyVerdict.Permitted => "permitted",
            KeyVerdict.Refused => "refused",
            _ => "not-shown",
        };
}
