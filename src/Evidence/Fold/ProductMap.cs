using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>
/// A signed product map: product code to family and range. Similarity is a judgement a person makes, not a heuristic. Orders are many and
/// the mixtures of families in them few: each mixture's sets are made once. Safe for many threads.
/// </summary>
public sealed class ProductMap
{
    /// <summary>So many mixtures are kept; a shop that sells more begins anew.</summary>
    const int MostMixtures = 1 << 17;

    /// <summary>Lists of goods with no more letters are remembered.</summary>
    const int MostLetters = 1 << 10;

    /// <summary>The place of the goods that nobody has mapped.</summary>
    const int NotMapped = 0;

    const string Between = " ;|";
    static readonly SearchValues<char> between = SearchValues.Create(Between);

    readonly ProductMapSigned map;
    readonly FrozenDictionary<string, int> placeOf;
    readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> placeOfText;
    readonly (NameSet? Family, NameSet? Range)[] places;

    // A product of each place: as good as any other there.
    readonly string[] codeOf;
    readonly ILookup<string, string> rangesOfFamily;
    readonly ConcurrentDictionary<string, MappedProducts> mixtures = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, MappedProducts>.AlternateLookup<ReadOnlySpan<char>> mixturesByPlaces;
    readonly ConcurrentDictionary<NameSet, NameSet> sets = [];
    int kept;

    readonly RememberedLists<MappedProducts> lists = new();

    /// <summary>Makes the map ready to be asked.</summary>
    public ProductMap(ProductMapSigned map)
    {
        this.map = map;
        (places, placeOf) = Places(map.Products);
        codeOf = new string[places.Length];
        foreach (var product in map.Products)
            codeOf[placeOf[product.Code]] ??= product.Code;
        placeOfText = placeOf.GetAlternateLookup<ReadOnlySpan<char>>();
        rangesOfFamily = map.Products.ToLookup(p => p.Family, p => p.Range, StringComparer.Ordinal);
        mixturesByPlaces = mixtures.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Its id.</summary>
    public string Id => map.Id;

    /// <summary>Every family.</summary>
    public IEnumerable<string> Families => rangesOfFamily.Select(group => group.Key);

    /// <summary>
    /// The same for the products of an entry; what goes along with it is taken where it is of this map and of these products.
    /// </summary>
    internal MappedProducts Of(DetailsCollected collection) =>
        collection.Goods.What is MappedProducts goods && goods.By == this && goods.Example == collection.Products
            ? goods
            : Of(collection.Products);

    /// <summary>Families and ranges of product codes; incomplete where a code is not mapped.</summary>
    public MappedProducts Of(ImmutableArray<string> codes)
    {
        Span<char> room = stackalloc char[MostLetters];
        if (!TrySpell(codes, room, out var letters))
            return Mixed(codes);
        return lists.TryFind(room[..letters], out var key, out var known) ? known : lists.Keep(key, Mixed(codes));
    }

    /// <summary>Codes one after the other, each with its length; false where there is no room for them.</summary>
    static bool TrySpell(ImmutableArray<string> codes, Span<char> room, out int letters)
    {
        letters = 0;
        foreach (var code in codes)
        {
            if (letters + code.Length >= room.Length)
                return false;
            room[letters++] = (char)code.Length;
            code.CopyTo(room[letters..]);
            letters += code.Length;
        }
        return true;
    }

    MappedProducts Mixed(ImmutableArray<string> codes)
    {
        using var mixture = new Mixture(places.Length);
        string? unknown = null;
        foreach (var code in codes)
            if (mixture.Add(PlaceOf(code)) == NotMapped)
                unknown ??= code;
        return Of(mixture, unknown);
    }

    /// <summary>The same for a list as it stands in a cell.</summary>
    /// <param name="list">The codes.</param>
    public MappedProducts OfList(ReadOnlySpan<char> list)
    {
        using var mixture = new Mixture(places.Length);
        Range? unknown = null;
        foreach (var part in list.SplitAny(between))
            if (list[part] is { IsEmpty: false } code && mixture.Add(PlaceOf(code)) == NotMapped)
                unknown ??= part;
        return mixturesByPlaces.TryGetValue(mixture.Places, out var known)
            ? known
            : Of(mixture, unknown is { } found ? list[found].ToString() : null);
    }

    int PlaceOf(ReadOnlySpan<char> code) => placeOfText.TryGetValue(code, out var place) ? place : NotMapped;

    /// <summary>The codes in a cell: separated by spaces, semicolons or bars.</summary>
    public static ImmutableArray<string> CodesIn(string list) =>
        [.. list.Split(Between.ToCharArray(), StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The ranges of families; incomplete where a family is not in the map.</summary>
    public NameSet RangesOf(IEnumerable<string> families)
    {
        var list = families.ToList();
        return NameSet.Of(list.SelectMany(family => rangesOfFamily[family]), list.All(rangesOfFamily.Contains));
    }

    /// <summary>The sets of a mixture.</summary>
    /// <param name="mixture">The places it touches.</param>
    /// <param name="unknown">A code in it that nobody has mapped; null where there is none.</param>
    MappedProducts Of(in Mixture mixture, string? unknown)
    {
        if (mixturesByPlaces.TryGetValue(mixture.Places, out var known))
            return known;
        var (example, families, ranges) = (new List<string>(), new List<string>(), new List<string>());
        var (hasFamilies, hasRanges) = (true, true);
        for (var place = 0; place < places.Length; place++)
        {
            if (!mixture.Has(place))
                continue;
            example.Add(unknown is not null && place == NotMapped ? unknown : codeOf[place]);
            hasFamilies &= Add(places[place].Family, families);
            hasRanges &= Add(places[place].Range, ranges);
        }
        if (Interlocked.Increment(ref kept) % MostMixtures == 0)
        {
            mixtures.Clear();
            sets.Clear();
        }
        return mixturesByPlaces[mixture.Places] = new(
            Kept(NameSet.Of(families, hasFamilies)),
            Kept(NameSet.Of(ranges, hasRanges)),
            [.. example]
        )
        {
            By = this,
        };
    }

    static bool Add(NameSet? set, List<string> names)
    {
        if (set is null)
            return false;
        names.AddRange(set.Names);
        return true;
    }

    /// <summary>Of sets that are the same, the first.</summary>
    NameSet Kept(NameSet set) => sets.GetOrAdd(set, set);

    /// <summary>Many products, few places: each pair of family and range is one, however many products are in it.</summary>
    static ((NameSet? Family, NameSet? Range)[] Places, FrozenDictionary<string, int> PlaceOf) Places(
        ImmutableArray<MappedProduct> products
    )
    {
        var sets = products
            .SelectMany(product => new[] { product.Family, product.Range })
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(name => name, name => NameSet.Of(name), StringComparer.Ordinal);
        // A code mapped twice, to one thing and to another, is not mapped: nothing says which was meant.
        string? Agreed(IEnumerable<string> names) => names.Distinct(StringComparer.Ordinal).ToList() is [var only] ? only : null;
        var numbers = new Dictionary<(string? Family, string? Range), int> { [(null, null)] = NotMapped };
        var placeOf = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var group in products.GroupBy(product => product.Code, StringComparer.OrdinalIgnoreCase))
        {
            var pair = (Agreed(group.Select(product => product.Family)), Agreed(group.Select(product => product.Range)));
            if (!numbers.TryGetValue(pair, out var number))
                numbers[pair] = number = numbers.Count;
            placeOf[group.Key] = number;
        }
        var places = new (NameSet? Family, NameSet? Range)[numbers.Count];
        foreach (var ((family, range), number) in numbers)
            places[number] = (family is null ? null : sets[family], range is null ? null : sets[range]);
        return (places, placeOf.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Which places a list of products touches, a bit each.</summary>
    readonly ref struct Mixture(int places) : IDisposable
    {
        readonly ulong[] bits = Cleared((places + 63) / 64);
        readonly int words = (places + 63) / 64;

        /// <summary>The bits as a key.</summary>
        public ReadOnlySpan<char> Places => MemoryMarshal.Cast<ulong, char>(bits.AsSpan(0, words));

        /// <summary>Adds a place, and gives it back.</summary>
        public int Add(int place)
        {
            bits[place / 64] |= 1UL << (place % 64);
            return place;
        }

        public bool Has(int place) => (bits[place / 64] & (1UL << (place % 64))) != 0;

        public void Dispose() => ArrayPool<ulong>.Shared.Return(bits);

        static ulong[] Cleared(int words)
        {
            var bits = ArrayPool<ulong>.Shared.Rent(words);
            bits.AsSpan(0, words).Clear();
            return bits;
        }
    }
}

/// <summary>What a list of products is by a map.</summary>
/// <param name="Families">Its families; incomplete where a code is not mapped.</param>
/// <param name="Ranges">Its ranges; incomplete where a code is not mapped.</param>
/// <param name="Example">A short list that is this: any other with the same families and ranges shows the same.</param>
public sealed record MappedProducts(NameSet Families, NameSet Ranges, ImmutableArray<string> Example)
{
    /// <summary>The map.</summary>
    internal ProductMap? By { get; init; }
}
