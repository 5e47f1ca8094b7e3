using System.Security.Cryptography;
using System.Text;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>
/// Bird: messages that came in by its Channels API, HMAC-SHA256 over time, address and digest of the body. What MessageBird was before
/// sends a token whose claims hold the digests of address and body.
/// </summary>
static class Bird
{
    public static InboundReading Read(ReadingDraft draft) =>
        draft.ReadSigned(
            key => IsSigned(key, draft.Request),
            () =>
            {
                if (draft.Request.IsByQuery || draft.Request.Body.Span.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
                {
                    var form = FormBody.Read(draft.Request.Body);
                    OnMessageBird(draft, name => form[name]);
                    return;
                }
                var root = draft.Json();
                if (root.Text("event") is { } word && root["payload"] is { IsObject: true } payload)
                    On(draft, word, payload);
                else
                    OnMessageBird(draft, root.Text);
            }
        );

    static void On(ReadingDraft draft, string word, JsonAt payload)
    {
        var id = payload.Text("id");
        if (!word.EndsWith(".inbound", StringComparison.Ordinal))
        {
            var isDelivery =
                word.EndsWith(".outbound", StringComparison.Ordinal) || word.EndsWith(".interaction", StringComparison.Ordinal);
            if (isDelivery)
                draft.Ignore("$.event", IgnoredReason.DeliveryEvent, word, id);
            else
                draft.Unknown("$.event", word, ReadingDraft.Digest(word, payload.Raw));
            return;
        }
        var from = payload["sender"]?["contact"]?.Text("identifierValue");
        var body = payload["body"];
        // Text stands under the kind of the body; what is sent with a picture stands beside it.
        var kind = body?.Text("type") ?? "text";
        if ((body?[kind]?.Text("text") ?? body?["text"]?.Text("text")) is { } text)
            new TextReply("$.payload.body", from, text, id ?? ReadingDraft.Digest(from, text, payload.Text("createdAt")))
            {
                When = SignalTimes.Iso(payload.Text("createdAt")),
                MessageId = id,
                // "whatsapp.inbound"
                Carrier = word.Split('.')[0],
            }.Read(draft);
        else if (kind == "text")
            draft.Problem("$.payload.body", "the message holds no text", mayBeStop: true);
        else
            draft.Ignore("$.payload.body", IgnoredReason.OrdinaryWords, kind, id);
    }

    static void OnMessageBird(ReadingDraft draft, Func<string, string?> of)
    {
        var (from, time) = (of("originator"), of("createdDatetime") ?? of("statusDatetime"));
        var text = of("payload") ?? of("body") ?? of("message");
        var id = of("id") ?? of("messageId") ?? ReadingDraft.Digest(from, text, time);
        if (text is not null)
            new TextReply("payload", from, text, id) { When = SignalTimes.Iso(time), MessageId = of("id") }.Read(draft);
        else if (of("status") is { } status)
            draft.Ignore("status", IgnoredReason.DeliveryEvent, status, $"{id}/{status}");
        else
            draft.Problem("payload", "neither a message nor a status", mayBeStop: true);
    }

    static bool IsSigned(string key, WebhookRequest request)
    {
        if (request.Header("MessageBird-Signature-JWT") is { } token)
            return Proof.Claims(key, token) is { } claims
                && Proof.Same(Proof.Digest(Encoding.UTF8.GetBytes(request.Url)), claims.Text("url_hash")?.ToLowerInvariant())
                && (request.IsByQuery || Proof.Same(Proof.Digest(request.Body.Span), claims.Text("payload_hash")?.ToLowerInvariant()));
        var body = request.IsByQuery ? [] : request.Body.Span;
        return request.Header("messagebird-request-timestamp") is { } time
            && Proof.HmacSha256Base64(
                key,
                [.. Encoding.UTF8.GetBytes($"{time}\n{request.Url}\n"), .. SHA256.HashData(body)],
                request.Header("messagebird-signature")
            );
    }
}
