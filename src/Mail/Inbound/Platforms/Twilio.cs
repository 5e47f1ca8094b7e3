using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>Twilio: replies to text messages and status callbacks, HMAC-SHA1 over address and fields. There is no time in them.</summary>
static class Twilio
{
    public static InboundReading Read(ReadingDraft draft)
    {
        var form = FormBody.Read(draft.Request.Body);
        return draft.ReadSigned(
            // By GET the fields stand in the address, which is signed as it is.
            key =>
                Proof.HmacSha1OverForm(
                    key,
                    draft.Request.Url,
                    draft.Request.IsByQuery ? FormBody.Read(default) : form,
                    draft.Request.Header("X-Twilio-Signature")
                ),
            () =>
            {
                var id = form["MessageSid"] ?? form["SmsSid"] ?? ReadingDraft.Digest(form["From"], form["To"], form["Body"]);
                if (form["Body"] is { } body && form["MessageStatus"] is null)
                    new TextReply("Body", form["From"], body, id)
                    {
                        Scope = SignalScope.Of(SignalScopeKind.Stream, form["MessagingServiceSid"]),
                        MessageId = form["MessageSid"],
                        Understood = form["OptOutType"],
                    }.Read(draft);
                else if (form["MessageStatus"] is { } status)
                    OnStatus(draft, form, status, id);
                else
                    draft.Problem("Body", "neither a message nor a status");
            }
        );
    }

    // 21610: the person replied STOP earlier. 30005 and 30006: no such number, or a line that takes no texts.
    static void OnStatus(ReadingDraft draft, FormBody form, string status, string id)
    {
        switch (form["ErrorCode"])
        {
            case "21610":
                draft.Held(
                    "ErrorCode",
                    form["To"],
                    draft.Arrival,
                    $"{id}/{status}",
                    "21610",
                    SignalAddresses.Channel(SignalAddresses.Carrier(form["To"]))
                );
                break;
            case "30005" or "30006":
                draft.Add(
                    HardBounce,
                    "ErrorCode",
                    form["To"],
                    draft.Arrival,
                    $"{id}/{status}",
                    form["ErrorCode"],
                    SignalActor.Platform,
                    channel: SignalChannel.Sms
                );
                break;
            default:
                draft.Ignore("MessageStatus", IgnoredReason.DeliveryEvent, status, $"{id}/{status}");
                break;
        }
    }
}
