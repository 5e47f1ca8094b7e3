using MaySend.Evidence.Entries;

namespace MaySend.Server.Api.Controller;

/// <summary><c>/v1/product-map</c>: which products are of one family, a judgement that somebody signs. It counts from its signature
/// on.</summary>
static class ProductMapApi
{
    public static void MapProductMap(this WebApplication app) =>
        app.MapControllerResource<ProductMapSigned>(
            "product-map",
            (each, mistakes) =>
            {
                foreach (var (product, index) in each.Products.Select((product, index) => (product, index)))
                    if (product is null || product.Code.Length == 0 || product.Family.Length == 0 || product.Range.Length == 0)
                        mistakes.Add($"products[{index}]", "code, family or range is blank");
            }
        );
}
