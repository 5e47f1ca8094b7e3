using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Import;

public sealed class PlatformTests
{
    [Fact]
    public async Task A_legal_basis_in_a_crm_is_a_claim_and_never_evidence()
    {
        await using var bench = await ImportBench.CreateAsync();
        var plan = await bench.PlanAsync(ImportBench.Sample("hubspot-contacts.csv"));
        plan.Summary.Claims.ShouldContain(claim =>
            claim.Text.Contains("existing customer", StringComparison.Ordinal)
            && claim.Text.Contains("no evidence for a soft opt-in", StringComparison.Ordinal)
        );
        plan.Summary.Claims.ShouldContain(claim =>
            claim.Text.Contains("freely given consent", StringComparison.Ordinal) && claim.Count == 2
        );
        await plan.ApplyAsync(Actor.Runner("clerk"));
        (await bench.EntriesAsync("anna@example.com")).ShouldHaveSingleItem().ShouldBeOfType<DetailsStated>();
    }

    [Fact]
    public async Task An_opt_out_of_a_type_has_three_states_and_binds_every_topic_unless_the_type_is_mapped()
    {
        await using var bench = await ImportBench.CreateAsync();
        var plan = await bench.PlanAsync(ImportBench.Sample("hubspot-contacts.csv"));
        plan.Summary.Claims.ShouldContain(claim => claim.Text.Contains("`Newsletter` is not mapped", StringComparison.Ordinal));
        await plan.ApplyAsync(Actor.Runner("clerk"));
        (await bench.OnlyAsync<RefusalMade>("cara@example.com")).Topics.ShouldBe(NameSet.Everything);
        (await bench.EntriesAsync("anna@example.com")).OfType<RefusalMade>().ShouldBeEmpty();

        await using var mapped = await ImportBench.CreateAsync();
        await mapped.ImportAsync(
            ImportBench.Sample("hubspot-contacts.csv"),
            ImportBench.London with
            {
                Topics = ImportBench.London.Topics.Add("Newsletter", "news"),
            }
        );
        (await mapped.OnlyAsync<RefusalMade>("cara@example.com")).Topics.ShouldBe(NameSet.Of("news"));
    }

    [Fact]
    public async Task What_a_person_refuses_they_refuse_at_their_further_addresses()
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.ImportAsync(ImportBench.Sample("hubspot-contacts.csv"));
        await bench.OnlyAsync<RefusalMade>("ben@example.com");
        await bench.OnlyAsync<RefusalMade>("ben@work.example");
    }

    [Fact]
    public async Task A_hard_bounce_is_a_failing_address_and_no_refusal()
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.ImportAsync(ImportBench.Sample("hubspot-contacts.csv"));
        await bench.ImportAsync(ImportBench.Sample("klaviyo-profiles.csv"));
        foreach (var address in new[] { "dora@example.com", "finn@example.com" })
        {
            (await bench.OnlyAsync<AddressFailed>(address)).IsPermanent.ShouldBeTrue();
            (await bench.EntriesAsync(address)).OfType<RefusalMade>().ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Subscribed_without_a_time_is_a_claim_and_with_one_a_dated_consent()
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.ImportAsync(ImportBench.Sample("klaviyo-profiles.csv"));
        var dated = await bench.OnlyAsync<ConsentAnswered>("anna@example.com");
        dated.ShouldBe(new ConsentAnswered(dated.When, dated.Id) { Channels = NameSet.Of("email"), SignedUp = true });
        (await bench.EntriesAsync("ben@example.com")).OfType<ConsentAnswered>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_suppression_outranks_a_subscription_in_the_same_row_and_never_subscribed_is_neither()
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.ImportAsync(ImportBench.Sample("klaviyo-profiles.csv"));
        var stops = (await bench.EntriesAsync("emil@example.com")).OfType<RefusalMade>().ToList();
        stops
            .Select(stop => (stop.Kind, stop.Senders))
            .ShouldBe([("objection", NameSet.Everything), ("refusal", NameSet.Of("lantern-ltd"))], ignoreOrder: true);
        (await bench.EntriesAsync("dora@example.com")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_suppression_word_that_is_not_known_is_a_stop()
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.ImportAsync(
            bench.Write(
                "k.csv",
                "Email,Klaviyo ID,Email Marketing Consent,Email Suppressions\nanna@example.com,1,SUBSCRIBED,['NEW_REASON']\n"
            )
        );
        (await bench.OnlyAsync<RefusalMade>("anna@example.com")).Senders.ShouldBe(NameSet.Everything);
    }

    [Fact]
    public async Task Listmonk_enabled_proves_nothing_and_blocklisted_stops()
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.ImportAsync(ImportBench.Sample("listmonk-subscribers.csv"), ImportBench.London with { Zone = null });
        (await bench.EntriesAsync("anna@example.com")).ShouldBeEmpty();
        (await bench.EntriesAsync("cara@example.com")).ShouldBeEmpty();
        (await bench.OnlyAsync<RefusalMade>("ben@example.com")).When.ToString().ShouldBe("2025-06-30T20:20:11+02:00");
    }

    [Fact]
    public async Task What_a_platform_bills_for_and_an_old_list_of_channels_are_no_evidence()
    {
        await using var bench = await ImportBench.CreateAsync();
        var contacts = bench.Write("h.csv", "Record ID,Email,Marketing contact status\n1,anna@example.com,Marketing contact\n");
        (await bench.PlanAsync(contacts)).Summary.ToAdd.ShouldBe(0);
        var profiles = bench.Write("k.csv", "Email,Klaviyo ID,$consent\nanna@example.com,1,\"email,sms\"\n");
        var summary = (await bench.PlanAsync(profiles)).Summary;
        summary.ToAdd.ShouldBe(0);
        summary.Claims.ShouldHaveSingleItem().Text.ShouldStartWith("$consent");
    }

    [Fact]
    public async Task A_count_of_orders_is_no_order()
    {
        await using var bench = await ImportBench.CreateAsync();
        var summary = (await bench.PlanAsync(ImportBench.Sample("shopify-customers.csv"))).Summary;
        summary.ByKind.Keys.ShouldNotContain("details-collected");
        summary.Claims.ShouldContain(claim => claim.Text.Contains("import the orders export", StringComparison.Ordinal));
    }
}
