using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>MailerSend: one activity a call, HMAC-SHA256 over the body; the form of 2026 and the nested one before it.</summary>
static class MailerSend
{
    public static InboundReading Read(ReadingDraft draft) =>
        draft.ReadSigned(
            key => Proof.HmacSha256Hex(key, draft.Request.Body.Span, draft.Request.Header("Signature")),
            () =>
            {
                var root = draft.Json();
                if (root.Text("type") == "webhook.test")
                    draft.Ignore("$", IgnoredReason.DeliveryEvent, "webhook.test");
                else if (root["data"] is { IsObject: true } data)
                    On(draft, root, data);
                else
                    draft.Problem("$.data", "no activity");
            }
        );

    static void On(ReadingDraft draft, JsonAt root, JsonAt data)
    {
        var word = data.Text("type");
        var address = data.Text("recipient") ?? data["email"]?["recipient"]?.Text("email");
        var time = root.Text("created_at") ?? data.Text("created_at");
        var when = SignalTimes.Iso(time) ?? draft.Arrival;
        var id = data.Text("id") ?? ReadingDraft.Digest(word, address, time);
        var said = Said(data);
        void Add(InboundSignalKind kind, SignalActor by) =>
            draft.Add(
                kind,
                data.Path,
                address,
                when,
                id,
                said ?? word,
                by,
                messageId: data.Text("message_id") ?? data["email"]?["message"]?.Text("id")
            );

        switch (word)
        {
            case "unsubscribed":
                Add(Unsubscribe, SignalActor.Recipient);
                break;
            case "spam_complaint" or "spam_complaints":
                Add(Complaint, SignalActor.Recipient);
                break;
            case "hard_bounced":
                Add(BounceClass.IsDead(data["meta"]?.Text("bounce_code"), said) == false ? SoftBounce : HardBounce, SignalActor.Platform);
                break;
            case "soft_bounced":
                Add(SoftBounce, SignalActor.Platform);
                break;
            case "suppressed":
                draft.Held(data.Path, address, when, id, said);
                break;
            case "sent"
            or "delivered"
            or "deferred"
            or "opened"
            or "opened_unique"
            or "clicked"
            or "clicked_unique"
            or "survey_opened"
            or "survey_submitted":
                draft.Ignore(data.Path, IgnoredReason.DeliveryEvent, word, id);
                break;
            case null:
                draft.Problem(data.Path, "no type");
                break;
            default:
                draft.Unknown(data.Path, word, id, address, when);
                break;
        }
    }

    static string? Said(JsonAt data) =>
        data["meta"] is { IsObject: true } meta
            ? meta.Text("bounce_reason") ?? meta.Text("reject_reason") ?? meta.Text("suppression_reason") ?? meta.Text("unsubscribe_reason")
            : data["morph"]?.Text("readable_reason") ?? data["morph"]?.Text("reason");
}
