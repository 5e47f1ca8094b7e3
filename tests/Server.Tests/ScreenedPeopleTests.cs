using System.Text.Json;
using MaySend.Decisions;
using MaySend.Decisions.Replay;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;
using MaySend.Screening.Audiences;
using MaySend.Screening.Runs;

namespace MaySend.Server.Tests;

/// <summary>Whoever was screened finds the decision again, by person, campaign and day.</summary>
public class ScreenedPeopleTests
{
    [Fact]
    public async Task A_screening_of_the_server_is_on_record_and_everybody_in_it_finds_their_decision()
    {
        await using var server = await Running.StartAsync();
        await server.AddCustomerAsync("bert@example.com");
        await server.AddCustomerAsync("+441632960999");
        var rows = await ScreenAsync(server);
        rows.Keys.ShouldBe(["anna@example.com", "bert@example.com"], ignoreOrder: true, "no channel of email reaches a telephone");
        // What comes later changes neither what was decided nor how it is found.
        await server.AddCustomerAsync("dora@example.com");
        await server.PostAsync("/v1/refusals", """{"address": "bert@example.com", "how": "phone"}""");
        foreach (var (address, id) in rows)
            (await FindAsync(server, address)).ShouldHaveSingleItem().Id.ToString().ShouldBe(id);
        var (_, told) = await server.GetAsync("/v1/people/bert%40example.com/decisions?campaign=spring-2026&day=2026-03-10");
        told.GetProperty("decisions")[0].GetProperty("id").GetString().ShouldBe(rows["bert@example.com"]);
        (await server.GetAsync("/v1/people/bert%40example.com/decisions?day=2026-03-11"))
            .Body.GetProperty("decisions")
            .GetArrayLength()
            .ShouldBe(0);
        (await FindAsync(server, "dora@example.com")).ShouldBeEmpty();
        (await FindAsync(server, "+441632960999")).ShouldBeEmpty();
        var again = await ReplayAsync(server, rows["bert@example.com"]);
        again.Again.Verdict.ShouldBe(Verdict.Permitted, "the request to stop came after it");
        again.Screening.ShouldNotBeNull();
    }

    [Fact]
    public async Task Asking_and_screening_again_name_the_same_decision_by_the_same_id()
    {
        await using var server = await Running.StartAsync();
        var first = (await ScreenAsync(server))[Running.Anna];
        var second = (await ScreenAsync(server))[Running.Anna];
        second.ShouldBe(first);
        var (_, body) = await server.PostAsync("/v1/decisions", """{"address": "anna@example.com", "campaign": "spring-2026"}""");
        body.GetProperty("decision").GetProperty("id").GetString().ShouldBe(first);
    }

    [Fact]
    public async Task Of_a_list_only_those_on_it_were_decided()
    {
        await using var server = await Running.StartAsync();
        await server.AddCustomerAsync("bert@example.com");
        var folder = Directory.CreateTempSubdirectory("maysend-test-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "people.csv"), "address\nbert@example.com\nstranger@example.com\n");
            var order = new ScreeningOrder(await CampaignAsync(server), Actor.Runner("test"))
            {
                List = AudienceFiles.InFolder(folder, null),
            };
            await new StoreScreening(server.Store, Decider).RunAsync(order, Path.Combine(folder, "out"));
            (await FindAsync(server, "bert@example.com")).Count.ShouldBe(1);
            (await FindAsync(server, Running.Anna)).ShouldBeEmpty();
            (await FindAsync(server, "stranger@example.com")).ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Who_was_on_a_list_of_an_earlier_version_is_found_as_it_kept_them()
    {
        await using var server = await Running.StartAsync();
        await server.AddCustomerAsync("bert@example.com");
        await ScreenAsync(server);
        var recorded = await server.Store.ControllerEntriesAsync();
        var manifest = recorded.Select(one => one.Entry).OfType<AudienceScreened>().Single();
        var bert = (await server.Store.FindAsync(Address.Email("bert@example.com").Required())).Contact.ShouldNotBeNull();
        var earlier = manifest with { Id = "earlier", Listed = Convert.ToBase64String(bert.ToBytes()[..8]) };
        await server.Store.RecordAsync(earlier, Actor.Runner("test").AsSystem());
        (await FindAsync(server, "bert@example.com"))
            .Select(one => one.Screening!.Id)
            .ShouldBe([manifest.Id, "earlier"], ignoreOrder: true);
        (await FindAsync(server, Running.Anna)).ShouldHaveSingleItem().Screening!.Id.ShouldBe(manifest.Id);
    }

    [Theory]
    [InlineData("people.csv", "address,subscription status\nbert@example.com,\nold@example.com,unsubscribed\n")]
    [InlineData("refusals.csv", "address,when,how\nold@example.com,2026-02-01,phone\n")]
    public async Task A_stop_in_a_list_reaches_the_other_address_of_the_same_person(string file, string text)
    {
        await using var server = await Running.StartAsync();
        foreach (var address in new[] { "bert@example.com", "old@example.com" })
            await server.AddCustomerAsync(address);
        await server.Store.LinkAsync(
            Address.Email("bert@example.com").Required(),
            Address.Email("old@example.com").Required(),
            Actor.Runner("test")
        );
        var folder = Directory.CreateTempSubdirectory("maysend-test-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "people.csv"), "address\nbert@example.com\nanna@example.com\n");
            await File.WriteAllTextAsync(Path.Combine(folder, file), text);
            var order = new ScreeningOrder(await CampaignAsync(server), Actor.Runner("test"))
            {
                List = AudienceFiles.InFolder(folder, null),
            };
            await new StoreScreening(server.Store, Decider).RunAsync(order, Path.Combine(folder, "out"));
            (await File.ReadAllTextAsync(Path.Combine(folder, "out", "refused.csv"))).ShouldContain("bert@example.com");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task What_is_recorded_while_a_screening_reads_counts_in_it_and_is_in_its_ids()
    {
        await using var server = await Running.StartAsync();
        await server.AddCustomerAsync("bert@example.com");
        var folder = Directory.CreateTempSubdirectory("maysend-test-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "people.csv"), "address\nbert@example.com\nanna@example.com\n");
            var order = new ScreeningOrder(await CampaignAsync(server), Actor.Runner("test"))
            {
                List = AudienceFiles.InFolder(folder, null),
            };
            var isStopped = false;
            var outcome = await new StoreScreening(server.Store, Decider).RunAsync(
                order,
                Path.Combine(folder, "out"),
                (stage, _, _) =>
                {
                    if (isStopped || !stage.StartsWith("reading", StringComparison.Ordinal))
                        return;
                    isStopped = true;
                    StopAsync(server, "bert@example.com").GetAwaiter().GetResult();
                }
            );
            isStopped.ShouldBeTrue();
            outcome.Manifest!.Later.Count.ShouldBe(1);
            (await File.ReadAllTextAsync(Path.Combine(folder, "out", "refused.csv"))).ShouldContain("bert@example.com");
            var found = (await FindAsync(server, "bert@example.com")).ShouldHaveSingleItem();
            (await ReplayAsync(server, found.Id.ToString())).Again.Verdict.ShouldBe(Verdict.Refused);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Somebody_erased_is_found_in_no_screening()
    {
        await using var server = await Running.StartAsync();
        var id = (await ScreenAsync(server))[Running.Anna];
        await server.Client.DeleteAsync("/v1/people/anna%40example.com?reason=test");
        (await FindAsync(server, Running.Anna)).ShouldBeEmpty();
        (await new Replayer(server.Store, Archive(server)).RunAsync(DecisionId.Parse(id)!)).ShouldBeOfType<ReplayResult.Impossible>();
    }

    static Decider Decider { get; } = new(MaySend.Law.Files.LawReader.Read(Path.Combine(Running.Root, "law")));

    static LawArchive Archive(Running server) => new(Path.Combine(server.Options.DataFolder, LawArchive.Name));

    static async Task<Campaign> CampaignAsync(Running server) => (await server.Store.ControllerAsync()).Campaign("spring-2026")!;

    static async Task StopAsync(Running server, string address) =>
        await server.Store.RecordAsync(
            Address.Read(address).Required(),
            new RefusalMade(When.Of(server.Clock.GetUtcNow()), "stop in between")
            {
                Senders = NameSet.Everything,
                Channels = NameSet.Everything,
                Topics = NameSet.Everything,
            },
            Actor.Runner("test")
        );

    static async Task<IReadOnlyList<DecisionOnRecord>> FindAsync(Running server, string address) =>
        await DecisionOnRecord.FindAsync(
            server.Store,
            await server.Store.FindAsync(Address.Read(address).Required()),
            "spring-2026",
            new DateOnly(2026, 3, 10)
        );

    static async Task<ReplayResult.Done> ReplayAsync(Running server, string id) =>
        (await new Replayer(server.Store, Archive(server)).RunAsync(DecisionId.Parse(id)!)).ShouldBeOfType<ReplayResult.Done>();

    /// <summary>Screens everybody and gives each one's decision.</summary>
    static async Task<Dictionary<string, string>> ScreenAsync(Running server)
    {
        var (_, asked) = await server.PostAsync("/v1/screenings", """{"campaign": "spring-2026"}""");
        var id = (await ScreeningTests.DoneAsync(server, asked.GetProperty("id").GetString()!)).GetProperty("id").GetString();
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var list in new[] { "permitted", "refused", "not-shown" })
        foreach (var line in (await server.Client.GetStringAsync($"/v1/screenings/{id}/{list}.csv")).Split('\n').Skip(1))
            if (line.Length > 0)
                rows[line.Split(',')[0]] = line.Split(',')[^2];
        return rows;
    }
}
