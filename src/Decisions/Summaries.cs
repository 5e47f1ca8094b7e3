using System.Runtime.CompilerServices;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Formulas;

namespace MaySend.Decisions;

/// <summary>One-sentence summaries.</summary>
static class Summaries
{
    // How an element stands where it applies is put in one of three ways, whoever it is about.
    static readonly ConditionalWeakTable<Element, string?[]> Standing = [];

    public static string Kind(ElementKind kind) =>
        kind switch
        {
            ElementKind.NoRule => "no-rule",
            ElementKind.NotCovered => "not-covered",
            ElementKind.Bar => "bar",
            ElementKind.Prohibition => "prohibition",
            ElementKind.Duty => "duty",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    public static string Whole(Decision decision) =>
        decision.Verdict switch
        {
            Verdict.Permitted => "both keys turn: it may be sent, and the data may be used for it",
            Verdict.Refused => "something on record forbids it",
            _ => "nothing shows that it may go, so it is not sent",
        };

    public static string Element(Element element, Truth clear, Truth applies, Evaluator evaluator) =>
        applies == Truth.NotSatisfied
            ? $"{element.Provision?.ShortName} does not apply: {WhyNot(element, evaluator)}"
            : Standing.GetValue(element, static _ => new string?[3])[(int)clear] ??= Stands(element, clear);

    static string Stands(Element element, Truth clear)
    {
        var name = element.Provision?.ShortName;
        var says = element.Provision?.Says;
        return element.Kind switch
        {
            ElementKind.NotCovered => $"no law on file for {element.Jurisdiction} covers this channel and day",
            ElementKind.NoRule => clear == Truth.Satisfied ? $"{name}: {says}" : $"{name}: {says} (low confidence: not relied on)",
            ElementKind.Bar => clear == Truth.Satisfied ? $"{name}: nothing on record bars it"
            : clear == Truth.NotSatisfied ? $"{name} bars it: {says}"
            : $"{name}: nothing shows that no bar applies",
            ElementKind.Duty => clear == Truth.Satisfied ? $"{name} is met: {says}"
            : clear == Truth.NotSatisfied ? $"{name} is not met: {says}"
            : $"{name} is not shown to be met: {says}",
            _ => clear == Truth.Satisfied
                ? $"{name} forbids this unless one ground is shown, and one is"
                : $"{name} forbids this unless one ground is shown",
        };
    }

    public static string Separate(SeparatePermission permission, Truth truth, Evaluator evaluator) =>
        evaluator.Of(permission.Applies) == Truth.NotSatisfied ? "not needed: the message stores and reads nothing on the device"
        : truth == Truth.Satisfied ? "shown; the send is not affected"
        : "not shown: take the tracking out for this recipient; the send is not affected";

    /// <summary>The limb by which an element does not apply; null where it is not one alone.</summary>
    public static Limb? NotApplying(Element element, Evaluator evaluator)
    {
        foreach (var limb in FirstLimb.LimbsIn(element.Applies))
        {
            if (evaluator.Of(limb) == Truth.NotSatisfied)
                return limb;
        }
        return null;
    }

    static string WhyNot(Element element, Evaluator evaluator) =>
        NotApplying(element, evaluator) is { } limb
            ? new LimbWords(new ShortfallReader(evaluator), Law.Provisions.HousePolicy.None).Fill(limb.Of, limb.Of.Condition.NotSatisfied)
            : element.Provision!.Says;
}
