using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;

namespace MaySend.Console.Evidence;

/// <summary>What a request to stop reaches once it is recorded, shown before it is: it cannot be taken back.</summary>
/// <param name="Reaches">The width, settled as the store settles it.</param>
/// <param name="Campaigns">Campaigns on record, still to go out, that it would stop for this person.</param>
/// <param name="Effect">What is left of it at this address: a day in the past may lie before a later act of the person.</param>
public sealed record ShownWidth(RequestScope Reaches, IReadOnlyList<Campaign> Campaigns, RequestEffect Effect)
{
    /// <summary>Settles a request and finds what it would stop.</summary>
    /// <param name="refusal">The request as given.</param>
    /// <param name="record">The names by which it is understood.</param>
    /// <param name="campaigns">Every campaign on record.</param>
    /// <param name="today">The day from which on a campaign is still to go out.</param>
    /// <param name="effect">What is left of it at the address.</param>
    public static ShownWidth Of(
        RefusalMade refusal,
        ControllerRecord record,
        IEnumerable<Campaign> campaigns,
        DateOnly today,
        RequestEffect effect
    )
    {
        var reaches = RequestWidth.Settle(new(refusal.Senders, refusal.Channels, refusal.Topics), record.Names);
        return new(
            reaches,
            [
                .. campaigns.Where(campaign =>
                    (campaign.Until ?? campaign.Day) >= today
                    && reaches.Senders!.Has(campaign.Sender)
                    && reaches.Channels!.Has(campaign.Channel)
                    && reaches.Topics!.Overlaps(CampaignTopics.Of(campaign, record.Names))
                ),
            ],
            effect
        );
    }

    /// <summary>The days on which the person came back, in words.</summary>
    public static string Days(RequestEffect effect) =>
        string.Join(", ", effect.Freed.Select(act => Format.Day(act.When.Day)).Distinct(StringComparer.Ordinal));

    /// <summary>One dimension in words.</summary>
    public static string Words(NameSet? names, string everything) =>
        names is { IsEverything: false } some ? string.Join(", ", some.Names.Select(Format.Words)) : everything;
}
