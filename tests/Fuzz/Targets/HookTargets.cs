using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using MaySend.Mail.Inbound;
using MaySend.Mail.Inbound.Platforms;

namespace MaySend.Fuzz.Targets;

/// <summary>
/// Calls of every platform's webhook, rightly signed: a platform can sign nonsense too. Keys are short: they sign a million times.
/// </summary>
static class HookTargets
{
    const string Url = "https://maysend.example/hooks/x";
    const string Key = "a-secret-for-tests";
    const string Topic = "arn:aws:sns:eu-west-1:123456789012:bounces";
    const string CertificateUrl = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem";

    // The key under which the saved calls of Mailgun are signed: it signs a part of the body, which is left as it is.
    const string MailgunKey = "key-0p6mqbf74lb20gzq9f4dhpn9rg3zyk26";

    static readonly DateTimeOffset Arrival = new(2026, 3, 3, 12, 0, 0, TimeSpan.Zero);
    static readonly ECDsa Curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    static readonly string CurveKey = Convert.ToBase64String(Curve.ExportSubjectPublicKeyInfo());
    static readonly RSA Rsa = RSA.Create(1024);
    static readonly string RsaKey = Convert.ToBase64String(Rsa.ExportSubjectPublicKeyInfo());

    static readonly X509Certificate2 Certificate = new CertificateRequest(
        "CN=sns.amazonaws.com",
        Rsa,
        HashAlgorithmName.SHA256,
        RSASignaturePadding.Pkcs1
    ).CreateSelfSigned(Arrival.AddDays(-1), Arrival.AddDays(1));

    public static readonly Target[] All = [.. Enum.GetValues<WebhookPlatform>().Select(Hook)];

    static Target Hook(WebhookPlatform platform) =>
        new(
            $"hook-{platform.ToString().ToLowerInvariant()}",
            $"a webhook of {platform}",
            () => SeedsOf(platform),
            octets => Read(platform, octets)
        )
        {
            Words =
            [
                "\"event\":",
                "\"email\":",
                "\"timestamp\":",
                "\"type\":",
                "unsubscribe",
                "spam",
                "bounce",
                "[{",
                "}]",
                "null",
                "anna@example.com",
                "From=",
                "Body=STOP",
                "&",
            ],
        };

    static IEnumerable<byte[]> SeedsOf(WebhookPlatform platform)
    {
        var name = platform.ToString().ToLowerInvariant();
        foreach (
            var folder in new[] { $"tests/Mail.Tests/fixtures/webhooks/symfony/{name}-mailer", "tests/Mail.Tests/fixtures/webhooks/ours" }
        )
            if (Directory.Exists(Path.Combine(Corpus.Root, folder)))
                foreach (var file in Corpus.Files(folder, folder.EndsWith("ours", StringComparison.Ordinal) ? $"{name}*" : "*.json"))
                    yield return file;
        yield return Encoding.UTF8.GetBytes(
            platform switch
            {
                WebhookPlatform.MailerSend =>
                    """{"type": "activity.unsubscribed", "data": {"id": "a1", "type": "unsubscribed", "recipient": "anna@example.com", "meta": {}}}""",
                WebhookPlatform.Mailtrap =>
                    """{"events": [{"event": "unsubscribe", "email": "anna@example.com", "event_id": "e1", "timestamp": 1772528400}]}""",
                WebhookPlatform.Postal =>
                    """{"event": "MessageDeliveryFailed", "timestamp": 1772528400.5, "uuid": "u1", "payload": {"status": "HardFail", "output": "550 5.1.1", "message": {"to": "anna@example.com"}}}""",
                WebhookPlatform.Vonage => "msisdn=447700900001&to=447700900000&messageId=1&text=STOP&type=text&timestamp=1772528400",
                WebhookPlatform.Bird =>
                    """{"service": "channels", "event": "sms.inbound", "payload": {"id": "b1", "sender": {"contact": {"identifierValue": "+447700900001"}}, "body": {"type": "text", "text": {"text": "STOP"}}}}""",
                WebhookPlatform.Sinch =>
                    """{"type": "mo_text", "id": "s1", "from": "447700900001", "to": "447700900000", "body": "STOP"}""",
                _ => "{}",
            }
        );
    }

    static void Read(WebhookPlatform platform, byte[] octets)
    {
        var reading = platform switch
        {
            WebhookPlatform.SendGrid => Call(
                new(platform) { Secret = CurveKey },
                octets,
                (
                    "x-twilio-email-event-webhook-signature",
                    Convert.ToBase64String(
                        Curve.SignData((byte[])[.. "1"u8, .. octets], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
                    )
                ),
                ("X-Twilio-Email-Event-Webhook-Timestamp", "1")
            ),
            WebhookPlatform.Mailgun => Call(new(platform) { Secret = MailgunKey }, octets),
            WebhookPlatform.Ses => Notified(octets),
            WebhookPlatform.Mandrill => Form(
                platform,
                [.. "mandrill_events="u8, .. Encoding.ASCII.GetBytes(Uri.EscapeDataString(Encoding.Latin1.GetString(octets)))],
                "X-Mandrill-Signature"
            ),
            WebhookPlatform.Twilio => Form(platform, octets, "X-Twilio-Signature"),
            WebhookPlatform.Vonage => Vonage(octets),
            WebhookPlatform.Bird => Call(
                new(platform) { Secret = Key },
                octets,
                ("messagebird-request-timestamp", "1"),
                ("messagebird-signature", Base64([.. Encoding.UTF8.GetBytes($"1\n{Url}\n"), .. SHA256.HashData(octets)]))
            ),
            WebhookPlatform.Sinch => Call(
                new(platform) { Secret = Key },
                octets,
                ("x-sinch-webhook-signature-nonce", "n"),
                ("x-sinch-webhook-signature-timestamp", "1"),
                ("x-sinch-webhook-signature", Base64([.. octets, .. ".n.1"u8]))
            ),
            WebhookPlatform.Resend => Call(
                new(platform) { Secret = "whsec_" + Convert.ToBase64String(Encoding.UTF8.GetBytes(Key)) },
                octets,
                ("svix-id", "m"),
                ("svix-timestamp", "1772528400"),
                (
                    "svix-signature",
                    "v1,"
                        + Convert.ToBase64String(
                            HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), (byte[])[.. "m.1772528400."u8, .. octets])
                        )
                )
            ),
            WebhookPlatform.MailerSend => Call(new(platform) { Secret = Key }, octets, ("Signature", Hmac(octets))),
            WebhookPlatform.Mailtrap => Call(new(platform) { Secret = Key }, octets, ("Mailtrap-Signature", Hmac(octets))),
            WebhookPlatform.Postal => Call(
                new(platform) { Secret = RsaKey },
                octets,
                (
                    "X-Postal-Signature-256",
                    Convert.ToBase64String(Rsa.SignData(octets, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
                )
            ),
            _ => Call(new(platform), octets),
        };
        if (
            reading.Problems.Any(problem => problem.Place.Length == 0 || problem.Remedy.Length == 0)
            || reading.Signals.Any(signal => signal.Place.Length == 0)
        )
            throw new InvalidOperationException("a problem or a signal without a place");
    }

    static InboundReading Call(WebhookSource source, byte[] octets, params (string Name, string Value)[] headers) =>
        Webhooks.Read(
            source,
            new WebhookRequest(octets, headers.ToDictionary(header => header.Name, header => header.Value), Url, Arrival)
        );

    static string Base64(byte[] octets) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), octets));

    /// <summary>By the token of its Messages API, which is over the octets as they are.</summary>
    static InboundReading Vonage(byte[] octets)
    {
        var claims =
            $"{Base64Url.EncodeToString("""{"alg": "HS256"}"""u8)}.{Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes($$"""{"payload_hash": "{{Convert.ToHexStringLower(SHA256.HashData(octets))}}"}""")
        )}";
        var signature = Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(claims)));
        return Call(new(WebhookPlatform.Vonage) { Secret = Key }, octets, ("Authorization", $"Bearer {claims}.{signature}"));
    }

    static string Hmac(byte[] octets) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), octets));

    static InboundReading Form(WebhookPlatform platform, byte[] octets, string header)
    {
        // As the platform signs: over the fields as a form reader understands them.
        var fields = System.Web.HttpUtility.ParseQueryString(Encoding.UTF8.GetString(octets));
        var signed =
            Url
            + string.Concat(
                fields
                    .AllKeys.SelectMany(name => (fields.GetValues(name) ?? []).Select(value => (Name: name ?? "", Value: value)))
                    .OrderBy(field => field.Name, StringComparer.Ordinal)
                    .Select(field => field.Name + field.Value)
            );
        return Call(
            new(platform) { Secret = Key },
            octets,
            (header, Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(signed))))
        );
    }

    /// <summary>What Amazon's notification service hands over, as text inside a JSON that it signs.</summary>
    static InboundReading Notified(byte[] octets)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["Message"] = Encoding.UTF8.GetString(octets),
            ["MessageId"] = "sns-1",
            ["Timestamp"] = "2026-03-03T09:00:01.000Z",
            ["TopicArn"] = Topic,
            ["Type"] = "Notification",
        };
        var signed = string.Concat(fields.Select(field => $"{field.Key}\n{field.Value}\n"));
        fields["SignatureVersion"] = "2";
        fields["SigningCertURL"] = CertificateUrl;
        fields["Signature"] = Convert.ToBase64String(
            Rsa.SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        );
        return Call(
            new(WebhookPlatform.Ses) { TopicArn = Topic, Certificate = _ => Certificate },
            JsonSerializer.SerializeToUtf8Bytes(fields)
        );
    }
}
