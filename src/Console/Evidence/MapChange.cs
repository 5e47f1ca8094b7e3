using MaySend.Evidence.Entries;

namespace MaySend.Console.Evidence;

/// <summary>What a new product map changes against the one in force, before anybody signs it.</summary>
/// <param name="Added">Products that only the new one has.</param>
/// <param name="Dropped">Products that only the old one has: nothing shows any longer what they are similar to.</param>
/// <param name="Moved">Products that stand in another family or range.</param>
sealed record MapChange(int Added, IReadOnlyList<string> Dropped, int Moved)
{
    /// <summary>True where customers of some products could no longer be shown to have bought the like.</summary>
    public bool IsLoss => Dropped.Count > 0 || Moved > 0;

    /// <summary>Compares two maps; of a code that stands twice the last counts, as in the fold.</summary>
    public static MapChange Of(ProductMapSigned before, IReadOnlyList<MappedProduct> after)
    {
        var now = new Dictionary<string, MappedProduct>(StringComparer.Ordinal);
        foreach (var product in after)
            now[product.Code] = product;
        var known = before.Products.Select(product => product.Code).ToHashSet(StringComparer.Ordinal);
        return new(
            now.Keys.Count(code => !known.Contains(code)),
            [.. known.Where(code => !now.ContainsKey(code)).Order(StringComparer.Ordinal)],
            before
                .Products.Where(product =>
                    now.TryGetValue(product.Code, out var moved) && (moved.Family, moved.Range) != (product.Family, product.Range)
                )
                .Select(product => product.Code)
                .Distinct(StringComparer.Ordinal)
                .Count()
        );
    }
}
