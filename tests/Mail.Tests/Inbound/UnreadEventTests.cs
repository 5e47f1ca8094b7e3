using System.Security.Cryptography;
using System.Text;
using MaySend.Mail.Inbound;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Tests.Inbound;

/// <summary>What a proved call says in words or forms that this version does not know may be somebody's opt-out all the same.</summary>
public class UnreadEventTests
{
    static InboundReading Mailtrap(params byte[] body) =>
        Hook.Read(
            new(WebhookPlatform.Mailtrap) { Secret = Hook.Key },
            body,
            ("Mailtrap-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Hook.Key), body)))
        );

    static InboundReading Mailtrap(string body) => Mailtrap(Encoding.UTF8.GetBytes(body));

    static (string?, SignalEffect) Held(InboundSignal signal) => (signal.Address, SignalEffects.Of(signal));

    [Theory]
    [InlineData(WebhookPlatform.Brevo, """{"event":"marketing_unsubscribed","email":"dora@example.com","id":7}""")]
    [InlineData(WebhookPlatform.Brevo, """{"event":"Unsubscribed","email":"dora@example.com","id":7}""")]
    [InlineData(WebhookPlatform.Mailjet, """[{"event":"global_optout","email":"dora@example.com","time":1772528400}]""")]
    [InlineData(WebhookPlatform.Postmark, """{"RecordType":"UnsubscribeChange","Recipient":"dora@example.com"}""")]
    [InlineData(WebhookPlatform.SparkPost, """[{"msys":{"message_event":{"type":"fbl_complaint","rcpt_to":"dora@example.com"}}}]""")]
    [InlineData(WebhookPlatform.Mailchimp, "type=unsubscribe_all&data%5Bemail%5D=dora%40example.com")]
    public void A_word_that_is_not_known_and_sounds_like_an_opt_out_holds_the_person_it_names(WebhookPlatform platform, string body)
    {
        var signal = Hook.PlainText(platform, body).Single();
        Held(signal).ShouldBe(("dora@example.com", SignalEffect.HoldForAPerson));
        signal.Words.ShouldNotBeNull();
    }

    [Fact]
    public void Two_people_of_one_unknown_word_are_two_questions_and_a_word_about_anything_else_is_one()
    {
        InboundSignal Of(string word, string who) =>
            Hook.PlainText(WebhookPlatform.Brevo, $$"""{"event":"{{word}}","email":"{{who}}","ts_epoch":1772528400000}""").Single();
        Of("list_unsub", "eva@example.com").Key.ShouldNotBe(Of("list_unsub", "finn@example.com").Key);
        var other = Of("contact_moved", "eva@example.com");
        (other.Ignored, other.MayBeStop).ShouldBe((IgnoredReason.UnknownEvent, false));
    }

    [Theory]
    [InlineData("""{"event":"unsubscribe","email":"gil@example.com; hana@example.com"}""")]
    [InlineData("""{"event":"unsubscribe","email":["gil@example.com","hana@example.com"]}""")]
    [InlineData("""{"event":"unsubscribe","recipients":{"to":"gil@example.com","cc":"hana@example.com"}}""")]
    public void An_opt_out_whose_form_cannot_be_read_holds_everybody_it_names_and_nobody_of_the_events_beside_it(string bad)
    {
        var reading = Mailtrap(
            $$"""{"events":[{"event":"open","email":"ida@example.com","event_id":"1"},{{bad}},{"event":"click","email":"jan@example.com"}]}"""
        );
        reading.Problems.ShouldHaveSingleItem().Place.ShouldBe("$.events[1]");
        reading
            .Signals.Where(signal => signal.MayBeStop)
            .Select(Held)
            .ShouldBe([("gil@example.com", SignalEffect.HoldForAPerson), ("hana@example.com", SignalEffect.HoldForAPerson)]);
        reading.Signals.Select(signal => signal.Key).ShouldBeUnique();
    }

    [Theory]
    [InlineData(WebhookPlatform.Postmark, """{"RecordType":"SubscriptionChange","Recipient":"kai@example.com","SuppressSending":"true"}""")]
    [InlineData(WebhookPlatform.Listmonk, """{"email":"kai@example.com","type":"Complaint"}""")]
    public void A_value_in_another_form_holds_the_person_too(WebhookPlatform platform, string body)
    {
        var reading = Hook.PlainText(platform, body);
        reading.Problems.ShouldHaveSingleItem();
        Held(reading.Signals.ShouldHaveSingleItem()).ShouldBe(("kai@example.com", SignalEffect.HoldForAPerson));
    }

    [Fact]
    public void Of_an_event_that_says_nothing_of_stopping_nobody_is_held() =>
        Held(Mailtrap("""{"events":[{"email":"lea@example.com","sent":true}]}""").Signals.ShouldHaveSingleItem())
            .ShouldBe((null, SignalEffect.ManualQueue));

    [Fact]
    public void A_proved_call_with_a_byte_order_mark_is_read()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. """{"events":[{"event":"unsubscribe","email":"mia@example.com","event_id":"2"}]}"""u8];
        var signal = Mailtrap(body).Single();
        (signal.Kind, signal.Address).ShouldBe((Unsubscribe, "mia@example.com"));
    }

    [Fact]
    public void A_proved_call_that_is_no_JSON_is_kept_with_whom_it_names_and_one_that_is_not_proved_is_not()
    {
        const string Broken = """{"events":[{"event":"unsubscribe","email":"ned@example.com"},]}""";
        var reading = Mailtrap(Broken);
        reading.Authenticity.ShouldBe(Authenticity.Verified);
        reading.Problems.ShouldHaveSingleItem().Place.ShouldStartWith("body line 1");
        Held(reading.Signals.ShouldHaveSingleItem()).ShouldBe(("ned@example.com", SignalEffect.HoldForAPerson));
        Hook.PlainText(WebhookPlatform.Mailjet, Broken).Signals.ShouldBeEmpty();
        Mailtrap(" \r\n").Authenticity.ShouldBe(Authenticity.Refused);
    }

    [Fact]
    public void A_kind_of_SparkPosts_that_is_not_known_is_read_by_its_type()
    {
        Hook.PlainText(
                WebhookPlatform.SparkPost,
                """[{"msys":{"preference_event":{"type":"link_unsubscribe","rcpt_to":"olga@example.com","timestamp":"1772528400"}}}]"""
            )
            .Single()
            .Kind.ShouldBe(Unsubscribe);
        Hook.PlainText(WebhookPlatform.SparkPost, """[{"msys":{}}]""").Single().Ignored.ShouldBe(IgnoredReason.Handshake);
        Hook.PlainText(WebhookPlatform.SparkPost, """[{"msys":{"preference_event":"x"}}]""").Problems.ShouldHaveSingleItem();
    }

    [Fact]
    public void Resends_one_recipient_may_be_text() =>
        Hook.Resend("""{"type":"email.complained","created_at":"2026-03-03T09:00:00Z","data":{"to":"pia@example.com"}}"""u8.ToArray())
            .Single()
            .Address.ShouldBe("pia@example.com");

    [Theory]
    [InlineData("whatsapp%3A%2B447700900123", SignalChannel.DirectMessage, "+447700900123")]
    [InlineData("rcs%3A%2B447700900123", SignalChannel.DirectMessage, "+447700900123")]
    [InlineData("%2B447700900123", SignalChannel.Sms, "+447700900123")]
    [InlineData("messenger%3A447700900123", SignalChannel.Email, null)]
    public void A_reply_is_of_what_carried_it_and_an_id_that_is_no_number_is_nobodys_number(string from, SignalChannel channel, string? who)
    {
        var signal = Hook.Form(WebhookPlatform.Twilio, $"From={from}&Body=STOP&MessageSid=SM9", "X-Twilio-Signature")
            .Signals.ShouldHaveSingleItem();
        (signal.Channel, signal.Address).ShouldBe((channel, who));
        SignalEffects.Of(signal).ShouldBe(who is null ? SignalEffect.HoldForAPerson : SignalEffect.RecordRefusal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("86400000")]
    public void A_clock_that_was_never_set_dates_nothing(string time) =>
        Hook.PlainText(WebhookPlatform.Mailjet, $$"""{"event":"unsub","email":"quin@example.com","time":{{time}}}""")
            .Single()
            .When.ShouldBe(new SignalTime(Hook.Arrival, TimeCertainty.ArrivalOnly));

    [Fact]
    public void A_day_alone_is_no_time() =>
        Hook.PlainText(WebhookPlatform.Brevo, """{"event":"unsubscribed","email":"rosa@example.com","date":"2026-03-03"}""")
            .Single()
            .When.ShouldBe(new SignalTime(Hook.Arrival, TimeCertainty.ArrivalOnly));
}
