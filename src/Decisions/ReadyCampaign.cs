using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;

namespace MaySend.Decisions;

/// <summary>
/// A campaign on one day, ready to be asked about many people: what the controller has on record is looked at once. Safe for many threads.
/// </summary>
/// <param name="decider">The law.</param>
/// <param name="controller">What the controller has on record.</param>
/// <param name="campaign">What is to be sent, on the day asked about.</param>
public sealed class ReadyCampaign(Decider decider, ControllerRecord controller, Campaign campaign)
{
    readonly CampaignFacts facts = CampaignFactFinder.Find(controller, campaign);
    readonly FactFinder finder = new(controller, campaign, decider.Days);
    readonly HousePolicy policy = controller.PolicyOn(campaign.Day);

    /// <summary>Evidence about one person and law to a decision, as every door asks.</summary>
    /// <param name="entries">What is on record about the person.</param>
    /// <param name="address">Where the person is reached, as matched: its domain may be one that refuses.</param>
    /// <param name="knownAt">The day as of which readings of the law are known.</param>
    /// <param name="lawOn">The day whose law is asked; null for the campaign's.</param>
    public Decision Decide(IReadOnlyList<ContactEntry> entries, string address, DateOnly knownAt, DateOnly? lawOn = null) =>
        decider.Decide(facts, finder.Find(entries, address), knownAt, policy, lawOn);
}
