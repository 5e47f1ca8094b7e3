using System.Globalization;
using System.Text.RegularExpressions;
using MimeKit;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>Delivery status notifications (RFC 3464): one signal for each recipient. A bounce is never an objection.</summary>
static partial class DeliveryReport
{
    const string Source = "dsn";

    /// <summary>One recipient's fields of a report.</summary>
    sealed record Recipient(string? Address, string Action, string Status, string? Diagnostic);

    /// <summary>False if there is no report, or none that names a recipient: then its prose is left to read.</summary>
    public static bool Read(MailDraft draft)
    {
        foreach (var (entity, place) in draft.Parts())
            if (entity is MessageDeliveryStatus status)
                return On(draft, Recipients(status), place, draft.Returned());
        // Some gateways wrap the report of another server into a message of their own.
        foreach (var (entity, place) in draft.Parts())
            if (entity is MessagePart { Message.Body: MultipartReport inner })
                foreach (var status in inner.OfType<MessageDeliveryStatus>())
                    return On(draft, Recipients(status), place, null);
        return false;
    }

    static bool On(MailDraft draft, List<Recipient> recipients, string place, HeaderList? returned)
    {
        // Exchange names an internal mailbox where the prose beside it has the address.
        if (recipients.Count == 0 || recipients.TrueForAll(recipient => recipient.Address is null))
            return false;
        var reference = returned is null ? null : draft.Tokens.InHeaders(returned);
        var prose = recipients.Count == 1 ? draft.Prose.Failure : null;
        foreach (var (recipient, index) in recipients.Select((recipient, index) => (recipient, index)))
            OnRecipient(
                draft,
                recipient,
                $"{place} recipient {(index + 1).ToString(CultureInfo.InvariantCulture)}",
                recipients.Count == 1 ? reference : null,
                MailDraft.MessageId(returned),
                prose
            );
        return true;
    }

    static void OnRecipient(
        MailDraft draft,
        Recipient recipient,
        string place,
        OptOutReference? reference,
        string? messageId,
        string? prose
    )
    {
        if (recipient.Diagnostic?.Contains("verdict=DENY", StringComparison.Ordinal) == true)
            draft.Ignore(Source, place, IgnoredReason.OwnRefusal, recipient.Status);
        else if (!IsFailure(recipient))
            draft.Ignore(Source, place, IgnoredReason.DeliveryEvent, $"{recipient.Action} {recipient.Status}".Trim());
        else if (recipient.Address is not { } address)
        {
            draft.Problem(place, "the recipient is not a mailbox address");
            draft.Ignore(Source, place, IgnoredReason.UnreadableBounce, recipient.Status);
        }
        else
            draft.AddBounce(
                Source,
                place,
                address,
                BounceClass.IsDead(recipient.Status, recipient.Diagnostic) ?? (prose is null ? null : BounceClass.IsDead(null, prose)),
                recipient.Status,
                reference,
                messageId
            );
    }

    // "failed" is a failure; where the word is missing or unknown, the status says it. A delay, delivery or probe is none.
    static bool IsFailure(Recipient recipient) =>
        recipient.Action.StartsWith("fail", StringComparison.Ordinal)
        || (
            recipient.Action is not ("delayed" or "delivered" or "relayed" or "expanded" or "deliverable")
            && !recipient.Status.StartsWith('2')
        );

    /// <summary>Every recipient of the report; where one group names several, each name begins another.</summary>
    static List<Recipient> Recipients(MessageDeliveryStatus status)
    {
        var recipients = new List<Recipient>();
        try
        {
            foreach (var group in status.StatusGroups)
            {
                var fields = new List<Header>();
                foreach (var field in group)
                {
                    if (IsName(field) && fields.Exists(known => known.Field.Equals(field.Field, StringComparison.OrdinalIgnoreCase)))
                    {
                        Add(recipients, fields);
                        fields.Clear();
                    }
                    fields.Add(field);
                }
                Add(recipients, fields);
            }
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            recipients.Clear();
        }
        return recipients;
    }

    static bool IsName(Header field) => field.Field.ToLowerInvariant() is "final-recipient" or "original-recipient";

    static void Add(List<Recipient> recipients, List<Header> fields)
    {
        string? Of(string name) => fields.Find(field => field.Field.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
        if (!fields.Exists(IsName))
            return;
        recipients.Add(
            new(
                Address(Of("Original-Recipient")) ?? Address(Of("Final-Recipient")) ?? Address(Of("X-Actual-Recipient")),
                Of("Action")?.Trim().ToLowerInvariant() ?? "",
                Of("Status")?.Trim() ?? "",
                Of("Diagnostic-Code") ?? Of("X-Notes") ?? Of("X-Supplementary-Info")
            )
        );
    }

    // "rfc822; anna@example.com", with the xtext escapes of RFC 3461 4 in Original-Recipient.
    static string? Address(string? field)
    {
        if (field is null)
            return null;
        var text = field[(field.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim();
        text = Xtext()
            .Replace(
                text,
                match => ((char)int.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()
            );
        return MailDraft.Mailbox(text);
    }

    // Only what xtext must escape is undone, so that "anna+20@example.com" written without xtext stays what it is.
    [GeneratedRegex(@"\+(2B|3D|20)(?=[^@]*@)")]
    private static partial Regex Xtext();
}
