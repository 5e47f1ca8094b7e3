using System.Collections.Concurrent;

namespace MaySend.Torture;

/// <summary>What callers were told was done, and since when: the promise that is held against the store afterwards.</summary>
sealed class Acknowledged
{
    static readonly TimeProvider Clock = TimeProvider.System;

    readonly ConcurrentDictionary<string, long> stopped = new();
    readonly ConcurrentDictionary<string, string> orders = new();

    /// <summary>Whoever was told that they will get nothing more.</summary>
    public IReadOnlyList<string> Stopped => [.. stopped.Keys];

    /// <summary>Orders that were told to be on record, by their key, with whose they are.</summary>
    public IReadOnlyDictionary<string, string> Orders => orders;

    /// <summary>Whoever pressed and was told nothing, or that it was not taken: on record or not, both are right.</summary>
    public ConcurrentDictionary<string, bool> InDoubt { get; } = new();

    public void Stop(string address) => stopped.TryAdd(address, Clock.GetTimestamp());

    public void Order(string id, string address) => orders[id] = address;

    /// <summary>Somebody who was told so at least this long ago; null where there is none yet.</summary>
    public string? SomebodyStopped(Random chance, TimeSpan longAgo)
    {
        var all = stopped.Where(each => Clock.GetElapsedTime(each.Value) >= longAgo).Select(each => each.Key).ToList();
        return all.Count == 0 ? null : all[chance.Next(all.Count)];
    }
}
