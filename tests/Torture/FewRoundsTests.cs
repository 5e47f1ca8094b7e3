using MaySend.Torture.Rounds;

namespace MaySend.Torture;

/// <summary>One round of each kind; <c>eng/torture</c> runs as many as one likes.</summary>
public sealed class FewRoundsTests(ShopFixture fixture)
{
    [Theory]
    [InlineData("kill")]
    [InlineData("stop")]
    [InlineData("two-servers")]
    [InlineData("full-disk")]
    [InlineData("restore")]
    public async Task Whatever_becomes_of_the_process_or_its_disk_nothing_acknowledged_is_lost_and_nobody_who_asked_is_permitted(
        string kind
    )
    {
        var tally = await RunAsync(kind, seed: 7);
        tally.Of("requests to stop acknowledged").ShouldBeGreaterThan(0);
        tally.Of("stores verified with their keys").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_bit_flipped_in_a_table_is_named_or_harmless_and_permits_nobody() => await RunAsync("flips", seed: 3);

    async Task<Tally> RunAsync(string kind, int seed)
    {
        var tally = new Tally();
        await Kinds.All.Single(each => each.Name == kind).RunAsync(new Round(fixture.Shop, tally, new Random(seed)));
        tally.Broken.ShouldBeEmpty();
        return tally;
    }
}
