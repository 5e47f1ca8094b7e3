using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>
/// The body of listmonk's bounce endpoint, so that what is posted there can be posted here as well: one record, or an array. It has no
/// time, and listmonk itself reports no unsubscribe: read its subscriber list for those.
/// </summary>
static class Listmonk
{
    public static InboundReading Read(ReadingDraft draft) =>
        draft.ReadShared(() =>
        {
            var root = draft.Json();
            if (root.IsObject)
                On(draft, root);
            else if (!root.IsArray)
                draft.Problem("$", "must be a record or an array of records");
            foreach (var item in draft.Events(root))
                On(draft, item);
        });

    static void On(ReadingDraft draft, JsonAt item)
    {
        var type = item.Text("type");
        var address = item.Text("email");
        if (address is null && item.Text("subscriber_uuid") is not null)
        {
            draft.Problem(item.Path, "subscriber_uuid alone names no address", "send email as well");
            return;
        }
        InboundSignalKind? kind = type switch
        {
            "complaint" => Complaint,
            "hard" => HardBounce,
            "soft" => SoftBounce,
            _ => null,
        };
        var id = ReadingDraft.Digest(type, address, item.Text("campaign_uuid"), item.Text("source"), item.Text("created_at"));
        var when = SignalTimes.Iso(item.Text("created_at")) ?? draft.Arrival;
        if (kind is { } known)
            draft.Add(known, item.Path, address, when, id, type, known == Complaint ? SignalActor.Recipient : SignalActor.Platform);
        else
            draft.Problem(item.Path + ".type", "must be hard, soft or complaint");
    }
}
