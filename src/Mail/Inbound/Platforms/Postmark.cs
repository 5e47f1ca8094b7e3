using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>Postmark: one record a call, suppression per message stream, no signature.</summary>
static class Postmark
{
    public static InboundReading Read(ReadingDraft draft) =>
        draft.ReadShared(() =>
        {
            var item = draft.Json();
            switch (item.Text("RecordType"))
            {
                case "SubscriptionChange":
                    OnChange(draft, item);
                    break;
                case "SpamComplaint":
                    OnBounce(draft, item, "SpamComplaint");
                    break;
                case "Bounce":
                    OnBounce(draft, item, item.Text("Type"));
                    break;
                case "Delivery" or "Open" or "Click":
                    draft.Ignore(item.Path, IgnoredReason.DeliveryEvent, item.Text("RecordType"));
                    break;
                case null:
                    draft.Problem("$.RecordType", "no record type");
                    break;
                case var other:
                    draft.Unknown(
                        item.Path,
                        other,
                        ReadingDraft.Digest(other, item.Text("MessageID"), item.Text("Recipient") ?? item.Text("Email")),
                        item.Text("Recipient") ?? item.Text("Email")
                    );
                    break;
            }
        });

    static void OnChange(ReadingDraft draft, JsonAt item)
    {
        var suppressed = item.Flag("SuppressSending");
        if (suppressed is null)
        {
            draft.Problem("$.SuppressSending", "must be true or false", mayBeStop: true);
            return;
        }
        var reason = item.Text("SuppressionReason");
        var by = item.Text("Origin") switch
        {
            "Recipient" => SignalActor.Recipient,
            "Customer" => SignalActor.Sender,
            "Admin" => SignalActor.Platform,
            _ => SignalActor.Unknown,
        };
        var kind = (suppressed, reason) switch
        {
            (false, _) => Reactivation,
            (_, "HardBounce") => HardBounce,
            (_, "SpamComplaint") => Complaint,
            _ => Unsubscribe,
        };
        Add(
            draft,
            item,
            kind,
            item.Text("Recipient"),
            item.Text("ChangedAt"),
            reason ?? "SubscriptionChange",
            by,
            ReadingDraft.Digest(
                "change",
                item.Text("MessageID"),
                item.Text("ChangedAt"),
                item.Text("Recipient"),
                item.Text("MessageStream")
            )
        );
    }

    static void OnBounce(ReadingDraft draft, JsonAt item, string? type)
    {
        var id = item.Text("ID") is { } number ? "bounce-" + number : ReadingDraft.Digest(type, item.Text("Email"), item.Text("BouncedAt"));
        InboundSignalKind? kind = type switch
        {
            // The type comes from the code; words about rate, spam or policy in what the server said win.
            "HardBounce" or "BadEmailAddress" => BounceClass.IsDead(null, item.Text("Details")) == false ? SoftBounce : HardBounce,
            "SpamComplaint" => Complaint,
            "Unsubscribe" => Unsubscribe,
            "VirusNotification" => Fraud,
            "SoftBounce"
            or "Transient"
            or "DnsError"
            or "Blocked"
            or "SpamNotification"
            or "SMTPApiError"
            or "InboundError"
            or "DMARCPolicy"
            or "TemplateRenderingFailed"
            or "Undeliverable"
            or "Unknown" => SoftBounce,
            _ => null,
        };
        var by = kind is Complaint or Unsubscribe ? SignalActor.Recipient : SignalActor.Platform;
        if (kind is { } known)
            Add(draft, item, known, item.Text("Email"), item.Text("BouncedAt"), type!, by, id);
        else if (type is "AutoResponder" or "ChallengeVerification" or "OpenRelayTest")
            draft.Ignore(item.Path, IgnoredReason.AutomaticReply, type, id);
        else
            // AddressChange, Subscribe, ManuallyDeactivated: somebody did something that this record does not say enough about.
            draft.Ignore(item.Path, IgnoredReason.NeedsAPerson, type, id);
    }

    static void Add(
        ReadingDraft draft,
        JsonAt item,
        InboundSignalKind kind,
        string? address,
        string? time,
        string detail,
        SignalActor by,
        string id
    ) =>
        draft.Add(
            kind,
            item.Path,
            address,
            SignalTimes.Iso(time) ?? draft.Arrival,
            id,
            detail,
            by,
            SignalScope.Of(SignalScopeKind.Stream, item.Text("MessageStream")),
            item.Text("MessageID")
        );
}
