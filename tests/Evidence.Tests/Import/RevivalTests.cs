using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Tests.Store;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Import;

/// <summary>
/// No file can carry what lifts a stop; here such an entry is handed to the comparison directly, to show that it would be seen.
/// </summary>
public sealed class RevivalTests
{
    [Fact]
    public async Task An_entry_that_would_lift_a_stop_is_counted_as_reviving()
    {
        (await RevivedByAsync(new RefusalRetracted(StoreFolder.Day(2026, 1, 5), "undo", "link 1"))).ShouldBe(1);
        (await RevivedByAsync(Consent(isServedHere: true))).ShouldBe(1);
    }

    [Fact]
    public async Task What_a_file_can_carry_revives_nobody() => (await RevivedByAsync(Consent(isServedHere: false))).ShouldBe(0);

    static ConsentAnswered Consent(bool isServedHere) =>
        new(StoreFolder.Day(2026, 1, 9), "form 1")
        {
            To = NameSet.Everything,
            Channels = NameSet.Everything,
            Topics = NameSet.Everything,
            Act = "unticked-box",
            ServedHere = isServedHere,
        };

    static async Task<long> RevivedByAsync(ContactEntry entry)
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.Store.RecordAsync(StoreFolder.Anna, StoreFolder.OptOut(), Actor.Runner("server"));
        var comparison = new PlanComparison(bench.Store, new Dictionary<UInt128, DateOnly>());
        var proposal = new Proposal(StoreFolder.Anna, entry, new EntrySource(new string('a', 64), 2));
        await comparison.AddAsync(KeyedRows.Of([new ReadRow("f.csv", 2, [proposal], [], null)]).Single(), default);
        return comparison.Summary(ImportSource.Open(ImportBench.Sample("shopify-orders.csv")), 1).Revived;
    }

    [Fact]
    public async Task The_dry_run_says_how_many_who_can_be_mailed_now_would_be_stopped()
    {
        await using var bench = await ImportBench.CreateAsync();
        var orders = bench.Write(
            "o.csv",
            "address,when,context,from\na@example.com,2025-05-02,sale,recipient\nb@example.com,2025-05-02,sale,recipient\n"
        );
        await bench.ImportAsync(orders, ImportBench.London with { Format = "orders" });
        var first = bench.Write("r.csv", "address,when,topics\na@example.com,2025-06-02,news\nnew@example.com,2025-06-02,\n");
        (await bench.PlanAsync(first, new ImportOptions { Format = "refusals" })).Summary.NewlyStopped.ShouldBe(1);
        await bench.ImportAsync(first, new ImportOptions { Format = "refusals" });
        var summary = (await bench.PlanAsync(first, new ImportOptions { Format = "refusals" })).Summary;
        (summary.NewlyStopped, summary.Revived).ShouldBe((0, 0));
        var wider = bench.Write("w.csv", "address,when,topics\na@example.com,2025-07-02,ofers\nb@example.com,2025-07-02,news\n");
        var plan = await bench.PlanAsync(wider, new ImportOptions { Format = "refusals" });
        (plan.Summary.NewlyStopped, plan.Summary.Revived).ShouldBe((2, 0));
        plan.Summary.NotUnderstood.ShouldHaveSingleItem().Text.ShouldStartWith("`ofers` is not a topic on record");
    }

    [Fact]
    public async Task Of_somebody_who_came_back_after_an_erasure_only_what_happened_since_is_taken()
    {
        await using var bench = await ImportBench.CreateAsync();
        var anna = Address.Email("a@example.com").Required();
        await bench.Store.EraseAsync(anna, Actor.Runner("officer"), "asked");
        var orders = bench.Write(
            "o.csv",
            "address,id,when,context,from\na@example.com,o1,2026-02-03,sale,recipient\na@example.com,o2,2026-02-04,sale,recipient\n"
                + "a@example.com,o3,2026-02-05T10:00+00:00,sale,recipient\n"
        );
        var options = ImportBench.London with { Format = "orders" };
        (await bench.ImportAsync(orders, options)).Suppressed.ShouldBe(3);
        await bench.Store.RecordAsync(
            anna,
            new NoticeServed(When.Of(bench.Store.Clock.GetUtcNow()), "back", true, true),
            Actor.Runner("x"),
            despiteSuppression: true
        );
        (await bench.PlanAsync(orders, options)).Summary.Suppressed.ShouldBe(2);
        await bench.ImportAsync(orders, options);
        (await bench.OnlyAsync<DetailsCollected>("a@example.com")).Id.ShouldBe("o3");
    }
}
