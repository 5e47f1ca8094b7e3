using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Conditions;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Decisions;

/// <summary>
/// What would change an answer: only real actions, at most three. A limb that is contradicted is not mended by proving the contrary.
/// </summary>
static class Remedies
{
    const int Most = 3;
    static readonly RemedyStep OnlyThePerson = new(
        "only the person can change this: a new sale with a chance to refuse, or a consent of their own",
        RemedyKind.NewSaleOrConsent,
        null
    );

    /// <summary>
    /// The actions of the nearest ground that nothing contradicts; then those of contradicted grounds that the sender can mend; where there
    /// are none, the person's own.
    /// </summary>
    public static IReadOnlyList<RemedyStep> For(Decision decision, Evaluator evaluator, LimbWords words)
    {
        var steps = new List<RemedyStep>();
        foreach (var reason in (ReadOnlySpan<KeyReason>)[decision.Send, decision.Process])
        {
            if (reason.Truth == Truth.Satisfied || reason.Element is not { } element)
                continue;
            if (element.Kind == ElementKind.NotCovered)
                steps.Add(
                    new(
                        $"no law on file for {element.Jurisdiction}: ask a lawyer, and do not send until the law is on file",
                        RemedyKind.PutLawOnFile,
                        null
                    )
                );
            else if (element.Kind == ElementKind.Bar && reason.Truth == Truth.NotSatisfied)
                steps.Add(
                    new(
                        "the person asked to stop: only their own sign-up, confirmed from their address, can change this (maysend sign-up)",
                        RemedyKind.NewSaleOrConsent,
                        null
                    )
                );
            else if (OpenBody(element, words.Lacks) is { } body)
                Collect(body, evaluator, words, steps);
        }
        if (decision.Send.Truth == Truth.NotEvidenced || decision.Process.Truth == Truth.NotEvidenced)
            steps.AddRange(Mendable(decision, evaluator, words));
        if (steps.Count == 0)
            steps.Add(OnlyThePerson);
        return [.. steps.DistinctBy(step => step.Text, StringComparer.Ordinal).Take(Most)];
    }

    /// <summary>
    /// What of an element can still be shown: the nearest ground that nothing contradicts, or the body of a duty; null where all is
    /// contradicted.
    /// </summary>
    static Formula? OpenBody(Element element, ShortfallReader lacks) =>
        element.Kind == ElementKind.Prohibition ? KeyReason.NearestOpen(element, lacks)?.Body : element.Body;

    /// <summary>
    /// Actions for grounds that the record contradicts and the sender can mend, of keys that are not shown; found one by one, because few
    /// are asked for.
    /// </summary>
    static IEnumerable<RemedyStep> Mendable(Decision decision, Evaluator evaluator, LimbWords words) =>
        from key in decision.Formula.Keys
        where (key.Key == Key.Send ? decision.Send : decision.Process).Truth == Truth.NotEvidenced
        from element in key.Elements
        where element.Kind == ElementKind.Prohibition && evaluator.Of(element.Clear) != Truth.Satisfied
        from ground in element.Grounds
        where evaluator.Of(ground.Body) == Truth.NotSatisfied
        from step in Mending(ground.Body, words)
        select step;

    /// <summary>The remedies of all that a ground lacks; none where some of it is not in the sender's hands.</summary>
    static List<RemedyStep> Mending(Formula body, LimbWords words)
    {
        var steps = new List<RemedyStep>();
        var isMendable = true;
        new LimbTrail(
            words.Lacks,
            (limb, truth, isNegated) =>
            {
                var met = isNegated ? truth.Negated() : truth;
                if (met == Truth.Satisfied || !isMendable)
                    return;
                isMendable = LimbWords.IsMendable(limb.Of, met);
                if (isMendable)
                    steps.Add(Step(limb.Of, words));
            }
        ).Follow(body);
        return isMendable ? steps : [];
    }

    static void Collect(Formula formula, Evaluator evaluator, LimbWords words, List<RemedyStep> steps, bool isNegated = false)
    {
        var truth = evaluator.Of(formula);
        var met = isNegated ? truth.Negated() : truth;
        // What is as the law asks needs nothing, and that goes for the contrary of what does not hold too.
        if (met == Truth.Satisfied)
            return;
        switch (formula)
        {
            // What is shown by a reading that is not relied on is not shown better by recording it again.
            case Limb limb when words.NotReliedOn(limb, truth) is null:
                steps.Add(LimbWords.IsMendable(limb.Of, met) ? Step(limb.Of, words) : OnlyThePerson);
                break;
            case All all:
                foreach (var part in all.Parts)
                    Collect(part, evaluator, words, steps, isNegated);
                break;
            case Any any:
                Collect(words.Lacks.Nearest(any), evaluator, words, steps, isNegated);
                break;
            case Not not:
                Collect(not.Part, evaluator, words, steps, !isNegated);
                break;
            case Some some:
                var nearest = words.Lacks.Nearest(some).Record;
                if (nearest is null)
                    steps.Add(ForWantOf(some, words));
                else
                    using (evaluator.At(nearest))
                        Collect(some.Body, evaluator, words, steps, isNegated);
                break;
        }
    }

    /// <summary>What to do where there is no record of a kind at all: what the first limb about the record itself asks for.</summary>
    static RemedyStep ForWantOf(Some some, LimbWords words)
    {
        if (some.Kind == Scope.Collection)
        {
            var order = CollectionConditions.ByTheSenderFromTheRecipient;
            return new(order.Remedy.Text, order.Remedy.Kind, order.Name);
        }
        var limbs = FirstLimb.LimbsIn(some.Body).Select(limb => limb.Of).ToList();
        return Step(limbs.Find(of => of.Condition.Name.StartsWith($"{some.Kind.Word()}.", StringComparison.Ordinal)) ?? limbs[0], words);
    }

    static RemedyStep Step(LimbOf of, LimbWords words) => new(words.Remedy(of), of.Condition.Remedy.Kind, of.Condition.Name);
}
