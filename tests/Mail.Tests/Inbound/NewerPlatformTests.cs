using System.Security.Cryptography;
using System.Text;
using MaySend.Mail.Inbound;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Tests.Inbound;

/// <summary>MailerSend, Mailtrap and Postal, each signed as the platform signs.</summary>
public class NewerPlatformTests
{
    static InboundReading Signed(WebhookPlatform platform, string header, string body, string key = Hook.Key)
    {
        var octets = Encoding.UTF8.GetBytes(body);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), octets));
        return Hook.Read(new(platform) { Secret = Hook.Key }, octets, (header, signature));
    }

    static InboundReading MailerSend(string body, string key = Hook.Key) => Signed(WebhookPlatform.MailerSend, "Signature", body, key);

    static InboundReading Mailtrap(string body, string key = Hook.Key) => Signed(WebhookPlatform.Mailtrap, "Mailtrap-Signature", body, key);

    [Theory]
    [InlineData("unsubscribed", "{}", Unsubscribe)]
    [InlineData("spam_complaints", "{}", Complaint)]
    [InlineData("hard_bounced", """{"bounce_code": 550, "bounce_reason": "5.1.1 user unknown"}""", HardBounce)]
    [InlineData("hard_bounced", """{"bounce_code": 550, "bounce_reason": "5.7.1 message looks like spam"}""", SoftBounce)]
    [InlineData("soft_bounced", """{"bounce_reason": "mailbox full"}""", SoftBounce)]
    [InlineData("suppressed", """{"suppression_reason": "unsubscribed"}""", Unsubscribe)]
    [InlineData("suppressed", """{"suppression_reason": "spam complaint"}""", Complaint)]
    [InlineData("delivered", "[]", Ignored)]
    public void A_MailerSend_activity_says_what_the_person_did(string type, string meta, InboundSignalKind kind)
    {
        var signal = MailerSend(
                $$$"""
                {"type": "activity.{{{type}}}", "created_at": "2026-03-03T09:00:00.000000Z",
                 "data": {"id": "a1", "type": "{{{type}}}", "recipient": "Anna@example.com", "message_id": "m1", "meta": {{{meta}}}}}
                """
            )
            .Single();
        (signal.Kind, signal.EventId).ShouldBe((kind, "a1"));
        if (kind != Ignored)
            signal.Address.ShouldBe("Anna@example.com");
    }

    [Fact]
    public void The_older_form_of_MailerSend_is_read_too()
    {
        var signal = MailerSend(
                """
                {"type": "activity.spam_complaint", "created_at": "2026-03-03T09:00:00Z", "data": {"id": "a2", "type": "spam_complaint",
                 "email": {"message": {"id": "m2"}, "recipient": {"email": "bert@example.com"}}, "morph": null}}
                """
            )
            .Single();
        (signal.Kind, signal.Address, signal.MessageId).ShouldBe((Complaint, "bert@example.com", "m2"));
    }

    [Fact]
    public void Mailtraps_events_are_read_one_by_one_and_a_bad_one_spoils_no_other()
    {
        var reading = Mailtrap(
            """
            {"events": [
              {"event": "unsubscribe", "email": "anna@example.com", "event_id": "e1", "message_id": "m1", "timestamp": 1772528400},
              {"event": "unsubscribe", "event_id": "e2", "timestamp": 1772528400},
              {"event": "spam", "email": "bert@example.com", "event_id": "e3", "timestamp": 1772528400},
              {"event": "bounce", "email": "cleo@example.com", "event_id": "e4", "response": "550 5.1.1 no such user", "timestamp": 1772528400},
              {"event": "suspension", "email": "dora@example.com", "event_id": "e5", "response": "451 try later", "timestamp": 1772528400},
              {"event": "reject", "email": "emil@example.com", "event_id": "e6", "reason": "unsubscribed", "timestamp": 1772528400},
              {"event": "open", "email": "emil@example.com", "event_id": "e7", "timestamp": 1772528400}]}
            """
        );
        reading.Authenticity.ShouldBe(Authenticity.Verified);
        reading
            .Signals.Where(signal => signal.Words is null)
            .Select(signal => (signal.Kind, signal.Address, signal.EventId))
            .ShouldBe([
                (Unsubscribe, "anna@example.com", "e1"),
                (Complaint, "bert@example.com", "e3"),
                (HardBounce, "cleo@example.com", "e4"),
                (SoftBounce, "dora@example.com", "e5"),
                (Unsubscribe, "emil@example.com", "e6"),
                (Ignored, null, "e7"),
            ]);
        reading.Problems.ShouldHaveSingleItem().Place.ShouldStartWith("$.events[1]");
    }

    [Theory]
    [InlineData("X-Postal-Signature-256", "SHA256")]
    [InlineData("X-Postal-Signature", "SHA1")]
    public void Postals_failures_are_read_and_only_plain_words_mark_an_address_as_dead(string header, string hash)
    {
        using var rsa = RSA.Create(2048);
        InboundReading Call(string output)
        {
            var body = Encoding.UTF8.GetBytes(
                $$$"""
                {"event": "MessageDeliveryFailed", "timestamp": 1772528400.5, "uuid": "u1", "payload": {"status": "HardFail",
                 "output": "{{{output}}}", "message": {"to": "anna@example.com", "message_id": "m1", "direction": "outgoing"} } }
                """
            );
            var signature = rsa.SignData(body, new HashAlgorithmName(hash), RSASignaturePadding.Pkcs1);
            return Hook.Read(
                new(WebhookPlatform.Postal) { Secret = Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()) },
                body,
                (header, Convert.ToBase64String(signature))
            );
        }
        Call("550 5.1.1 user unknown").Single().Kind.ShouldBe(HardBounce);
        Call("550 5.7.1 blocked by policy").Single().Kind.ShouldBe(SoftBounce);
    }

    [Fact]
    public void A_wrong_signature_is_refused_and_so_is_a_key_that_is_none()
    {
        const string Body = """{"type": "activity.unsubscribed", "data": {"type": "unsubscribed", "recipient": "anna@example.com"}}""";
        MailerSend(Body, "another-key").Authenticity.ShouldBe(Authenticity.Refused);
        Mailtrap("""{"events": []}""", "another-key").Authenticity.ShouldBe(Authenticity.Refused);
        using var theirs = RSA.Create(2048);
        using var another = RSA.Create(2048);
        InboundReading Postal(string key, byte[] signature, string body = "{}") =>
            Hook.Read(
                new(WebhookPlatform.Postal) { Secret = key },
                Encoding.UTF8.GetBytes(body),
                ("X-Postal-Signature-256", Convert.ToBase64String(signature))
            );
        byte[] Sign(RSA by) => by.SignData("{}"u8, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var good = Convert.ToBase64String(theirs.ExportSubjectPublicKeyInfo());
        Postal(good, Sign(theirs)).Authenticity.ShouldBe(Authenticity.Verified);
        Postal(good, Sign(another)).Authenticity.ShouldBe(Authenticity.Refused, "signed with another key");
        Postal(good, Sign(theirs), "{ }").Authenticity.ShouldBe(Authenticity.Refused, "what was signed is not what came");
        Postal(good, [0, 0, 0]).Authenticity.ShouldBe(Authenticity.Refused, "no signature at all");
        Postal("bm8ga2V5", Sign(theirs)).Authenticity.ShouldBe(Authenticity.Refused, "the key is none");
    }
}
