using MaySend.Console.Evidence;
using MaySend.Console.Lists;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Console.Tests;

/// <summary>What a product map shows before anybody signs it.</summary>
public sealed class MapTests(Site site)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_falls_out_by_another_map_is_counted_before_it_is_signed_and_nothing_is_recorded()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 5, 8, 0, 0, TimeSpan.Zero));
        var store = new EvidenceStore(site.Store.Ledger, clock);
        var fallout = new MapFallout(store, site.Services.GetRequiredService<Decider>(), site.Services.GetRequiredService<CampaignDesk>());
        var inForce = (await ConsoleLists.MapInForceAsync(store)).ShouldNotBeNull();

        var same = (await fallout.OfAsync("again", inForce.Products, Stop)).First(one => one.Campaign.Id == "spring-2026");
        (same.Then, same.IsEverybody).ShouldBe((same.Now, true));
        var none = (await fallout.OfAsync("one-product", [new("none-of-theirs", "x", "y")], Stop)).First(one =>
            one.Campaign.Id == "spring-2026"
        );
        none.Now.ShouldBeGreaterThan(0);
        none.Then.ShouldBeLessThan(none.Now, "whoever bought something that is no longer mapped falls out");
        (await store.ControllerEntriesAsync(cancellation: Stop))
            .Select(one => one.Entry)
            .OfType<ProductMapSigned>()
            .ShouldAllBe(map => map.Id != "again" && map.Id != "one-product");
    }

    [Fact]
    public void The_blocks_of_the_picture_fill_it_and_each_is_as_large_as_its_family()
    {
        MappedProduct[] products =
        [
            .. Enumerable.Range(0, 60).Select(at => new MappedProduct($"p{at}", $"family {at % 7}", at % 7 < 3 ? "wide" : "other")),
        ];
        var blocks = ProductBlock.Of(products);
        blocks.Sum(block => block.Count).ShouldBe(60);
        foreach (var block in blocks)
        {
            (block.Width * block.Height / 10_000).ShouldBe(block.Count / 60.0, 1e-9, block.Family);
            (block.X + block.Width).ShouldBeLessThanOrEqualTo(100 + 1e-9);
            (block.Y + block.Height).ShouldBeLessThanOrEqualTo(100 + 1e-9);
        }
        blocks.ShouldAllBe(one => blocks.Count(other => other.X == one.X && other.Y == one.Y) == 1);
        ProductBlock.Of([]).ShouldBeEmpty();
    }
}
