using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Server.Tests;

/// <summary>Clocks of platforms that go wrong, or that nobody said the zone of; and what an event stops that is not by email.</summary>
public class InboundTimeTests
{
    const string OfNoZone =
        "type=unsubscribe&fired_at=2026-03-10+01%3A00%3A00&data%5Bemail%5D=anna%40example.com&data%5Blist_id%5D=l9&data%5Bid%5D=i9";

    static Task<Running> StartAsync() => Running.StartAsync(inbound: PlatformCall.Hooks);

    static async Task<RefusalMade> RefusalAsync(Running server) => (await server.EntriesAsync()).OfType<RefusalMade>().Single();

    [Fact]
    public async Task An_opt_out_whose_zone_nobody_stated_is_not_older_than_a_sign_up_that_may_have_come_before_it()
    {
        await using var server = await StartAsync();
        await server.ComeBackAsync();
        var signedUp = server.Clock.GetUtcNow();
        (await server.VerdictAsync()).ShouldBe("permitted");
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        // An hour and more before the sign-up if it were UTC; in most of America it is after.
        var (status, body) = await PlatformCall.SendAsync(server, "mailchimp", OfNoZone);
        status.ShouldBe(200, body.ToString());
        (await RefusalAsync(server)).When.At!.Value.ShouldBeGreaterThan(signedUp);
        (await server.VerdictAsync()).ShouldBe("refused");
        (await PlatformCall.SendAsync(server, "mailchimp", OfNoZone)).Body.GetProperty("repeated").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task An_event_of_tomorrow_is_one_of_now_and_its_repetition_adds_nothing()
    {
        await using var server = await StartAsync();
        const string Tomorrow = """{"event": "unsub", "time": 3786912000, "MessageID": 7, "email": "anna@example.com"}""";
        await PlatformCall.SendAsync(server, "mailjet", Tomorrow);
        (await RefusalAsync(server)).When.At.ShouldBe(server.Clock.GetUtcNow());
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await PlatformCall.SendAsync(server, "mailjet", Tomorrow)).Body.GetProperty("repeated").GetInt32().ShouldBe(1);
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await server.ComeBackAsync();
        (await server.VerdictAsync()).ShouldBe("permitted");
    }

    [Fact]
    public async Task A_stop_by_WhatsApp_stops_direct_messages_and_text_messages_and_one_by_text_message_those_alone()
    {
        await using var server = await StartAsync();
        foreach (
            var (id, from, channels) in new[] { ("SM1", "whatsapp:+447700900123", "direct-message sms"), ("SM2", "+447700900124", "sms") }
        )
        {
            var body = $"MessageSid={id}&Body=STOP&From={Uri.EscapeDataString(from)}&To=%2B15005550001&AccountSid=AC1";
            (await PlatformCall.SendAsync(server, "twilio", body)).Status.ShouldBe(200);
            var refusal = (await server.EntriesAsync(from[from.IndexOf('+')..])).OfType<RefusalMade>().Single();
            refusal.Channels.ShouldBe(NameSet.Of(channels.Split(' ')));
        }
    }

    [Fact]
    public async Task A_proved_call_in_a_form_that_nobody_can_read_holds_the_person_until_somebody_has_looked()
    {
        await using var server = await StartAsync();
        (await server.VerdictAsync()).ShouldBe("permitted");
        var (status, body) = await PlatformCall.SendAsync(
            server,
            "brevo",
            """{"event": "list_unsubscribed", "email": "anna@example.com", "ts_epoch": 1772528400000}"""
        );
        status.ShouldBe(200, body.ToString());
        body.GetProperty("forAPerson").GetInt32().ShouldBe(1);
        (await server.VerdictAsync()).ShouldBe("not-shown");
    }
}
