using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>SparkPost: an array of wrapped events; times are seconds since 1970 or ISO 8601, both as text; no signature.</summary>
static class SparkPost
{
    public static InboundReading Read(ReadingDraft draft) =>
        draft.ReadShared(() =>
        {
            var root = draft.Json();
            if (!root.IsArray)
                draft.Problem("$", "must be an array of events");
            foreach (var wrapped in draft.Events(root))
            {
                var msys = wrapped["msys"];
                var item = msys?["message_event"] ?? msys?["unsubscribe_event"] ?? msys?["track_event"] ?? msys?["gen_event"];
                // A kind of event that is not known may hold a type that is.
                item ??= msys?.Members().Select(member => (JsonAt?)member.Value).FirstOrDefault(value => value!.Value.IsObject);
                if (item is { } known)
                    On(draft, known);
                else if (msys is null)
                    draft.Problem(wrapped.Path, "no msys");
                else if (msys.Value.Members().Any())
                    draft.Problem(wrapped.Path, "no event");
                else
                    draft.Ignore(wrapped.Path, IgnoredReason.Handshake);
            }
        });

    static void On(ReadingDraft draft, JsonAt item)
    {
        var word = item.Text("type");
        var time = item.Text("timestamp");
        var when = SignalTimes.Epoch(time) ?? SignalTimes.Iso(time) ?? draft.Arrival;
        var address = item.Text("raw_rcpt_to") ?? item.Text("rcpt_to");
        var id = item.Text("event_id") ?? ReadingDraft.Digest(word, address, time, item.Text("message_id"));
        void Add(InboundSignalKind kind, SignalActor by, string? detail = null) =>
            draft.Add(kind, item.Path, address, when, id, detail ?? word, by, messageId: item.Text("message_id"));

        switch (word)
        {
            case "list_unsubscribe" or "link_unsubscribe":
                Add(Unsubscribe, SignalActor.Recipient);
                break;
            case "spam_complaint":
                var type = item.Text("fbtype");
                Add(
                    type switch
                    {
                        "not-spam" => NotSpam,
                        "fraud" or "virus" => Fraud,
                        _ => Complaint,
                    },
                    SignalActor.Recipient,
                    type
                );
                break;
            case "bounce" or "out_of_band":
                OnBounce(draft, item, id, Add);
                break;
            case "policy_rejection" or "generation_rejection":
                draft.Held(item.Path, address, when, id, item.Text("reason") ?? word, reasons: item.Text("raw_reason"));
                break;
            case "injection"
            or "delivery"
            or "delay"
            or "generation_failure"
            or "open"
            or "initial_open"
            or "click"
            or "amp_open"
            or "amp_initial_open"
            or "amp_click":
                draft.Ignore(item.Path, IgnoredReason.DeliveryEvent, word, id);
                break;
            case null:
                draft.Problem(item.Path, "no type");
                break;
            default:
                draft.Unknown(item.Path, word, id, address, when);
                break;
        }
    }

    // Bounce classes: 10 invalid recipient, 30 no such recipient, 60 automatic reply, 80 subscribe and 90 unsubscribe by mail, 100
    // challenge.
    static void OnBounce(ReadingDraft draft, JsonAt item, string id, Action<InboundSignalKind, SignalActor, string?> add)
    {
        var code = item.Text("bounce_class");
        switch (code)
        {
            case "10" or "30":
                // The class says that nobody lives there; words about rate, spam or policy say that it is not so.
                add(
                    BounceClass.IsDead(null, item.Text("raw_reason") ?? item.Text("reason")) ?? true ? HardBounce : SoftBounce,
                    SignalActor.Platform,
                    "bounce class " + code
                );
                break;
            case "90":
                add(Unsubscribe, SignalActor.Recipient, "bounce class 90");
                break;
            case "60" or "100":
                draft.Ignore(item.Path, IgnoredReason.AutomaticReply, "bounce class " + code, id);
                break;
            case "80":
                draft.Ignore(item.Path, IgnoredReason.NeedsAPerson, "bounce class 80", id);
                break;
            default:
                add(SoftBounce, SignalActor.Platform, "bounce class " + code);
                break;
        }
    }
}
