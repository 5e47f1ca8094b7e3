using System.Net;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Server.Tests;

public class InboundTests
{
    public static TheoryData<string> Platforms => [.. PlatformCall.Stops.Keys];

    static Task<Running> StartAsync() =>
        Running.StartAsync(
            inbound: PlatformCall.Hooks,
            with: options => options with { SnsCertificate = _ => PlatformCall.AmazonCertificate() }
        );

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task What_a_platform_reports_refuses_the_next_decision_and_its_repetition_adds_nothing(string platform)
    {
        await using var server = await StartAsync();
        var (status, first) = await PlatformCall.SendAsync(server, platform, PlatformCall.Stops[platform]);
        status.ShouldBe(200, first.ToString());
        first.GetProperty("recorded").GetInt32().ShouldBe(1, first.ToString());
        if (!PlatformCall.IsOfTextMessages(platform))
            (await server.VerdictAsync()).ShouldBe("refused");
        var (_, again) = await PlatformCall.SendAsync(server, platform, PlatformCall.Stops[platform]);
        again.GetProperty("recorded").GetInt32().ShouldBe(0);
        again.GetProperty("repeated").GetInt32().ShouldBe(1);
        (await server.RefusalsAsync(PlatformCall.Who(platform))).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task A_call_that_is_not_proved_is_not_read(string platform)
    {
        await using var server = await StartAsync();
        var (status, body) = await PlatformCall.SendAsync(server, platform, PlatformCall.Stops[platform], isForged: true);
        status.ShouldBe(401, body.ToString());
        (await server.RefusalsAsync(PlatformCall.Who(platform))).ShouldBe(0);
        (await server.VerdictAsync()).ShouldBe("permitted");
    }

    [Fact]
    public async Task A_text_message_that_a_platform_reports_by_GET_is_taken_and_not_answered_as_a_look_at_the_hook()
    {
        await using var server = await StartAsync();
        var stop = PlatformCall.Stops["vonage"];
        var forged = await server.Public.GetAsync($"/v1/inbound/vonage?{stop}&sig={new string('0', 64)}");
        ((int)forged.StatusCode).ShouldBe(401);
        (await server.RefusalsAsync(PlatformCall.Who("vonage"))).ShouldBe(0);
        var taken = await server.Public.GetAsync($"/v1/inbound/vonage?{stop}&sig={PlatformCall.Sig(stop)}");
        ((int)taken.StatusCode).ShouldBe(200);
        (await server.RefusalsAsync(PlatformCall.Who("vonage"))).ShouldBe(1);
        (await (await server.Public.GetAsync("/v1/inbound/vonage")).Content.ReadAsStringAsync()).ShouldContain("open");
    }

    [Theory]
    [InlineData(
        "ses",
        """{"notificationType": "Complaint", "complaint": {"feedbackId": "f-2", "complainedRecipients": [{"emailAddress": "anna@example.com"}], "timestamp": "2026-03-03T09:00:00.000Z", "complaintFeedbackType": "not-spam"}}"""
    )]
    [InlineData(
        "sparkpost",
        """[{"msys": {"message_event": {"type": "spam_complaint", "event_id": "s4", "rcpt_to": "anna@example.com", "fbtype": "not-spam", "timestamp": "1772528400"}}}]"""
    )]
    public async Task Not_spam_never_suppresses(string platform, string text)
    {
        await using var server = await StartAsync();
        var (status, body) = await PlatformCall.SendAsync(server, platform, text);
        status.ShouldBe(200, body.ToString());
        (await server.EntriesAsync()).OfType<RefusalMade>().ShouldBeEmpty();
        (await server.VerdictAsync()).ShouldBe("permitted");
    }

    [Theory]
    [InlineData(
        "sendgrid",
        """[{"email": "anna@example.com", "timestamp": 1772614800, "event": "group_resubscribe", "sg_event_id": "e3", "asm_group_id": 10}]"""
    )]
    [InlineData(
        "postmark",
        """{"RecordType": "SubscriptionChange", "MessageID": "m1", "MessageStream": "broadcast", "ChangedAt": "2026-03-04T09:00:00Z", "Recipient": "anna@example.com", "Origin": "Customer", "SuppressSending": false, "SuppressionReason": null}"""
    )]
    public async Task A_reactivation_never_overrides_the_persons_refusal_and_is_shown_as_a_conflict(string platform, string text)
    {
        await using var server = await StartAsync();
        await PlatformCall.SendAsync(server, platform, PlatformCall.Stops[platform]);
        var (_, body) = await PlatformCall.SendAsync(server, platform, text);
        body.GetProperty("conflicts").GetInt32().ShouldBe(1, body.ToString());
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public async Task A_later_reactivation_that_arrives_first_does_not_swallow_the_refusal_before_it()
    {
        await using var server = await StartAsync();
        await PlatformCall.SendAsync(
            server,
            "sendgrid",
            """[{"email": "anna@example.com", "timestamp": 1772614800, "event": "group_resubscribe", "sg_event_id": "e3", "asm_group_id": 10}]"""
        );
        await PlatformCall.SendAsync(
            server,
            "sendgrid",
            """[{"email": "anna@example.com", "timestamp": 1772528400, "event": "group_unsubscribe", "sg_event_id": "e2", "asm_group_id": 10}]"""
        );
        (await server.VerdictAsync()).ShouldBe("refused");
        (await server.EntriesAsync())
            .OfType<RefusalMade>()
            .ShouldHaveSingleItem()
            .When.At.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1772528400));
    }

    [Fact]
    public async Task A_group_that_is_mapped_stops_its_topic_and_one_that_is_not_stops_everything()
    {
        await using var server = await StartAsync();
        await PlatformCall.SendAsync(
            server,
            "sendgrid",
            """
            [{"email": "bert@example.com", "timestamp": 1772528400, "event": "group_unsubscribe", "sg_event_id": "g1", "asm_group_id": 10},
             {"email": "cleo@example.com", "timestamp": 1772528400, "event": "group_unsubscribe", "sg_event_id": "g2", "asm_group_id": 11}]
            """
        );
        (await server.EntriesAsync("bert@example.com")).OfType<RefusalMade>().Single().Topics.ShouldBe(NameSet.Of("homeware"));
        (await server.EntriesAsync("cleo@example.com")).OfType<RefusalMade>().Single().Topics!.IsEverything.ShouldBeTrue();
    }

    [Fact]
    public async Task A_complaint_is_an_objection_on_every_channel()
    {
        await using var server = await StartAsync();
        await PlatformCall.SendAsync(server, "ses", PlatformCall.Stops["ses"]);
        var objection = (await server.EntriesAsync()).OfType<RefusalMade>().Single();
        (objection.Kind, objection.Channels!.IsEverything).ShouldBe(("objection", true));
    }

    [Fact]
    public async Task An_address_that_moves_carries_its_refusal_along()
    {
        await using var server = await StartAsync();
        await PlatformCall.SendAsync(server, "mailchimp", PlatformCall.Stops["mailchimp"]);
        await PlatformCall.SendAsync(
            server,
            "mailchimp",
            "type=upemail&fired_at=2026-03-04+09%3A00%3A00&data%5Blist_id%5D=a6b5da1054&data%5Bnew_email%5D=anna%40example.net&"
                + "data%5Bold_email%5D=anna%40example.com"
        );
        (await server.VerdictAsync("anna@example.net")).ShouldBe("refused");
    }

    [Fact]
    public async Task A_bad_event_in_a_batch_spoils_no_other_and_garbage_is_given_back()
    {
        await using var server = await StartAsync();
        var (status, body) = await PlatformCall.SendAsync(
            server,
            "sendgrid",
            """[{"event": "unsubscribe"}, 7, {"email": "anna@example.com", "timestamp": 1772528400, "event": "unsubscribe", "sg_event_id": "e1"}]"""
        );
        status.ShouldBe(200);
        body.GetProperty("recorded").GetInt32().ShouldBe(1);
        body.GetProperty("problems").GetArrayLength().ShouldBeGreaterThan(0);
        (await PlatformCall.SendAsync(server, "postmark", "not JSON")).Status.ShouldBeOneOf(400, 401);
        (await PlatformCall.SendAsync(server, "postmark", "[]")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_platform_without_a_hook_and_a_body_beyond_all_measure_are_refused()
    {
        await using var server = await Running.StartAsync(inbound: """{"postmark": {"secret": "s"}}""");
        (await server.Public.PostAsync("/v1/inbound/mailgun", Running.Json("{}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var large = new HttpRequestMessage(HttpMethod.Post, "/v1/inbound/postmark?key=s")
        {
            Content = new ByteArrayContent(new byte[6_000_000]),
            Headers = { ExpectContinue = true },
        };
        (await server.Public.SendAsync(large)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task The_look_that_Mailchimp_and_Mandrill_take_first_is_answered_and_changes_nothing()
    {
        await using var server = await StartAsync();
        (await server.Public.GetAsync("/v1/inbound/mailchimp?key=x")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.Public.GetAsync("/v1/inbound/pigeon")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var (platform, status) in new[] { ("mandrill", HttpStatusCode.OK), ("pigeon", HttpStatusCode.NotFound) })
        {
            using var head = new HttpRequestMessage(HttpMethod.Head, $"/v1/inbound/{platform}");
            (await server.Public.SendAsync(head)).StatusCode.ShouldBe(status);
        }
        (await server.VerdictAsync()).ShouldBe("permitted");
    }

    [Fact]
    public async Task While_the_store_is_down_the_platform_is_told_to_come_again()
    {
        await using var server = await StartAsync();
        await server.Store.DisposeAsync();
        (await PlatformCall.SendAsync(server, "postmark", PlatformCall.Stops["postmark"])).Status.ShouldBe(503);
    }
}
