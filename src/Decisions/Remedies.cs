using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Decisions;

/// <summary>What would change an answer: only real actions, at most three. A limb that is contradicted is not mended by proving the contrary.</summary>
static class Remedies
{
    const int Most = 3;
    const string OnlyThePerson = "only the person can change this: a new sale with a chance to refuse, or a consent of their own";

    /// <summary>The nearest ground's actions first; then those of other grounds that the sender can mend, which are looked up in the whole explanation of the keys.</summary>
    public static IReadOnlyList<string> For(Decision decision, Func<IReadOnlyList<KeyExplanation>> keys, Evaluator evaluator, LimbWords words)
    {
        var texts = new List<string>();
        foreach (var reason in new[] { decision.Send, decision.Process }.Where(reason => reason.Truth != Truth.Satisfied))
        {
            if (reason.Element is not { } element) continue;
            if (element.Kind == ElementKind.NotCovered) texts.Add($"no law on file for {element.Jurisdiction}: ask a lawyer, and do not send until the law is on file");
            else if (element.Kind == ElementKind.Bar && reason.Truth == Truth.NotSatisfied) texts.Add("the person asked to stop: only their own later act, naming the scope, changes this");
            else foreach (var body in Bodies(reason)) Collect(body, evaluator, words, texts);
        }
        texts = [.. texts.Distinct()];
        // Putting every ground into words takes long, and is spared where the list is full already.
        if (texts.Count >= Most || (decision.Send.Truth != Truth.NotEvidenced && decision.Process.Truth != Truth.NotEvidenced)) return [.. texts.Take(Most)];
        var mendable = keys().Where(key => key.Verdict == "not-shown").SelectMany(key => key.Elements).Where(element => element is { Kind: "prohibition", Clear: not "yes" })
            .SelectMany(element => element.Grounds).Where(ground => ground is { Met: "no", IsMendable: true }).SelectMany(ground => ground.Limbs).Select(limb => limb.Remedy).OfType<string>();
        return [.. texts.Concat(mendable).Distinct().Take(Most)];
    }

    static IEnumerable<Formula> Bodies(KeyReason reason) => reason.Ground is { } ground ? [ground.Body] : reason.Element!.Body is { } body ? [body] : [];

    static void Collect(Formula formula, Evaluator evaluator, LimbWords words, List<string> texts)
    {
        var shortfall = new ShortfallReader(evaluator);
        switch (formula)
        {
            case Limb limb when evaluator.Of(limb) is var truth && truth != Truth.Satisfied:
                texts.Add(Text(limb.Of, truth, words));
                break;
            case All all:
                foreach (var part in all.Parts) Collect(part, evaluator, words, texts);
                break;
            case Any any:
                Collect(any.Parts.MinBy(part => shortfall.Of(part).Rank)!, evaluator, words, texts);
                break;
            case Not not:
                Collect(not.Part, evaluator, words, texts);
                break;
            case Some some when evaluator.Of(some) != Truth.Satisfied:
                var nearest = evaluator.Records(some.Kind).MinBy(record => evaluator.Under(record, () => shortfall.Of(some.Body).Rank));
                if (nearest is null && FirstLimb.In(some.Body) is { } first) texts.Add(words.Fill(first, first.Condition.Remedy.Text));
                else if (nearest is not null)
                    evaluator.Under(nearest, () =>
                    {
                        Collect(some.Body, evaluator, words, texts);
                        return true;
                    });
                break;
        }
    }

    static string Text(LimbOf of, Truth truth, LimbWords words) =>
        LimbWords.IsMendable(of, truth) ? words.Fill(of, of.Condition.Remedy.Text) : OnlyThePerson;
}
