using System.Globalization;
using MaySend.Warehouse.Runs;
using MaySend.Warehouse.Tests.Engines;

namespace MaySend.Warehouse.Tests.Runs;

/// <summary>
/// Tables over three servers, one of which dies. The statement needs a newer ClickHouse than Debian's, which is what there is as a server:
/// here it is only asked, by the interface and with the settings of a screening.
/// </summary>
public sealed class DistributedTests
{
    const long Everybody = 3L * ThreeClickHouses.RowsOfEach;
    const string Count = "SELECT COUNT(*) FROM everybody";

    [Fact]
    public async Task A_node_that_dies_in_mid_query_or_is_gone_is_an_error_where_others_are_told_of_fewer_people()
    {
        if (ThreeClickHouses.Program is null)
        {
            Assert.Skip("there is no clickhouse-server: CLICKHOUSE_SERVER names none, and Debian's is not installed");
            return;
        }
        using var three = new ThreeClickHouses();
        using var warehouse = new ClickHouseWarehouse(three.Connect());
        WarehouseRows.Number(warehouse.Ask(Count).Single()[0]).ShouldBe(Everybody);
        warehouse.ColumnsOf("SELECT * FROM everybody WHERE 1 = 0").ShouldBe(["contact"]);

        var got = 0L;
        var asking = Task.Run(
            () =>
            {
                foreach (var _ in warehouse.Ask("SELECT contact FROM everybody WHERE sleep(1) = 0"))
                    got++;
            },
            TestContext.Current.CancellationToken
        );
        // The third server is at it.
        for (var tries = 0; tries < 600 && !asking.IsCompleted; tries++)
        {
            var running = await three.PlainlyAsync(
                2,
                "SELECT COUNT(*) FROM system.processes WHERE query LIKE '%sleep%' AND query NOT LIKE '%processes%'"
            );
            if (int.Parse(running, CultureInfo.InvariantCulture) > 0)
                break;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        asking.IsCompleted.ShouldBeFalse();
        three.Kill(2);
        await Should.ThrowAsync<IOException>(() => asking);
        got.ShouldBe(0, "nothing is told before everything is there");

        Should.Throw<IOException>(() => warehouse.Ask(Count).ToList()).Message.ShouldContain("279");
        long.Parse(await three.PlainlyAsync(0, Count), CultureInfo.InvariantCulture)
            .ShouldBe(Everybody / 3 * 2, "whoever does not ask for an error gets two thirds of the people");
    }
}
