using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>Mailjet Event API: one event or, if grouped, an array; times are seconds since 1970; no signature.</summary>
static class Mailjet
{
    public static InboundReading Read(ReadingDraft draft) =>
        draft.ReadShared(() =>
        {
            var root = draft.Json();
            if (root.IsObject)
                On(draft, root);
            else if (!root.IsArray)
                draft.Problem("$", "must be an event or an array of events");
            foreach (var item in draft.Events(root))
                On(draft, item);
        });

    static void On(ReadingDraft draft, JsonAt item)
    {
        var word = item.Text("event");
        var id = ReadingDraft.Digest(word, item.Text("Message_GUID") ?? item.Text("MessageID"), item.Text("time"), item.Text("email"));
        void Add(InboundSignalKind kind, SignalActor by, SignalScope scope = default) =>
            draft.Add(
                kind,
                item.Path,
                item.Text("email"),
                SignalTimes.Epoch(item.Text("time")) ?? draft.Arrival,
                id,
                word,
                by,
                scope,
                item.Text("Message_GUID")
            );

        switch (word)
        {
            case "unsub":
                Add(
                    Unsubscribe,
                    SignalActor.Recipient,
                    SignalScope.Of(SignalScopeKind.List, item.Text("mj_list_id") is "0" ? null : item.Text("mj_list_id"))
                );
                break;
            case "spam":
                Add(Complaint, SignalActor.Recipient);
                break;
            case "bounce":
                Add(
                    item.Flag("hard_bounce") == true && (BounceClass.IsDead(null, item.Text("comment")) ?? true) ? HardBounce : SoftBounce,
                    SignalActor.Platform
                );
                break;
            case "blocked" when item.Text("error") == "preblocked":
                draft.Held(
                    item.Path,
                    item.Text("email"),
                    SignalTimes.Epoch(item.Text("time")) ?? draft.Arrival,
                    id,
                    item.Text("error"),
                    reasons: item.Text("comment")
                );
                break;
            case "blocked":
                Add(SoftBounce, SignalActor.Platform);
                break;
            case "sent" or "open" or "click":
                draft.Ignore(item.Path, IgnoredReason.DeliveryEvent, word, id);
                break;
            case null:
                draft.Problem(item.Path, "no event");
                break;
            default:
                draft.Unknown(item.Path, word, id, item.Text("email"), SignalTimes.Epoch(item.Text("time")) ?? draft.Arrival);
                break;
        }
    }
}
