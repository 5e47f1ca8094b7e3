using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;
using MaySend.Law.Formulas;
using MaySend.Screening.Runs;

namespace MaySend.Console.Evidence;

/// <summary>Whom a campaign may go to now, and whom with another product map.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Day">The day it is asked for.</param>
/// <param name="Now">People who may be sent it as the record stands.</param>
/// <param name="Then">People who may be sent it with the other map.</param>
/// <param name="IsEverybody">False where more people are on record than were counted.</param>
public sealed record MapEffect(Campaign Campaign, DateOnly Day, int Now, int Then, bool IsEverybody);

/// <summary>Counts, before anybody signs a product map, who would fall out by it or come in: the same decisions as a screening, twice.
/// Nothing is recorded.</summary>
sealed class MapFallout(EvidenceStore store, Decider decider, CampaignDesk campaigns)
{
    /// <summary>The most campaigns that are counted: somebody waits for the answer.</summary>
    const int MostCampaigns = 3;

    /// <summary>The most people that are counted for each.</summary>
    public const int MostPeople = 20_000;

    /// <summary>The effect on what goes out next; on the latest campaign, as if it went out today, where nothing does.</summary>
    /// <param name="id">The name of the map.</param>
    /// <param name="products">What it maps.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="MaySend.Evidence.LedgerUnavailableException">The store cannot answer.</exception>
    public async Task<IReadOnlyList<MapEffect>> OfAsync(string id, IReadOnlyList<MappedProduct> products, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(store.Clock.GetUtcNow().UtcDateTime);
        var signed = new ProductMapSigned(id, [.. products], new Signature("supposed", today, "to see what it would change"));
        var effects = new List<MapEffect>();
        foreach (var campaign in Next(await campaigns.AllAsync(), today))
        {
            var counting = new StoreCount(store, decider);
            var now = await counting.CountAsync(campaign, MostPeople, cancellation: cancellation);
            var then = await counting.CountAsync(campaign, MostPeople, record => record.With(signed), cancellation);
            effects.Add(
                new(
                    campaign,
                    now.Summary.Day,
                    now.Summary.Counts[Verdict.Permitted],
                    then.Summary.Counts[Verdict.Permitted],
                    now.IsEverybody
                )
            );
        }
        return effects;
    }

    static IEnumerable<Campaign> Next(IReadOnlyList<Campaign> all, DateOnly today)
    {
        var coming = all.Where(one => (one.Until ?? one.Day) >= today).OrderBy(one => one.Day).Take(MostCampaigns).ToList();
        return coming.Count > 0 ? coming : all.Take(1).Select(one => one with { Day = today, Until = null });
    }
}
