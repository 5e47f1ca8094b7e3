using System.Collections.Concurrent;

namespace MaySend.Records.Inbound;

/// <summary>What webhooks brought, by platform, since this process started: a platform that has fallen silent shows here.</summary>
public sealed class HookCalls(TimeProvider clock)
{
    /// <summary>What came.</summary>
    /// <param name="Count">Calls that were proved and read.</param>
    /// <param name="Recorded">Events put on record.</param>
    /// <param name="ForAPerson">Events that wait in the inbox.</param>
    /// <param name="Unread">Places in calls that could not be read.</param>
    /// <param name="Last">When the last call came.</param>
    /// <param name="LastUnread">What was wrong with the last place that could not be read; null where nothing was.</param>
    public readonly record struct Tally(long Count, long Recorded, long ForAPerson, long Unread, DateTimeOffset Last, string? LastUnread);

    readonly ConcurrentDictionary<string, Tally> tallies = new(StringComparer.Ordinal);

    /// <summary>By platform.</summary>
    public IReadOnlyDictionary<string, Tally> All => tallies;

    /// <summary>Counts one call.</summary>
    public void Count(string platform, IntakeCounts counts, IReadOnlyCollection<string> unread)
    {
        var now = clock.GetUtcNow();
        tallies.AddOrUpdate(
            platform,
            _ => new Tally(1, counts.Recorded, counts.ForAPerson, unread.Count, now, unread.LastOrDefault()),
            (_, before) =>
                new Tally(
                    before.Count + 1,
                    before.Recorded + counts.Recorded,
                    before.ForAPerson + counts.ForAPerson,
                    before.Unread + unread.Count,
                    now,
                    unread.LastOrDefault() ?? before.LastUnread
                )
        );
    }
}
