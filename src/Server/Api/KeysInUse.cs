using System.Collections.Concurrent;
using MaySend.Evidence.Store;

namespace MaySend.Server.Api;

/// <summary>
/// The Idempotency-Keys whose first request is still running in this process, each for its address: a second one with the same key is told
/// to wait (IETF draft on the Idempotency-Key header, 2.6). Between processes the ledger decides; whoever comes second is then told what
/// stands.
/// </summary>
static class KeysInUse
{
    static readonly ConcurrentDictionary<(string Key, string Address), byte> Running = new();

    /// <summary>Takes the key until it is disposed of; null when another request holds it. An entry without a key holds nothing.</summary>
    public static Held? Take(NewEntry entry)
    {
        if (entry.IdempotencyKey is not { } key)
            return new Held(null);
        var use = (key, entry.Address.Matching);
        return Running.TryAdd(use, 0) ? new Held(use) : null;
    }

    /// <summary>A key while it is in use.</summary>
    public sealed class Held((string Key, string Address)? use) : IDisposable
    {
        /// <summary>Lets the key go.</summary>
        public void Dispose()
        {
            if (use is { } taken)
                Running.TryRemove(taken, out _);
        }
    }
}
