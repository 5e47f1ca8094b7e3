using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>Mailgun: one event a call, HMAC-SHA256 over timestamp and token inside the body.</summary>
static class Mailgun
{
    public static InboundReading Read(ReadingDraft draft)
    {
        var root = draft.Json();
        return draft.ReadSigned(
            key => IsSigned(key, root),
            () =>
            {
                if (root["event-data"] is { IsObject: true } item)
                    On(draft, item);
                else
                    draft.Problem("$.event-data", "no event");
            }
        );
    }

    static bool IsSigned(string key, JsonAt root) =>
        root["signature"] is { } signature
        && Proof.HmacSha256Hex(key, signature.Text("timestamp") + signature.Text("token"), signature.Text("signature"));

    static void On(ReadingDraft draft, JsonAt item)
    {
        var word = item.Text("event");
        var when = SignalTimes.Epoch(item.Text("timestamp")) ?? draft.Arrival;
        var id = item.Text("id") ?? ReadingDraft.Digest(word, item.Text("recipient"), item.Text("timestamp"));
        void Add(InboundSignalKind kind, SignalActor by) =>
            draft.Add(
                kind,
                item.Path,
                item.Text("recipient"),
                when,
                id,
                word,
                by,
                messageId: item["message"]?["headers"]?.Text("message-id")
            );

        switch (word)
        {
            case "unsubscribed":
                Add(Unsubscribe, SignalActor.Recipient);
                break;
            case "complained":
                Add(Complaint, SignalActor.Recipient);
                break;
            case "failed" when item.Text("reason")?.StartsWith("suppress-", StringComparison.Ordinal) == true:
                draft.Held(item.Path, item.Text("recipient"), when, id, item.Text("reason"));
                break;
            case "failed":
                Add(IsDead(item) ? HardBounce : SoftBounce, SignalActor.Platform);
                break;
            case "accepted" or "delivered" or "opened" or "clicked" or "stored" or "rejected":
                draft.Ignore(item.Path, IgnoredReason.DeliveryEvent, word, id);
                break;
            case null:
                draft.Problem(item.Path, "no event");
                break;
            default:
                draft.Unknown(item.Path, word, id, item.Text("recipient"), when);
                break;
        }
    }

    // "permanent" with the reason "generic" or "old" means that Mailgun gave up, not that nobody lives there.
    static bool IsDead(JsonAt item)
    {
        var status = item["delivery-status"];
        var said = status?.Text("message") is { Length: > 0 } message ? message : status?.Text("description");
        return item.Text("severity") == "permanent"
            && (BounceClass.IsDead(status?.Text("enhanced-code"), said) ?? item.Text("reason") == "bounce");
    }
}
