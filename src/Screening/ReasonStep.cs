using System.Collections.Concurrent;
using MaySend.Decisions;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Conditions;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Screening;

/// <summary>
/// A reason as a step of the waterfall: what a person reads, and its fixed place in the order (model §5): bars first, then the conditions
/// of grounds, then duties, then gaps.
/// The same condition of several countries' law is one step.
/// </summary>
/// <param name="Order">Its place.</param>
/// <param name="Label">A short sentence.</param>
/// <param name="Key">The key it decides.</param>
/// <param name="OpenLabel">The sentence where it is not shown either way; null where the label says that already.</param>
public sealed record ReasonStep(int Order, string Label, Key Key, string? OpenLabel = null);

/// <summary>Finds the step of a reason code. Codes come from <see cref="KeyReason"/>.</summary>
public sealed class ReasonSteps
{
    const int Bars = 0,
        NoRecord = 1000,
        Limbs = 2000,
        Duties = 6000,
        Gaps = 8000;

    readonly ConcurrentDictionary<string, ReasonStep> byCode = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string> cites = new(StringComparer.Ordinal);

    /// <summary>Learns the codes that a composed decision can give.</summary>
    public void Learn(DecisionFormula formula)
    {
        foreach (var key in formula.Keys)
        {
            byCode.TryAdd(KeyReason.NoLaw(key), new ReasonStep(Gaps, "no law on file covers this channel and day", key.Key));
            foreach (var element in key.Elements)
                Learn(element, key.Key);
        }
    }

    /// <summary>The step of a code. A bar that nobody can rule out is not one that somebody raised.</summary>
    public ReasonStep Of(string code, Verdict verdict) =>
        !byCode.TryGetValue(code, out var step) ? new ReasonStep(Gaps + 1, code, Key.Send)
        : verdict == Verdict.NotShown && step.OpenLabel is { } open ? step with { Label = open }
        : step;

    /// <summary>Where the law says so, for a code; the code itself where nothing is cited.</summary>
    public string CiteOf(string code) => cites.GetValueOrDefault(code, code);

    void Learn(Element element, Key key)
    {
        var (code, label, order) = element.Kind switch
        {
            ElementKind.Bar => (KeyReason.ElementCode(element), BarLabel(element, "asked to stop", ""), Bars),
            ElementKind.NotCovered => (element.Id, "no law on file for the recipient's country", Gaps),
            _ => (element.Id, element.Provision!.Title, Duties),
        };
        byCode.TryAdd(
            code,
            new ReasonStep(
                order,
                label,
                key,
                element.Kind == ElementKind.Bar ? BarLabel(element, "not known whether they asked to stop", "not known: ") : null
            )
        );
        cites.TryAdd(code, element.Provision?.ShortName ?? element.Jurisdiction);
        foreach (var ground in element.Grounds)
            LearnBody(element, ground.Body, key, $"{element.Id}#{ground.Ground.Name}");
        if (element.Body is not null && element.Kind == ElementKind.Duty)
            LearnBody(element, element.Body, key, element.Id);
    }

    static string BarLabel(Element element, string ofARefusal, string before) =>
        element.Body is not null && FactsIn.Of(element.Body).Any(fact => fact.Scope == Scope.Refusal)
            ? ofARefusal
            : $"{before}{element.Provision!.Title}";

    void LearnBody(Element element, Formula body, Key key, string ground)
    {
        foreach (var limb in FirstLimb.LimbsIn(body))
        {
            byCode.TryAdd(
                limb.Of.Id,
                new ReasonStep(
                    (element.Kind == ElementKind.Duty ? Duties : Limbs) + ConditionBook.All.IndexOf(limb.Of.Condition),
                    Label(limb.Of),
                    key
                )
            );
            cites.TryAdd(limb.Of.Id, $"{element.Provision!.ShortName}: {limb.Of.Cite}");
        }
        foreach (var kind in Scopes.Records)
        {
            byCode.TryAdd($"{ground}/no-{kind.Word()}", new ReasonStep(NoRecord + (int)kind, $"no {kind.Word()} on record", key));
            cites.TryAdd($"{ground}/no-{kind.Word()}", element.Provision!.ShortName);
        }
    }

    static string Label(LimbOf of) => $"not shown: {PlainWords.Of(of, of.Condition.Satisfied)}";
}
