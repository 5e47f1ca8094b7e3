using MimeKit;
using MimeKit.Utils;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>
/// Feedback reports (ARF, RFC 5965). The recipient is often redacted, so it is taken from Original-Rcpt-To or from our own token in the
/// returned
/// message, never from its To field, which names whoever the reporter left there.
/// </summary>
static class FeedbackReport
{
    const string Source = "arf";

    public static bool Read(MailDraft draft)
    {
        foreach (var (entity, place) in draft.Parts())
            if (entity is MessageFeedbackReport report)
            {
                On(draft, report, place);
                return true;
            }
        if (!IsReport(draft.Message.Body))
            return false;
        draft.Problem("part 1 multipart/report", "the report says feedback-report and has no message/feedback-report part");
        draft.Ignore(Source, "part 1", IgnoredReason.NeedsAPerson, "feedback report without its part");
        return true;
    }

    static bool IsReport(MimeEntity? body) =>
        body is MultipartReport report && "feedback-report".Equals(report.ReportType, StringComparison.OrdinalIgnoreCase);

    static void On(MailDraft draft, MessageFeedbackReport report, string place)
    {
        HeaderList fields;
        try
        {
            fields = report.Fields;
        }
        catch (FormatException)
        {
            draft.Problem(place, "the fields of the report cannot be read");
            draft.Ignore(Source, place, IgnoredReason.NeedsAPerson, "unreadable feedback report");
            return;
        }
        var type = fields["Feedback-Type"]?.Trim().ToLowerInvariant();
        var returned = draft.Returned();
        var reference = returned is null ? null : draft.Tokens.InHeaders(returned);
        var messageId = returned?["Message-Id"] is { } id ? MimeUtils.EnumerateReferences(id).FirstOrDefault() : null;

        InboundSignalKind? kind = type switch
        {
            "abuse" => InboundSignalKind.Complaint,
            "opt-out" or "opt-out-list" => InboundSignalKind.Unsubscribe,
            "not-spam" => InboundSignalKind.NotSpam,
            "fraud" or "virus" => InboundSignalKind.Fraud,
            _ => null,
        };
        if (kind is not { } known)
        {
            if (type is null)
                draft.Problem(place, "Feedback-Type is missing (RFC 5965 3.1)");
            draft.Ignore(
                Source,
                place,
                type is "auth-failure" or "dmarc" or "dkim" ? IgnoredReason.AuthenticationReport : IgnoredReason.NeedsAPerson,
                type
            );
            return;
        }
        var recipients = Recipients(fields);
        if (recipients.Count == 0 && reference is null && messageId is null)
        {
            draft.Problem(
                place,
                $"the report {type} names no recipient, and the message it returns holds neither a token of ours nor a Message-ID"
            );
            draft.Ignore(Source, place, IgnoredReason.NeedsAPerson, type);
            return;
        }
        foreach (var recipient in recipients.Count == 0 ? [null] : recipients)
            draft.Add(
                new()
                {
                    Kind = known,
                    Source = Source,
                    EventId = "",
                    Address = recipient,
                    When = draft.When,
                    By = SignalActor.Recipient,
                    Reference = reference,
                    MessageId = messageId,
                    Detail = type,
                    Place = place,
                }
            );
    }

    static List<string?> Recipients(HeaderList fields) =>
        [
            .. fields
                .Where(field => field.Field.ToLowerInvariant() is "original-rcpt-to" or "removal-recipient")
                .Select(field => Address(field.Value.Replace("rfc822;", "", StringComparison.OrdinalIgnoreCase)))
                .Where(address => address is not null && !address.StartsWith("redacted", StringComparison.OrdinalIgnoreCase))
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

    static string? Address(string text) =>
        MailboxAddress.TryParse(text.Trim(), out var mailbox) && mailbox.Address.Contains('@', StringComparison.Ordinal)
            ? mailbox.Address
            : null;
}
