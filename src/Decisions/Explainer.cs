using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Decisions;

/// <summary>
/// Puts a decision into words: each provision, its grounds on the record that comes nearest, each limb with its sentence, and what would
/// change the answer.
/// </summary>
public sealed class Explainer(Decider decider)
{
    // What does not apply for a reason that says nothing of the record is put the same way for every recipient.
    static readonly ConditionalWeakTable<Element, ConcurrentDictionary<Limb, ElementExplanation>> NotApplying = [];

    /// <summary>Explains a decision.</summary>
    /// <param name="decision">What was decided.</param>
    /// <param name="recipient">Whom it is about, as people write them.</param>
    /// <param name="evidence">Where the facts come from.</param>
    public Explanation Explain(Decision decision, string recipient, string? evidence = null)
    {
        var evaluator = new Evaluator(decision.Campaign, decision.Recipient);
        var words = new LimbWords(new ShortfallReader(evaluator), decision.Formula.Policy);
        var keys = Keys(decision, evaluator, words);
        var message = decision.Campaign.Message;
        IReadOnlyList<string> remedies =
            decision.Verdict == Verdict.Permitted ? [] : [.. Remedies.For(decision, evaluator, words).Select(step => step.Text)];
        var jurisdictions = decision
            .Formula.Reach.Send.Concat(decision.Formula.Reach.Process)
            .Concat(decision.Formula.Reach.WithoutLaw)
            .Distinct()
            .Where(id => decider.Law.Find(id) is not { IsEverywhere: true })
            .ToList();
        return new Explanation
        {
            Verdict = decision.Verdict.Word(),
            Recipient = recipient,
            Campaign = message.Id,
            Channel = Message.Channel.Write(message[Message.Channel]),
            ChannelNote = ChannelNames.Find(message[Calling.CarriedAs].Name)?.Says,
            Day = decision.Formula.Day,
            Jurisdictions = jurisdictions,
            Law = decision.Formula.LawDigest,
            Policy = decision.Formula.Policy.Digest,
            Reason = decision.Reason.Code,
            Summary = Summaries.Whole(decision),
            Plainly = PlainCard.Of(decision, evaluator, words, remedies),
            Keys = keys,
            Remedies = remedies,
            PolicyMattered = PolicyMattered(decision),
            LowConfidence = [.. jurisdictions.Where(id => decider.Law.Find(id) is { Confidence: Confidence.Low })],
            Separate = [.. decision.Formula.Separate.Select(permission => Separate(permission, evaluator))],
            Evidence = evidence,
        };
    }

    static IReadOnlyList<KeyExplanation> Keys(Decision decision, Evaluator evaluator, LimbWords words) =>
        [Key(decision.Formula.Send, decision.Send, evaluator, words), Key(decision.Formula.Process, decision.Process, evaluator, words)];

    static KeyExplanation Key(KeyFormula key, KeyReason reason, Evaluator evaluator, LimbWords words)
    {
        var elements = new ElementExplanation[key.Elements.Length];
        for (var at = 0; at < elements.Length; at++)
            elements[at] = Element(key.Elements[at], evaluator, words);
        return new(key.Key.Word(), Verdicts.Of(reason.Truth).Word(), reason.Code, elements);
    }

    static ElementExplanation Element(Element element, Evaluator evaluator, LimbWords words)
    {
        var clear = evaluator.Of(element.Clear);
        var applies = evaluator.Of(element.Applies);
        if (
            applies != Truth.NotSatisfied
            || clear != Truth.Satisfied
            || Summaries.NotApplying(element, evaluator) is not { } limb
            || CutSentence.Of(limb.Of.Condition.NotSatisfied).SaysTheRecord
        )
            return Put(element, clear, applies, evaluator, words);
        var known = NotApplying.GetValue(element, static _ => new(ReferenceEqualityComparer.Instance));
        if (known.TryGetValue(limb, out var said))
            return said;
        return known[limb] = ExplanationJson.Keep(Put(element, clear, applies, evaluator, words));
    }

    static ElementExplanation Put(Element element, Truth clear, Truth applies, Evaluator evaluator, LimbWords words)
    {
        var grounds = applies == Truth.NotSatisfied ? [] : Grounds(element, evaluator, words);
        return new ElementExplanation(
            TruthWords.Of(clear),
            element.Id,
            element.Provision?.ShortName ?? element.Id,
            Summaries.Kind(element.Kind),
            element.Jurisdiction,
            Summaries.Element(element, clear, applies, evaluator),
            element.Provision?.Source.Url,
            TruthWords.Of(element.Provision?.Confidence ?? Confidence.High),
            grounds
        )
        {
            NearestGround =
                element.Kind == ElementKind.Prohibition && grounds.Length > 0
                    ? KeyReason.Nearest(element, words.Lacks).Ground.Ground.Name
                    : null,
        };
    }

    static GroundExplanation[] Grounds(Element element, Evaluator evaluator, LimbWords words)
    {
        if (element.Kind == ElementKind.Prohibition)
        {
            var grounds = new GroundExplanation[element.Grounds.Length];
            for (var at = 0; at < grounds.Length; at++)
            {
                var (of, body) = (element.Grounds[at].Ground, element.Grounds[at].Body);
                grounds[at] = Ground(of.Name, of.Cite, of.Says, body, evaluator, words);
            }
            return grounds;
        }
        return element.Body is null
            ? []
            :
            [
                Ground(
                    Summaries.Kind(element.Kind),
                    element.Provision!.AppliesCite,
                    element.Provision.Says,
                    element.Body,
                    evaluator,
                    words
                ),
            ];
    }

    static GroundExplanation Ground(string name, string cite, string says, Formula body, Evaluator evaluator, LimbWords words)
    {
        var truth = evaluator.Of(body);
        var limbs = new List<LimbExplanation>(FirstLimb.CountIn(body));
        var trail = new LimbTrail(words.Lacks, (limb, truth, isNegated) => limbs.Add(words.Explain(limb, truth, isNegated)));
        trail.Follow(body);
        var record = trail.Record;
        var summary =
            trail.Missing is { } kind ? $"no {kind.Word()} on record"
            : record is not null ? $"{(truth == Truth.Satisfied ? "on" : "nearest record:")} {record}"
            : says;
        return new GroundExplanation(TruthWords.Of(truth), name, cite, says, record, summary, limbs);
    }

    static SeparateExplanation Separate(SeparatePermission permission, Evaluator evaluator)
    {
        var truth = evaluator.Of(permission.Whole);
        return new(
            Verdicts.Of(truth).Word(),
            permission.Provision.Id,
            permission.Provision.ShortName,
            Summaries.Separate(permission, truth, evaluator)
        );
    }

    /// <summary>Each switch that is on and without which the verdict would be another; policy can only have made it stricter.</summary>
    List<string> PolicyMattered(Decision decision)
    {
        var policy = decision.Formula.Policy;
        if (decision.Verdict == Verdict.Permitted || !policy.On.Any() || Without(decision, HousePolicy.None) == decision.Verdict)
            return [];
        var mattered = policy.On.Where(s => Without(decision, policy.With(s.Name, false)) != decision.Verdict).Select(s => s.Name).ToList();
        // Several switches may each hide the effect of the other.
        return mattered.Count == 0 ? [.. policy.On.Select(s => s.Name)] : mattered;
    }

    Verdict Without(Decision decision, HousePolicy policy) => decider.Verdict(decision, policy);
}

/// <summary>Short words for truths, and how sure a reading is.</summary>
static class TruthWords
{
    public static string Of(Truth truth) =>
        truth switch
        {
            Truth.Satisfied => "yes",
            Truth.NotSatisfied => "no",
            _ => "?",
        };

    public static string Of(Confidence confidence) =>
        confidence switch
        {
            Confidence.Low => "low",
            Confidence.Medium => "medium",
            Confidence.High => "high",
            _ => throw new ArgumentOutOfRangeException(nameof(confidence)),
        };
}
