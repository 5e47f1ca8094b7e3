using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using MaySend.Evidence.Fold;

namespace MaySend.Evidence.Tables;

/// <summary>
/// Lists of goods, each different one kept once. Under a product map a list is only what its families and ranges are, and all lists that
/// are the same by it are one. Safe for many threads.
/// </summary>
/// <param name="map">The map in force for the campaign; null keeps every list as it is.</param>
sealed class ProductLists(ProductMap? map)
{
    /// <summary>So many cells are remembered.</summary>
    const int MostRemembered = 1 << 16;

    // Cells are told apart by 128 bits of a hash with a seed of this run; the chance that two are taken for one is below 1 in 10^27.
    readonly long seed = Random.Shared.NextInt64();
    readonly ConcurrentDictionary<UInt128, ImmutableArray<string>> known = [];
    int remembered;
    readonly ConcurrentDictionary<string, ImmutableArray<string>> whole = new(StringComparer.Ordinal);

    /// <summary>What a cell holds; default where it holds nothing.</summary>
    public ImmutableArray<string> Of(ReadOnlySpan<char> cell)
    {
        if (cell.IsEmpty)
            return default;
        if (map is null)
        {
            var lookup = whole.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!lookup.TryGetValue(cell, out var list))
                lookup[cell] = list = ProductMap.CodesIn(cell.ToString());
            return list;
        }
        var hash = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(cell), seed);
        if (known.TryGetValue(hash, out var codes))
            return codes;
        if (Interlocked.Increment(ref remembered) % MostRemembered == 0)
            known.Clear();
        return known[hash] = map.OfList(cell).Example;
    }
}
