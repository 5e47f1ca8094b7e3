using System.ComponentModel.DataAnnotations;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Decisions;

/// <summary>One key in one sentence.</summary>
/// <param name="Key"><c>send</c> or <c>process</c>.</param>
/// <param name="Verdict">permitted, refused or not-shown.</param>
/// <param name="Reason">The stable code of what decides.</param>
/// <param name="Provision">The provision that decides; null where no law on file does.</param>
/// <param name="Ground">The ground that is met, or comes nearest; null if none is required.</param>
/// <param name="Cite">Where the law says so.</param>
/// <param name="Says">What the ground is based on, or what is missing.</param>
public sealed record BriefKey(
    [property: AllowedValues("send", "process")] string Key,
    [property: AllowedValues("permitted", "refused", "not-shown")] string Verdict,
    string Reason,
    string? Provision,
    string? Ground,
    string? Cite,
    string Says
);

/// <summary>An answer short enough for every message of a campaign. The whole is <see cref="Explanation"/>.</summary>
/// <param name="Plainly">Why, in one everyday sentence.</param>
/// <param name="Keys">Both keys.</param>
/// <param name="Remedies">Up to three real actions that would change the answer.</param>
public sealed record BriefAnswer(string Plainly, IReadOnlyList<BriefKey> Keys, IReadOnlyList<RemedyStep> Remedies)
{
    /// <summary>The short answer: only the sentences that it holds are put together.</summary>
    public static BriefAnswer Of(Decision decision)
    {
        var evaluator = new Evaluator(decision.Campaign, decision.Recipient);
        var words = new LimbWords(new ShortfallReader(evaluator), decision.Formula.Policy);
        return new(
            PlainCard.Sentence(decision, evaluator, words),
            [Brief(Key.Send, decision.Send, evaluator, words), Brief(Key.Process, decision.Process, evaluator, words)],
            decision.Verdict == Decisions.Verdict.Permitted ? [] : Decisions.Remedies.For(decision, evaluator, words)
        );
    }

    static BriefKey Brief(Key key, KeyReason reason, Evaluator evaluator, LimbWords words)
    {
        var (cite, says) = Sentence(reason, evaluator, words);
        return new(
            key == Key.Send ? "send" : "process",
            Verdicts.Of(reason.Truth).Word(),
            reason.Code,
            reason.Element?.Provision?.Id,
            reason.Ground?.Ground.Name,
            cite,
            says
        );
    }

    static (string? Cite, string Says) Sentence(KeyReason reason, Evaluator evaluator, LimbWords words)
    {
        if (reason.Element is not { } element)
            return (null, reason.Truth == Truth.Satisfied ? "no prohibition applies" : "no law on file covers this");
        var name = element.Provision?.ShortName;
        if (reason is { Truth: Truth.Satisfied, Ground: { } stands })
            return (
                stands.Ground.Cite,
                $"{name}: {Spaced(stands.Ground.Name)}{(RecordOf(stands.Body, words) is { } record ? $", on {record}" : "")}"
            );
        if (reason.Shortfall.MissingRecord is { } kind)
            return (reason.Ground?.Ground.Cite ?? element.Provision?.AppliesCite, $"{name}: no {Law.Facts.Scopes.Word(kind)} on record");
        var body = reason.Ground?.Body ?? (element.Kind == ElementKind.Duty ? element.Body : null);
        if (body is not null && reason.Shortfall.Limb is { } lacking && Lacking(lacking, body, words) is { } sentence)
            return (lacking.Cite, $"{name}: {sentence}");
        return (
            element.Provision?.AppliesCite,
            Summaries.Element(element, evaluator.Of(element.Clear), evaluator.Of(element.Applies), evaluator)
        );
    }

    static string? RecordOf(Formula ground, LimbWords words)
    {
        var trail = new LimbTrail(words.Lacks);
        trail.Follow(ground);
        return trail.Record;
    }

    /// <summary>
    /// What one limb lacks, and on which record; null where it is not met on the way. Of the other limbs no sentence is made.
    /// </summary>
    static string? Lacking(LimbOf limb, Formula body, LimbWords words)
    {
        string? sentence = null;
        var trail = new LimbTrail(
            words.Lacks,
            (met, truth, isNegated) =>
            {
                if (met.Of.Id == limb.Id && (isNegated ? truth.Negated() : truth) != Truth.Satisfied)
                    sentence ??= words.Sentence(met, truth);
            }
        );
        trail.Follow(body);
        return sentence is null || trail.Record is not { } record ? sentence : $"{sentence} ({record})";
    }

    static string Spaced(string name) => name.Replace('-', ' ');
}
