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
/// of grounds, then duties, then gaps. The same condition of several countries' law is one step.
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
        OfGrounds = 2000,
        Duties = 6000,
        Gaps = 8000;

    readonly ConcurrentDictionary<string, ReasonStep> byCode = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string> cites = new(StringComparer.Ordinal);

    /// <summary>Learns the codes that a composed decision can give.</summary>
    public void Learn(DecisionFormula formula)
    {
        foreach (var key in formula.Keys)
        {
            byCode.TryAdd(KeyReason.NoLaw(key), new ReasonStep(Gaps, "We have no law on file for this channel and day", key.Key));
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
            ElementKind.Bar => (KeyReason.ElementCode(element), BarLabel(element, Truth.Satisfied), Bars),
            ElementKind.NotCovered => (element.Id, "We have no law on file for their country", Gaps),
            _ => (element.Id, element.Provision!.Title, Duties),
        };
        byCode.TryAdd(
            code,
            new ReasonStep(order, label, key, element.Kind == ElementKind.Bar ? BarLabel(element, Truth.NotEvidenced) : null)
        );
        cites.TryAdd(code, element.Provision?.ShortName ?? element.Jurisdiction);
        foreach (var ground in element.Grounds)
            LearnBody(element, ground.Body, key, $"{element.Id}#{ground.Ground.Name}");
        if (element.Body is not null && element.Kind == ElementKind.Duty)
            LearnBody(element, element.Body, key, element.Id);
    }

    /// <summary>What a bar says of a person: the words of its first condition that stands in the way, such as an opt-out.</summary>
    static string BarLabel(Element element, Truth truth) =>
        element.Body is { } body
        && FirstLimb.LimbsIn(body).FirstOrDefault(limb => Plainly.Of(limb.Of.Condition).StandsInTheWay) is { } limb
        && Plainly.Of(limb.Of.Condition).Sentence(truth, Truth.Satisfied) is { } plain
            ? PlainWords.Of(limb.Of, plain)
            : $"{(truth == Truth.NotEvidenced ? "not known: " : "")}{element.Provision!.Title}";

    void LearnBody(Element element, Formula body, Key key, string ground)
    {
        foreach (var (limb, isNegated) in Limbs(body, false))
        {
            var keepsBackIf = isNegated ? Truth.Satisfied : Truth.NotSatisfied;
            byCode.TryAdd(
                limb.Id,
                new ReasonStep(
                    (element.Kind == ElementKind.Duty ? Duties : OfGrounds) + ConditionBook.All.IndexOf(limb.Condition),
                    Label(limb, keepsBackIf, keepsBackIf),
                    key,
                    FollowsFromTheDay(limb) ? null : Label(limb, Truth.NotEvidenced, keepsBackIf)
                )
            );
            cites.TryAdd(limb.Id, $"{element.Provision!.ShortName}: {limb.Cite}");
        }
        foreach (var kind in Scopes.Records)
        {
            byCode.TryAdd($"{ground}/no-{kind.Word()}", new ReasonStep(NoRecord + (int)kind, PlainCard.WithoutRecord(kind), key));
            cites.TryAdd($"{ground}/no-{kind.Word()}", element.Provision!.ShortName);
        }
    }

    /// <summary>A campaign always has a day: where only that is asked, what is known stands in the way, whatever else is open.</summary>
    static bool FollowsFromTheDay(LimbOf limb) =>
        limb.Condition == CallConditions.OnWeekday || limb.Condition == CallConditions.NotOnAHoliday;

    /// <summary>Each limb, and whether its contrary is asked for.</summary>
    static IEnumerable<(LimbOf Limb, bool IsNegated)> Limbs(Formula formula, bool isNegated) =>
        formula switch
        {
            Not not => Limbs(not.Part, !isNegated),
            All all => all.Parts.SelectMany(part => Limbs(part, isNegated)),
            Any any => any.Parts.SelectMany(part => Limbs(part, isNegated)),
            Some some => Limbs(some.Body, isNegated),
            _ => FirstLimb.LimbsIn(formula).Select(limb => (limb.Of, isNegated)),
        };

    static string Label(LimbOf of, Truth truth, Truth keepsBackIf) =>
        PlainWords.Of(of, Plainly.Of(of.Condition).Sentence(truth, keepsBackIf) ?? of.Condition.Sentence(truth));
}
