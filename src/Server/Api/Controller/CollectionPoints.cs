using MaySend.Evidence.Entries;

namespace MaySend.Server.Api.Controller;

/// <summary><c>/v1/collection-points</c>: forms, tills and scripts, a version for each time that what they showed changed.</summary>
static class CollectionPoints
{
    public static void MapCollectionPoints(this WebApplication app) =>
        app.MapControllerResource<CollectionPointVersion>(
            "collection-points",
            (each, mistakes) =>
            {
                ControllerResource.Period(each.From, each.Until, mistakes);
                foreach (var fault in each.Boxes is { IsDefault: false } boxes ? BoxList.Faults(boxes, each.Shown) : [])
                    mistakes.Add("boxes", fault);
            }
        );
}
