using System.Collections.Frozen;
using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>A signed product map: product code to family and range. Similarity is a judgement a person makes, not a heuristic.</summary>
public sealed class ProductMap(ProductMapSigned map)
{
    readonly FrozenDictionary<string, (NameSet? Family, NameSet? Range)> byCode = ByCode(map.Products);
    readonly ILookup<string, string> rangesOfFamily = map.Products.ToLookup(p => p.Family, p => p.Range, StringComparer.Ordinal);

    /// <summary>Its id.</summary>
    public string Id => map.Id;

    /// <summary>Every family.</summary>
    public IEnumerable<string> Families => rangesOfFamily.Select(group => group.Key);

    /// <summary>Families and ranges of product codes; incomplete where a code is not mapped.</summary>
    public (NameSet Families, NameSet Ranges) Of(ImmutableArray<string> codes)
    {
        var (familiesKnown, rangesKnown) = (true, true);
        var (families, ranges) = (NameSet.None, NameSet.None);
        foreach (var code in codes)
        {
            var (family, range) = byCode.GetValueOrDefault(code);
            (families, ranges) = (families.Union(family ?? NameSet.None), ranges.Union(range ?? NameSet.None));
            (familiesKnown, rangesKnown) = (familiesKnown && family is not null, rangesKnown && range is not null);
        }
        return (familiesKnown ? families : NameSet.Of(families.Names, false), rangesKnown ? ranges : NameSet.Of(ranges.Names, false));
    }

    /// <summary>The ranges of families; incomplete where a family is not in the map.</summary>
    public NameSet RangesOf(IEnumerable<string> families)
    {
        var list = families.ToList();
        return NameSet.Of(list.SelectMany(family => rangesOfFamily[family]), list.All(rangesOfFamily.Contains));
    }

    /// <summary>Many products, few families: each family and range is one set, however many products are in it.</summary>
    static FrozenDictionary<string, (NameSet? Family, NameSet? Range)> ByCode(ImmutableArray<MappedProduct> products)
    {
        var sets = products
            .SelectMany(product => new[] { product.Family, product.Range })
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(name => name, name => NameSet.Of(name), StringComparer.Ordinal);
        // A code mapped twice, to one thing and to another, is not mapped: nothing says which was meant.
        NameSet? Agreed(IEnumerable<string> names) => names.Distinct(StringComparer.Ordinal).ToList() is [var only] ? sets[only] : null;
        return products
            .GroupBy(product => product.Code, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(
                group => group.Key,
                group => (Agreed(group.Select(product => product.Family)), Agreed(group.Select(product => product.Range))),
                StringComparer.OrdinalIgnoreCase
            );
    }
}
