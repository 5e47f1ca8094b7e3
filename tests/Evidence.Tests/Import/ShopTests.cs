using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Import;

public sealed class ShopTests
{
    [Fact]
    public async Task New_and_old_customer_columns_say_the_same()
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.ImportAsync(ImportBench.Sample("shopify-customers.csv"));
        var before = (await bench.EntriesAsync("ben@example.com")).ToList();
        before.OfType<RefusalMade>().ShouldHaveSingleItem();
        // The same facts out of the older layout add nothing.
        (await bench.PlanAsync(ImportBench.Sample("shopify-customers-old.csv"))).Summary.ToAdd.ShouldBe(0);
    }

    [Fact]
    public async Task No_is_kept_as_a_stop_yes_is_only_a_claim_and_blank_is_neither()
    {
        await using var bench = await ImportBench.CreateAsync();
        var plan = await bench.PlanAsync(ImportBench.Sample("shopify-customers.csv"));
        plan.Summary.Claims.ShouldContain(claim => claim.Text.StartsWith("accepts email marketing = yes", StringComparison.Ordinal));
        await plan.ApplyAsync(Actor.Runner("clerk"));
        (await bench.OnlyAsync<RefusalMade>("ben@example.com")).Kind.ShouldBe("at-collection");
        (await bench.EntriesAsync("anna@example.com"))
            .ShouldHaveSingleItem()
            .ShouldBeOfType<DetailsStated>()
            .Countries.ShouldBe(NameSet.Of("gb"));
        (await bench.EntriesAsync("dora@example.com")).OfType<RefusalMade>().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_about_text_messages_belongs_to_the_number_behind_its_apostrophe()
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.ImportAsync(ImportBench.Sample("shopify-customers.csv"));
        var stop = await bench.OnlyAsync<RefusalMade>("+442079460018");
        stop.Channels.ShouldBe(NameSet.Of("sms"));
        (await bench.EntriesAsync("+35315550100")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Order_numbers_that_begin_with_a_hash_are_rows_and_lines_make_one_order()
    {
        await using var bench = await ImportBench.CreateAsync();
        (
            await bench.ImportAsync(ImportBench.Sample("shopify-orders.csv"), ImportBench.London with { Point = "checkout", Zone = null })
        ).Added.ShouldBe(2);
        var order = await bench.OnlyAsync<DetailsCollected>("anna@example.com");
        (order.Id, order.Context, order.ObtainedBy, order.From, order.Point).ShouldBe(
            ("#1001", "sale", "lantern-ltd", "recipient", "checkout")
        );
        order.When.ToString().ShouldBe("2025-05-02T10:15:30+01:00");
        order.Products.ShouldBe(["CAN-1", "HOL-2"]);
        order.ConsentTicked.ShouldBe(false);
        order.Refused.ShouldBeNull();
    }

    [Fact]
    public async Task A_sale_at_a_counter_is_not_one_of_whoever_saw_the_checkout()
    {
        const string Orders = """
            Name,Email,Financial Status,Created at,Accepts Marketing,Lineitem name,Source
            #1,online@example.com,paid,2026-03-01 10:00:00 +0000,yes,Candle,web
            #2,counter@example.com,paid,2026-03-01 11:00:00 +0000,no,Candle,POS
            """;
        var checkout = ImportBench.London with { Point = "checkout", Zone = null };
        await using var bench = await ImportBench.CreateAsync();
        var plan = await bench.PlanAsync(bench.Write("orders.csv", Orders), checkout);
        plan.Summary.Claims.ShouldHaveSingleItem().Text.ShouldContain("a sale at the counter (Source = pos) did not pass the checkout");
        await plan.ApplyAsync(Actor.Runner("clerk"));
        (await bench.OnlyAsync<DetailsCollected>("online@example.com")).Point.ShouldBe("checkout");
        (await bench.OnlyAsync<DetailsCollected>("counter@example.com")).Point.ShouldBeNull();

        await using var other = await ImportBench.CreateAsync();
        await other.ImportAsync(other.Write("orders.csv", Orders), checkout with { TillPoint = "till" });
        (await other.OnlyAsync<DetailsCollected>("online@example.com")).Point.ShouldBe("checkout");
        (await other.OnlyAsync<DetailsCollected>("counter@example.com")).Point.ShouldBe("till");
    }

    [Fact]
    public async Task A_cancelled_order_is_a_cancelled_sale_and_both_its_countries_count()
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.ImportAsync(ImportBench.Sample("shopify-orders.csv"));
        var order = await bench.OnlyAsync<DetailsCollected>("ben@example.com");
        order.Context.ShouldBe("cancelled-sale");
        order.Countries.ShouldBe(NameSet.Of("gb", "ie"));
        // No code: the name stands in, which no product map knows, so the order is not taken for fully mapped.
        order.Products.ShouldBe(["Gift box"]);
    }

    [Fact]
    public async Task Woocommerce_has_accounts_and_countries_and_no_consent()
    {
        await using var bench = await ImportBench.CreateAsync();
        var plan = await bench.PlanAsync(ImportBench.Sample("woocommerce-customers.csv"));
        plan.Summary.ByKind.Keys.ShouldBe(["details-collected", "details-stated"]);
        await plan.ApplyAsync(Actor.Runner("clerk"));
        var account = await bench.OnlyAsync<DetailsCollected>("anna@example.com");
        (account.Context, account.When.ToString()).ShouldBe(("free-account", "2023-01-15T09:30:00+00:00"));
        (await bench.ProblemsAsync(ImportBench.Sample("woocommerce-customers.csv"), new()))
            .ShouldHaveSingleItem()
            .Text.ShouldContain("has no time zone");
    }

    [Fact]
    public async Task A_plugins_mark_of_subscription_is_a_claim()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write(
            "w.csv",
            "Name,Username,Last Active,Sign Up,Email,Orders,AOV,mailchimp_woocommerce_is_subscribed\nAnna,,,,anna@example.com,0,0,1\n"
        );
        var summary = (await bench.PlanAsync(path)).Summary;
        summary.ToAdd.ShouldBe(0);
        summary.Claims.ShouldHaveSingleItem().Text.ShouldStartWith("mailchimp_woocommerce_is_subscribed = 1");
    }
}
