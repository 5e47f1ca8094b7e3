using System.Text.RegularExpressions;
using MimeKit;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>
/// Two forms of bounce older than RFC 3464 that are still sent and can be read safely: Exim's X-Failed-Recipients and qmail's QSBMF. Any
/// other
/// bounce is reported as unreadable: guessing at prose could kill a good address.
/// </summary>
static partial class OlderBounces
{
    public static bool Read(MailDraft draft)
    {
        var text = draft.Parts().Select(part => part.Entity).OfType<TextPart>().FirstOrDefault(part => part.IsPlain)?.Text ?? "";
        if (draft.Message.Headers["X-Failed-Recipients"] is { } failed)
        {
            var addresses = failed.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            foreach (var address in addresses)
                Add(draft, "exim", "header X-Failed-Recipients", address, addresses.Length == 1 ? BeforeCopy(text) : About(text, address));
            return true;
        }
        if (Qsbmf().IsMatch(text))
        {
            foreach (Match match in QsbmfRecipient().Matches(BeforeCopy(text)))
                Add(draft, "qmail", "part 1 text", match.Groups[1].Value, match.Groups[2].Value);
            return true;
        }
        if (!IsBounce(draft))
            return false;
        draft.Ignore("bounce", "part 1", IgnoredReason.UnreadableBounce);
        return true;
    }

    static void Add(MailDraft draft, string source, string place, string text, string said)
    {
        if (!MailboxAddress.TryParse(text, out var mailbox) || !mailbox.Address.Contains('@', StringComparison.Ordinal))
        {
            draft.Problem(place, "a failed recipient is no mailbox address");
            draft.Ignore(source, place, IgnoredReason.UnreadableBounce);
            return;
        }
        draft.Add(
            new()
            {
                Kind = BounceClass.IsDead(null, said) == true ? InboundSignalKind.HardBounce : InboundSignalKind.SoftBounce,
                Source = source,
                EventId = "",
                Address = mailbox.Address,
                When = draft.When,
                By = SignalActor.Platform,
                Place = place,
            }
        );
    }

    // What the server said about one address: from the line that names it to the next blank line.
    static string About(string text, string address)
    {
        var at = text.IndexOf(address, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return "";
        var rest = BlankLine().Split(text[at..]);
        return rest[0];
    }

    static string BeforeCopy(string text) => Copy().Split(text, 2)[0];

    // An empty envelope sender is not enough (RFC 5321 4.5.5): automatic replies have one too.
    static bool IsBounce(MailDraft draft) =>
        (draft.Envelope.From is null || draft.IsFromNobody)
        && draft.Message.From.Mailboxes.Any(mailbox => Robots().IsMatch(mailbox.Address));

    [GeneratedRegex(@"^Hi\. This is the ", RegexOptions.Multiline)]
    private static partial Regex Qsbmf();

    [GeneratedRegex(@"^<([^<>\s]+@[^<>\s]+)>:[ \t]*\r?\n((?:[^\r\n]+\r?\n?)*)", RegexOptions.Multiline)]
    private static partial Regex QsbmfRecipient();

    [GeneratedRegex(@"^-+ (?:Below this line|This is a copy of|Original message)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Copy();

    [GeneratedRegex(@"\r?\n[ \t]*\r?\n")]
    private static partial Regex BlankLine();

    [GeneratedRegex(@"^(?:mailer-daemon|postmaster|mail-?daemon)@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Robots();
}
