using System.Text;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>
/// Sinch: replies that its SMS API passes on (<c>mo_text</c>), and replies and opt-outs of its Conversation API. HMAC-SHA256 over body,
/// nonce and time; an SMS account that signs nothing proves itself by basic authentication.
/// </summary>
static class Sinch
{
    const string Signature = "x-sinch-webhook-signature";

    public static InboundReading Read(ReadingDraft draft) =>
        draft.ReadSigned(
            key => draft.Request.Header(Signature) is null ? Proof.SharedSecret(key, draft.Request) : IsSigned(key, draft.Request),
            () =>
            {
                var root = draft.Json();
                if (root.Text("type") is { } type)
                    OnSms(draft, root, type);
                else
                    OnConversation(draft, root);
            }
        );

    static bool IsSigned(string key, WebhookRequest request) =>
        request.Header($"{Signature}-algorithm") is null or "HmacSHA256"
        && request.Header($"{Signature}-nonce") is { } nonce
        && request.Header($"{Signature}-timestamp") is { } time
        && Proof.HmacSha256Base64(key, [.. request.Body.Span, .. Encoding.UTF8.GetBytes($".{nonce}.{time}")], request.Header(Signature));

    static void OnSms(ReadingDraft draft, JsonAt root, string type)
    {
        var from = root.Text("from");
        var when = SignalTimes.Iso(root.Text("received_at"));
        // What comes with a picture stands one level down.
        var text = root.Text("body") ?? root["body"]?.Text("message");
        var id = root.Text("id") ?? ReadingDraft.Digest(from, root.Text("to"), text, root.Text("received_at"));
        if (type is "mo_text" or "mo_media" && text is not null)
            new TextReply("$.body", from, text, id) { When = when, MessageId = root.Text("id") }.Read(draft);
        else if (type == "mo_media")
            draft.Ignore("$.body", IgnoredReason.OrdinaryWords, type, id);
        else if (type.StartsWith("mo_", StringComparison.Ordinal))
            draft.Problem("$.body", "the message holds no text that can be read", mayBeStop: true);
        else if (type.Contains("delivery_report", StringComparison.Ordinal))
            draft.Ignore("$", IgnoredReason.DeliveryEvent, type);
        else
            draft.Unknown("$", type, ReadingDraft.Digest(type, root.Raw));
    }

    static void OnConversation(ReadingDraft draft, JsonAt root)
    {
        var time = root.Text("event_time") ?? root.Text("accepted_time");
        if (root["opt_out_notification"] is { IsObject: true } left)
            OnChoice(draft, left, Unsubscribe, time);
        else if (root["opt_in_notification"] is { IsObject: true } came)
            OnChoice(draft, came, Reactivation, time);
        else if (root["message"] is { IsObject: true } message)
            OnMessage(draft, message, time);
        else if (root.Members().Any(member => member.Name.EndsWith("_report", StringComparison.Ordinal)))
            draft.Ignore("$", IgnoredReason.DeliveryEvent, "report");
        else if (root.Text("app_id") is not null)
            draft.Unknown("$", root.Text("trigger") ?? string.Join(' ', Others(root)), ReadingDraft.Digest(root.Raw));
        else
            draft.Problem("$", "neither a message nor an event", mayBeStop: true);
    }

    static IEnumerable<string> Others(JsonAt root) => root.Members().Where(member => member.Value.IsObject).Select(member => member.Name);

    static void OnMessage(ReadingDraft draft, JsonAt message, string? time)
    {
        var from = message["channel_identity"]?.Text("identity");
        var said = message["contact_message"];
        var text = said?["text_message"]?.Text("text") ?? said?["choice_response_message"]?.Text("postback_data");
        var when = SignalTimes.Iso(message.Text("accept_time") ?? time);
        var id = message.Text("id") ?? ReadingDraft.Digest(from, text, message.Text("accept_time") ?? time);
        if (text is not null)
            new TextReply("$.message", from, text, id)
            {
                When = when,
                MessageId = message.Text("id"),
                Carrier = message["channel_identity"]?.Text("channel"),
            }.Read(draft);
        else
            draft.Ignore("$.message", IgnoredReason.OrdinaryWords, "message", id);
    }

    // Whether the channel carried it out is its own matter: somebody asked.
    static void OnChoice(ReadingDraft draft, JsonAt choice, InboundSignalKind kind, string? time)
    {
        var identity = choice.Text("identity");
        var carrier = choice.Text("channel");
        draft.Add(
            kind,
            choice.Path,
            SignalAddresses.IsByNumber(carrier) ? identity : null,
            SignalTimes.Iso(time) ?? draft.Arrival,
            choice.Text("request_id") ?? ReadingDraft.Digest(choice.Path, identity, time),
            choice.Text("status") ?? choice.Path,
            SignalActor.Recipient,
            channel: SignalAddresses.Channel(carrier)
        );
    }
}
