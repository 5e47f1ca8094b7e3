using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>
/// Brevo: one event a call, no signature. Of its four times only <c>ts_epoch</c> is UTC; <c>date</c>, <c>ts</c> and <c>ts_event</c> follow
/// the clock of the account's zone, so without ts_epoch the time is marked as assumed. <c>id</c> is the webhook's, not the event's.
/// </summary>
static class Brevo
{
    public static InboundReading Read(ReadingDraft draft) =>
        draft.ReadShared(() =>
        {
            var item = draft.Json();
            var word = item.Text("event");
            var id = ReadingDraft.Digest(
                word,
                item.Text("message-id"),
                item.Text("email"),
                item.Text("ts_epoch") ?? item.Text("ts_event") ?? item.Text("date")
            );
            var zone = draft.Source.AccountZone;
            var when =
                SignalTimes.Epoch(item.Text("ts_epoch"))
                ?? SignalTimes.LocalEpoch(item.Text("ts_event") ?? item.Text("ts"), zone)
                ?? SignalTimes.Iso(item.Text("date_event") ?? item.Text("date"), zone)
                ?? draft.Arrival;
            void Add(InboundSignalKind kind, SignalActor by, SignalScope scope = default) =>
                draft.Add(kind, item.Path, item.Text("email"), when, id, word, by, scope, item.Text("message-id"));

            switch (word)
            {
                case "unsubscribe" or "unsubscribed":
                    Add(Unsubscribe, SignalActor.Recipient, List(item));
                    break;
                case "complaint" or "spam":
                    Add(Complaint, SignalActor.Recipient);
                    break;
                case "hard_bounce":
                    Add(BounceClass.IsDead(null, item.Text("reason")) ?? true ? HardBounce : SoftBounce, SignalActor.Platform);
                    break;
                case "invalid_email" or "invalid":
                    Add(HardBounce, SignalActor.Platform);
                    break;
                case "soft_bounce" or "error":
                    Add(SoftBounce, SignalActor.Platform);
                    break;
                case "blocked":
                    draft.Held(item.Path, item.Text("email"), when, id, item.Text("reason") ?? word);
                    break;
                case "request"
                or "delivered"
                or "deferred"
                or "click"
                or "opened"
                or "unique_opened"
                or "proxy_open"
                or "unique_proxy_open"
                or "sent":
                    draft.Ignore(item.Path, IgnoredReason.DeliveryEvent, word, id);
                    break;
                case null:
                    draft.Problem("$.event", "no event");
                    break;
                default:
                    draft.Unknown(item.Path, word, id, item.Text("email"), when);
                    break;
            }
        });

    // Several lists at once are wider than any one of them: then everything.
    static SignalScope List(JsonAt item)
    {
        if (item["list_id"] is not { } lists)
            return default;
        var ids = lists.IsArray ? lists.Items().Select(list => list.Text()).ToList() : [lists.Text()];
        return ids.Count == 1 ? SignalScope.Of(SignalScopeKind.List, ids[0]) : default;
    }
}
