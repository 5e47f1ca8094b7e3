using System.Text;
using MaySend.Mail.Inbound;
using MaySend.Mail.Inbound.Platforms;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Tests.Inbound;

public class UnsignedPlatformTests
{
    [Theory]
    [InlineData("10:00")]
    [InlineData("yesterday")]
    [InlineData("")]
    public void A_time_without_a_date_is_no_time_and_never_today(string time) =>
        Hook.PlainText(
                WebhookPlatform.Postmark,
                $$"""{"RecordType":"SpamComplaint","ID":1,"Email":"anna@example.com","BouncedAt":"{{time}}"}"""
            )
            .Single()
            .When.ShouldBe(new SignalTime(Hook.Arrival, TimeCertainty.ArrivalOnly));

    [Theory]
    [InlineData("symfony/postmark-mailer/subscription_change.json", HardBounce, SignalActor.Recipient)]
    [InlineData("symfony/postmark-mailer/spam_complaint.json", Complaint, SignalActor.Recipient)]
    [InlineData("symfony/postmark-mailer/bounce.json", HardBounce, SignalActor.Platform)]
    [InlineData("symfony/postmark-mailer/delivery.json", Ignored, SignalActor.Unknown)]
    [InlineData("symfony/postmark-mailer/open.json", Ignored, SignalActor.Unknown)]
    [InlineData("symfony/postmark-mailer/link_click.json", Ignored, SignalActor.Unknown)]
    [InlineData("ours/postmark-unsubscribe.json", Unsubscribe, SignalActor.Recipient)]
    [InlineData("ours/postmark-reactivation.json", Reactivation, SignalActor.Sender)]
    public void Postmark_records_become_signals(string file, InboundSignalKind kind, SignalActor by)
    {
        var signal = Hook.Plain(WebhookPlatform.Postmark, file).Single();
        (signal.Kind, signal.By).ShouldBe((kind, by));
    }

    [Fact]
    public void Postmarks_suppression_is_of_one_stream()
    {
        var signal = Hook.Plain(WebhookPlatform.Postmark, "ours/postmark-unsubscribe.json").Single();
        signal.Scope.ShouldBe(new SignalScope(SignalScopeKind.Stream, "broadcast"));
        signal.When.ShouldBe(new SignalTime(new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero), TimeCertainty.Stated));
    }

    [Theory]
    [InlineData("unsub.json", Unsubscribe)]
    [InlineData("spam.json", Complaint)]
    [InlineData("bounce.json", SoftBounce)]
    [InlineData("blocked.json", Ignored)]
    [InlineData("sent.json", Ignored)]
    [InlineData("open.json", Ignored)]
    [InlineData("click.json", Ignored)]
    public void Mailjet_events_become_signals(string file, InboundSignalKind kind) =>
        Hook.Plain(WebhookPlatform.Mailjet, "symfony/mailjet-mailer/" + file).Single().Kind.ShouldBe(kind);

    [Fact]
    public void A_Mailjet_list_is_the_scope() =>
        Hook.Plain(WebhookPlatform.Mailjet, "symfony/mailjet-mailer/unsub.json")
            .Single()
            .Scope.ShouldBe(new SignalScope(SignalScopeKind.List, "1"));

    [Theory]
    [InlineData("unsubscribed.json", Unsubscribe)]
    [InlineData("complaint.json", Complaint)]
    [InlineData("hard_bounce.json", HardBounce)]
    [InlineData("invalid_email.json", HardBounce)]
    [InlineData("soft_bounce.json", SoftBounce)]
    [InlineData("error.json", HardBounce)]
    [InlineData("blocked.json", Unsubscribe)]
    [InlineData("delivered.json", Ignored)]
    [InlineData("opened.json", Ignored)]
    [InlineData("unique_opened.json", Ignored)]
    [InlineData("proxy_open.json", Ignored)]
    [InlineData("click.json", Ignored)]
    [InlineData("request.json", Ignored)]
    [InlineData("request_without_tags.json", Ignored)]
    [InlineData("defered.json", Ignored)]
    public void Brevo_events_become_signals(string file, InboundSignalKind kind)
    {
        var signal = Hook.Plain(WebhookPlatform.Brevo, "symfony/brevo-mailer/" + file).Single();
        signal.Kind.ShouldBe(kind);
        signal.Ignored.ShouldNotBe(IgnoredReason.UnknownEvent);
    }

    /// <summary>The only notice of what the person asked for before the connection may name a list that failed addresses share.</summary>
    [Theory]
    [InlineData("blocked : due to blacklist user", true)]
    [InlineData("recipient is on the suppression list of the account", true)]
    [InlineData("554 5.7.1 recipient address was suppressed due to customer policy", true)]
    [InlineData("on the sender's suppression list", true)]
    [InlineData("blocked: hard bounce on suppression list", false)]
    [InlineData("sender domain is on a blacklist", false)]
    [InlineData("sending IP on a blacklist (Spamhaus)", false)]
    [InlineData("content looks like spam", false)]
    public void A_block_of_a_list_that_holds_opt_outs_too_waits_for_a_person(string reason, bool waits)
    {
        var body = $$"""{"event":"blocked","email":"anna@example.com","reason":"{{reason}}","ts_epoch":1772528400000,"id":7}""";
        var signal = Hook.PlainText(WebhookPlatform.Brevo, body).Single();
        (signal.Ignored, signal.MayBeStop).ShouldBe(waits ? (IgnoredReason.NeedsAPerson, true) : (IgnoredReason.AlreadySuppressed, false));
        if (waits)
            signal.Address.ShouldBe("anna@example.com");
    }

    [Fact]
    public void Only_ts_epoch_of_Brevo_is_UTC()
    {
        Hook.Plain(WebhookPlatform.Brevo, "symfony/brevo-mailer/unsubscribed.json")
            .Single()
            .When.ShouldBe(new SignalTime(DateTimeOffset.FromUnixTimeMilliseconds(1685541121606), TimeCertainty.Stated));
        Hook.Plain(WebhookPlatform.Brevo, "ours/brevo-list-unsubscribe.json")
            .Single()
            .When.ShouldBe(new SignalTime(new(2026, 3, 3, 10, 0, 0, TimeSpan.Zero), TimeCertainty.ZoneAssumed));
    }

    [Fact]
    public void With_the_zone_of_the_account_Brevos_other_times_are_put_right()
    {
        var source = new WebhookSource(WebhookPlatform.Brevo) { AccountZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris") };
        var signal = Hook.Read(source, Fixture.Bytes("webhooks/ours/brevo-list-unsubscribe.json")).Single();
        signal.When.ShouldBe(new SignalTime(new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero), TimeCertainty.ZoneAssumed));
        signal.Scope.ShouldBe(new SignalScope(SignalScopeKind.List, "3"));
    }

    [Fact]
    public void SparkPost_events_become_signals()
    {
        var reading = Hook.Plain(WebhookPlatform.SparkPost, "ours/sparkpost.json");
        reading.Problems.ShouldBeEmpty();
        reading
            .Signals.Select(s => (s.Kind, s.Address))
            .ShouldBe([
                (Unsubscribe, "Anna@example.com"),
                (Unsubscribe, "bert@example.com"),
                (Complaint, "cleo@example.com"),
                (NotSpam, "cleo@example.com"),
                (HardBounce, "dora@example.com"),
                (SoftBounce, "emil@example.com"),
                (Unsubscribe, "fred@example.com"),
                (Ignored, null),
                (Ignored, null),
            ]);
        reading.Signals[1].When.ShouldBe(new SignalTime(new(2026, 3, 3, 9, 0, 1, TimeSpan.Zero), TimeCertainty.Stated));
        reading.Signals[8].Ignored.ShouldBe(IgnoredReason.Handshake);
    }

    [Theory]
    [InlineData("mailchimp-unsubscribe.txt", Unsubscribe)]
    [InlineData("mailchimp-abuse.txt", Complaint)]
    [InlineData("mailchimp-cleaned.txt", HardBounce)]
    [InlineData("mailchimp-upemail.txt", AddressChanged)]
    public void Mailchimp_forms_become_signals(string file, InboundSignalKind kind)
    {
        var signal = Hook.Plain(WebhookPlatform.Mailchimp, "ours/" + file).Single();
        signal.Kind.ShouldBe(kind);
        signal.When.ShouldBe(new SignalTime(new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero), TimeCertainty.ZoneAssumed));
    }

    [Fact]
    public void A_change_of_address_carries_both_addresses()
    {
        var signal = Hook.Plain(WebhookPlatform.Mailchimp, "ours/mailchimp-upemail.txt").Single();
        (signal.Address, signal.NewAddress).ShouldBe(("anna@example.com", "anna@example.net"));
    }

    [Fact]
    public void The_probe_that_Mailchimp_sends_first_is_a_handshake() =>
        Hook.PlainText(WebhookPlatform.Mailchimp, "").Single().Ignored.ShouldBe(IgnoredReason.Handshake);

    [Fact]
    public void A_listmonk_complaint_is_an_objection_at_the_time_of_arrival()
    {
        var signal = Hook.Plain(WebhookPlatform.Listmonk, "ours/listmonk.json").Single();
        (signal.Kind, signal.When).ShouldBe((Complaint, new SignalTime(Hook.Arrival, TimeCertainty.ArrivalOnly)));
    }

    [Fact]
    public void A_listmonk_record_without_an_address_says_what_to_send() =>
        Hook.PlainText(WebhookPlatform.Listmonk, """{"subscriber_uuid":"x","type":"hard"}""")
            .Problems.ShouldHaveSingleItem()
            .Remedy.ShouldContain("email");

    [Theory]
    [InlineData("Authorization", "Basic dXNlcjphLXNlY3JldC1mb3ItdGVzdHM=", "", true)]
    [InlineData("authorization", "Bearer a-secret-for-tests", "", true)]
    [InlineData("X", "", "?key=a-secret-for-tests", true)]
    [InlineData("Authorization", "Bearer wrong", "?key=a-secret-for-tests", false)]
    [InlineData("Authorization", "Basic !!", "", false)]
    [InlineData("X", "", "?key=wrong", false)]
    [InlineData("X", "", "", false)]
    public void A_shared_secret_is_asked_for_where_the_platform_signs_nothing(string header, string value, string query, bool right)
    {
        var request = new WebhookRequest(
            Fixture.Bytes("webhooks/ours/postmark-unsubscribe.json"),
            new Dictionary<string, string> { [header] = value },
            Hook.Url + query,
            Hook.Arrival
        );
        var reading = Webhooks.Read(new(WebhookPlatform.Postmark) { Secret = Hook.Key }, request);
        reading.Authenticity.ShouldBe(right ? Authenticity.Verified : Authenticity.Refused);
        reading.Signals.Count.ShouldBe(right ? 1 : 0);
    }
}
