using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace MaySend.Server.Tests;

/// <summary>Calls the hooks as the platforms do, each proved its own way.</summary>
static class PlatformCall
{
    const string Key = "a-secret-for-tests";
    const string Topic = "arn:aws:sns:eu-west-1:123456789012:bounces";
    const string Stamp = "1772528400";

    static readonly ECDsa SendGrid = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    static readonly RSA Amazon = RSA.Create(2048);

    /// <summary><c>inbound.json</c> with a hook for every platform.</summary>
    public static string Hooks { get; } =
        JsonSerializer.Serialize(
            new Dictionary<string, object>(
                new[]
                {
                    "mailgun",
                    "postmark",
                    "mailjet",
                    "brevo",
                    "mandrill",
                    "sparkpost",
                    "mailchimp",
                    "listmonk",
                    "twilio",
                    "vonage",
                    "bird",
                    "sinch",
                }.Select(name => KeyValuePair.Create<string, object>(name, new { secret = Key, sender = Shop.Name }))
            )
            {
                ["sendgrid"] = new
                {
                    secret = Convert.ToBase64String(SendGrid.ExportSubjectPublicKeyInfo()),
                    sender = Shop.Name,
                    topics = new Dictionary<string, string> { ["10"] = "homeware" },
                },
                ["resend"] = new { secret = "whsec_" + Convert.ToBase64String(Encoding.UTF8.GetBytes(Key)) },
                ["ses"] = new { topicArn = Topic },
            }
        );

    /// <summary>Stands for the certificate at Amazon, which a test cannot fetch.</summary>
    public static X509Certificate2 AmazonCertificate() =>
        new CertificateRequest("CN=sns.amazonaws.com", Amazon, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddYears(200)
        );

    /// <summary>What each platform says when Anna asks to stop (by text message: when her telephone does).</summary>
    public static readonly IReadOnlyDictionary<string, string> Stops = new Dictionary<string, string>
    {
        ["sendgrid"] = """[{"email": "anna@example.com", "timestamp": 1772528400, "event": "unsubscribe", "sg_event_id": "e1"}]""",
        ["mailgun"] = """{"id": "u1", "timestamp": 1772528400.5, "event": "unsubscribed", "recipient": "anna@example.com"}""",
        ["postmark"] =
            """{"RecordType": "SubscriptionChange", "MessageID": "m2", "MessageStream": "broadcast", "ChangedAt": "2026-03-03T09:00:00Z", "Recipient": "anna@example.com", "Origin": "Recipient", "SuppressSending": true, "SuppressionReason": "ManualSuppression"}""",
        ["ses"] =
            """{"eventType": "Complaint", "complaint": {"feedbackId": "f-1", "complainedRecipients": [{"emailAddress": "anna@example.com"}], "timestamp": "2026-03-03T09:00:00.000Z", "complaintFeedbackType": "abuse"}, "mail": {"messageId": "010001"}}""",
        ["mailjet"] =
            """{"event": "unsub", "time": 1772528400, "MessageID": 20547674933128000, "email": "anna@example.com", "mj_list_id": 1}""",
        ["brevo"] =
            """{"id": 8, "email": "anna@example.com", "message-id": "<b1@shop.example>", "event": "unsubscribed", "ts_epoch": 1772528400000}""",
        ["mandrill"] =
            "mandrill_events="
            + Uri.EscapeDataString(
                """[{"event": "unsub", "_id": "m1", "ts": 1772528400, "msg": {"_id": "m1", "email": "anna@example.com"}}]"""
            ),
        ["sparkpost"] =
            """[{"msys": {"unsubscribe_event": {"type": "list_unsubscribe", "event_id": "s1", "rcpt_to": "anna@example.com", "timestamp": "1772528400"}}}]""",
        ["resend"] =
            """{"type": "contact.updated", "created_at": "2026-03-03T09:00:00.000Z", "data": {"id": "c1", "email": "anna@example.com", "unsubscribed": true}}""",
        ["mailchimp"] =
            "type=unsubscribe&fired_at=2026-03-03+09%3A00%3A00&data%5Baction%5D=unsub&data%5Breason%5D=manual&"
            + "data%5Blist_id%5D=a6b5da1054&data%5Bemail%5D=anna%40example.com",
        ["listmonk"] = """{"email": "anna@example.com", "source": "relay", "type": "complaint", "meta": "{}"}""",
        ["vonage"] =
            "msisdn=15005550006&to=15005550001&messageId=V1&text=STOP&type=text&keyword=STOP&message-timestamp=2026-03-03+09%3A00%3A00&"
            + "timestamp=1772528400&nonce=n1",
        ["bird"] =
            """{"service": "channels", "event": "sms.inbound", "payload": {"id": "b1", "sender": {"contact": {"identifierKey": "phonenumber", "identifierValue": "+15005550006"}}, "body": {"type": "text", "text": {"text": "STOP"}}, "createdAt": "2026-03-03T09:00:00.000Z"}}""",
        ["sinch"] =
            """{"type": "mo_text", "id": "01K608", "from": "15005550006", "to": "15005550001", "body": "STOP", "received_at": "2026-03-03T09:00:00.000Z"}""",
        ["twilio"] = "MessageSid=SM1&Body=STOP&OptOutType=STOP&From=%2B15005550006&To=%2B15005550001&AccountSid=AC1",
    };

    /// <summary>Whom <see cref="Stops"/> are about.</summary>
    public static string Who(string platform) => IsOfTextMessages(platform) ? "+15005550006" : Running.Anna;

    /// <summary>Platforms by which a telephone asks.</summary>
    public static bool IsOfTextMessages(string platform) => platform is "twilio" or "vonage" or "bird" or "sinch";

    /// <summary>Calls a hook; with <paramref name="isForged"/> as somebody would who does not have the secret.</summary>
    public static async Task<(int Status, JsonElement Body)> SendAsync(Running server, string platform, string text, bool isForged = false)
    {
        var path = $"/v1/inbound/{platform}";
        var key = isForged ? "another secret" : Key;
        var isForm = text.Contains('=', StringComparison.Ordinal) && text[0] is not ('{' or '[');
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        var body = platform switch
        {
            "mailgun" =>
                $$"""{"signature": {"timestamp": "{{Stamp}}", "token": "t1", "signature": "{{Hex(key, Stamp + "t1")}}"}, "event-data": {{text}}}""",
            "ses" => Notification(text, isForged),
            "vonage" => $"{text}&sig={Hex(key, OverFields(text))}",
            _ => text,
        };
        switch (platform)
        {
            case "sendgrid":
                using (var other = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                    request.Headers.Add(
                        "X-Twilio-Email-Event-Webhook-Signature",
                        Convert.ToBase64String(
                            (isForged ? other : SendGrid).SignData(
                                Encoding.UTF8.GetBytes(Stamp + body),
                                HashAlgorithmName.SHA256,
                                DSASignatureFormat.Rfc3279DerSequence
                            )
                        )
                    );
                request.Headers.Add("X-Twilio-Email-Event-Webhook-Timestamp", Stamp);
                break;
            case "resend":
                request.Headers.Add("svix-id", "msg_1");
                request.Headers.Add("svix-timestamp", Stamp);
                request.Headers.Add(
                    "svix-signature",
                    "v1,"
                        + Convert.ToBase64String(
                            HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"msg_1.{Stamp}.{body}"))
                        )
                );
                break;
            case "mandrill":
                request.Headers.Add("X-Mandrill-Signature", OverForm(key, new Uri(server.Url, path).AbsoluteUri, body));
                break;
            case "twilio":
                request.Headers.Add("X-Twilio-Signature", OverForm(key, new Uri(server.Url, path).AbsoluteUri, body));
                break;
            case "bird":
                request.Headers.Add("messagebird-request-timestamp", Stamp);
                request.Headers.Add(
                    "messagebird-signature",
                    Base64(
                        key,
                        [
                            .. Encoding.UTF8.GetBytes($"{Stamp}\n{new Uri(server.Url, path).AbsoluteUri}\n"),
                            .. SHA256.HashData(Encoding.UTF8.GetBytes(body)),
                        ]
                    )
                );
                break;
            case "sinch":
                request.Headers.Add("x-sinch-webhook-signature-nonce", "n1");
                request.Headers.Add("x-sinch-webhook-signature-timestamp", Stamp);
                request.Headers.Add("x-sinch-webhook-signature-algorithm", "HmacSHA256");
                request.Headers.Add("x-sinch-webhook-signature", Base64(key, Encoding.UTF8.GetBytes($"{body}.n1.{Stamp}")));
                break;
            case "mailgun" or "ses" or "vonage":
                break;
            case "mailchimp":
                request.RequestUri = new Uri($"{path}?key={Uri.EscapeDataString(key)}", UriKind.Relative);
                break;
            default:
                request.Headers.Authorization = new AuthenticationHeaderValue(
                    "Basic",
                    Convert.ToBase64String(Encoding.UTF8.GetBytes($"maysend:{key}"))
                );
                break;
        }
        request.Content = new StringContent(body, Encoding.UTF8, isForm ? "application/x-www-form-urlencoded" : "application/json");
        return await Running.ReadAsync(await server.Public.SendAsync(request));
    }

    static string Base64(string key, byte[] signed) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed));

    /// <summary>What Vonage signs: the fields in the order of their names.</summary>
    public static string OverFields(string form) =>
        string.Concat(form.Split('&').Select(Plain).Order(StringComparer.Ordinal).Select(pair => "&" + pair));

    /// <summary>The signature that Vonage puts among the fields.</summary>
    public static string Sig(string form) => Hex(Key, OverFields(form));

    static string Hex(string key, string signed) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(signed)));

    static string OverForm(string key, string url, string body)
    {
        var pairs = body.Split('&')
            .Select(pair => pair.Split('='))
            .Select(pair => (Name: Plain(pair[0]), Value: Plain(pair[1])))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal);
#pragma warning disable CA5350 // The platforms' choice.
        return Convert.ToBase64String(
            HMACSHA1.HashData(
                Encoding.UTF8.GetBytes(key),
                Encoding.UTF8.GetBytes(url + string.Concat(pairs.Select(pair => pair.Name + pair.Value)))
            )
        );
#pragma warning restore CA5350
    }

    static string Plain(string part) => Uri.UnescapeDataString(part.Replace('+', ' '));

    static string Notification(string message, bool isForged)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["Message"] = message,
            ["MessageId"] = "sns-1",
            ["Timestamp"] = "2026-03-03T09:00:01.000Z",
            ["TopicArn"] = Topic,
            ["Type"] = "Notification",
        };
        var signed = string.Concat(fields.Select(field => $"{field.Key}\n{field.Value}\n"));
        fields["SignatureVersion"] = "2";
        fields["SigningCertURL"] = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem";
        using var other = RSA.Create(2048);
        fields["Signature"] = Convert.ToBase64String(
            (isForged ? other : Amazon).SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        );
        return JsonSerializer.Serialize(fields);
    }
}
