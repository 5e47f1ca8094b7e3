using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>
/// Finds what can be shown about a person for one campaign: the fold over the entries on record, up to the day of sending. Pure: the same
/// entries, controller record and campaign give the same facts. Entries after the day of sending are not looked at, except requests to
/// stop, which always count. Immutable and safe for many threads: what the controller's record says once for the whole campaign is looked
/// up once.
/// </summary>
public sealed class FactFinder
{
    readonly ControllerRecord controller;
    readonly Campaign campaign;
    readonly LegalDays days;
    readonly RecipientFold recipient;
    readonly Func<History, int?> countOf;
    readonly CollectionFacts collections;
    readonly ConsentFacts consents;
    readonly StatementSigned? complete;

    /// <summary>Looks up once what holds for everybody.</summary>
    /// <param name="controller">What the controller has on record.</param>
    /// <param name="campaign">What is to be sent, on the day asked about.</param>
    /// <param name="days">How the law counts days.</param>
    public FactFinder(ControllerRecord controller, Campaign campaign, LegalDays days)
    {
        (this.controller, this.days) = (controller, days);
        this.campaign = campaign = CampaignTopics.Settled(campaign, controller.Names);
        (recipient, collections, consents) = (new(controller, campaign), new(controller, campaign), new(controller, campaign));
        countOf = recipient.MarketingLast30Days;
        complete = controller.Statement(campaign.Sender, StatementKind.RefusalsComplete, campaign.Day, campaign.Channel);
    }

    /// <summary>The facts of one recipient.</summary>
    /// <param name="entries">What is on record about them.</param>
    /// <param name="address">Where they are reached: its domain may be one that refuses. Null where nobody is reached.</param>
    public RecipientFacts Find(IReadOnlyList<ContactEntry> entries, string? address)
    {
        entries = days.Of(TakenBackEntries.Without(entries, controller));
        var history = new History(entries, campaign, controller);
        var (rules, waiting) = (OfTheDomain(address), WaitingFacts.Of(entries));
        var facts = new RecipientFacts(
            recipient.Of(history),
            collections.Of(history),
            consents.Of(history),
            rules.IsEmpty && waiting.IsEmpty ? Requests(history) : [.. rules, .. waiting, .. Requests(history)],
            Checks(history.Of<RegisterChecked>())
        );
        if (history.Of<FactJudged>() is { Length: > 0 } judgements)
            Judge(facts, judgements, history.Of<JudgementWithdrawn>());
        return facts;
    }

    /// <summary>The rule of the address's domain; no act of one person ends it.</summary>
    ImmutableArray<FactSheet> OfTheDomain(string? address) =>
        DomainRules.Over(address, controller.RefusedDomains) is { } rule ? [RefusalFacts.Sheet(rule, isLifted: false)] : [];

    ImmutableArray<FactSheet> Requests(History history)
    {
        var requests = RefusalFacts.Of(history, campaign, countOf);
        if (history.NotUnderstood.Length > 0)
            requests = requests.AddRange(RefusalFacts.NotUnderstood(history, campaign));
        return RefusalFacts.BeforeTheRegister(complete, history, campaign) is { } open ? requests.Add(open) : requests;
    }

    /// <summary>
    /// The newest look-up in each register: an older clean one must not outweigh a newer listing. Of several on one day the listing counts.
    /// </summary>
    static ImmutableArray<FactSheet> Checks(RegisterChecked[] checks) =>
        checks.Length == 0
            ? []
            : RecordOrder.NewestFirst(
                [
                    .. checks
                        .GroupBy(check => Registers.InLaw(check.Register), StringComparer.Ordinal)
                        .Select(group => Sheet(group.OrderBy(check => check.When.Day).ThenBy(check => check.Listed).Last())),
                ],
                Check.Day
            );

    static FactSheet Sheet(RegisterChecked check) =>
        new FactSheet(Scope.Check, check.Id)
            .With(Check.Register, Registers.InLaw(check.Register))
            .With(Check.Day, check.When.Day)
            .With(Check.Listed, check.Listed)
            .With(Calling.Entered, check.Entered);

    /// <summary>
    /// A judgement answers what nothing on record shows; it never contradicts a record. Of several about one thing the later stands, alone:
    /// one that it replaced does not revive when it ends or is withdrawn. Where two of one moment differ, nothing is shown.
    /// </summary>
    void Judge(RecipientFacts facts, FactJudged[] judgements, JudgementWithdrawn[] withdrawn)
    {
        foreach (var about in judgements.GroupBy(judged => judged.Fact))
        {
            if (Vocabulary.Find(about.Key) is not { } fact)
                continue;
            var sheets =
                fact.Scope == Scope.Recipient ? [facts.Recipient]
                : fact.Scope is Scope.Collection or Scope.Consent or Scope.Check ? facts.Of(fact.Scope)
                : [];
            foreach (var sheet in sheets.Where(sheet => !sheet[fact].IsRecorded))
                // One about a record and one about all of them are about the same thing there.
                if (
                    about.Where(judged => fact.Scope == Scope.Recipient || judged.RecordId.Length == 0 || judged.RecordId == sheet.Id)
                        is var touching
                    && touching.LastOrDefault() is { } last
                    && Stands(last, touching, withdrawn)
                    && fact.TryRead(last.Value, out var value, out _)
                )
                    sheet[fact] = value;
        }
    }

    bool Stands(FactJudged judged, IEnumerable<FactJudged> touching, JudgementWithdrawn[] withdrawn) =>
        !(campaign.Day >= judged.Until)
        && !string.IsNullOrWhiteSpace(judged.By)
        && !string.IsNullOrWhiteSpace(judged.Reason)
        && !Array.Exists(withdrawn, taken => taken.JudgementId == judged.Id)
        && touching.All(other => other.Value == judged.Value || judged.When.IsSurelyAfter(other.When));
}
