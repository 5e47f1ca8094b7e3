using System.Security.Cryptography;
using System.Text;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>Twilio SendGrid Event Webhook: an array of events, signed with ECDSA over timestamp and body.</summary>
static class SendGrid
{
    public static InboundReading Read(ReadingDraft draft) =>
        draft.ReadSigned(
            key => IsSigned(key, draft.Request),
            () =>
            {
                var root = draft.Json();
                if (!root.IsArray)
                    draft.Problem("$", "must be an array of events");
                foreach (var item in draft.Events(root))
                    On(draft, item);
            }
        );

    static void On(ReadingDraft draft, JsonAt item)
    {
        var word = item.Text("event");
        var when = SignalTimes.Epoch(item.Text("timestamp")) ?? draft.Arrival;
        var id =
            item.Text("sg_event_id") ?? ReadingDraft.Digest(word, item.Text("email"), item.Text("timestamp"), item.Text("sg_message_id"));
        var group = SignalScope.Of(SignalScopeKind.Group, item.Text("asm_group_id"));
        void Add(InboundSignalKind kind, SignalActor by, SignalScope scope = default) =>
            draft.Add(kind, item.Path, item.Text("email"), when, id, word, by, scope, item.Text("smtp-id"));

        switch (word)
        {
            case "unsubscribe":
                Add(Unsubscribe, SignalActor.Recipient);
                break;
            case "group_unsubscribe":
                Add(Unsubscribe, SignalActor.Recipient, group);
                break;
            case "group_resubscribe":
                Add(Reactivation, SignalActor.Recipient, group);
                break;
            case "spamreport":
                Add(Complaint, SignalActor.Recipient);
                break;
            case "bounce":
                Add(IsDead(item) ? HardBounce : SoftBounce, SignalActor.Platform);
                break;
            case "dropped":
                draft.Held(item.Path, item.Text("email"), when, id, item.Text("reason"));
                break;
            case "processed" or "deferred" or "delivered" or "open" or "click":
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

    static bool IsDead(JsonAt item) =>
        item.Text("type") != "blocked" && (BounceClass.IsDead(item.Text("status"), item.Text("reason")) ?? true);

    static bool IsSigned(string key, WebhookRequest request)
    {
        try
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(key), out _);
            var signature = Convert.FromBase64String(request.Header("X-Twilio-Email-Event-Webhook-Signature") ?? "");
            var timestamp = Encoding.UTF8.GetBytes(request.Header("X-Twilio-Email-Event-Webhook-Timestamp") ?? "");
            byte[] signed = [.. timestamp, .. request.Body.Span];
            return ecdsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (Exception error) when (error is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
