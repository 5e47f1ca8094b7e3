using MaySend.Decisions;
using MaySend.Decisions.Replay;

namespace MaySend.Server.Tests;

public sealed class ReplayTests
{
    [Fact]
    public async Task What_was_answered_about_a_campaign_can_be_replayed_after_the_campaign_was_described_anew_and_the_person_has_refused()
    {
        await using var server = await Running.StartAsync();
        var (_, body) = await server.PostAsync("/v1/decisions", """{"address": "anna@example.com", "campaign": "spring-2026"}""");
        var id = DecisionId.Parse(body.GetProperty("decision").GetProperty("id").GetString()!).ShouldNotBeNull();
        (
            await server.PutAsync("/v1/campaigns/spring-2026", Shop.Spring.Replace("\"email\"", "\"sms\"", StringComparison.Ordinal))
        ).Status.ShouldBe(200);
        (await server.Public.PostAsync(await server.LinkAsync(), null)).EnsureSuccessStatusCode();

        var again = (
            await new Replayer(server.Store, new LawArchive(Path.Combine(server.Options.DataFolder, LawArchive.Name))).RunAsync(
                id,
                cancellation: TestContext.Current.CancellationToken
            )
        ).ShouldBeOfType<ReplayResult.Done>();
        again.Again.Verdict.ShouldBe(Decisions.Verdict.Permitted);
        again.Differences.ShouldBeEmpty();
        again.Again.Campaign.Message.Id.ShouldBe("spring-2026");
    }

    [Fact]
    public async Task The_same_question_on_the_same_evidence_has_the_same_id()
    {
        await using var server = await Running.StartAsync();
        async Task<string?> IdAsync() =>
            (await server.PostAsync("/v1/decisions", """{"address": "anna@example.com", "campaign": "spring-2026"}"""))
                .Body.GetProperty("decision")
                .GetProperty("id")
                .GetString();
        var first = await IdAsync();
        (await IdAsync()).ShouldBe(first);
        await server.AddCustomerAsync("ben@example.com");
        (await IdAsync()).ShouldBe(first, "what was recorded about others is none of hers");
    }
}
