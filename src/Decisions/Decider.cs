using System.Collections.Concurrent;
using MaySend.Evidence.Fold;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Decisions;

/// <summary>What was decided about one recipient, with everything needed to explain it. A pure function of its inputs.</summary>
/// <param name="Formula">The law as composed.</param>
/// <param name="Campaign">The campaign's facts.</param>
/// <param name="Recipient">The recipient's facts.</param>
/// <param name="Send">The send key.</param>
/// <param name="Process">The process key.</param>
public sealed record Decision(DecisionFormula Formula, CampaignFacts Campaign, RecipientFacts Recipient, KeyReason Send, KeyReason Process)
{
    /// <summary>Both keys joined.</summary>
    public Verdict Verdict { get; } = Verdicts.Of(Send.Truth.And(Process.Truth));

    /// <summary>The reason of the whole: of the key that decides, the send key first.</summary>
    public KeyReason Reason => Send.Truth == Send.Truth.And(Process.Truth) ? Send : Process;
}

/// <summary>
/// Decides: whose law, what must be shown, what is shown, what follows. Safe for many threads; keeps composed formulas, of which there are
/// few.
/// </summary>
public sealed class Decider(LawBook law)
{
    static readonly NameSet Unknown = NameSet.Of();

    readonly Composer composer = new(law);
    readonly ConcurrentDictionary<(Reach Reach, string? Channel, DateOnly Day, DateOnly KnownAt, Digest Policy), DecisionFormula> formulas =
        new();

    readonly ConcurrentDictionary<(string? Establishment, NameSet Countries), Reach> reaches = new();

    /// <summary>The law in use.</summary>
    public LawBook Law => law;

    /// <summary>The days of what is on record, as this law counts them.</summary>
    public LegalDays Days { get; } = LegalDays.Of(law);

    /// <summary>Decides about one recipient.</summary>
    /// <param name="campaign">Facts of the campaign.</param>
    /// <param name="recipient">Facts of the recipient.</param>
    /// <param name="knownAt">The day as of which readings of the law are known.</param>
    /// <param name="policy">House policy.</param>
    /// <param name="lawOn">The day whose law is asked; null for the campaign's, which alone decides a send.</param>
    public Decision Decide(CampaignFacts campaign, RecipientFacts recipient, DateOnly knownAt, HousePolicy policy, DateOnly? lawOn = null)
    {
        var formula = Formula(campaign, recipient.Recipient[Recipient.Countries].Set ?? Unknown, knownAt, policy, lawOn);
        var evaluator = new Evaluator(campaign, recipient);
        return new Decision(formula, campaign, recipient, KeyReason.Of(formula.Send, evaluator), KeyReason.Of(formula.Process, evaluator));
    }

    /// <summary>What the answer would be under another policy, without the reasons for it.</summary>
    /// <param name="decision">What was decided, about the same campaign and recipient.</param>
    /// <param name="policy">The other policy.</param>
    internal Verdict Verdict(Decision decision, HousePolicy policy)
    {
        var (campaign, recipient) = (decision.Campaign, decision.Recipient);
        var countries = recipient.Recipient[Recipient.Countries].Set ?? Unknown;
        var formula = Formula(campaign, countries, decision.Formula.KnownAt, policy, decision.Formula.Day);
        var evaluator = new Evaluator(campaign, recipient);
        return Verdicts.Of(evaluator.Of(formula.Send.Whole).And(evaluator.Of(formula.Process.Whole)));
    }

    /// <summary>The composed law for recipients of these plausible countries.</summary>
    public DecisionFormula Formula(CampaignFacts campaign, NameSet countries, DateOnly knownAt, HousePolicy policy, DateOnly? lawOn = null)
    {
        var channel = campaign.Message[Message.Channel] is { IsRecorded: true } word ? Message.Channel.Words[(int)word.Number] : null;
        var day =
            lawOn is { } other ? other
            : campaign.Message[Message.Day] is { IsRecorded: true } value ? value.Day
            : DateOnly.MinValue;
        var reach = reaches.GetOrAdd(
            (campaign.Sender[Sender.Establishment].Name, countries),
            static (asked, law) => law.Reach(asked.Establishment, asked.Countries.Names),
            law
        );
        return formulas.GetOrAdd(
            (reach, channel, day, knownAt, policy.Digest),
            static (asked, use) => use.composer.Compose(asked.Reach, asked.Channel, asked.Day, asked.KnownAt, use.policy),
            (composer, policy)
        );
    }
}
