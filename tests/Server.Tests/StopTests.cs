using System.Net.Http.Json;
using System.Text.Json;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Reading;

namespace MaySend.Server.Tests;

/// <summary>No way to stop is lost, whichever door it comes through.</summary>
public class StopTests
{
    [Theory]
    [InlineData("""{"address": "anna@example.com", "sender": "lantern"}""", "sender")]
    [InlineData("""{"address": "anna@example.com", "sender": "Lantern Ltd"}""", "sender")]
    [InlineData("""{"address": "anna@example.com", "sender": "lantern-ltd", "topic": "offers"}""", "topic")]
    [InlineData("""{"address": "anna@example.com", "sender": "lantern-ltd", "brand": "Glow"}""", "brand")]
    [InlineData("""{"address": "+447700900123", "sender": "lantern-ltd"}""", "channel")]
    [InlineData("""{"address": "anna@example.com", "sender": "lantern-ltd", "channel": "sms"}""", "channel")]
    [InlineData("""{"address": "anna@example.com", "sender": "lantern-ltd", "channel": "post", "campaign": "spring-2026"}""", "channel")]
    public async Task A_link_for_a_name_that_nobody_bears_is_not_issued(string asked, string field)
    {
        await using var server = await Running.StartAsync();
        var (status, body) = await server.PostAsync("/v1/opt-out-links", asked);
        status.ShouldBe(400, body.ToString());
        body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task A_withdrawn_consent_stops_whatever_it_calls_its_channels()
    {
        await using var server = await Running.StartAsync();
        (await server.VerdictAsync()).ShouldBe("permitted");
        var (status, body) = await server.PostAsync(
            $"/v1/evidence/{Running.Anna}",
            """{"kind": "consent-answered", "when": "2025-07-01", "id": "c", "channels": ["e-mail"], "withdrawn": "2025-10-01"}"""
        );
        status.ShouldBe(201, body.ToString());
        body.GetProperty("notUnderstood")[0].GetString()!.ShouldContain("e-mail");
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public async Task A_press_on_a_link_for_one_topic_refuses_a_message_that_names_it()
    {
        await using var server = await Running.StartAsync();
        var link = await server.LinkAsync(topic: "homeware");
        await server.Public.PostAsync(link, null);
        (await server.VerdictAsync()).ShouldBe("refused");
        (await server.EntriesAsync()).OfType<RefusalMade>().Single().Topics.ShouldBe(NameSet.Of("homeware"));
    }

    [Theory]
    [InlineData("""{"address": "anna@example.com", "how": "phone", "senders": ["all"], "topics": ["homeware"]}""")]
    [InlineData("""{"address": "anna@example.com", "how": "phone", "senders": ["Lantern"]}""")]
    [InlineData("""{"address": "anna@example.com", "how": "phone", "topics": ["garden", "homware"]}""")]
    [InlineData("""{"address": "anna@example.com", "how": "phone", "senders": "ALL", "topics": []}""")]
    [InlineData("""{"address": "anna@example.com", "how": "phone", "channels": ["All"]}""")]
    [InlineData("""{"address": "anna@example.com", "how": "phone", "channels": ["newsletter"]}""")]
    [InlineData("""{"address": "anna@example.com", "how": "phone", "channels": ["sms", "E-Mail"]}""")]
    public async Task A_request_in_words_that_nobody_bears_binds_and_says_so(string reported)
    {
        await using var server = await Running.StartAsync();
        (await server.PostAsync("/v1/refusals", reported)).Status.ShouldBe(201);
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public async Task A_key_used_before_is_a_conflict_and_swallows_no_request_to_stop()
    {
        await using var server = await Running.StartAsync();
        const string order =
            """{"kind": "details-collected", "id": "o 9", "when": "2025-06-01", "obtainedBy": "lantern-ltd", "from": "recipient", "context": "sale"}""";
        (await SendAsync(server, "/v1/evidence/anna@example.com", order)).Status.ShouldBe(201);
        (await SendAsync(server, "/v1/evidence/anna@example.com", order.Replace("o 9", "o 8", StringComparison.Ordinal))).Status.ShouldBe(
            422
        );
        var (status, body) = await SendAsync(server, "/v1/refusals", """{"address": "anna@example.com", "how": "letter"}""");
        (status, body.GetProperty("recorded").GetBoolean()).ShouldBe((422, true));
        (await server.VerdictAsync()).ShouldBe("refused");
        await SendAsync(server, "/v1/refusals", """{"address": "anna@example.com", "how": "letter"}""");
        (await server.RefusalsAsync()).ShouldBe(1);
        await SendAsync(server, "/v1/refusals", """{"address": "anna@example.com", "how": "letter", "topics": ["garden"]}""");
        (await server.RefusalsAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task An_unsubscribe_whose_event_id_was_a_bounces_is_recorded_all_the_same()
    {
        await using var server = await Running.StartAsync(inbound: PlatformCall.Hooks);
        await PlatformCall.SendAsync(
            server,
            "sendgrid",
            """
            [{"email": "anna@example.com", "timestamp": 1772528300, "event": "bounce", "type": "bounce", "status": "5.1.1", "sg_event_id": "e1"},
             {"email": "anna@example.com", "timestamp": 1772528400, "event": "unsubscribe", "sg_event_id": "e1"}]
            """
        );
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Theory]
    [InlineData("""{"postmark": {"secret": "s", "sender": "Lantern"}}""", "`Lantern` is not a sender on record")]
    [InlineData(
        """{"brevo": {"secret": "s", "sender": "lantern-ltd", "topics": {"7": "Specials"}}}""",
        "`Specials` is not a topic on record"
    )]
    public async Task A_server_does_not_start_on_hooks_that_bind_nobody(string inbound, string says)
    {
        var folder = Directory.CreateTempSubdirectory("maysend-server-").FullName;
        await (await Running.StartAsync(folder)).StopServerAsync();
        (await Should.ThrowAsync<BadInputException>(() => Running.StartAsync(folder, inbound: inbound))).Message.ShouldContain(says);
    }

    [Fact]
    public async Task An_opt_out_of_an_old_address_that_comes_after_its_change_reaches_the_new_one()
    {
        await using var server = await Running.StartAsync(inbound: PlatformCall.Hooks);
        await PlatformCall.SendAsync(
            server,
            "mailchimp",
            "type=upemail&fired_at=2026-03-04+09%3A00%3A00&data%5Blist_id%5D=a6b5da1054&data%5Bnew_email%5D=anna%40example.com&"
                + "data%5Bold_email%5D=former%40example.net"
        );
        (await server.VerdictAsync()).ShouldBe("permitted");
        await server.PostAsync("/v1/refusals", """{"address": "former@example.net", "how": "letter"}""");
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public async Task The_same_old_link_stops_again_after_the_person_came_back()
    {
        await using var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        await server.Public.PostAsync(link, null);
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        await server.ComeBackAsync();
        (await server.VerdictAsync()).ShouldBe("permitted");
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        await server.Public.PostAsync(link, null);
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    static async Task<(int Status, JsonElement Body)> SendAsync(Running server, string path, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Running.Json(text) };
        request.Headers.Add("Idempotency-Key", "one key");
        return await Running.ReadAsync(await server.Client.SendAsync(request));
    }
}
