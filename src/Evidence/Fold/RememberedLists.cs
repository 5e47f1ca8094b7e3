using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MaySend.Evidence.Fold;

/// <summary>
/// What was found of lists that were met before. They are told apart by 128 bits of a hash with a seed of this run; the chance that two are
/// taken for one is below 1 in 10^27. Safe for many threads.
/// </summary>
sealed class RememberedLists<T>
{
    /// <summary>So many are remembered; then it begins anew.</summary>
    const int Most = 1 << 16;

    readonly ConcurrentDictionary<UInt128, T> known = [];
    readonly long seed = Random.Shared.NextInt64();
    int count;

    /// <summary>What was found of a list; false where it was not met.</summary>
    /// <param name="list">The list, as letters that say it wholly.</param>
    /// <param name="key">Gets what to remember it by.</param>
    /// <param name="found">Gets what was found.</param>
    public bool TryFind(ReadOnlySpan<char> list, out UInt128 key, out T found)
    {
        key = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(list), seed);
        return known.TryGetValue(key, out found!);
    }

    /// <summary>Remembers what was found, and gives it back.</summary>
    public T Keep(UInt128 key, T found)
    {
        if (Interlocked.Increment(ref count) % Most == 0)
            known.Clear();
        return known[key] = found;
    }
}
