using System.Text.Json;

namespace MaySend.Server.Tests;

/// <summary>What the sender has on record, and the law.</summary>
public class RecordTests
{
    [Fact]
    public async Task A_collection_point_that_ends_takes_later_orders_with_it_and_is_signed_only_by_a_key_that_may()
    {
        await using var server = await Running.StartAsync();
        var (_, held) = await server.GetAsync("/v1/collection-points/checkout@1");
        var ended = JsonSerializer.Serialize(
            JsonSerializer
                .Deserialize<Dictionary<string, JsonElement>>(held)!
                .Append(new("until", JsonSerializer.SerializeToElement("2025-04-01")))
                .ToDictionary()
        );
        using var recorder = server.With(await KeyTests.IssueAsync(server, "record"));
        var (status, body) = await Running.ReadAsync(await recorder.PutAsync("/v1/collection-points/checkout@1", Running.Json(ended)));
        status.ShouldBe(403, body.ToString());
        (await server.VerdictAsync()).ShouldBe("permitted");
        (await server.PutAsync("/v1/collection-points/checkout@1", ended)).Status.ShouldBe(200);
        (await server.VerdictAsync()).ShouldBe("not-shown");
    }

    [Theory]
    [InlineData("collection-points/p", """{"id": "p", "point": "p", "from": "2025-03-01", "until": "2025-03-01"}""", "until")]
    [InlineData("templates/t", """{"id": "t", "template": "t", "from": "2025-03-01", "channel": "pigeon"}""", "channel")]
    [InlineData(
        "product-map/m",
        """{"id": "m", "products": [{"code": "", "family": "f", "range": "r"}], "signature": {"by": "dpo", "on": "2025-01-05", "reason": "sold so"}}""",
        "products[0]"
    )]
    [InlineData(
        "policy/p",
        """{"id": "p", "switches": {"looser": true}, "signature": {"by": "dpo", "on": "2025-01-05", "reason": "ours"}}""",
        "switches.looser"
    )]
    [InlineData("senders/other", """{"id": "lantern-ltd"}""", "id")]
    [InlineData(
        "statements/s",
        """{"id": "s", "sender": "lantern-ltd", "says": "refusals-complete", "signature": {"by": " ", "on": "2025-01-05", "reason": ""}}""",
        "signature"
    )]
    [InlineData("campaigns/c", """{"id": "c", "sender": "lantern-ltd", "day": "2026-03-10", "channel": "pigeon"}""", "channel")]
    public async Task What_is_wrong_with_a_record_is_named_and_nothing_is_recorded(string path, string json, string field)
    {
        await using var server = await Running.StartAsync();
        var (status, body) = await server.PutAsync($"/v1/{path}", json);
        status.ShouldBe(400, body.ToString());
        body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()).ShouldContain(field);
        if (!path.StartsWith("senders", StringComparison.Ordinal))
            (await server.GetAsync($"/v1/{path}")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("statements/ours", """{"id": "ours", "sender": "SENDER", "says": "offers-to-children", "answer": false, SIGNED}""")]
    [InlineData(
        "templates/letter@1",
        """{"id": "letter@1", "template": "letter", "sender": "SENDER", "channel": "email", "from": "2025-01-01", SIGNED}"""
    )]
    public async Task What_one_sender_has_signed_is_not_taken_from_it_by_what_another_calls_the_same(string path, string json)
    {
        const string Signed = "\"signature\": {\"by\": \"dpo\", \"on\": \"2025-01-05\", \"reason\": \"kept with its picture\"}";
        string Of(string sender, string signed = Signed) =>
            json.Replace("SENDER", sender, StringComparison.Ordinal)
                .Replace(", SIGNED", signed.Length == 0 ? "" : $", {signed}", StringComparison.Ordinal);
        await using var server = await Running.StartAsync();
        // What nobody has signed may still be corrected.
        (await server.PutAsync($"/v1/{path}", Of("another-ltd", signed: ""))).Status.ShouldBe(201);
        (await server.PutAsync($"/v1/{path}", Of("lantern-ltd"))).Status.ShouldBe(200);

        var (status, problem) = await server.PutAsync($"/v1/{path}", Of("another-ltd"));
        status.ShouldBe(409, problem.ToString());
        problem.GetProperty("title").GetString()!.ShouldEndWith("on record is lantern-ltd's");
        (await server.GetAsync($"/v1/{path}")).Body.GetProperty("sender").GetString().ShouldBe("lantern-ltd");
        (
            await server.PutAsync($"/v1/{path}", Of("lantern-ltd", Signed.Replace("kept", "kept again", StringComparison.Ordinal)))
        ).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_law_between_two_days_shows_the_ground_of_charities_that_began()
    {
        await using var server = await Running.StartAsync();
        var (_, diff) = await server.GetAsync("/v1/law/diff?from=2026-02-04&to=2026-02-06");
        diff.GetProperty("changes")
            .EnumerateArray()
            .Select(change =>
                (
                    change.GetProperty("change").GetString(),
                    change.GetProperty("provision").GetString(),
                    change.TryGetProperty("ground", out var ground) ? ground.GetString() : null
                )
            )
            .ShouldContain(("began", "gb/pecr/reg-22", "charitable-purposes-soft-opt-in"));
        var (_, before) = await server.GetAsync("/v1/law?day=2026-02-04&jurisdiction=gb");
        before.ToString().ShouldNotContain("charitable-purposes-soft-opt-in");
        var (_, table) = await server.GetAsync("/v1/law/table?day=2026-03-10");
        table.GetProperty("rows").GetArrayLength().ShouldBeGreaterThan(20);
        (await server.GetAsync("/v1/law/diff?from=yesterday&to=2026-02-06")).Status.ShouldBe(400);
    }
}
