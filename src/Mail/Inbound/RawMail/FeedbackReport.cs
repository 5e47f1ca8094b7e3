using MimeKit;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>
/// Feedback reports (ARF, RFC 5965). The recipient is often redacted, so it is taken from Original-Rcpt-To or from our own token in the
/// returned message, never from its To field, which names whoever the reporter left there.
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
        draft.Problem("part 1 multipart/report", "the report says feedback-report, but has no message/feedback-report part");
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
        var type = fields["Feedback-Type"]
            ?.Split([';', '(', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault()
            ?.ToLowerInvariant();
        InboundSignalKind? kind = type switch
        {
            "abuse" or "spam" or "complaint" => InboundSignalKind.Complaint,
            "opt-out" or "opt-out-list" or "optout" or "unsubscribe" => InboundSignalKind.Unsubscribe,
            "not-spam" or "notspam" => InboundSignalKind.NotSpam,
            "fraud" or "virus" or "phishing" or "malware" => InboundSignalKind.Fraud,
            _ => null,
        };
        if (kind is { } known)
        {
            Settle(draft, Source, place, known, type!, Recipients(fields), draft.Tokens.InText(fields["CFBL-Feedback-ID"]));
            return;
        }
        if (type is null)
            draft.Problem(place, "Feedback-Type is missing (RFC 5965 3.1)");
        draft.Ignore(
            Source,
            place,
            type is "auth-failure" or "dmarc" or "dkim" or "smtp-tls" ? IgnoredReason.AuthenticationReport : IgnoredReason.NeedsAPerson,
            type
        );
    }

    /// <summary>Adds what a report of any form says about its recipients. Our own token proves it; else the reporter's aligned
    /// signature does.</summary>
    public static void Settle(
        MailDraft draft,
        string source,
        string place,
        InboundSignalKind kind,
        string type,
        IReadOnlyList<string> recipients,
        OptOutReference? named = null
    )
    {
        var returned = draft.Returned();
        // RFC 9477 3.1.2: the id that we put beside CFBL-Address comes back in the report or in the message it returns.
        var reference =
            named ?? (returned is null ? null : draft.Tokens.InHeaders(returned) ?? draft.Tokens.InText(returned["CFBL-Feedback-ID"]));
        var messageId = MailDraft.MessageId(returned);
        if (recipients.Count == 0 && reference is null && messageId is null)
        {
            draft.Problem(
                place,
                $"the report {type} names no recipient, and the message it returns has neither a MaySend token nor a Message-ID"
            );
            draft.Ignore(source, place, IgnoredReason.NeedsAPerson, type);
            return;
        }
        var aligned = draft.SenderIsProved ? SignalProof.AlignedSender : SignalProof.None;
        foreach (var recipient in recipients.DefaultIfEmpty<string?>(null))
            draft.Add(
                new()
                {
                    Kind = kind,
                    Source = source,
                    EventId = "",
                    Address = recipient,
                    When = draft.When,
                    By = SignalActor.Recipient,
                    Reference = reference,
                    MessageId = messageId,
                    Detail = type,
                    // A token speaks for its own contact; with several recipients it cannot say which of them.
                    Proof = reference is not null && recipients.Count <= 1 ? SignalProof.OwnToken : aligned,
                    MayBeStop = kind is InboundSignalKind.Complaint or InboundSignalKind.Unsubscribe,
                    Place = place,
                }
            );
    }

    static List<string> Recipients(HeaderList fields) =>
        [
            .. fields
                .Where(field => field.Field.ToLowerInvariant() is "original-rcpt-to" or "removal-recipient")
                .Select(field => MailDraft.Mailbox(field.Value.Replace("rfc822;", "", StringComparison.OrdinalIgnoreCase)))
                .OfType<string>()
                .Where(address => !address.StartsWith("redacted", StringComparison.OrdinalIgnoreCase))
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
}
