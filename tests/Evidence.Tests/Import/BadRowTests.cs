using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Import;

/// <summary>Rows that cannot be read: set aside by choice, with reasons, and never a request to stop among them.</summary>
public sealed class BadRowTests
{
    static readonly ImportOptions Orders = ImportBench.London with { Format = "orders", SetsAsideBadRows = true };

    [Fact]
    public async Task Bad_rows_are_set_aside_with_their_reasons_and_the_rest_is_taken()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write(
            "o.csv",
            "address,when,context,country\nanna@example.com,2025-05-02,sale,gb\nben@example.com,last May,sale,gb\n"
                + "cara@example.com,2025-05-02\ndora@example.com,2025-05-04,sale,Atlantis\n"
        );
        var plan = await bench.PlanAsync(path, Orders);
        plan.Summary.SetAside.Select(row => row.Row).ShouldBe([3, 4, 5]);
        (plan.Summary.ToAdd, plan.Summary.LeftOut.Sum(tally => tally.Count)).ShouldBe((1, 2));
        await plan.ApplyAsync(Actor.Runner("clerk"));
        await bench.OnlyAsync<DetailsCollected>("anna@example.com");
        (await bench.EntriesAsync("dora@example.com")).ShouldBeEmpty();
        var csv = new StringWriter();
        plan.Summary.WriteSetAside(csv);
        csv.ToString().ShouldContain("`Atlantis` is not a country");
        csv.ToString().ShouldContain("ben@example.com,last May,sale,gb");
    }

    [Fact]
    public async Task A_row_that_is_set_aside_and_asks_to_stop_stops_its_person()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write(
            "o.csv",
            "address,when,context,refused,Note\nanna@example.com,someday,sale,yes,\n"
                + "ben@example.com,2025-05-02,sale,no,unsubscribed by phone,too many\ncara@example.com,never,sale,no,\n"
        );
        var plan = await bench.PlanAsync(path, Orders);
        plan.Summary.SetAside.Select(row => row.IsStopKept).ShouldBe([true, true, false]);
        await plan.ApplyAsync(Actor.Runner("clerk"));
        foreach (var address in new[] { "anna@example.com", "ben@example.com" })
        {
            var stop = (await bench.EntriesAsync(address)).OfType<RefusalMade>().ShouldHaveSingleItem();
            (stop.Senders, stop.Channels, stop.When.Day).ShouldBe((NameSet.Everything, NameSet.Everything, DateOnly.MinValue));
        }
        (await bench.EntriesAsync("cara@example.com")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_row_that_is_set_aside_a_tick_against_mailings_counts_and_one_for_news_does_not()
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.Store.RecordAsync(
            new CollectionPointVersion("till@1", "till")
            {
                From = new DateOnly(2024, 1, 1),
                Boxes = [new Box("quiet", BoxKind.OptOut) { TickedByDefault = false }, new Box("news", BoxKind.OptIn)],
                Signature = new Signature("officer", new DateOnly(2024, 1, 1), "photographs kept"),
            },
            Actor.Runner("officer")
        );
        var path = bench.Write(
            "o.csv",
            "address,id,when,context,country,point,boxes\nanna@example.com,1,last May,sale,gb,till,quiet=yes news=no\n"
                + "ben@example.com,2,2025-05-02,sale,Atlantis,till,quiet=yes\ncara@example.com,3,last May,sale,gb,till,news=yes\n"
                + "dora@example.com,4,2025-05-02,sale,gb,till,quiet=yes,too many\nevan@example.com,5,last May,sale,gb,till,quiet=no\n"
                + "fay@example.com,6,2025-05-02,sale,gb,till,news=yes,too many\n"
        );
        var plan = await bench.PlanAsync(path, Orders);
        plan.Summary.SetAside.Length.ShouldBe(6);
        await plan.ApplyAsync(Actor.Runner("clerk"));
        foreach (var (address, isStopped) in new[] { ("anna", true), ("ben", true), ("cara", false), ("dora", true), ("evan", false) })
            ((await bench.Store.StandingAsync(Address.Email($"{address}@example.com").Required())).Count > 0).ShouldBe(isStopped, address);
        (await bench.Store.StandingAsync(Address.Email("fay@example.com").Required())).ShouldBeEmpty();
        (await bench.OnlyAsync<DetailsCollected>("cara@example.com")).Context.ShouldBeNull("of the occasion nothing is kept but its ticks");
    }

    [Fact]
    public async Task Rows_of_a_file_of_several_rows_an_order_keep_their_own_numbers()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write(
            "orders.csv",
            "Name,Email,Created at,Lineitem name,Lineitem sku\n#1,anna@example.com,2026-06-03 10:14:00 +0100,Candle,C1\n#1,,,Lamp,L1\n"
                + "#2,,2026-06-03 10:14:00 +0100,Candle,C1\n#3,cara@example.com,2026-06-03 10:14:00 +0100,Candle,C1\n"
        );
        var summary = (await bench.PlanAsync(path)).Summary;
        summary.LeftOut.ShouldHaveSingleItem().Examples.ShouldBe(["orders.csv:4"]);
        summary.Claims.ShouldHaveSingleItem().Examples.ShouldBe(["orders.csv:2", "orders.csv:5"]);
    }

    [Fact]
    public async Task An_order_one_of_whose_rows_is_bad_is_set_aside_whole()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write(
            "orders.csv",
            "Name,Email,Created at,Lineitem name,Lineitem sku,Accepts Marketing\n"
                + "#1,anna@example.com,2026-06-03 10:14:00 +0100,Candle,C1,perhaps\n"
                + "#2,ben@example.com,2026-06-03 10:14:00 +0100,Lamp,L1,yes\n"
        );
        var plan = await bench.PlanAsync(path, ImportBench.London with { SetsAsideBadRows = true });
        (plan.Summary.ToAdd, plan.Summary.SetAside.Length).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_register_in_which_nobody_stands_yet_is_a_good_file()
    {
        await using var bench = await ImportBench.CreateAsync();
        foreach (var format in new[] { "refusals", "sends", "checks", "bounces" })
        {
            var header = string.Join(',', ImportFormats.ColumnsOf(format)!.Select(column => column.Name));
            (
                await bench.ImportAsync(bench.Write($"{format}.csv", header + "\n"), ImportBench.London with { Format = format })
            ).Added.ShouldBe(0);
        }
    }
}
