using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MaySend.Mail.Inbound;
using MaySend.Mail.Inbound.Platforms;

namespace MaySend.Mail.Tests.Inbound;

/// <summary>A reply to a text message, as each platform passes it on and signs it.</summary>
/// <param name="name">The platform and which of its ways.</param>
/// <param name="platform">The platform.</param>
/// <param name="body">The body with these words in it.</param>
/// <param name="sign">The header fields that prove a body under a key, and the body with them.</param>
sealed class TextMessageCall(
    string name,
    WebhookPlatform platform,
    Func<string, string> body,
    Func<string, string, (string Body, (string, string)[] Headers)> sign
)
{
    /// <summary>Whose telephone it is, in every one of them.</summary>
    public const string Number = "+447700900123";

    const string Stamp = "1772528400";

    public string Name => name;

    public InboundReading Read(string words, string key = Hook.Key, Func<string, string>? change = null, bool isSigned = true)
    {
        var (signed, headers) = sign(key, body(words));
        return Hook.Read(
            new(platform) { Secret = Hook.Key },
            Encoding.UTF8.GetBytes(change is null ? signed : change(signed)),
            isSigned ? headers : []
        );
    }

    public static readonly IReadOnlyList<TextMessageCall> All =
    [
        new(
            "twilio",
            WebhookPlatform.Twilio,
            words => $"Body={Form(words)}&From={Form(Number)}&MessageSid=SM1&To=%2B15005550001",
            (key, body) => (body, [("X-Twilio-Signature", OverForm(key, body))])
        ),
        .. new (string Name, Func<byte[], byte[], byte[]> Hash)[]
        {
#pragma warning disable CA5350, CA5351 // The platform's choices.
            ("md5hash", (secret, text) => MD5.HashData([.. text, .. secret])),
            ("md5", HMACMD5.HashData),
            ("sha1", HMACSHA1.HashData),
#pragma warning restore CA5350, CA5351
            ("sha256", HMACSHA256.HashData),
            ("sha512", HMACSHA512.HashData),
        }.Select(one => new TextMessageCall(
            $"vonage {one.Name}",
            WebhookPlatform.Vonage,
            words =>
                $"msisdn=447700900123&to=447700900000&messageId=V1&text={Form(words)}&type=unicode"
                + $"&message-timestamp=2026-03-03+09%3A00%3A00&timestamp={Stamp}&nonce=n1",
            (key, body) => ($"{body}&sig={Sig(key, body, one.Hash)}", [])
        )),
        new(
            "vonage json",
            WebhookPlatform.Vonage,
            words =>
                JsonSerializer.Serialize(
                    new Dictionary<string, object>
                    {
                        ["msisdn"] = "447700900123",
                        ["to"] = "447700900000",
                        ["messageId"] = "V1",
                        ["text"] = words,
                        ["keyword"] = "",
                        ["timestamp"] = Stamp,
                    }
                ),
            (key, body) =>
            {
                var fields = JsonSerializer.Deserialize<Dictionary<string, string>>(body)!;
                var form = string.Join('&', fields.Select(field => $"{field.Key}={Form(field.Value)}"));
                fields["sig"] = Sig(key, form, HMACSHA256.HashData);
                return (JsonSerializer.Serialize(fields), []);
            }
        ),
        new(
            "vonage messages",
            WebhookPlatform.Vonage,
            words =>
                JsonSerializer.Serialize(
                    new
                    {
                        channel = "sms",
                        message_uuid = "V2",
                        from = "447700900123",
                        to = "447700900000",
                        timestamp = "2026-03-03T09:00:00Z",
                        text = words,
                        message_type = "text",
                        sms = new { num_messages = "1" },
                    }
                ),
            (key, body) => (body, [("Authorization", "Bearer " + Token(key, $$"""{"payload_hash": "{{Digest(body)}}"}"""))])
        ),
        new(
            "bird",
            WebhookPlatform.Bird,
            words =>
                JsonSerializer.Serialize(
                    new
                    {
                        service = "channels",
                        @event = "sms.inbound",
                        payload = new
                        {
                            id = "B1",
                            sender = new { contact = new { identifierKey = "phonenumber", identifierValue = Number } },
                            body = new { type = "text", text = new { text = words } },
                            createdAt = "2026-03-03T09:00:00.000Z",
                        },
                    }
                ),
            (key, body) =>
                (
                    body,
                    [
                        ("messagebird-request-timestamp", Stamp),
                        (
                            "messagebird-signature",
                            Base64(
                                key,
                                [.. Encoding.UTF8.GetBytes($"{Stamp}\n{Hook.Url}\n"), .. SHA256.HashData(Encoding.UTF8.GetBytes(body))]
                            )
                        ),
                    ]
                )
        ),
        new(
            "messagebird",
            WebhookPlatform.Bird,
            words => $"id=M1&originator=447700900123&recipient=447700900000&payload={Form(words)}&createdDatetime=2026-03-03T09%3A00%3A00Z",
            (key, body) =>
                (
                    body,
                    [
                        (
                            "MessageBird-Signature-JWT",
                            Token(
                                key,
                                $$"""{"iss": "MessageBird", "url_hash": "{{Digest(Hook.Url)}}", "payload_hash": "{{Digest(body)}}"}"""
                            )
                        ),
                    ]
                )
        ),
        new(
            "sinch",
            WebhookPlatform.Sinch,
            words =>
                JsonSerializer.Serialize(
                    new
                    {
                        type = "mo_text",
                        id = "S1",
                        from = "447700900123",
                        to = "447700900000",
                        body = words,
                        received_at = "2026-03-03T09:00:00.000Z",
                    }
                ),
            (key, body) => (body, OverBody(key, body))
        ),
        new(
            "sinch conversation",
            WebhookPlatform.Sinch,
            words =>
                JsonSerializer.Serialize(
                    new
                    {
                        app_id = "A1",
                        message = new
                        {
                            id = "S2",
                            channel_identity = new { channel = "SMS", identity = "447700900123" },
                            contact_message = new { text_message = new { text = words } },
                            accept_time = "2026-03-03T09:00:00Z",
                        },
                    }
                ),
            (key, body) => (body, OverBody(key, body))
        ),
    ];

    /// <summary>What Sinch sends with a body.</summary>
    public static (string, string)[] OverBody(string key, string body) =>
        [
            ("x-sinch-webhook-signature-nonce", "01FJA8B4A7BM43YGWSG9GBV067"),
            ("x-sinch-webhook-signature-timestamp", Stamp),
            ("x-sinch-webhook-signature-algorithm", "HmacSHA256"),
            ("x-sinch-webhook-signature", Base64(key, Encoding.UTF8.GetBytes($"{body}.01FJA8B4A7BM43YGWSG9GBV067.{Stamp}"))),
        ];

    public static string Token(string key, string claims, string algorithm = "HS256")
    {
        var signed =
            Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg": "{{algorithm}}", "typ": "JWT"}"""))
            + "."
            + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims));
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(signed));
        return $"{signed}.{(algorithm == "none" ? "" : Base64Url.EncodeToString(signature))}";
    }

    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    static string Form(string text) => Uri.EscapeDataString(text);

    static string Plain(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    static string Base64(string key, byte[] octets) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), octets));

    static string Sig(string key, string form, Func<byte[], byte[], byte[]> hash)
    {
        var fields = form.Split('&')
            .Select(pair => pair.Split('=', 2))
            .OrderBy(pair => pair[0], StringComparer.Ordinal)
            .Select(pair => $"&{pair[0]}={Plain(pair[1]).Replace('&', '_').Replace('=', '_')}");
        return Convert.ToHexString(hash(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(string.Concat(fields))));
    }

#pragma warning disable CA5350 // The platform's choice.
    static string OverForm(string key, string body) =>
        Convert.ToBase64String(
            HMACSHA1.HashData(
                Encoding.UTF8.GetBytes(key),
                Encoding.UTF8.GetBytes(
                    Hook.Url
                        + string.Concat(
                            body.Split('&').Select(Plain).Order(StringComparer.Ordinal).Select(pair => pair.Remove(pair.IndexOf('='), 1))
                        )
                )
            )
        );
#pragma warning restore CA5350
}
