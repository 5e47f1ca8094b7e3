using System.Collections.Concurrent;
using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;

namespace MaySend.Evidence.Tables;

/// <summary>
/// Lists of goods, each different one kept once. Under a product map a list is only what its families and ranges are, and all lists that
/// are the same by it are one. Safe for many threads.
/// </summary>
/// <param name="map">The map in force for the campaign; null keeps every list as it is.</param>
sealed class ProductLists(ProductMap? map)
{
    readonly RememberedLists<int> known = new();
    readonly ConcurrentDictionary<string, int> whole = new(StringComparer.Ordinal);
    readonly Dictionary<object, int> numbers = new(ReferenceEqualityComparer.Instance);
    (ImmutableArray<string> Codes, MappedProducts? Goods)[] lists = [([], null)];

    /// <summary>A collection of the goods of a number.</summary>
    public DetailsCollected With(DetailsCollected collected, When when, string id, int number)
    {
        var (codes, goods) = lists[number];
        return collected with { When = when, Id = id, Products = codes, Goods = goods is null ? default : new(goods) };
    }

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
        return known.TryFind(cell, out var key, out var list) ? list : known.Keep(key, NumberOf(map.OfList(cell)));
    }

    int Keep(string cell) => Number(cell, ProductMap.CodesIn(cell), null);

    /// <summary>The map gives the same for all lists that are alike.</summary>
    int NumberOf(MappedProducts goods) => Number(goods, goods.Example, goods);

    int Number(object what, ImmutableArray<string> codes, MappedProducts? goods)
    {
        lock (numbers)
        {
            if (numbers.TryGetValue(what, out var number))
                return number;
            number = numbers.Count + 1;
            if (number == lists.Length)
            {
                // Readers look without the lock: the array is whole before they see it.
                var room = lists;
                Array.Resize(ref room, number * 2);
                Volatile.Write(ref lists, room);
            }
            lists[number] = (codes, goods);
            return numbers[what] = number;
        }
    }
}
