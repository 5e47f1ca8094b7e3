using MaySend.Law.Conditions;
using MaySend.Law.Formulas;

namespace MaySend.Law.Formulas;

/// <summary>What kind of real action can change an answer (model §5). A consent or sale is never made up.</summary>
public enum RemedyKind
{
    /// <summary>Prove which version of a form, script or till was shown.</summary>
    ProveCollectionPoint,

    /// <summary>Record the message template that earlier messages carried.</summary>
    ProveTemplate,

    /// <summary>Sign an entry of the product map.</summary>
    SignProductMap,

    /// <summary>Write, renew or widen an assessment and have it signed.</summary>
    SignAssessment,

    /// <summary>Change the message.</summary>
    ChangeMessage,

    /// <summary>Let a named person sign a reasoned judgement or statement.</summary>
    SignJudgement,

    /// <summary>Attach the register of refusals, or look the recipient up in somebody else's register.</summary>
    CheckRegister,

    /// <summary>If it is true, record it with its evidence.</summary>
    RecordIfTrue,

    /// <summary>Only the person can change this: a new sale with refusal offered, or a consent of their own.</summary>
    NewSaleOrConsent,

    /// <summary>Have a lawyer write the law of a place that is not on file.</summary>
    PutLawOnFile,
}

/// <summary>What would change the answer: an action somebody can really take.</summary>
public sealed record Remedy(RemedyKind Kind, string Text);

/// <summary>
/// A named legal condition: what it tests, as a value, and the sentences people read for each outcome. What the law's file adds to it
/// (<c>with:</c>) fills the open <see cref="Argument"/> of the test. Immutable; the closed list is <see cref="ConditionBook"/>.
/// </summary>
/// <remarks>Sentences may hold <c>{law}</c> for the law's argument and <c>{collection.context}</c> for a fact's value.</remarks>
public sealed class Condition(string name)
{
    /// <summary>Scope and gist, as law files spell it: <c>collection.by-the-sender-from-the-recipient</c>.</summary>
    public string Name { get; } = name;

    /// <summary>What it tests.</summary>
    public required Formula Test { get; init; }

    /// <summary>Said when it is met.</summary>
    public required string Satisfied { get; init; }

    /// <summary>Said when the contrary is on record.</summary>
    public required string NotSatisfied { get; init; }

    /// <summary>Said when nothing on record shows it.</summary>
    public required string NotEvidenced { get; init; }

    /// <summary>What would change the answer.</summary>
    public required Remedy Remedy { get; init; }

    /// <summary>What the law file must add; <see cref="ArgumentKind.None"/> for nothing.</summary>
    public ArgumentKind Takes => Arguments.OpenIn(Test)?.Kind ?? ArgumentKind.None;

    /// <summary>The sentence for an outcome, before its places are filled.</summary>
    public string Sentence(Truth truth) =>
        truth switch
        {
            Truth.Satisfied => Satisfied,
            Truth.NotSatisfied => NotSatisfied,
            _ => NotEvidenced,
        };
}
