using System.Globalization;
using System.Text.RegularExpressions;
using MimeKit;
using MimeKit.Utils;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>Delivery status notifications (RFC 3464): one signal for each recipient. A bounce is never an objection.</summary>
static partial class DeliveryReport
{
    const string Source = "dsn";

    public static bool Read(MailDraft draft)
    {
        foreach (var (entity, place) in draft.Parts())
            if (entity is MessageDeliveryStatus status)
            {
                On(draft, status, place);
                return true;
            }
        return false;
    }

    static void On(MailDraft draft, MessageDeliveryStatus status, string place)
    {
        List<HeaderList> groups;
        try
        {
            groups = [.. status.StatusGroups.Where(group => group.Contains("Final-Recipient") || group.Contains("Original-Recipient"))];
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            groups = [];
        }
        if (groups.Count == 0)
        {
            draft.Problem(place, "no recipient can be read out of the report (RFC 3464 2.3)");
            draft.Ignore(Source, place, IgnoredReason.UnreadableBounce);
            return;
        }
        var returned = draft.Returned();
        var reference = returned is null ? null : draft.Tokens.InHeaders(returned);
        var messageId = returned?["Message-Id"] is { } id ? MimeUtils.EnumerateReferences(id).FirstOrDefault() : null;
        foreach (var (group, index) in groups.Select((group, index) => (group, index)))
            OnRecipient(
                draft,
                group,
                $"{place} recipient {(index + 1).ToString(CultureInfo.InvariantCulture)}",
                groups.Count == 1 ? reference : null,
                messageId
            );
    }

    static void OnRecipient(MailDraft draft, HeaderList group, string place, OptOutReference? reference, string? messageId)
    {
        var action = group["Action"]?.Trim().ToLowerInvariant() ?? "";
        var status = group["Status"]?.Trim() ?? "";
        var diagnostic = group["Diagnostic-Code"];
        var address = Address(group["Original-Recipient"]) ?? Address(group["Final-Recipient"]);
        if (diagnostic?.Contains("verdict=DENY", StringComparison.Ordinal) == true)
            draft.Ignore(Source, place, IgnoredReason.OwnRefusal, status);
        else if (action is "delayed" or "delivered" or "relayed" or "expanded" || (action.Length == 0 && status.StartsWith('2')))
            draft.Ignore(Source, place, IgnoredReason.DeliveryEvent, $"{action} {status}");
        else if (address is null)
        {
            draft.Problem(place, "the recipient is no mailbox address");
            draft.Ignore(Source, place, IgnoredReason.UnreadableBounce, status);
        }
        else
            draft.Add(
                new()
                {
                    Kind = BounceClass.IsDead(status, diagnostic) == true ? InboundSignalKind.HardBounce : InboundSignalKind.SoftBounce,
                    Source = Source,
                    EventId = "",
                    Address = address,
                    When = draft.When,
                    By = SignalActor.Platform,
                    Reference = reference,
                    MessageId = messageId,
                    Detail = status,
                    Place = place,
                }
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
        return MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address.Contains('@', StringComparison.Ordinal)
            ? mailbox.Address
            : null;
    }

    // Only what xtext must escape is undone, so that "anna+20@example.com" written without xtext stays what it is.
    [GeneratedRegex(@"\+(2B|3D|20)(?=[^@]*@)")]
    private static partial Regex Xtext();
}
