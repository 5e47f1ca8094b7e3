using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace MaySend.Server.Tests;

/// <summary>Idempotency keys, cursors and ETags.</summary>
public class RepetitionTests
{
    const string Order =
        """{"kind": "details-collected", "id": "order 7", "when": "2025-06-01", "obtainedBy": "lantern-ltd", "from": "recipient", "context": "sale"}""";

    [Fact]
    public async Task The_same_request_with_the_same_key_is_recorded_once()
    {
        await using var server = await Running.StartAsync();
        var first = await SendAsync(server.Client, "/v1/evidence/dan@example.com", Order, "k1");
        var again = await SendAsync(server.Client, "/v1/evidence/dan@example.com", Order, "k1");
        (first.Status, again.Status).ShouldBe((201, 200), $"{first.Body} {again.Body}");
        again.Body.GetProperty("position").GetString().ShouldBe(first.Body.GetProperty("position").GetString());
        (await server.EntriesAsync("dan@example.com")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_API_keys_never_share_an_idempotency_key()
    {
        await using var server = await Running.StartAsync();
        using var other = server.With(await KeyTests.IssueAsync(server, "record"));
        await SendAsync(server.Client, "/v1/evidence/dan@example.com", Order, "k1");
        (
            await SendAsync(other, "/v1/evidence/dan@example.com", Order.Replace("order 7", "order 8", StringComparison.Ordinal), "k1")
        ).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_refusal_reported_twice_with_one_key_is_one_refusal_and_without_a_key_two()
    {
        await using var server = await Running.StartAsync();
        const string refusal = """{"address": "anna@example.com", "how": "phone"}""";
        (await SendAsync(server.Client, "/v1/refusals", refusal, "call 1")).Status.ShouldBe(201);
        (await SendAsync(server.Client, "/v1/refusals", refusal, "call 1")).Status.ShouldBe(200);
        (await server.RefusalsAsync()).ShouldBe(1);
        (await SendAsync(server.Client, "/v1/refusals", refusal, null)).Status.ShouldBe(201);
        (await server.RefusalsAsync()).ShouldBe(2);
        (await SendAsync(server.Client, "/v1/refusals", refusal, new string('k', 201))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Pages_join_to_the_whole_list_without_a_gap_or_a_repetition()
    {
        await using var server = await Running.StartAsync();
        for (var i = 0; i < 7; i++)
            (
                await server.PutAsync($"/v1/campaigns/c{i}", Shop.Spring.Replace("spring-2026", $"c{i}", StringComparison.Ordinal))
            ).Status.ShouldBe(201);
        (await AllAsync(server, "/v1/campaigns", body => body, item => item.GetProperty("id").GetString()!)).ShouldBe([
            "c0",
            "c1",
            "c2",
            "c3",
            "c4",
            "c5",
            "c6",
            "spring-2026",
        ]);
        (
            await AllAsync(
                server,
                "/v1/evidence/anna@example.com",
                body => body.GetProperty("page"),
                item => item.GetProperty("position").GetString()!
            )
        )
            .Distinct()
            .Count()
            .ShouldBe(2);
        (await AllAsync(server, "/v1/statements", body => body, item => item.GetProperty("id").GetString()!)).ShouldBe([
            "children",
            "refusals",
            "sends",
            "templates",
        ]);
        foreach (var limit in new[] { "0", "-1", "1001", "all" })
            (await server.GetAsync($"/v1/campaigns?limit={limit}")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task What_the_caller_has_already_is_not_sent_again_and_a_change_is()
    {
        await using var server = await Running.StartAsync();
        foreach (
            var path in new[]
            {
                "/v1/campaigns",
                "/v1/campaigns/spring-2026",
                "/v1/senders/lantern-ltd",
                "/v1/law?day=2026-03-10",
                "/v1/law/diff?from=2026-02-04&to=2026-02-06",
            }
        )
        {
            var first = await server.Client.GetAsync(path);
            first.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            (await IfAsync(server, path, first.Headers.ETag!)).ShouldBe(HttpStatusCode.NotModified, path);
        }
        var tag = (await server.Client.GetAsync("/v1/campaigns/spring-2026")).Headers.ETag!;
        await server.PutAsync("/v1/campaigns/spring-2026", Shop.Spring.Replace("2026-03-10", "2026-03-11", StringComparison.Ordinal));
        (await IfAsync(server, "/v1/campaigns/spring-2026", tag)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/v1/campaigns/spring-2026", Shop.Spring, "\"day\": \"2026-03-10\"", "\"day\": \"2026-03-11\"", "\"day\": \"2026-03-12\"")]
    [InlineData(
        "/v1/senders/lantern-ltd",
        """{"id": "lantern-ltd", "name": "Lantern Ltd", "establishment": "gb"}""",
        "Lantern Ltd",
        "Lantern One Ltd",
        "Lantern Two Ltd"
    )]
    public async Task Of_two_who_change_the_same_state_the_second_is_told(string path, string text, string old, string one, string two)
    {
        await using var server = await Running.StartAsync();
        var tag = (await server.Client.GetAsync(path)).Headers.ETag!;
        (await PutIfAsync(server, path, text.Replace(old, one, StringComparison.Ordinal), tag)).ShouldBe(HttpStatusCode.OK);
        (await PutIfAsync(server, path, text.Replace(old, two, StringComparison.Ordinal), tag)).ShouldBe(HttpStatusCode.PreconditionFailed);
        (await server.GetAsync(path)).Body.ToString().ShouldContain(one.Split('"').Last(part => part.Length > 2));
    }

    static async Task<List<string>> AllAsync(Running server, string path, Func<JsonElement, JsonElement> page, Func<JsonElement, string> id)
    {
        var (ids, after) = (new List<string>(), "");
        do
        {
            var (status, body) = await server.GetAsync(
                $"{path}?limit=3{(after.Length > 0 ? $"&after={Uri.EscapeDataString(after)}" : "")}"
            );
            status.ShouldBe(200, body.ToString());
            var items = page(body).GetProperty("items");
            items.GetArrayLength().ShouldBeLessThanOrEqualTo(3);
            ids.AddRange(items.EnumerateArray().Select(id));
            after = page(body).TryGetProperty("next", out var next) ? next.GetString() ?? "" : "";
        } while (after.Length > 0);
        return ids;
    }

    static async Task<HttpStatusCode> IfAsync(Running server, string path, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(tag);
        return (await server.Client.SendAsync(request)).StatusCode;
    }

    static async Task<HttpStatusCode> PutIfAsync(Running server, string path, string text, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = Running.Json(text) };
        request.Headers.IfMatch.Add(tag);
        return (await server.Client.SendAsync(request)).StatusCode;
    }

    static async Task<(int Status, JsonElement Body)> SendAsync(HttpClient client, string path, string text, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Running.Json(text) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await Running.ReadAsync(await client.SendAsync(request));
    }
}
