using System.Text.Json;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>Amazon SES events inside SNS notifications (both the older notifications and event publishing).</summary>
static class Ses
{
    public static InboundReading Read(ReadingDraft draft)
    {
        var envelope = draft.Json();
        if (Sns.Check(envelope, draft.Source) is { } problem)
            return ReadingDraft.Refuse(problem.Place, problem.Says, problem.Remedy);
        var id = envelope.Text("MessageId") ?? ReadingDraft.Digest(envelope.Text("Message"));
        if (envelope.Text("Type") == "UnsubscribeConfirmation")
            // Somebody took the hook off the topic. Its SubscribeURL would put it back: that is for a person to decide.
            draft.Ignore("$", IgnoredReason.NeedsAPerson, "UnsubscribeConfirmation: the topic no longer reports to this hook", id);
        else if (envelope.Text("Type") != "Notification")
            // The host confirms by a GET of the address; it was signed, and it must be Amazon's.
            draft.Ignore(
                "$",
                IgnoredReason.Handshake,
                Sns.IsAmazons(envelope.Text("SubscribeURL"), out var confirm) ? confirm.AbsoluteUri : envelope.Text("Type"),
                id
            );
        else
            OnMessage(draft, envelope, id);
        return draft.Done(Authenticity.Verified);
    }

    static void OnMessage(ReadingDraft draft, JsonAt envelope, string id)
    {
        JsonAt item;
        try
        {
            item = ReadingDraft.Json(envelope.Text("Message") ?? "", "$.Message");
        }
        catch (JsonException)
        {
            if (envelope.Text("Message")?.StartsWith("Successfully validated SNS topic", StringComparison.Ordinal) == true)
                draft.Ignore("$.Message", IgnoredReason.Handshake, "validated", id);
            else
                draft.Problem("$.Message", "the message inside is not JSON");
            return;
        }
        var word = item.Text("eventType") ?? item.Text("notificationType");
        switch (word)
        {
            case "Complaint" when item["complaint"] is { } complaint:
                OnComplaint(draft, item, complaint, id);
                break;
            case "Bounce" when item["bounce"] is { } bounce:
                OnBounce(draft, item, bounce, id);
                break;
            case "Subscription" when item["subscription"] is { } change:
                OnSubscription(draft, item, change, id);
                break;
            case "Send" or "Delivery" or "Open" or "Click" or "DeliveryDelay" or "Reject" or "Rendering Failure":
                draft.Ignore(item.Path, IgnoredReason.DeliveryEvent, word, id);
                break;
            case null or "Complaint" or "Bounce" or "Subscription":
                draft.Problem(item.Path, "no event");
                break;
            default:
                draft.Unknown(item.Path, word, id, item["mail"]?["destination"]?.Items().FirstOrDefault().Text());
                break;
        }
    }

    static void OnComplaint(ReadingDraft draft, JsonAt item, JsonAt complaint, string envelopeId)
    {
        var id = complaint.Text("feedbackId") ?? envelopeId;
        var word = complaint.Text("complaintFeedbackType");
        if (word == "auth-failure")
        {
            draft.Ignore(complaint.Path, IgnoredReason.AuthenticationReport, word, id);
            return;
        }
        // OnAccountSuppressionList: not sent, because this person complained before; here it may be the first notice of it.
        var kind = word switch
        {
            "not-spam" => NotSpam,
            "fraud" or "virus" => Fraud,
            _ => Complaint,
        };
        var when = SignalTimes.Iso(complaint.Text("timestamp")) ?? SignalTimes.Iso(complaint.Text("arrivalDate")) ?? draft.Arrival;
        ForEach(
            draft,
            item,
            complaint["complainedRecipients"],
            (recipient, suffix) =>
                draft.Add(
                    kind,
                    recipient.Path,
                    recipient.Text("emailAddress"),
                    when,
                    id + suffix,
                    word ?? "complaint",
                    SignalActor.Recipient,
                    messageId: MessageId(item)
                )
        );
    }

    static void OnBounce(ReadingDraft draft, JsonAt item, JsonAt bounce, string envelopeId)
    {
        var id = bounce.Text("feedbackId") ?? envelopeId;
        var (type, subType) = (bounce.Text("bounceType"), bounce.Text("bounceSubType"));
        if (subType is "Suppressed" or "OnAccountSuppressionList")
        {
            draft.Ignore(bounce.Path, IgnoredReason.AlreadySuppressed, subType, id);
            return;
        }
        var when = SignalTimes.Iso(bounce.Text("timestamp")) ?? draft.Arrival;
        ForEach(
            draft,
            item,
            bounce["bouncedRecipients"],
            (recipient, suffix) =>
                draft.Add(
                    type == "Permanent" && (BounceClass.IsDead(recipient.Text("status"), recipient.Text("diagnosticCode")) ?? true)
                        ? HardBounce
                        : SoftBounce,
                    recipient.Path,
                    recipient.Text("emailAddress"),
                    when,
                    id + suffix,
                    $"{type} {subType}",
                    SignalActor.Platform,
                    messageId: MessageId(item)
                )
        );
    }

    // SES's own list management: the person left the whole list or single topics.
    static void OnSubscription(ReadingDraft draft, JsonAt item, JsonAt change, string id)
    {
        var address = item["mail"]?["destination"]?.Items().FirstOrDefault().Text();
        var when = SignalTimes.Iso(change.Text("timestamp")) ?? draft.Arrival;
        var now = change["newTopicPreferences"];
        void Add(InboundSignalKind kind, string suffix, SignalScope scope) =>
            draft.Add(
                kind,
                change.Path,
                address,
                when,
                id + suffix,
                change.Text("source") ?? "Subscription",
                SignalActor.Recipient,
                scope,
                MessageId(item)
            );

        if (now?.Flag("unsubscribeAll") == true)
            Add(Unsubscribe, "", SignalScope.Of(SignalScopeKind.List, change.Text("contactList")));
        foreach (var topic in now?["topicSubscriptionStatus"]?.Items() ?? [])
            Add(
                topic.Text("subscriptionStatus") == "OptIn" ? Reactivation : Unsubscribe,
                "/" + topic.Text("topicName"),
                SignalScope.Of(SignalScopeKind.Group, topic.Text("topicName"))
            );
        if (now is null)
            draft.Problem(change.Path, "no newTopicPreferences");
    }

    static void ForEach(ReadingDraft draft, JsonAt item, JsonAt? recipients, Action<JsonAt, string> on)
    {
        var all = recipients?.Items().ToList() ?? [];
        if (all.Count == 0)
            draft.Problem(item.Path, "no recipient");
        foreach (var (recipient, index) in all.Select((recipient, index) => (recipient, index)))
            on(recipient, all.Count == 1 ? "" : "/" + index);
    }

    static string? MessageId(JsonAt item) => item["mail"]?["commonHeaders"]?.Text("messageId") ?? item["mail"]?.Text("messageId");
}
