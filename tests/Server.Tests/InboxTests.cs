using System.Text.Json;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;

namespace MaySend.Server.Tests;

public sealed class InboxTests
{
    const string Number = "+15005550006";
    internal const string InWords = "Who is this? I am blocking you.";

    /// <summary>All that Twilio brought in March.</summary>
    internal const string Run = """
        {"source": "twilio", "from": "2026-03-01T00:00:00Z", "until": "2026-04-01T00:00:00Z", "outcome": "nothing", "reason": "a test of ours"}
        """;

    static readonly Signature Signed = new("data protection officer", new DateOnly(2025, 1, 5), "as recorded");

    internal static string Reply(string id, string words) =>
        $"MessageSid={id}&Body={Uri.EscapeDataString(words)}&From={Uri.EscapeDataString(Number)}&To=%2B15005550001&AccountSid=AC1";

    /// <summary>A server with a customer who may be sent texts.</summary>
    static async Task<Running> StartAsync()
    {
        var server = await Running.StartAsync(inbound: PlatformCall.Hooks);
        await server.Store.RecordAsync(
            [
                new StatementSigned("refusals-sms", Shop.Name, StatementKind.RefusalsComplete)
                {
                    Answer = true,
                    Channels = NameSet.Of("sms"),
                    Since = new DateOnly(2025, 1, 1),
                    Signature = Signed,
                },
                Shop.Entries.OfType<AssessmentRecorded>().Single() with
                {
                    Id = "LIA-2",
                    Channels = NameSet.Of("sms"),
                },
                Shop.Entries.OfType<TemplateVersion>().Single() with
                {
                    Id = "text@1",
                    Template = "text",
                    Channel = "sms",
                },
            ],
            Actor.Runner("test")
        );
        await server.AddCustomerAsync(Number);
        var campaign = Shop
            .Spring.Replace("spring-2026", "texts", StringComparison.Ordinal)
            .Replace("\"email\"", "\"sms\"", StringComparison.Ordinal)
            .Replace("\"newsletter\"", "\"text\"", StringComparison.Ordinal);
        (await server.PutAsync("/v1/campaigns/texts", campaign)).Status.ShouldBe(201);
        (await server.VerdictAsync(Number, "texts")).ShouldBe("permitted");
        return server;
    }

    static async Task<string> WaitingAsync(Running server)
    {
        var (status, body) = await server.GetAsync("/v1/inbox");
        status.ShouldBe(200, body.ToString());
        return body.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetString()!;
    }

    [Theory]
    [InlineData("nothing", "permitted")]
    [InlineData("forged", "permitted")]
    [InlineData("request", "refused")]
    public async Task A_signed_reply_in_words_holds_its_number_until_a_person_has_settled_it(string outcome, string after)
    {
        await using var server = await StartAsync();
        var (status, body) = await PlatformCall.SendAsync(server, "twilio", Reply("SM8", InWords));
        status.ShouldBe(200, body.ToString());
        body.GetProperty("forAPerson").GetInt32().ShouldBe(1);
        (await server.VerdictAsync(Number, "texts")).ShouldBe("not-shown");
        (await server.VerdictAsync()).ShouldBe("permitted");

        var id = await WaitingAsync(server);
        var (_, shown) = await server.GetAsync($"/v1/inbox/{id}");
        shown.GetProperty("words").GetString().ShouldBe(InWords);
        shown.GetProperty("address").GetString().ShouldBe(Number);
        shown.GetProperty("item").GetProperty("holds").GetBoolean().ShouldBeTrue();

        (await server.PostAsync($"/v1/inbox/{id}/settle", JsonSerializer.Serialize(new { outcome }))).Status.ShouldBe(200);
        (await server.VerdictAsync(Number, "texts")).ShouldBe(after);
        (await server.GetAsync("/v1/inbox")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_same_reply_delivered_twice_waits_once()
    {
        await using var server = await StartAsync();
        await PlatformCall.SendAsync(server, "twilio", Reply("SM8", InWords));
        var (_, body) = await PlatformCall.SendAsync(server, "twilio", Reply("SM8", InWords));
        body.GetProperty("repeated").GetInt32().ShouldBe(1);
        await WaitingAsync(server);
        Directory.GetFiles(Path.Combine(server.Options.DataFolder, "inbox")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Somebody_unknown_who_writes_becomes_no_contact_and_can_still_be_taken_at_their_word()
    {
        await using var server = await Running.StartAsync(inbound: PlatformCall.Hooks);
        await PlatformCall.SendAsync(server, "twilio", Reply("SM9", InWords));
        (await server.Store.Ledger.RecogniseAsync(Address.Read(Number).Required())).Contact.ShouldBeNull();
        var id = await WaitingAsync(server);
        (await server.PostAsync($"/v1/inbox/{id}/settle", """{"outcome": "request"}""")).Status.ShouldBe(200);
        (await server.RefusalsAsync(Number)).ShouldBe(1);
    }

    [Fact]
    public async Task A_request_counts_from_the_day_on_which_it_arrived()
    {
        await using var server = await StartAsync();
        await PlatformCall.SendAsync(server, "twilio", Reply("SM8", InWords));
        var arrived = server.Clock.GetUtcNow();
        // Without the ticks of nine days, which the services beside the requests would all live through.
        server.Clock.AdjustTime(arrived.AddDays(9));
        var (_, summary) = await server.GetAsync("/v1/inbox/summary");
        summary.GetProperty("overdue").GetInt32().ShouldBe(1, "more than seven days");
        (await server.VerdictAsync(Number, "texts")).ShouldNotBe("permitted", "it never settles itself");
        var id = await WaitingAsync(server);
        await server.PostAsync($"/v1/inbox/{id}/settle", """{"outcome": "request"}""");
        (await server.EntriesAsync(Number)).OfType<RefusalMade>().Single().When.At.ShouldBe(arrived);
    }

    [Fact]
    public async Task Only_who_may_sign_can_say_that_it_is_no_request()
    {
        await using var server = await StartAsync();
        await PlatformCall.SendAsync(server, "twilio", Reply("SM8", InWords));
        var id = await WaitingAsync(server);
        var (_, issued) = await server.PostAsync("/v1/keys", """{"name": "till", "scopes": ["record"]}""");
        using var till = server.With(issued.GetProperty("key").GetString()!);
        (await server.PostAsync($"/v1/inbox/{id}/settle", """{"outcome": "nothing"}""", till)).Status.ShouldBe(403);
        (await server.VerdictAsync(Number, "texts")).ShouldBe("not-shown");
        (await server.PostAsync($"/v1/inbox/{id}/settle", """{"outcome": "request"}""", till)).Status.ShouldBe(200);
        (await server.VerdictAsync(Number, "texts")).ShouldBe("refused");
    }

    [Fact]
    public async Task A_run_is_settled_by_two_people_and_by_no_one_of_them_alone()
    {
        await using var server = await StartAsync();
        await PlatformCall.SendAsync(server, "twilio", Reply("SM8", InWords));
        await PlatformCall.SendAsync(server, "twilio", Reply("SM9", "There are too many texts from your shop, who is behind this?"));
        var (status, run) = await server.PostAsync("/v1/inbox/runs", Run);
        status.ShouldBe(201, run.ToString());
        var agree = $"/v1/inbox/runs/{run.GetProperty("id").GetString()}/agree";
        (await server.PostAsync(agree, "")).Status.ShouldBe(403);
        (await server.VerdictAsync(Number, "texts")).ShouldBe("not-shown");
        var (_, issued) = await server.PostAsync("/v1/keys", """{"name": "second", "scopes": ["admin"]}""");
        using var second = server.With(issued.GetProperty("key").GetString()!);
        var (_, settled) = await server.PostAsync(agree, "", second);
        settled.GetProperty("settled").GetArrayLength().ShouldBe(run.GetProperty("items").GetInt32());
        (await server.VerdictAsync(Number, "texts")).ShouldBe("permitted");
    }

    [Fact]
    public async Task The_text_dies_with_the_person()
    {
        await using var server = await StartAsync();
        await PlatformCall.SendAsync(server, "twilio", Reply("SM8", InWords));
        var id = await WaitingAsync(server);
        await server.Store.EraseAsync(Address.Read(Number).Required(), Actor.Runner("officer"), "asked for it");
        var (_, shown) = await server.GetAsync($"/v1/inbox/{id}");
        shown.GetProperty("isKept").GetBoolean().ShouldBeFalse();
        shown.TryGetProperty("words", out _).ShouldBeFalse(shown.ToString());
    }

    [Fact]
    public async Task One_bad_event_of_a_batch_is_kept_for_a_person_with_its_text()
    {
        await using var server = await Running.StartAsync(inbound: PlatformCall.Hooks);
        var (status, body) = await PlatformCall.SendAsync(
            server,
            "sendgrid",
            """
            [{"email": "bert@example.com", "timestamp": 1772528400, "event": "unsubscribe", "sg_event_id": "g1"},
             {"timestamp": 1772528400, "event": "unsubscribe", "sg_event_id": "g2", "note": "whose is this"}]
            """
        );
        status.ShouldBe(200, body.ToString());
        body.GetProperty("recorded").GetInt32().ShouldBe(1);
        body.GetProperty("forAPerson").GetInt32().ShouldBe(1);
        var (_, shown) = await server.GetAsync($"/v1/inbox/{await WaitingAsync(server)}");
        shown.GetProperty("words").GetString()!.ShouldContain("whose is this");
    }

    [Fact]
    public async Task Calls_that_are_not_proved_are_counted_by_platform()
    {
        await using var server = await Running.StartAsync(inbound: PlatformCall.Hooks);
        await PlatformCall.SendAsync(server, "postmark", PlatformCall.Stops["postmark"], isForged: true);
        await PlatformCall.SendAsync(server, "postmark", PlatformCall.Stops["postmark"], isForged: true);
        var (_, summary) = await server.GetAsync("/v1/inbox/summary");
        var unproved = summary.GetProperty("unproved").EnumerateArray().ShouldHaveSingleItem();
        unproved.GetProperty("platform").GetString().ShouldBe("postmark");
        unproved.GetProperty("calls").GetInt64().ShouldBe(2);
    }

    [Theory]
    [InlineData("message-waiting")]
    [InlineData("message-settled")]
    public async Task No_key_writes_or_ends_a_hold_as_an_entry(string kind)
    {
        await using var server = await StartAsync();
        var more = kind == "message-settled" ? ", \"waitingId\": \"x\", \"outcome\": \"nothing\"" : "";
        var (status, _) = await server.PostAsync(
            $"/v1/evidence/{Uri.EscapeDataString(Number)}",
            $$"""{"kind": "{{kind}}", "id": "x", "when": "2026-03-10"{{more}}}"""
        );
        status.ShouldBeOneOf(400, 403);
    }
}
