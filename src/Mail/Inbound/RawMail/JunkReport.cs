using MimeKit;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>
/// Complaints of the Microsoft Junk Mail Reporting Programme: the message itself, attached, with the recipient in a field of Microsoft's.
/// It comes without a feedback report.
/// </summary>
static class JunkReport
{
    const string Source = "jmrp";
    const string Recipient = "X-HmXmrOriginalRecipient";

    public static bool Read(MailDraft draft)
    {
        if (draft.Message.Headers[Recipient] is { } outer && MailDraft.Mailbox(outer) is { } direct)
        {
            FeedbackReport.Settle(draft, Source, "header " + Recipient, InboundSignalKind.Complaint, "abuse", [direct]);
            return true;
        }
        foreach (var (entity, place) in draft.Parts())
            if (entity is MessagePart { Message.Headers: { } inner } && inner[Recipient] is { } text)
            {
                FeedbackReport.Settle(
                    draft,
                    Source,
                    place,
                    InboundSignalKind.Complaint,
                    "abuse",
                    MailDraft.Mailbox(text) is { } address ? [address] : []
                );
                return true;
            }
        return false;
    }
}
