using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;

namespace MaySend.Server.Tests;

public class DecisionTests
{
    [Fact]
    public async Task Anna_may_be_mailed_and_the_answer_says_why_and_what_it_was_made_of()
    {
        await using var server = await Running.StartAsync();
        var (status, body) = await server.PostAsync("/v1/decisions", """{"address": "anna@example.com", "campaign": "spring-2026"}""");
        status.ShouldBe(200);
        body.GetProperty("send").GetBoolean().ShouldBeTrue(body.ToString());
        body.GetProperty("keys")
            .EnumerateArray()
            .Select(key => (key.GetProperty("key").GetString(), key.GetProperty("ground").GetString(), key.GetProperty("cite").GetString()))
            .ShouldBe([("send", "products-and-services-soft-opt-in", "reg 22(3)"), ("process", "legitimate-interests", "Art 6(1)(f)")]);
        body.GetProperty("keys")[0]
            .GetProperty("says")
            .GetString()
            .ShouldBe("PECR reg 22: products and services soft opt in, on order 10442, 2 May 2025");
        body.TryGetProperty("explanation", out _).ShouldBeFalse();
        var id = body.GetProperty("decision");
        id.GetProperty("contact").GetString()!.Length.ShouldBe(32);
        id.GetProperty("ledger").GetString()!.ShouldContain("+");
    }

    [Fact]
    public async Task Nobody_knows_Ben_so_he_is_not_mailed()
    {
        await using var server = await Running.StartAsync();
        (await server.VerdictAsync("ben@example.com")).ShouldBe("not-shown");
    }

    [Fact]
    public async Task What_is_lacking_is_one_sentence_with_its_citation_and_a_remedy()
    {
        await using var server = await Running.StartAsync();
        var who = Address.Read("cleo@example.com").Required();
        await server.Store.RecordAsync([
            new NewEntry(who, Shop.InBritain, Actor.Runner("test")),
            new NewEntry(who, Shop.Order with { Point = null }, Actor.Runner("test")),
        ]);
        var (_, body) = await server.PostAsync("/v1/decisions", """{"address": "cleo@example.com", "campaign": "spring-2026"}""");
        body.GetProperty("verdict").GetString().ShouldBe("not-shown");
        var send = body.GetProperty("keys")[0];
        send.GetProperty("cite").GetString().ShouldBe("reg 22(3)(c)");
        send.GetProperty("says").GetString()!.ShouldContain("refus");
        send.GetProperty("says").GetString()!.ShouldContain("order 10442");
        body.GetProperty("remedies").GetArrayLength().ShouldBeInRange(1, 3);
    }

    [Fact]
    public async Task The_whole_explanation_is_there_for_the_asking_and_agrees_with_the_short_answer()
    {
        await using var server = await Running.StartAsync();
        foreach (var address in new[] { "anna@example.com", "ben@example.com" })
        {
            var question = $$"""{"address": "{{address}}", "campaign": "spring-2026"}""";
            var (_, brief) = await server.PostAsync("/v1/decisions", question);
            var (_, full) = await server.PostAsync("/v1/decisions?explain=full", question);
            full.GetProperty("explanation").GetProperty("keys").GetArrayLength().ShouldBe(2);
            full.GetProperty("verdict").GetString().ShouldBe(brief.GetProperty("verdict").GetString());
            full.GetProperty("explanation").GetProperty("remedies").ToString().ShouldBe(brief.GetProperty("remedies").ToString());
            full.ToString().Length.ShouldBeGreaterThan(4 * brief.ToString().Length);
        }
        var (status, wrong) = await server.PostAsync(
            "/v1/decisions?explain=all",
            """{"address": "anna@example.com", "campaign": "spring-2026"}"""
        );
        status.ShouldBe(400);
        wrong.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("explain");
    }

    [Fact]
    public async Task A_campaign_given_in_the_question_gives_the_same_verdict_as_one_on_record()
    {
        await using var server = await Running.StartAsync();
        var (_, body) = await server.PostAsync("/v1/decisions", $$"""{"address": "ANNA@Example.com", "campaign": {{Shop.Spring}}}""");
        body.GetProperty("verdict").GetString().ShouldBe("permitted", body.ToString());
    }

    [Fact]
    public async Task Fields_replaced_in_the_question_never_make_an_answer_better()
    {
        await using var server = await Running.StartAsync();
        await server.PostAsync(
            "/v1/refusals",
            $$"""{"address": "{{Running.Anna}}", "how": "phone", "senders": ["lantern-ltd"], "channels": ["email"], "topics": ["homeware"]}"""
        );
        (await server.VerdictAsync()).ShouldBe("refused");
        var other = Shop.Spring.Replace("[\"homeware\"]", "[\"garden\"]", StringComparison.Ordinal);
        other.ShouldNotBe(Shop.Spring);
        var (_, body) = await server.PostAsync("/v1/decisions", $$"""{"address": "{{Running.Anna}}", "campaign": {{other}}}""");
        (body.GetProperty("verdict").GetString(), body.GetProperty("send").GetBoolean()).ShouldBe(("refused", false), body.ToString());
    }

    [Fact]
    public async Task A_campaign_that_is_not_on_record_is_a_what_if_on_which_nothing_goes_out()
    {
        await using var server = await Running.StartAsync();
        var unknown = Shop.Spring.Replace("spring-2026", "nobody-wrote-this-down", StringComparison.Ordinal);
        var (_, body) = await server.PostAsync("/v1/decisions", $$"""{"address": "{{Running.Anna}}", "campaign": {{unknown}}}""");
        (body.GetProperty("verdict").GetString(), body.GetProperty("send").GetBoolean()).ShouldBe(("permitted", false), body.ToString());
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once_and_the_answer_is_no()
    {
        await using var server = await Running.StartAsync();
        var (status, body) = await server.PostAsync(
            "/v1/decisions",
            """{"address": 7, "campaign": "spring-2026", "colour": "red", "knownAt": "yesterday"}"""
        );
        status.ShouldBe(400);
        body.GetProperty("errors")
            .EnumerateArray()
            .Select(error => error.GetProperty("field").GetString())
            .ShouldBe(["address", "colour", "knownAt"], ignoreOrder: true);
        body.GetProperty("send").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("fr\\u00fchling")]
    [InlineData("\\u0066rühling")]
    [InlineData("frühling")]
    public async Task A_campaign_is_found_however_JSON_spells_its_id(string spelt)
    {
        await using var server = await Running.StartAsync();
        (
            await server.PutAsync("/v1/campaigns/fr%C3%BChling", Shop.Spring.Replace("spring-2026", "frühling", StringComparison.Ordinal))
        ).Status.ShouldBe(201);
        var (status, body) = await server.PostAsync("/v1/decisions", $$"""{"address": "anna@example.com", "campaign": "{{spelt}}"}""");
        status.ShouldBe(200, body.ToString());
        body.GetProperty("send").GetBoolean().ShouldBeTrue(body.ToString());
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("spring-2026\\udc00")]
    public async Task Half_a_character_in_the_id_of_a_campaign_is_a_mistake_in_that_field(string spelt)
    {
        await using var server = await Running.StartAsync();
        var (status, body) = await server.PostAsync("/v1/decisions", $$"""{"address": "anna@example.com", "campaign": "{{spelt}}"}""");
        status.ShouldBe(400, body.ToString());
        body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()).ShouldBe(["campaign"]);
        var line = (
            await DecisionBatchTests.BatchAsync(server, $$"""{"address": "anna@example.com", "campaign": "{{spelt}}"}""")
        ).ShouldHaveSingleItem();
        line.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("campaign");
    }

    [Theory]
    [InlineData("{\"address\": \"anna@example.com\"", 400)]
    [InlineData("[]", 400)]
    [InlineData("", 400)]
    [InlineData("{\"address\": \"a@example.com\", \"address\": \"anna@example.com\", \"campaign\": \"spring-2026\"}", 400)]
    [InlineData("{\"address\": \"anna@example.com\", \"campaign\": \"no-such\"}", 400)]
    [InlineData("{\"address\": \"anna\\u0000@example.com\", \"campaign\": \"spring-2026\"}", 400)]
    [InlineData("{\"address\": \"anna@exa\\u200bmple.com\", \"campaign\": \"spring-2026\"}", 400)]
    [InlineData("{\"address\": \"anna@example.com\\r\\nBcc: ben@example.com\", \"campaign\": \"spring-2026\"}", 400)]
    [InlineData("{\"address\": \"\\ud800@example.com\", \"campaign\": \"spring-2026\"}", 400)]
    [InlineData("{\"address\": \"anna@example.com\", \"campaign\": \"spring-2026\", \"\\ud800\": 1}", 400)]
    [InlineData("{\"address\": \"anna@example.com\", \"campaign\": {\"id\": \"\\ud800\"}}", 400)]
    public async Task A_question_that_cannot_be_read_is_answered_with_no(string json, int expected)
    {
        await using var server = await Running.StartAsync();
        var (status, body) = await server.PostAsync("/v1/decisions", json);
        status.ShouldBe(expected, body.ToString());
        body.GetProperty("verdict").GetString().ShouldBe("not-shown");
        body.GetProperty("send").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("anna+shop@example.com")]
    [InlineData("anna@example.com.example.org")]
    public async Task An_address_that_only_looks_like_Annas_is_not_Annas(string lookalike)
    {
        await using var server = await Running.StartAsync();
        (await server.VerdictAsync(lookalike)).ShouldBe("not-shown");
    }

    [Fact]
    public async Task An_address_that_mixes_scripts_is_no_address()
    {
        await using var server = await Running.StartAsync();
        var answer = await server.Client.PostAsync(
            "/v1/decisions",
            new StringContent("""{"address": "аnna@example.com", "campaign": "spring-2026"}""", Encoding.UTF8, "application/json")
        );
        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("script");
    }

    [Fact]
    public async Task Another_kind_of_body_and_a_body_that_is_too_large_are_refused()
    {
        await using var server = await Running.StartAsync();
        (
            await server.Client.PostAsync(
                "/v1/decisions",
                new StringContent("address=anna", Encoding.UTF8, "application/x-www-form-urlencoded")
            )
        ).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        // Whoever asks first is told before the body is sent; whoever does not may find the connection closed.
        using var large = new HttpRequestMessage(HttpMethod.Post, "/v1/decisions")
        {
            Content = Running.Json($$"""{"address": "{{new string('a', 2_000_000)}}"}"""),
            Headers = { ExpectContinue = true },
        };
        var answer = await server.Client.SendAsync(large);
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Running.ReadAsync(answer)).Body.GetProperty("send").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task When_the_store_is_down_the_answer_is_503_and_no()
    {
        await using var server = await Running.StartAsync();
        await server.Store.DisposeAsync();
        var answer = await server.Client.PostAsync(
            "/v1/decisions",
            Running.Json("""{"address": "anna@example.com", "campaign": "spring-2026"}""")
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        var (_, body) = await Running.ReadAsync(answer);
        body.GetProperty("verdict").GetString().ShouldBe("not-shown");
        body.GetProperty("send").GetBoolean().ShouldBeFalse();
        (await server.Public.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await server.Public.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_answer_is_sent_as_a_whole_of_which_the_length_is_told_beforehand()
    {
        await using var server = await Running.StartAsync();
        foreach (var explain in new[] { "none", "brief", "full" })
        {
            using var asked = new HttpRequestMessage(HttpMethod.Post, $"/v1/decisions?explain={explain}")
            {
                Content = Running.Json("""{"address": "anna@example.com", "campaign": "spring-2026"}"""),
            };
            var answer = await server.Client.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead);
            answer.Content.Headers.ContentLength.ShouldNotBeNull(explain);
            (await answer.Content.ReadAsByteArrayAsync()).Length.ShouldBe((int)answer.Content.Headers.ContentLength!.Value);
        }
    }
}
