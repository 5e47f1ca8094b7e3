using System.Security.Cryptography;
using System.Text;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>Resend: one event a call, signed by Svix (HMAC-SHA256 over id, timestamp and body); the Svix id is the event's.</summary>
static class Resend
{
    public static InboundReading Read(ReadingDraft draft) =>
        draft.ReadSigned(
            key => IsSigned(key, draft.Request),
            () =>
            {
                var root = draft.Json();
                var word = root.Text("type");
                var id = draft.Request.Header("svix-id")!;
                if (root["data"] is not { IsObject: true } data)
                {
                    draft.Problem("$.data", "no data");
                    return;
                }
                var when = SignalTimes.Iso(root.Text("created_at")) ?? draft.Arrival;
                switch (word)
                {
                    case "email.complained":
                        ForEach(draft, data, Complaint, when, id, word, SignalActor.Recipient);
                        break;
                    case "email.bounced" when IsSuppressed(data):
                        OnHeld(draft, data, when, id, word);
                        break;
                    case "email.bounced":
                        ForEach(draft, data, IsDead(data) ? HardBounce : SoftBounce, when, id, word, SignalActor.Platform);
                        break;
                    case "email.suppressed":
                        OnHeld(draft, data, when, id, word);
                        break;
                    case "contact.created" or "contact.updated" when data.Flag("unsubscribed") == true:
                        draft.Add(Unsubscribe, "$.data", data.Text("email"), when, id, word);
                        break;
                    // "unsubscribed": false is also what every other edit of the contact says: it proves nothing.
                    case "contact.created" or "contact.updated" or "contact.deleted":
                        draft.Ignore("$", IgnoredReason.DeliveryEvent, word, id);
                        break;
                    case "email.sent"
                    or "email.scheduled"
                    or "email.delivered"
                    or "email.delivery_delayed"
                    or "email.opened"
                    or "email.clicked"
                    or "email.failed"
                    or "email.received":
                        draft.Ignore("$", IgnoredReason.DeliveryEvent, word, id);
                        break;
                    case null:
                        draft.Problem("$.type", "no type");
                        break;
                    default:
                        draft.Unknown("$", word, id, data.Text("email"), when);
                        break;
                }
            }
        );

    // The event names all recipients of a message and not which of them acted. An objection is taken for each; a dead address only if there
    // is one.
    static void ForEach(ReadingDraft draft, JsonAt data, InboundSignalKind kind, SignalTime when, string id, string word, SignalActor by)
    {
        var to = To(data);
        if (to.Count == 0)
            draft.Problem("$.data.to", "no recipient");
        kind = kind == HardBounce && to.Count > 1 ? SoftBounce : kind;
        foreach (var (recipient, index) in to.Select((recipient, index) => (recipient, index)))
            draft.Add(
                kind,
                recipient.Path,
                recipient.Text(),
                when,
                to.Count == 1 ? id : $"{id}/{index}",
                word,
                by,
                messageId: data.Text("email_id")
            );
    }

    static void OnHeld(ReadingDraft draft, JsonAt data, SignalTime when, string id, string word)
    {
        var why = data["suppressed"]?.Text("message") ?? data["bounce"]?.Text("message");
        // The block may be any one recipient's; with several nobody can say whose.
        string?[] said = [why, data["suppressed"]?.Text("type")];
        if (To(data) is not [var only])
            draft.Ignore("$", IgnoredReason.AlreadySuppressed, word, id);
        else if (HeldBlock.Kind(said) is { } kind)
            draft.Add(kind, only.Path, only.Text(), when, id, word, SignalActor.Recipient, messageId: data.Text("email_id"));
        else if (HeldBlock.MayBeStop(said))
            draft.Ask(only.Path, only.Text(), SignalChannel.Email, mayBeStop: true, string.Join(' ', said).Trim(), id, when);
        else
            draft.Ignore("$", IgnoredReason.AlreadySuppressed, word, id);
    }

    /// <summary>The recipients: a list, or one as text.</summary>
    static List<JsonAt> To(JsonAt data) =>
        data["to"] is not { } to ? []
        : to.IsArray ? [.. to.Items()]
        : [to];

    static bool IsSuppressed(JsonAt data) =>
        data["bounce"]?.Text("subType") is "Suppressed" or "OnAccountSuppressionList" || Says(data, "suppression list");

    // Older events have no type and say it in words.
    static bool IsDead(JsonAt data) =>
        (data["bounce"]?.Text("type") is { } type ? type == "Permanent" : Says(data, "hard bounce"))
        && BounceClass.IsDead(null, data["bounce"]?.Text("message")) != false;

    static bool Says(JsonAt data, string words) =>
        data["bounce"]?.Text("message")?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;

    static bool IsSigned(string key, WebhookRequest request)
    {
        var (id, timestamp, signatures) = (request.Header("svix-id"), request.Header("svix-timestamp"), request.Header("svix-signature"));
        var secret = new byte[key.Length];
        if (
            id is null
            || timestamp is null
            || signatures is null
            || !Convert.TryFromBase64String(
                key.StartsWith("whsec_", StringComparison.Ordinal) ? key["whsec_".Length..] : key,
                secret,
                out var length
            )
        )
            return false;
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. request.Body.Span];
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret.AsSpan(0, length), signed));
        return signatures.Split(' ').Any(signature => Proof.Same(expected, signature));
    }
}
