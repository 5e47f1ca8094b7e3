using System.Text.Json.Serialization;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Conditions;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Decisions;

/// <summary>The answer in five lines for somebody who is not a lawyer: the same in terminal, API and console.</summary>
/// <param name="What">May be sent, must not be sent, or cannot be shown yet; of a call: may be called, and so on.</param>
/// <param name="Why">One everyday sentence.</param>
/// <param name="Rule">Which rule decides; null where no law on file does.</param>
/// <param name="Change">The first act that would change the answer; null where it may be sent.</param>
/// <param name="Evidence">The records the answer is based on or was tried on; null if there are none.</param>
/// <param name="Act">Where that act is done: <c>collection-point</c>, <c>template</c>, <c>product-map</c>, <c>assessment</c>,
/// <c>message</c>, <c>judgement</c>, <c>register</c>, <c>record</c>; null where only the person can do it, or nothing is lacking.</param>
public sealed record PlainCard(string What, string Why, string? Rule, string? Change, string? Evidence, string? Act)
{
    /// <summary>The same act as the law's conditions name it.</summary>
    [JsonIgnore]
    public RemedyKind? Remedy { get; init; }

    /// <summary>The card of a decision.</summary>
    internal static PlainCard Of(Decision decision, Evaluator evaluator, LimbWords words, IReadOnlyList<string> remedies)
    {
        var channel = ChannelWords.Of(Message.Channel.Write(decision.Campaign.Message[Message.Channel]));
        var isPermitted = decision.Verdict == Verdict.Permitted;
        var reasons = isPermitted ? new[] { decision.Send, decision.Process } : [decision.Reason];
        var records = reasons.SelectMany(reason => Records(reason, words)).Distinct().ToList();
        var remedy = isPermitted ? null : RemedyOf(decision.Reason);
        return new(
            decision.Verdict switch
            {
                Verdict.Permitted => channel.ItMay,
                Verdict.Refused => channel.ItMustNot,
                _ => $"can't be shown yet, so {channel.Held}",
            },
            Sentence(decision, evaluator, words),
            LimbTrail.Joined([.. reasons.Select(Rules).OfType<string>().Distinct()]),
            remedies.Count > 0 ? remedies[0] : null,
            LimbTrail.Joined(records),
            Word(remedy)
        )
        {
            Remedy = remedy,
        };
    }

    /// <summary>The everyday sentence alone, for answers that say no more.</summary>
    internal static string Sentence(Decision decision, Evaluator evaluator, LimbWords words) =>
        decision.Verdict == Verdict.Permitted ? Stands(decision) : KeptBack(decision.Reason, evaluator, words);

    static RemedyKind? RemedyOf(KeyReason reason) =>
        reason.Shortfall switch
        {
            { MissingRecord: Scope.Assessment } => RemedyKind.SignAssessment,
            { MissingRecord: Scope.Check } => RemedyKind.CheckRegister,
            { MissingRecord: not null } => RemedyKind.RecordIfTrue,
            // What the record contradicts is not mended by proving the contrary; a message or an assessment can be made anew.
            { Limb: { } limb } lacking when LimbWords.IsMendable(limb, lacking.Truth) && limb.Condition.Remedy.Kind is var kind => kind
            == RemedyKind.NewSaleOrConsent
                ? null
                : kind,
            _ => null,
        };

    static string? Word(RemedyKind? kind) =>
        kind switch
        {
            RemedyKind.ProveCollectionPoint => "collection-point",
            RemedyKind.ProveTemplate => "template",
            RemedyKind.SignProductMap => "product-map",
            RemedyKind.SignAssessment => "assessment",
            RemedyKind.ChangeMessage => "message",
            RemedyKind.SignJudgement => "judgement",
            RemedyKind.CheckRegister => "register",
            RemedyKind.RecordIfTrue => "record",
            _ => null,
        };

    static string Stands(Decision decision)
    {
        var send =
            decision.Send.Ground is not { } ground ? "No rule requires a permission to send this"
            : Uses(ground.Body, Scope.Consent) ? "They said yes to this"
            : FactsIn.Of(ground.Body).Contains(Collection.RefusalOffered)
                ? "They gave you the address as a customer or supporter, and could say no then and ever since"
            : Uses(ground.Body, Scope.Collection) ? "They dealt with you, and the rule allows this without asking them"
            : $"The rule allows it here ({ground.Ground.Name.Replace('-', ' ')})";
        var process =
            decision.Process.Ground is not { } basis ? "no basis for using their data is required"
            : Uses(basis.Body, Scope.Assessment) ? "your signed weighing of interests covers the use of their data"
            : Uses(basis.Body, Scope.Consent) ? "their yes covers the use of their data"
            : $"the use of their data has a basis ({basis.Ground.Name.Replace('-', ' ')})";
        return $"{send}; {process}.";
    }

    static bool Uses(Formula body, Scope kind)
    {
        foreach (var fact in FactsIn.Of(body))
        {
            if (fact.Scope == kind)
                return true;
        }
        return false;
    }

    /// <summary>Why it is kept back: what is lacking on the way that came nearest, or the bar that holds.</summary>
    static string KeptBack(KeyReason reason, Evaluator evaluator, LimbWords words)
    {
        if (reason.Element is not { } element)
            return "We have no law on file for this channel and day.";
        if (element.Kind == ElementKind.NotCovered)
            return "We have no law on file for their country.";
        if (reason.Shortfall.MissingRecord is { } kind)
            return $"{WithoutRecord(kind)}.";
        var isBar = element.Kind == ElementKind.Bar;
        if (Body(reason) is not { } body)
            return $"{Capitalised(Summaries.Element(element, reason.Truth, Truth.Satisfied, evaluator))}.";
        string? sentence = null;
        var trail = new LimbTrail(
            words.Lacks,
            (limb, truth, isNegated) =>
            {
                var holds = isNegated ? truth.Negated() : truth;
                var decides = isBar ? holds == reason.Truth.Negated() : limb.Of.Id == reason.Shortfall.Limb?.Id;
                if (sentence is null && decides)
                    sentence = Words(limb, truth, isNegated != isBar ? Truth.Satisfied : Truth.NotSatisfied, words);
            }
        );
        trail.Follow(body);
        return sentence is null ? $"{Capitalised(Summaries.Element(element, reason.Truth, Truth.Satisfied, evaluator))}." : $"{sentence}.";
    }

    static string Words(Limb limb, Truth truth, Truth keepsBackIf, LimbWords words)
    {
        if (words.NotReliedOn(limb, truth) is not null)
            return "The record fits, but we are not sure enough of what this law means to rely on it";
        return Plainly.Of(limb.Of.Condition).Sentence(truth, keepsBackIf) is { } plain
            ? words.FillPlainly(limb.Of, plain)
            : Capitalised(words.Sentence(limb, truth));
    }

    /// <summary>What is lacking where there is no record of a kind at all; without a full stop.</summary>
    public static string WithoutRecord(Scope kind) =>
        kind switch
        {
            Scope.Consent => "Nothing on record shows that they said yes",
            Scope.Collection => "Nothing on record shows how you got their address",
            Scope.Assessment => "Nobody has weighed your interest against theirs yet",
            Scope.Check => "Nothing on record shows that they were looked up in the register",
            Scope.Refusal => "No complete list of opt-outs is on record",
            _ => $"No {kind.Word()} is on record",
        };

    static string? Rules(KeyReason reason) =>
        reason.Element?.Provision is not { } provision
            ? null
            : $"{provision.ShortName}, {reason.Shortfall.Limb?.Cite ?? reason.Ground?.Ground.Cite ?? provision.AppliesCite}";

    static IReadOnlyList<string> Records(KeyReason reason, LimbWords words)
    {
        if (Body(reason) is not { } body)
            return [];
        var trail = new LimbTrail(words.Lacks);
        trail.Follow(body);
        return trail.Records;
    }

    static Formula? Body(KeyReason reason) => reason.Ground?.Body ?? reason.Element?.Body;

    static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
