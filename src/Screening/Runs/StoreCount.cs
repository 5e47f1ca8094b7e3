using MaySend.Decisions;
using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Store;
using MaySend.Screening.Audiences;

namespace MaySend.Screening.Runs;

/// <summary>How many people a campaign may go to, as it is described now.</summary>
/// <param name="Summary">Counts, reasons and gains.</param>
/// <param name="IsEverybody">False where more people are on record than were counted.</param>
public sealed record CountedStore(ScreeningSummary Summary, bool IsEverybody);

/// <summary>
/// Counts, while somebody describes a campaign, whom on record it may go to: the same decisions as a screening of the store. It is a
/// what-if: nothing is written, to disk or to the record, and no list comes out of it.
/// </summary>
public sealed class StoreCount(EvidenceStore store, Decider decider)
{
    /// <summary>Counts.</summary>
    /// <param name="campaign">The campaign as described so far.</param>
    /// <param name="most">The most people looked at: whoever describes a campaign waits for the answer.</param>
    /// <param name="supposing">What is supposed of the sender's record; null for what stands.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public async Task<CountedStore> CountAsync(
        Campaign campaign,
        int most,
        Func<ControllerRecord, ControllerRecord>? supposing = null,
        CancellationToken cancellation = default
    )
    {
        var today = DateOnly.FromDateTime(store.Clock.GetUtcNow().UtcDateTime);
        var controller = await store.ControllerAsync(cancellation: cancellation);
        controller = supposing?.Invoke(controller) ?? controller;
        var day = campaign.Nearest(today);
        var (seen, isEverybody) = (0, true);
        var people = store
            .EverybodyAsync(cancellation: cancellation)
            .ToBlockingEnumerable(cancellation)
            .Where(person => ChannelReach.Reaches(campaign.Channel, person.Address.Kind))
            .TakeWhile(_ => isEverybody = ++seen <= most)
            .Select(person => new Person(person));
        var summary = await OwnThread.Run(
            () => new Screener(decider, controller, campaign.OnDay(day), day).Screen(people, _ => { }),
            cancellation
        );
        return new(summary, isEverybody);
    }
}
