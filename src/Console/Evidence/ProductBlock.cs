using MaySend.Evidence.Entries;

namespace MaySend.Console.Evidence;

/// <summary>A family of products as a block of a treemap, in hundredths of its width and height.</summary>
/// <param name="Range">The range it belongs to.</param>
/// <param name="Family">The family.</param>
/// <param name="Count">How many products are in it.</param>
/// <param name="Column">Which range, from 0: its colour.</param>
/// <param name="X">From the left.</param>
/// <param name="Y">From the top.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
sealed record ProductBlock(string Range, string Family, int Count, int Column, double X, double Y, double Width, double Height)
{
    const double Whole = 100;

    /// <summary>
    /// The blocks of a map: a column for each range, as wide as it has products, and in it its families one above the other. The greatest
    /// come first, from the left and from the top.
    /// </summary>
    public static IReadOnlyList<ProductBlock> Of(IReadOnlyCollection<MappedProduct> products)
    {
        var blocks = new List<ProductBlock>();
        var x = 0.0;
        foreach (var (column, range) in Greatest(products, product => product.Range).Index())
        {
            var (y, width) = (0.0, Whole * range.Count() / products.Count);
            foreach (var family in Greatest([.. range], product => product.Family))
            {
                var height = Whole * family.Count() / range.Count();
                blocks.Add(new(range.Key, family.Key, family.Count(), column, x, y, width, height));
                y += height;
            }
            x += width;
        }
        return blocks;
    }

    static IEnumerable<IGrouping<string, MappedProduct>> Greatest(
        IReadOnlyCollection<MappedProduct> products,
        Func<MappedProduct, string> by
    ) =>
        products
            .GroupBy(by, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal);
}
