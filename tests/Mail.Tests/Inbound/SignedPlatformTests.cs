using System.Text;
using MaySend.Mail.Inbound;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Tests.Inbound;

public class SignedPlatformTests
{
    [Fact]
    public void SendGrid_events_become_signals_and_a_bad_one_spoils_no_other()
    {
        var reading = Hook.SendGrid(Fixture.Bytes("webhooks/ours/sendgrid.json"));
        reading.Authenticity.ShouldBe(Authenticity.Verified);
        var kept = reading.Signals.Single(signal => signal.Words is not null);
        (kept.Kind, kept.MayBeStop, kept.Place).ShouldBe((Ignored, true, "$[7]"));
        kept.Words!.ShouldContain("e8");
        reading = reading with { Signals = [.. reading.Signals.Where(signal => signal != kept)] };
        reading
            .Signals.Select(s => (s.Kind, s.Address, s.EventId))
            .ShouldBe([
                (Unsubscribe, "anna@example.com", "e1"),
                (Unsubscribe, "bert@example.com", "e2"),
                (Reactivation, "bert@example.com", "e3"),
                (Complaint, "cleo@example.com", "e4"),
                (HardBounce, "dora@example.com", "e5"),
                (SoftBounce, "emil@example.com", "e6"),
                (Ignored, null, "e7"),
                (Ignored, null, "e9"),
            ]);
        reading.Signals[0].When.ShouldBe(new SignalTime(new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero), TimeCertainty.Stated));
        reading.Signals[0].MessageId.ShouldBe("a1@shop.example");
        reading.Signals[1].Scope.ShouldBe(new SignalScope(SignalScopeKind.Group, "10"));
        reading.Signals[2].By.ShouldBe(SignalActor.Recipient);
        reading.Signals[7].Ignored.ShouldBe(IgnoredReason.UnknownEvent);
        reading.Problems.ShouldHaveSingleItem().Place.ShouldBe("$[7]");
    }

    [Fact]
    public void SendGrids_dropped_means_it_already_held_a_block() =>
        Hook.SendGrid(Fixture.Bytes("webhooks/symfony/sendgrid-mailer/webhook.json"))
            .Single()
            .Ignored.ShouldBe(IgnoredReason.AlreadySuppressed);

    [Fact]
    public void A_changed_SendGrid_body_is_refused() =>
        Hook.SendGrid(Fixture.Bytes("webhooks/ours/sendgrid.json"), body => body[20] ^= 1).Authenticity.ShouldBe(Authenticity.Refused);

    [Theory]
    [InlineData("unsubscribes.json", Unsubscribe, "Ase7i2zsRYeDXztHGENqRA")]
    [InlineData("spam_complaints.json", Complaint, "-Agny091SquKnsrW2NEKUA")]
    [InlineData("permanent_failure.json", HardBounce, "G9Bn5sl1TC6nu79C8C0bwg")]
    [InlineData("permanent_failure_no_description.json", HardBounce, "G9Bn5sl1TC6nu79C8C0bwg")]
    [InlineData("temporary_failure.json", SoftBounce, "Fs7-5t81S2ispqxqDw2U4Q")]
    public void Real_Mailgun_signatures_are_right(string file, InboundSignalKind kind, string id)
    {
        var reading = Hook.Mailgun(file);
        reading.Authenticity.ShouldBe(Authenticity.Verified);
        var signal = reading.Single();
        (signal.Kind, signal.EventId, signal.Address).ShouldBe((kind, id, "alice@example.com"));
    }

    [Fact]
    public void Mailguns_fractions_of_a_second_are_kept() =>
        Hook.Mailgun("unsubscribes.json").Single().When.Instant.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1521243339874));

    [Fact]
    public void A_block_that_Mailgun_already_held_is_no_bounce() =>
        Hook.Mailgun("suppression_failure.json").Single().Ignored.ShouldBe(IgnoredReason.AlreadySuppressed);

    [Fact]
    public void A_Mailgun_signature_under_another_key_is_refused() =>
        Hook.Read(new(WebhookPlatform.Mailgun) { Secret = "key-other" }, Fixture.Bytes("webhooks/symfony/mailgun-mailer/unsubscribes.json"))
            .Authenticity.ShouldBe(Authenticity.Refused);

    [Fact]
    public void Without_a_key_nothing_of_a_signing_platform_is_read()
    {
        var reading = Hook.Read(new(WebhookPlatform.Mailgun), Fixture.Bytes("webhooks/symfony/mailgun-mailer/unsubscribes.json"));
        reading.Authenticity.ShouldBe(Authenticity.Refused);
        reading.Signals.ShouldBeEmpty();
        reading.Problems.ShouldHaveSingleItem().Place.ShouldBe("configuration");
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void Both_versions_of_the_SNS_signature_are_checked(string version)
    {
        var signal = SnsCall.Read(Fixture.Text("webhooks/ours/ses-complaint.json"), version).Single();
        (signal.Kind, signal.Address, signal.EventId, signal.MessageId).ShouldBe((Complaint, "anna@example.com", "f-1", "a1@shop.example"));
    }

    [Fact]
    public void A_changed_SNS_message_is_refused() =>
        SnsCall
            .Read(
                Fixture.Text("webhooks/ours/ses-complaint.json"),
                tamper: body => body.Replace("anna@", "bert@", StringComparison.Ordinal)
            )
            .Authenticity.ShouldBe(Authenticity.Refused);

    [Theory]
    [InlineData("http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-01.pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-01.pem")]
    [InlineData("https://bucket.s3.amazonaws.com/SimpleNotificationService-01.pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com@evil.example/SimpleNotificationService-01.pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/other.pem")]
    public void A_certificate_that_is_not_at_Amazon_is_refused(string url) =>
        SnsCall
            .Read(Fixture.Text("webhooks/ours/ses-complaint.json"), certificateUrl: url)
            .Problems.ShouldHaveSingleItem()
            .Place.ShouldBe("$.SigningCertURL");

    [Fact]
    public void A_topic_of_another_account_is_refused_however_well_signed() =>
        SnsCall
            .Read(Fixture.Text("webhooks/ours/ses-complaint.json"), topic: "arn:aws:sns:eu-west-1:999999999999:x")
            .Problems.ShouldHaveSingleItem()
            .Place.ShouldBe("$.TopicArn");

    [Fact]
    public void A_not_spam_report_suppresses_nobody() =>
        SnsCall.Read(Fixture.Text("webhooks/ours/ses-not-spam.json")).Single().Kind.ShouldBe(NotSpam);

    [Fact]
    public void Each_recipient_of_an_SES_bounce_is_judged_alone() =>
        SnsCall
            .Read(Fixture.Text("webhooks/ours/ses-bounce.json"))
            .Signals.Select(s => (s.Kind, s.Address, s.EventId))
            .ShouldBe([(HardBounce, "dora@example.com", "f-3/0"), (SoftBounce, "emil@example.com", "f-3/1")]);

    [Fact]
    public void SES_topics_are_left_one_by_one() =>
        SnsCall
            .Read(Fixture.Text("webhooks/ours/ses-subscription.json"))
            .Signals.Select(s => (s.Kind, s.Scope.Id, s.By))
            .ShouldBe([(Unsubscribe, "Spring", SignalActor.Recipient), (Reactivation, "Autumn", SignalActor.Recipient)]);

    [Fact]
    public void A_confirmation_of_the_topic_is_a_handshake_with_its_address()
    {
        var signal = SnsCall.Read("confirm", type: "SubscriptionConfirmation").Single();
        signal.Ignored.ShouldBe(IgnoredReason.Handshake);
        signal.Detail!.ShouldStartWith("https://sns.eu-west-1.amazonaws.com/");
    }

    [Fact]
    public void Mandrill_events_and_its_own_lists_become_signals()
    {
        var body = "mandrill_events=" + Uri.EscapeDataString(Fixture.Text("webhooks/ours/mandrill.json"));
        var reading = Hook.Form(WebhookPlatform.Mandrill, body, "X-Mandrill-Signature");
        reading.Problems.ShouldBeEmpty();
        reading
            .Signals.Select(s => (s.Kind, s.Address, s.By))
            .ShouldBe([
                (Unsubscribe, "anna@example.com", SignalActor.Recipient),
                (Complaint, "bert@example.com", SignalActor.Recipient),
                (HardBounce, "dora@example.com", SignalActor.Platform),
                (Ignored, null, SignalActor.Unknown),
                (Unsubscribe, "fred@example.com", SignalActor.Sender),
                (Reactivation, "fred@example.com", SignalActor.Sender),
            ]);
        Hook.Form(WebhookPlatform.Mandrill, body, "X-Mandrill-Signature", "d3Jvbmc=").Authenticity.ShouldBe(Authenticity.Refused);
    }

    [Theory]
    [InlineData("mandrill_events=GARBAGE")]
    [InlineData("mandrill_events=")]
    [InlineData("mandrill_events=7")]
    [InlineData("mandrill_events=[7]")]
    [InlineData("x=y")]
    public void A_Mandrill_field_that_holds_no_events_is_a_problem_and_no_exception(string body) =>
        Hook.Form(WebhookPlatform.Mandrill, body, "X-Mandrill-Signature").Problems.ShouldHaveSingleItem();

    [Theory]
    [InlineData("resend-complained.json", Complaint, "anna@example.com")]
    [InlineData("resend-bounced.json", HardBounce, "dora@example.com")]
    [InlineData("resend-contact.json", Unsubscribe, "anna@example.com")]
    public void Resend_events_become_signals_under_the_id_of_svix(string file, InboundSignalKind kind, string address)
    {
        var signal = Hook.Resend(file).Single();
        (signal.Kind, signal.Address, signal.EventId).ShouldBe((kind, address, "msg_1"));
        Hook.Resend(file, "another secret").Authenticity.ShouldBe(Authenticity.Refused);
    }

    [Theory]
    [InlineData("email.complained", Complaint)]
    [InlineData("email.bounced", SoftBounce)]
    public void Of_several_Resend_recipients_each_objects_and_none_is_dead(string type, InboundSignalKind kind) =>
        Hook.Resend(
                Encoding.UTF8.GetBytes(
                    """{"type":"TYPE","data":{"to":["anna@example.com","bert@example.com"],"bounce":{"type":"Permanent"}}}""".Replace(
                        "TYPE",
                        type,
                        StringComparison.Ordinal
                    )
                )
            )
            .Signals.Select(s => (s.Kind, s.Address, s.EventId))
            .ShouldBe([(kind, "anna@example.com", "msg_1/0"), (kind, "bert@example.com", "msg_1/1")]);

    [Theory]
    [InlineData("twilio-stop.txt")]
    [InlineData("twilio-words.txt")]
    public void A_reply_that_asks_to_stop_is_an_opt_out_by_text_message(string file)
    {
        var body = Fixture.Text("webhooks/ours/" + file);
        var signal = Hook.Form(WebhookPlatform.Twilio, body, "X-Twilio-Signature").Single();
        (signal.Kind, signal.Address, signal.Channel, signal.When.Certainty).ShouldBe(
            (Unsubscribe, "+15005550006", SignalChannel.Sms, TimeCertainty.ArrivalOnly)
        );
        Hook.Form(WebhookPlatform.Twilio, body, "X-Twilio-Signature", "d3Jvbmc=").Authenticity.ShouldBe(Authenticity.Refused);
    }

    [Fact]
    public void A_Twilio_delivery_callback_changes_nothing() =>
        Hook.Form(WebhookPlatform.Twilio, Fixture.Text("webhooks/symfony/twilio-notifier/delivered.txt").Trim(), "X-Twilio-Signature")
            .Single()
            .Ignored.ShouldBe(IgnoredReason.DeliveryEvent);

    [Theory]
    [InlineData("30005", HardBounce)]
    [InlineData("21610", Unsubscribe)]
    public void Twilios_error_codes_are_told_apart(string code, InboundSignalKind kind) =>
        Hook.Form(WebhookPlatform.Twilio, $"MessageSid=SM9&MessageStatus=failed&ErrorCode={code}&To=%2B15005550006", "X-Twilio-Signature")
            .Single()
            .Kind.ShouldBe(kind);
}
