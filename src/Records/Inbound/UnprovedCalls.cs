using System.Collections.Concurrent;

namespace MaySend.Records.Inbound;

/// <summary>
/// Calls of webhooks that were not proved, by platform, since this process started: a key that was changed on one side only shows here.
/// </summary>
public sealed class UnprovedCalls(TimeProvider clock)
{
    /// <summary>How many there were, and when the last one came.</summary>
    public readonly record struct Tally(long Count, DateTimeOffset Last);

    readonly ConcurrentDictionary<string, Tally> tallies = new(StringComparer.Ordinal);

    /// <summary>By platform.</summary>
    public IReadOnlyDictionary<string, Tally> All => tallies;

    /// <summary>Counts one.</summary>
    public void Count(string platform)
    {
        Meters.Unproved.Add(1, new KeyValuePair<string, object?>("platform", platform));
        var now = clock.GetUtcNow();
        tallies.AddOrUpdate(platform, new Tally(1, now), (_, before) => new Tally(before.Count + 1, now));
    }
}
