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
    readonly ConcurrentDictionary<UInt128, int> known = [];
    int remembered;
    readonly ConcurrentDictionary<string, int> whole = new(StringComparer.Ordinal);
    readonly Dictionary<string[], int> numbers = new(ReferenceEqualityComparer.Instance);
    ImmutableArray<string>[] lists =
    [
        [],
    ];

    /// <summary>The list of a number.</summary>
    public ImmutableArray<string> this[int number] => Volatile.Read(ref lists)[number];

    /// <summary>The number of what a cell holds; 0 where it holds nothing.</summary>
    public int Of(ReadOnlySpan<char> cell)
    {
        if (cell.IsEmpty)
            return 0;
        if (map is null)
        {
            var lookup = whole.GetAlternateLookup<ReadOnlySpan<char>>();
            return lookup.TryGetValue(cell, out var number) ? number : whole.GetOrAdd(cell.ToString(), Keep);
        }
        var hash = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(cell), seed);
        if (known.TryGetValue(hash, out var list))
            return list;
        if (Interlocked.Increment(ref remembered) % MostRemembered == 0)
            known.Clear();
        return known[hash] = NumberOf(map.OfList(cell).Example);
    }

    int Keep(string cell) => NumberOf(ProductMap.CodesIn(cell));

    /// <summary>A number for each list that the map gives: it gives the same one for all that are alike.</summary>
    int NumberOf(ImmutableArray<string> list)
    {
        var codes = ImmutableCollectionsMarshal.AsArray(list)!;
        lock (numbers)
        {
            if (numbers.TryGetValue(codes, out var number))
                return number;
            number = numbers.Count + 1;
            if (number == lists.Length)
            {
                // Readers look without the lock: the array is whole before they see it.
                var room = lists;
                Array.Resize(ref room, number * 2);
                Volatile.Write(ref lists, room);
            }
            lists[number] = list;
            return numbers[codes] = number;
        }
    }
}
