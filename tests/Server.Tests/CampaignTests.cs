using System.Text.Json;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;

namespace MaySend.Server.Tests;

public sealed class CampaignTests
{
    [Fact]
    public async Task A_campaign_loaded_with_the_evidence_can_be_asked_about_read_and_listed()
    {
        await using var server = await Running.StartAsync();
        var autumn = new Campaign("autumn-2026", Shop.Name, "email", new DateOnly(2026, 3, 10)) { Template = "no-such-template" };
        await server.Store.RecordAsync(new CampaignRegistered(autumn.Digest, autumn), Actor.Runner("store load"));

        (await server.VerdictAsync(campaign: "autumn-2026")).ShouldBe("not-shown");
        (await GetAsync(server, "/v1/campaigns/autumn-2026")).GetProperty("template").GetString().ShouldBe("no-such-template");
        (await GetAsync(server, "/v1/campaigns"))
            .GetProperty("items")
            .EnumerateArray()
            .Select(each => each.GetProperty("id").GetString())
            .ShouldBe(["autumn-2026", "spring-2026"]);
    }

    [Fact]
    public async Task What_is_described_over_the_API_wins_over_what_was_loaded()
    {
        await using var server = await Running.StartAsync();
        var old = new Campaign("spring-2026", Shop.Name, "sms", new DateOnly(2026, 3, 10));
        await server.Store.RecordAsync(new CampaignRegistered(old.Digest, old), Actor.Runner("store load"));
        (await GetAsync(server, "/v1/campaigns/spring-2026")).GetProperty("channel").GetString().ShouldBe("email");
        (await server.VerdictAsync()).ShouldBe("permitted");
    }

    [Theory]
    [InlineData("homeware", 201)]
    [InlineData("HOMEWARE", 201)]
    [InlineData("who knows", 201)]
    [InlineData("", 400)]
    [InlineData(" ", 400)]
    [InlineData("all", 400)]
    [InlineData("*", 400)]
    public async Task A_topic_is_one_and_neither_blank_nor_a_word_for_all_of_them(string topic, int status)
    {
        await using var server = await Running.StartAsync();
        var campaign = $$"""{"id": "june", "sender": "{{Shop.Name}}", "channel": "email", "day": "2026-03-10", "topics": ["{{topic}}"]}""";
        (await server.PutAsync("/v1/campaigns/june", campaign)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task That_somebody_else_sends_it_is_not_for_a_key_that_describes_campaigns()
    {
        await using var server = await Running.StartAsync();
        using var marketer = server.With(await KeyTests.IssueAsync(server, "campaign"));
        var campaign =
            $$"""{"id": "june", "sender": "{{Shop.Name}}", "channel": "email", "day": "2026-03-10", "sentOrInstigated": false}""";
        (await Running.ReadAsync(await marketer.PutAsync("/v1/campaigns/june", Running.Json(campaign)))).Status.ShouldBe(403);
        (await server.PutAsync("/v1/campaigns/june", campaign)).Status.ShouldBe(201);
    }

    static async Task<JsonElement> GetAsync(Running server, string path) =>
        (await Running.ReadAsync(await server.Client.GetAsync(path))).Body;
}
