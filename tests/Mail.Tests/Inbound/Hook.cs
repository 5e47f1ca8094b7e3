using System.Security.Cryptography;
using System.Text;
using MaySend.Mail.Inbound;
using MaySend.Mail.Inbound.Platforms;

namespace MaySend.Mail.Tests.Inbound;

/// <summary>Calls a webhook the way each platform does, with its signature.</summary>
static class Hook
{
    public static readonly DateTimeOffset Arrival = new(2026, 3, 3, 12, 0, 0, TimeSpan.Zero);
    public const string Url = "https://maysend.example/hooks/x";
    public const string Key = "a-secret-for-tests";

    /// <summary>The key under which the fixtures of Mailgun are signed.</summary>
    public const string MailgunKey = "key-0p6mqbf74lb20gzq9f4dhpn9rg3zyk26";

    public static InboundReading Read(WebhookSource source, byte[] body, params (string Name, string Value)[] headers) =>
        Webhooks.Read(source, new WebhookRequest(body, headers.ToDictionary(h => h.Name, h => h.Value), Url, Arrival));

    public static InboundReading Plain(WebhookPlatform platform, string fixture) =>
        Read(new(platform), Fixture.Bytes("webhooks/" + fixture));

    public static InboundReading PlainText(WebhookPlatform platform, string body) => Read(new(platform), Encoding.UTF8.GetBytes(body));

    public static InboundReading SendGrid(byte[] body, Action<byte[]>? tamper = null)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] signed = [.. "1772528400"u8, .. body];
        var signature = ecdsa.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        tamper?.Invoke(body);
        return Read(
            new(WebhookPlatform.SendGrid) { Secret = Convert.ToBase64String(ecdsa.ExportSubjectPublicKeyInfo()) },
            body,
            ("x-twilio-email-event-webhook-signature", Convert.ToBase64String(signature)),
            ("X-Twilio-Email-Event-Webhook-Timestamp", "1772528400")
        );
    }

    public static InboundReading Mailgun(string fixture) =>
        Read(new(WebhookPlatform.Mailgun) { Secret = MailgunKey }, Fixture.Bytes("webhooks/symfony/mailgun-mailer/" + fixture));

    public static InboundReading Form(WebhookPlatform platform, string body, string header, string? signature = null)
    {
        var pairs = body.Split('&')
            .Select(pair => pair.Split('='))
            .Select(pair => (Name: Plain(pair[0]), Value: Plain(pair[1])))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal);
        var signed = Url + string.Concat(pairs.Select(pair => pair.Name + pair.Value));
#pragma warning disable CA5350
        var right = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(signed)));
#pragma warning restore CA5350
        return Read(new(platform) { Secret = Key }, Encoding.UTF8.GetBytes(body), (header, signature ?? right));
    }

    static string Plain(string part) => Uri.UnescapeDataString(part.Replace('+', ' '));

    public static InboundReading Resend(string fixture, string? secret = null) => Resend(Fixture.Bytes("webhooks/ours/" + fixture), secret);

    public static InboundReading Resend(byte[] body, string? secret = null)
    {
        var key = "whsec_" + Convert.ToBase64String(Encoding.UTF8.GetBytes(Key));
        byte[] signed = [.. "msg_1.1772528400."u8, .. body];
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? Key), signed));
        return Read(
            new(WebhookPlatform.Resend) { Secret = key },
            body,
            ("svix-id", "msg_1"),
            ("svix-timestamp", "1772528400"),
            ("svix-signature", "v1,AAAA v1," + signature)
        );
    }

    public static InboundSignal Single(this InboundReading reading)
    {
        reading.Problems.ShouldBeEmpty();
        return reading.Signals.ShouldHaveSingleItem();
    }
}
