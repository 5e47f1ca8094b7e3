using System.Security.Cryptography;
using System.Text;
using MaySend.Mail.Inbound;
using MaySend.Mail.Inbound.Platforms;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Tests.Inbound;

/// <summary>Replies to text messages: every platform, every way it signs, in several languages.</summary>
public sealed class TextMessageTests
{
    /// <summary>What people write who want no more of them.</summary>
    static readonly (string Language, string Words)[] Stops =
    [
        ("en", "Please stop texting me & take me off = thanks"),
        ("de", "Bitte keine SMS mehr"),
        ("fr", "Arrêtez de m'envoyer des SMS"),
        ("es", "No me envíen más mensajes"),
        ("pl", "Proszę przestać wysyłać SMS"),
    ];

    public static TheoryData<string> Platforms => [.. TextMessageCall.All.Select(call => call.Name)];

    static TextMessageCall Of(string name) => TextMessageCall.All.Single(call => call.Name == name);

    [Theory]
    [MemberData(nameof(Platforms))]
    public void A_reply_in_five_languages_is_an_opt_out_of_its_number_and_the_platforms_call_is_its_proof(string platform)
    {
        foreach (var (language, words) in Stops)
        {
            var signal = Of(platform).Read(words).Single();
            (signal.Kind, signal.Address, signal.Channel, signal.Proof).ShouldBe(
                (Unsubscribe, TextMessageCall.Number, SignalChannel.Sms, SignalProof.VerifiedCall),
                language
            );
            SignalEffects.Of(signal).ShouldBe(SignalEffect.RecordRefusal);
            if (platform != "twilio")
                signal.When.ShouldBe(
                    new SignalTime(new DateTimeOffset(2026, 3, 3, 9, 0, 0, TimeSpan.Zero), TimeCertainty.Stated),
                    platform
                );
        }
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public void Unsigned_wrongly_signed_or_changed_it_proves_nothing_and_is_not_read(string platform)
    {
        var call = Of(platform);
        void Refused(InboundReading reading, string why)
        {
            reading.Authenticity.ShouldBe(Authenticity.Refused, why);
            reading.Signals.ShouldBeEmpty(why);
        }
        Refused(call.Read("STOP", "another key"), "another key");
        Refused(call.Read("Thanks", change: body => body.Replace("Thanks", "STOP", StringComparison.Ordinal)), "other words");
        Refused(
            call.Read("STOP", change: body => body.Replace("447700900123", "447700900124", StringComparison.Ordinal)),
            "another number"
        );
        Refused(
            call.Read(
                "STOP",
                change: body => body.Contains("sig=") ? body[..body.IndexOf("&sig=")] : body.Replace("\"sig\"", "\"was\""),
                isSigned: false
            ),
            "no signature"
        );
        Hook.Read(
                new(Enum.Parse<WebhookPlatform>(platform.Replace("messagebird", "bird").Split(' ')[0], ignoreCase: true)),
                Encoding.UTF8.GetBytes("{}")
            )
            .Problems.ShouldHaveSingleItem()
            .Place.ShouldBe("configuration", "no key is configured");
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public void Ordinary_words_stop_nobody_unclear_ones_wait_and_START_lifts_nothing(string platform)
    {
        Of(platform).Read("See you at the bus stop at nine").Single().Ignored.ShouldBe(IgnoredReason.OrdinaryWords);
        SignalEffects.Of(Of(platform).Read("START").Single()).ShouldBe(SignalEffect.ShowConflict);
        Of(platform).Read("HELP").Single().Ignored.ShouldBe(IgnoredReason.HelpRequest);
    }

    [Fact]
    public void A_token_without_signature_or_over_another_body_or_address_proves_nothing()
    {
        const string Body = """{"channel": "sms", "from": "447700900123", "text": "STOP", "message_uuid": "V3"}""";
        InboundReading Vonage(string token) =>
            Hook.Read(
                new(WebhookPlatform.Vonage) { Secret = Hook.Key },
                Encoding.UTF8.GetBytes(Body),
                ("Authorization", $"Bearer {token}")
            );
        var right = $$"""{"payload_hash": "{{TextMessageCall.Digest(Body)}}"}""";
        Vonage(TextMessageCall.Token(Hook.Key, right)).Authenticity.ShouldBe(Authenticity.Verified);
        foreach (
            var token in new[]
            {
                TextMessageCall.Token(Hook.Key, right, "none"),
                TextMessageCall.Token(Hook.Key, right, "RS256"),
                TextMessageCall.Token(Hook.Key, "{}"),
                TextMessageCall.Token(Hook.Key, $$"""{"payload_hash": "{{TextMessageCall.Digest("{}")}}"}"""),
                "a.b.c",
                "..",
                "",
            }
        )
            Vonage(token).Authenticity.ShouldBe(Authenticity.Refused, token);

        const string Form = "id=M2&originator=447700900123&payload=STOP";
        var elsewhere =
            $$"""{"url_hash": "{{TextMessageCall.Digest("https://elsewhere.example/")}}", "payload_hash": "{{TextMessageCall.Digest(Form)}}"}""";
        Hook.Read(
                new(WebhookPlatform.Bird) { Secret = Hook.Key },
                Encoding.UTF8.GetBytes(Form),
                ("MessageBird-Signature-JWT", TextMessageCall.Token(Hook.Key, elsewhere))
            )
            .Authenticity.ShouldBe(Authenticity.Refused);
    }

    [Fact]
    public void A_reply_that_is_passed_on_by_GET_is_read_from_the_address_which_is_what_is_signed_then()
    {
        const string Query = "MessageSid=SM2&id=M3&Body=STOP&payload=STOP&From=%2B447700900123&originator=447700900123";
        InboundReading Read(WebhookPlatform platform, string query, Func<string, (string, string)> sign)
        {
            var (header, signature) = sign($"{Hook.Url}?{Query}");
            return Webhooks.Read(
                new(platform) { Secret = Hook.Key },
                new WebhookRequest(
                    Encoding.UTF8.GetBytes(query),
                    new Dictionary<string, string> { [header] = signature },
                    $"{Hook.Url}?{query}",
                    Hook.Arrival
                )
                {
                    IsByQuery = true,
                }
            );
        }
#pragma warning disable CA5350 // The platform's choice.
        static (string, string) Twilio(string url) =>
            (
                "X-Twilio-Signature",
                Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Hook.Key), Encoding.UTF8.GetBytes(url)))
            );
#pragma warning restore CA5350
        static (string, string) MessageBird(string url) =>
            ("MessageBird-Signature-JWT", TextMessageCall.Token(Hook.Key, $$"""{"url_hash": "{{TextMessageCall.Digest(url)}}"}"""));

        foreach (
            var (platform, sign) in new[]
            {
                (WebhookPlatform.Twilio, Twilio),
                (WebhookPlatform.Bird, (Func<string, (string, string)>)MessageBird),
            }
        )
        {
            var signal = Read(platform, Query, sign).Single();
            (signal.Kind, signal.Address).ShouldBe((Unsubscribe, TextMessageCall.Number));
            Read(platform, Query.Replace("0123", "0124"), sign).Authenticity.ShouldBe(Authenticity.Refused, "another number");
        }
    }

    [Fact]
    public void What_a_channel_of_Sinch_reports_as_an_opt_out_is_one_and_an_account_that_signs_nothing_proves_itself_by_its_password()
    {
        const string Body =
            """{"app_id": "A1", "event_time": "2026-03-03T09:00:00Z", "opt_out_notification": {"channel": "SMS", "identity": "447700900123", "status": "OPT_OUT_FAILED", "request_id": "r1"}}""";
        InboundReading Read(params (string, string)[] headers) =>
            Hook.Read(new(WebhookPlatform.Sinch) { Secret = Hook.Key }, Encoding.UTF8.GetBytes(Body), headers);
        static (string, string) Basic(string password) =>
            ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"sinch:{password}")));

        var signal = Read(TextMessageCall.OverBody(Hook.Key, Body)).Single();
        (signal.Kind, signal.Address, signal.EventId).ShouldBe((Unsubscribe, TextMessageCall.Number, "r1"));
        Read(Basic(Hook.Key)).Single().Proof.ShouldBe(SignalProof.VerifiedCall);
        Read(Basic("guessed")).Authenticity.ShouldBe(Authenticity.Refused);
        Read([Basic(Hook.Key), ("x-sinch-webhook-signature", "AAAA")]).Authenticity.ShouldBe(Authenticity.Refused, "wrongly signed");
    }

    [Theory]
    [InlineData(WebhookPlatform.Vonage, """{"text": null, "msisdn": 7}""")]
    [InlineData(WebhookPlatform.Bird, """{"event": "sms.inbound", "payload": {"body": []}}""")]
    [InlineData(WebhookPlatform.Bird, """{"event": "sms.inbound"}""")]
    [InlineData(WebhookPlatform.Sinch, """{"type": "mo_binary", "body": "U1RPUA=="}""")]
    [InlineData(WebhookPlatform.Sinch, """{"type": "mo_text", "from": "447700900123", "body": ["STOP"]}""")]
    [InlineData(WebhookPlatform.Sinch, "[]")]
    public void A_message_whose_words_cannot_be_read_is_kept_for_a_person(WebhookPlatform platform, string body)
    {
        var octets = Encoding.UTF8.GetBytes(body);
        (string, string)[] headers = platform switch
        {
            WebhookPlatform.Vonage =>
            [
                (
                    "Authorization",
                    "Bearer " + TextMessageCall.Token(Hook.Key, $$"""{"payload_hash": "{{TextMessageCall.Digest(body)}}"}""")
                ),
            ],
            WebhookPlatform.Bird =>
            [
                (
                    "MessageBird-Signature-JWT",
                    TextMessageCall.Token(
                        Hook.Key,
                        $$"""{"url_hash": "{{TextMessageCall.Digest(Hook.Url)}}", "payload_hash": "{{TextMessageCall.Digest(body)}}"}"""
                    )
                ),
            ],
            _ => TextMessageCall.OverBody(Hook.Key, body),
        };
        var reading = Hook.Read(new(platform) { Secret = Hook.Key }, octets, headers);
        reading.Problems.ShouldHaveSingleItem();
        var kept = reading.Signals.ShouldHaveSingleItem();
        (kept.Ignored, kept.MayBeStop).ShouldBe((IgnoredReason.NeedsAPerson, true));
        kept.Words!.ShouldNotBeEmpty();
    }
}
