using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>
/// Finds what can be shown about a person for one campaign: the fold over the entries on record, up to the day of sending. Pure: the same entries, controller
/// record and campaign give the same facts. Entries after the day of sending are not looked at, except requests to stop, which always count.
/// </summary>
public sealed class FactFinder(ControllerRecord controller, Campaign campaign)
{
    readonly ProductMap? map = controller.MapOn(campaign.Day);
    readonly bool refusalsComplete = controller.Statement(campaign.Sender, StatementKind.RefusalsComplete, campaign.Day, campaign.Channel) is { Answer: true };

    /// <summary>The facts of one recipient.</summary>
    public RecipientFacts Find(IReadOnlyList<ContactEntry> entries)
    {
        var known = entries.Where(entry => entry.When.Day <= campaign.Day || entry is RefusalMade or RefusalRetracted).OrderBy(entry => entry.When, When.Order).ToList();
        var collected = known.OfType<DetailsCollected>().ToList();
        var refusals = RefusalFacts.Requests(known);
        var collections = new CollectionFacts(controller, campaign, map).Of(known, collected);
        var consents = new ConsentFacts(controller, campaign, refusalsComplete).Of(known, refusals);
        var recipient = new RecipientFold(controller, campaign).Of(known, collected);
        var facts = new RecipientFacts(
            recipient, collections, consents, RefusalFacts.Of(refusals, known),
            RecordOrder.NewestFirst(LatestChecks(known).Select(check => new FactSheet(Scope.Check, check.Id)
                .With(Check.Register, check.Register).With(Check.Day, check.When.Day).With(Check.Listed, check.Listed)), Check.Day));
        Judge(facts, known);
        return facts;
    }

    /// <summary>The newest look-up in each register: an older clean one must not outweigh a newer listing. Of several on one day the listing counts.</summary>
    static IEnumerable<RegisterChecked> LatestChecks(IEnumerable<ContactEntry> known) =>
        known.OfType<RegisterChecked>().GroupBy(check => check.Register, StringComparer.Ordinal).Select(group => group.OrderBy(check => check.When.Day).ThenBy(check => check.Listed).Last());

    /// <summary>A judgement answers what nothing on record shows; it never contradicts a record.</summary>
    void Judge(RecipientFacts facts, List<ContactEntry> known)
    {
        foreach (var judged in known.OfType<FactJudged>().Where(judged => judged.Until is null || campaign.Day < judged.Until))
        {
            if (Vocabulary.Find(judged.Fact) is not { } fact || !fact.TryRead(judged.Value, out var value, out _)) continue;
            var sheets = fact.Scope == Scope.Recipient ? [facts.Recipient]
                : fact.Scope is Scope.Collection or Scope.Consent or Scope.Check ? facts.Of(fact.Scope).Where(sheet => judged.RecordId.Length == 0 || sheet.Id == judged.RecordId)
                : [];
            foreach (var sheet in sheets.Where(sheet => !sheet[fact].IsRecorded)) sheet[fact] = value;
        }
    }
}
