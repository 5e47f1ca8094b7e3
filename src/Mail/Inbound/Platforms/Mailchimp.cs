using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>
/// Mailchimp Marketing: a form a call, no signature, times without a zone. <c>upemail</c> moves a person to another address, and the
/// opt-out must move along.
/// </summary>
static class Mailchimp
{
    public static InboundReading Read(ReadingDraft draft) =>
        draft.ReadShared(() =>
        {
            if (draft.Request.Body.IsEmpty)
            {
                // The platform asks the address with GET before it accepts it.
                draft.Ignore("body", IgnoredReason.Handshake);
                return;
            }
            var form = FormBody.Read(draft.Request.Body);
            var word = form["type"];
            var address = form["data[email]"];
            var when = SignalTimes.Iso(form["fired_at"], draft.Source.AccountZone) ?? draft.Arrival;
            var id = ReadingDraft.Digest(
                word,
                form["fired_at"],
                form["data[list_id]"],
                form["data[id]"] ?? form["data[new_id]"] ?? address,
                form["data[reason]"]
            );
            var list = SignalScope.Of(SignalScopeKind.List, form["data[list_id]"]);
            void Add(InboundSignalKind kind, SignalActor by, SignalScope scope) =>
                draft.Add(
                    kind,
                    "data[email]",
                    address,
                    when,
                    id,
                    $"{word} {form["data[action]"]} {form["data[reason]"]}".Trim(),
                    by,
                    scope
                );

            switch (word)
            {
                case "unsubscribe" when form["data[reason]"] == "abuse":
                    Add(Complaint, SignalActor.Recipient, default);
                    break;
                case "unsubscribe":
                    Add(Unsubscribe, form["data[action]"] == "delete" ? SignalActor.Sender : SignalActor.Unknown, list);
                    break;
                case "cleaned" when form["data[reason]"] == "abuse":
                    Add(Complaint, SignalActor.Recipient, default);
                    break;
                case "cleaned":
                    Add(HardBounce, SignalActor.Platform, list);
                    break;
                case "subscribe":
                    Add(Reactivation, SignalActor.Unknown, list);
                    break;
                case "upemail":
                    draft.Add(
                        AddressChanged,
                        "data[old_email]",
                        form["data[old_email]"],
                        when,
                        id,
                        word,
                        SignalActor.Unknown,
                        list,
                        newAddress: form["data[new_email]"]
                    );
                    break;
                case "profile" or "campaign":
                    draft.Ignore("type", IgnoredReason.DeliveryEvent, word, id);
                    break;
                case null:
                    draft.Problem("type", "the form field is missing");
                    break;
                default:
                    draft.Unknown("type", word, id, address, when);
                    break;
            }
        });
}
