using MaySend.Mail.Inbound.Sms;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>Twilio: replies to text messages and status callbacks, HMAC-SHA1 over address and fields. There is no time in them.</summary>
static class Twilio
{
    public static InboundReading Read(ReadingDraft draft)
    {
        var form = FormBody.Read(draft.Request.Body);
        return draft.ReadSigned(
            key => Proof.HmacSha1OverForm(key, draft.Request.Url, form, draft.Request.Header("X-Twilio-Signature")),
            () =>
            {
                var id = form["MessageSid"] ?? form["SmsSid"] ?? ReadingDraft.Digest(form["From"], form["To"], form["Body"]);
                if (form["Body"] is { } body && form["MessageStatus"] is null)
                    OnReply(draft, form, body, id);
                else if (form["MessageStatus"] is { } status)
                    OnStatus(draft, form, status, id);
                else
                    draft.Problem("Body", "neither a message nor a status");
            }
        );
    }

    static void OnReply(ReadingDraft draft, FormBody form, string body, string id)
    {
        var scope = SignalScope.Of(SignalScopeKind.Stream, form["MessagingServiceSid"]);
        void Add(InboundSignalKind kind, string detail) =>
            draft.Add(
                kind,
                "Body",
                form["From"],
                draft.Arrival,
                id,
                detail,
                SignalActor.Recipient,
                scope,
                form["MessageSid"],
                channel: SignalChannel.Sms
            );

        // What the platform understood counts, and what we understand counts too: either is enough to stop.
        var meaning = SmsReply.Read(body);
        if (form["OptOutType"] == "STOP" || meaning == SmsMeaning.Stop)
            Add(Unsubscribe, form["OptOutType"] ?? "text");
        else if (form["OptOutType"] == "START" || meaning == SmsMeaning.Start)
            Add(Reactivation, form["OptOutType"] ?? "text");
        else if (form["OptOutType"] == "HELP" || meaning == SmsMeaning.Help)
            draft.Ignore("Body", IgnoredReason.HelpRequest, form["OptOutType"], id);
        else
            draft.Ask("Body", form["From"], SignalChannel.Sms, meaning == SmsMeaning.Unclear, body, id);
    }

    // 21610: the person replied STOP earlier. 30005 and 30006: no such number, or a line that takes no texts.
    static void OnStatus(ReadingDraft draft, FormBody form, string status, string id)
    {
        switch (form["ErrorCode"])
        {
            case "21610":
                draft.Held("ErrorCode", form["To"], draft.Arrival, $"{id}/{status}", "21610", SignalChannel.Sms);
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
