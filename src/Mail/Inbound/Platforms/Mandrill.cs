using System.Text.Json;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>Mailchimp Transactional (Mandrill): a form field with a JSON array, HMAC-SHA1 over address and fields.</summary>
static class Mandrill
{
    const string Field = "mandrill_events";

    public static InboundReading Read(ReadingDraft draft)
    {
        var form = FormBody.Read(draft.Request.Body);
        return draft.ReadSigned(
            key => Proof.HmacSha1OverForm(key, draft.Request.Url, form, draft.Request.Header("X-Mandrill-Signature")),
            () =>
            {
                if (Events(form[Field]) is { IsArray: true } events)
                    foreach (var item in draft.Events(events))
                        if (item["event"] is null && item["reject"] is { } reject)
                            OnSync(draft, item, reject);
                        else
                            On(draft, item);
                else
                    draft.Problem(Field, "must be a form field with a JSON array of events");
            }
        );
    }

    static JsonAt? Events(string? text)
    {
        try
        {
            return text is null ? null : ReadingDraft.Json(text, Field);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static void On(ReadingDraft draft, JsonAt item)
    {
        var word = item.Text("event");
        var message = item["msg"];
        // _id is the message's; the event is told apart by its word and time.
        var id = ReadingDraft.Digest(item.Text("_id") ?? message?.Text("_id"), word, item.Text("ts"));
        void Add(InboundSignalKind kind, SignalActor by) =>
            draft.Add(
                kind,
                item.Path,
                message?.Text("email"),
                SignalTimes.Epoch(item.Text("ts")) ?? draft.Arrival,
                id,
                word,
                by,
                messageId: message?.Text("_id")
            );

        switch (word)
        {
            case "unsub":
                Add(Unsubscribe, SignalActor.Recipient);
                break;
            case "spam":
                Add(Complaint, SignalActor.Recipient);
                break;
            case "hard_bounce":
                Add(BounceClass.IsDead(null, message?.Text("diag")) ?? true ? HardBounce : SoftBounce, SignalActor.Platform);
                break;
            case "soft_bounce":
                Add(SoftBounce, SignalActor.Platform);
                break;
            case "reject":
                draft.Held(
                    item.Path,
                    message?.Text("email"),
                    SignalTimes.Epoch(item.Text("ts")) ?? draft.Arrival,
                    id,
                    message?["reject"]?.Text("reason") ?? message?.Text("reject_reason") ?? word
                );
                break;
            case "send" or "deferral" or "delivered" or "open" or "click":
                draft.Ignore(item.Path, IgnoredReason.DeliveryEvent, word, id);
                break;
            case null:
                draft.Problem(item.Path, "no event");
                break;
            default:
                draft.Unknown(item.Path, word, id, message?.Text("email"), SignalTimes.Epoch(item.Text("ts")) ?? draft.Arrival);
                break;
        }
    }

    // The sender's own lists of blocked and always-allowed addresses.
    static void OnSync(ReadingDraft draft, JsonAt item, JsonAt reject)
    {
        var (type, action, reason) = (item.Text("type"), item.Text("action"), reject.Text("reason"));
        var detail = $"{type} {action} {reason}";
        InboundSignalKind? kind = (type, action, reason) switch
        {
            ("blacklist", "add", "hard-bounce") => HardBounce,
            ("blacklist", "add", "soft-bounce") => SoftBounce,
            ("blacklist", "add" or "change", "spam") => Complaint,
            ("blacklist", "add" or "change", _) => Unsubscribe,
            ("blacklist", "remove", _) or ("whitelist", "add", _) => Reactivation,
            _ => null,
        };
        var id = ReadingDraft.Digest(type, action, reject.Text("email"), item.Text("ts") ?? reject.Text("created_at"));
        var by = reason is "unsub" or "spam" && kind is Unsubscribe or Complaint ? SignalActor.Recipient : SignalActor.Sender;
        if (kind is { } known)
            draft.Add(known, item.Path, reject.Text("email"), SignalTimes.Epoch(item.Text("ts")) ?? draft.Arrival, id, detail, by);
        else if (type == "whitelist")
            draft.Ignore(item.Path, IgnoredReason.DeliveryEvent, detail, id);
        else
            draft.Unknown(item.Path, detail, id, reject.Text("email"));
    }
}
