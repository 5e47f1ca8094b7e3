using System.Net;
using MaySend.Evidence.Entries;

namespace MaySend.Server.Tests;

public class PeopleTests
{
    [Fact]
    public async Task Whoever_is_erased_is_still_refused_and_nothing_of_them_can_be_read_or_recorded_again()
    {
        await using var server = await Running.StartAsync();
        (await Running.ReadAsync(await server.Client.DeleteAsync("/v1/people/anna@example.com?reason=asked"))).Status.ShouldBe(200);
        (await server.VerdictAsync()).ShouldBe("refused");
        var (_, timeline) = await server.GetAsync("/v1/evidence/anna@example.com");
        (timeline.GetProperty("state").GetString(), timeline.GetProperty("page").GetProperty("items").GetArrayLength()).ShouldBe(
            ("suppressed", 0)
        );
        var (status, _) = await server.PostAsync(
            "/v1/evidence/anna@example.com",
            """{"kind": "details-stated", "id": "again", "when": "2026-03-10", "countries": ["gb"]}"""
        );
        status.ShouldBe(409);
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public async Task Everything_held_about_a_person_is_given_as_JSON_and_as_a_file_to_read()
    {
        await using var server = await Running.StartAsync();
        var (status, body) = await server.GetAsync("/v1/people/anna@example.com/export");
        status.ShouldBe(200);
        body.ToString().ShouldContain("order 10442");
        var page = await server.Client.GetAsync("/v1/people/anna@example.com/export?format=html");
        // Never shown as one of our pages.
        page.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        (await server.GetAsync("/v1/people/anna@example.com/export?format=pdf")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_request_to_stop_reaches_every_address_of_the_person_and_no_permission_does()
    {
        await using var server = await Running.StartAsync();
        await server.AddCustomerAsync("anna@example.org");
        (await server.PostAsync("/v1/people/anna@example.com/links", """{"address": "anna@example.org"}""")).Status.ShouldBe(200);
        (await server.PostAsync("/v1/people/anna@example.com/links", """{"address": "nobody@example.net"}""")).Status.ShouldBe(409);
        await server.PostAsync("/v1/refusals", """{"address": "anna@example.org", "how": "letter"}""");
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Theory]
    [InlineData("""{"kind": "refusal-retracted", "id": "x", "when": "2026-03-10", "refusalId": "reported"}""", "kind")]
    [InlineData(
        """{"kind": "consent-answered", "id": "x", "when": "2026-03-10", "act": "unticked-box", "servedHere": true}""",
        "servedHere"
    )]
    [InlineData("""{"kind": "details-collected", "id": "x", "when": "2026-03-10", "context": "a-chat", "from": "gossip"}""", "from")]
    [InlineData("""{"kind": "rumour", "id": "x"}""", "kind")]
    [InlineData("""{"kind": "details-stated", "id": "link x", "when": "2026-03-10"}""", "id")]
    public async Task Nothing_recorded_from_outside_can_lift_a_refusal_and_every_wrong_word_is_named(string entry, string field)
    {
        await using var server = await Running.StartAsync();
        await server.PostAsync("/v1/refusals", """{"address": "anna@example.com", "how": "phone"}""");
        var (status, body) = await server.PostAsync("/v1/evidence/anna@example.com", entry);
        status.ShouldBe(400, body.ToString());
        body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()).ShouldContain(field);
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public async Task A_judgement_needs_a_key_that_may_sign()
    {
        await using var server = await Running.StartAsync();
        using var recorder = server.With(await KeyTests.IssueAsync(server, "record"));
        const string judged =
            """{"kind": "fact-judged", "id": "j1", "when": "2026-03-09", "fact": "recipient.minor", "value": "no", "by": "data protection officer", "reason": "said so"}""";
        (await server.PostAsync("/v1/evidence/anna@example.com", judged, recorder)).Status.ShouldBe(403);
        (await server.PostAsync("/v1/evidence/anna@example.com", judged)).Status.ShouldBe(201);
        (await server.EntriesAsync()).OfType<FactJudged>().ShouldHaveSingleItem();
        var ofNone = judged.Replace("\"j1\"", "\"j2\", \"recordId\": \"no such order\"", StringComparison.Ordinal);
        (await server.PostAsync("/v1/evidence/anna@example.com", ofNone, recorder)).Status.ShouldBe(403);
        (await server.PostAsync("/v1/evidence/anna@example.com", ofNone)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_look_up_names_a_register_that_some_law_asks_about()
    {
        await using var server = await Running.StartAsync();
        foreach (var (register, status) in new[] { ("gb/tps", 201), ("GB/CTPS", 201), ("GB-TPS ", 400), ("gb/tsp", 400) })
        {
            var check =
                $$"""{"kind": "register-checked", "id": "{{register}}", "when": "2026-03-09", "register": "{{register}}", "listed": true}""";
            (await server.PostAsync("/v1/evidence/anna@example.com", check)).Status.ShouldBe(status, register);
        }
    }
}
