using MaySend.Law;
using MaySend.Law.Composition;
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

    /// <summary>The nearest ground's actions first; then those of other grounds that the sender can mend.</summary>
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
                texts.Add("the person asked to stop: only their own later act, naming the scope, changes this");
            else
                foreach (var body in Bodies(reason))
                    Collect(body, evaluator, words, texts);
        }
        return [.. texts.Concat(Mendable(decision, evaluator, words)).Distinct().Take(Most)];
    }

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
            (limb, truth) =>
            {
                if (truth == Truth.Satisfied || !isMendable)
                    return;
                isMendable = LimbWords.IsMendable(limb.Of, truth);
                if (isMendable)
                    texts.Add(words.Remedy(limb.Of));
            }
        ).Follow(body);
        return isMendable ? texts : [];
    }

    static IEnumerable<Formula> Bodies(KeyReason reason) =>
        reason.Ground is { } ground ? [ground.Body]
        : reason.Element!.Body is { } body ? [body]
        : [];

    static void Collect(Formula formula, Evaluator evaluator, LimbWords words, List<string> texts)
    {
        switch (formula)
        {
            case Limb limb when evaluator.Of(limb) is var truth && truth != Truth.Satisfied:
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
                if (nearest is null && FirstLimb.In(some.Body) is { } first)
                    texts.Add(words.Remedy(first));
                else if (nearest is not null)
                    using (evaluator.At(nearest))
                        Collect(some.Body, evaluator, words, texts);
                break;
        }
    }

    static string Text(LimbOf of, Truth truth, LimbWords words) => LimbWords.IsMendable(of, truth) ? words.Remedy(of) : OnlyThePerson;
}
