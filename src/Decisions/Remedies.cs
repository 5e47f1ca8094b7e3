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
    const string OnlyThePerson = "only the person can change this: a new sale with a chance to refuse, or a consent of their own";

    /// <summary>
    /// The actions of the nearest ground that nothing contradicts; then those of contradicted grounds that the sender can mend; where there
    /// are none, the person's own.
    /// </summary>
    public static IReadOnlyList<string> For(Decision decision, Evaluator evaluator, LimbWords words)
    {
        var texts = new List<string>();
        foreach (var reason in new[] { decision.Send, decision.Process }.Where(reason => reason.Truth != Truth.Satisfied))
        {
            if (reason.Element is not { } element)
                continue;
            if (element.Kind == ElementKind.NotCovered)
                texts.Add($"no law on file for {element.Jurisdiction}: ask a lawyer, and do not send until the law is on file");
            else if (element.Kind == ElementKind.Bar && reason.Truth == Truth.NotSatisfied)
                texts.Add(
                    "the person asked to stop: only their own sign-up, confirmed from their address, can change this (maysend " + "sign-up)"
                );
            else if (OpenBody(element, evaluator) is { } body)
                Collect(body, evaluator, words, texts);
        }
        texts.AddRange(Mendable(decision, evaluator, words));
        if (texts.Count == 0)
            texts.Add(OnlyThePerson);
        return [.. texts.Distinct().Take(Most)];
    }

    /// <summary>
    /// What of an element can still be shown: the nearest ground that nothing contradicts, or the body of a duty; null where all is
    /// contradicted.
    /// </summary>
    static Formula? OpenBody(Element element, Evaluator evaluator) =>
        element.Kind == ElementKind.Prohibition
            ? KeyReason
                .ByDistance(element, evaluator)
                .Where(way => way.Shortfall.Truth == Truth.NotEvidenced)
                .Select(way => way.Ground.Body)
                .FirstOrDefault()
            : element.Body;

    /// <summary>
    /// Actions for grounds that the record contradicts and the sender can mend, of keys that are not shown; found one by one, because few
    /// are asked for.
    /// </summary>
    static IEnumerable<string> Mendable(Decision decision, Evaluator evaluator, LimbWords words) =>
        from key in decision.Formula.Keys
        where (key.Key == Key.Send ? decision.Send : decision.Process).Truth == Truth.NotEvidenced
        from element in key.Elements
        where element.Kind == ElementKind.Prohibition && evaluator.Of(element.Clear) != Truth.Satisfied
        from ground in element.Grounds
        where evaluator.Of(ground.Body) == Truth.NotSatisfied
        from text in Mending(ground.Body, evaluator, words)
        select text;

    /// <summary>The remedies of all that a ground lacks; none where some of it is not in the sender's hands.</summary>
    static List<string> Mending(Formula body, Evaluator evaluator, LimbWords words)
    {
        var texts = new List<string>();
        var isMendable = true;
        new LimbTrail(
            evaluator,
            (limb, truth, isNegated) =>
            {
                var met = isNegated ? truth.Negated() : truth;
                if (met == Truth.Satisfied || !isMendable)
                    return;
                isMendable = LimbWords.IsMendable(limb.Of, met);
                if (isMendable)
                    texts.Add(words.Remedy(limb.Of));
            }
        ).Follow(body);
        return isMendable ? texts : [];
    }

    static void Collect(Formula formula, Evaluator evaluator, LimbWords words, List<string> texts)
    {
        switch (formula)
        {
            // What is shown by a reading that is not relied on is not shown better by recording it again.
            case Limb limb when evaluator.Of(limb) is var truth && truth != Truth.Satisfied && words.NotReliedOn(limb, truth) is null:
                texts.Add(Text(limb.Of, truth, words));
                break;
            case All all:
                foreach (var part in all.Parts)
                    Collect(part, evaluator, words, texts);
                break;
            case Any any:
                Collect(new ShortfallReader(evaluator).Nearest(any).Way, evaluator, words, texts);
                break;
            case Not not:
                Collect(not.Part, evaluator, words, texts);
                break;
            case Some some when evaluator.Of(some) != Truth.Satisfied:
                var nearest = new ShortfallReader(evaluator).Nearest(some).Record;
                if (nearest is null)
                    texts.Add(ForWantOf(some, words));
                else if (nearest is not null)
                    using (evaluator.At(nearest))
                        Collect(some.Body, evaluator, words, texts);
                break;
        }
    }

    /// <summary>What to do where there is no record of a kind at all: what the first limb about the record itself asks for.</summary>
    static string ForWantOf(Some some, LimbWords words)
    {
        if (some.Kind == Scope.Collection)
            return CollectionConditions.ByTheSenderFromTheRecipient.Remedy.Text;
        var limbs = FirstLimb.LimbsIn(some.Body).Select(limb => limb.Of).ToList();
        return words.Remedy(limbs.Find(of => of.Condition.Name.StartsWith($"{some.Kind.Word()}.", StringComparison.Ordinal)) ?? limbs[0]);
    }

    static string Text(LimbOf of, Truth truth, LimbWords words) => LimbWords.IsMendable(of, truth) ? words.Remedy(of) : OnlyThePerson;
}
