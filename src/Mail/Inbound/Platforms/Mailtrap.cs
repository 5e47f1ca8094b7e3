using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>Mailtrap: several events a call, HMAC-SHA256 over the body.</summary>
static class Mailtrap
{
    public static InboundReading Read(ReadingDraft draft) =>
        draft.ReadSigned(
            key => Proof.HmacSha256Hex(key, draft.Request.Body.Span, draft.Request.Header("Mailtrap-Signature")),
            () =>
            {
                if (draft.Json()["events"] is not { IsArray: true } events)
                {
                    draft.Problem("$.events", "no events");
                    return;
                }
                foreach (var item in draft.Events(events))
                    On(draft, item);
            }
        );

    static void On(ReadingDraft draft, JsonAt item)
    {
        var word = item.Text("event");
        var when = SignalTimes.Epoch(item.Text("timestamp")) ?? draft.Arrival;
        var id = item.Text("event_id") ?? ReadingDraft.Digest(word, item.Text("email"), item.Text("timestamp"));
        var said = item.Text("response") ?? item.Text("reason");
        void Add(InboundSignalKind kind, SignalActor by) =>
            draft.Add(kind, item.Path, item.Text("email"), when, id, said ?? word, by, messageId: item.Text("message_id"));

        switch (word)
        {
            case "unsubscribe":
                Add(Unsubscribe, SignalActor.Recipient);
                break;
            case "spam":
                Add(Complaint, SignalActor.Recipient);
                break;
            case "bounce":
                Add(BounceClass.IsDead(null, said) == false ? SoftBounce : HardBounce, SignalActor.Platform);
                break;
            case "soft bounce" or "suspension":
                Add(SoftBounce, SignalActor.Platform);
                break;
            case "reject":
                draft.Held(item.Path, item.Text("email"), when, id, item.Text("reason"));
                break;
            case "delivery" or "open" or "click":
                draft.Ignore(item.Path, IgnoredReason.DeliveryEvent, word, id);
                break;
            case null:
                draft.Problem(item.Path, "no event");
                break;
            default:
                draft.Unknown(item.Path, word, id, item.Text("email"), when);
                break;
        }
    }
}
