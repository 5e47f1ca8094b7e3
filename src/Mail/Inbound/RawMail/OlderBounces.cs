using System.Text.RegularExpressions;
using MimeKit;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>
/// Bounces without a report for machines: Exim's X-Failed-Recipients, qmail's QSBMF, and the prose of everybody else. What names no address
/// with certainty goes to a person, since a guess could call a good address dead.
/// </summary>
static partial class OlderBounces
{
    /// <summary>As many recipients of one header are read as a message may have; what follows is counted in a problem.</summary>
    const int Most = 1_000;

    public static bool Read(MailDraft draft)
    {
        if (draft.Message.Headers["X-Failed-Recipients"] is { } failed)
            return OnExim(draft, failed);
        var bounce = draft.Prose.IsBounce(draft.IsFromNobody);
        var qmail = Qsbmf().IsMatch(draft.Prose.Failure);
        if (!bounce && !qmail)
            return false;
        if (Warning().IsMatch(draft.Message.Subject ?? "") || StillTrying().IsMatch(draft.Prose.Failure))
        {
            draft.Ignore("bounce", "part 1", IgnoredReason.DeliveryEvent, "delayed");
            return true;
        }
        var found = FailedRecipients.In(draft);
        var returned = draft.Returned();
        var reference = returned is null ? draft.Tokens.InText(draft.Prose.Copy) : draft.Tokens.InHeaders(returned);
        foreach (var (address, said) in found)
            draft.AddBounce(
                qmail ? "qmail" : "bounce",
                "part 1 text",
                address,
                BounceClass.IsDead(null, said),
                null,
                found.Count == 1 ? reference : null,
                MailDraft.MessageId(returned)
            );
        if (found.Count == 0)
            draft.Ignore("bounce", "part 1", IgnoredReason.UnreadableBounce);
        return true;
    }

    static bool OnExim(MailDraft draft, string failed)
    {
        var prose = draft.Prose.Failure;
        var names = failed.Split(',', Most + 1, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var said = Said(prose);
        foreach (var name in names.Take(Most))
            if (MailDraft.Mailbox(name) is not { } address)
            {
                draft.Problem("header X-Failed-Recipients", "a failed recipient is not a mailbox address");
                draft.Ignore("exim", "header X-Failed-Recipients", IgnoredReason.UnreadableBounce);
            }
            else
                draft.AddBounce(
                    "exim",
                    "header X-Failed-Recipients",
                    address,
                    BounceClass.IsDead(null, names.Length == 1 ? prose : said.GetValueOrDefault(address, "")),
                    null,
                    null,
                    MailDraft.MessageId(draft.Returned())
                );
        if (names.Length > Most)
            draft.Problem("header X-Failed-Recipients", $"more than {Most} recipients are named; the rest was not read");
        return true;
    }

    // What the server said about each address: from the line that names it to the next blank line.
    static Dictionary<string, string> Said(string prose)
    {
        var said = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var paragraph in prose.Split("\n\n"))
        foreach (Match match in AnyAddress().Matches(paragraph))
            said.TryAdd(match.Value, paragraph);
        return said;
    }

    [GeneratedRegex(@"^Hi\. This is the ", RegexOptions.Multiline)]
    private static partial Regex Qsbmf();

    [GeneratedRegex(@"[^\s<>()\[\]:;,""']{1,128}@[\w.-]{1,255}", RegexOptions.CultureInvariant)]
    private static partial Regex AnyAddress();

    [GeneratedRegex(
        @"^\W{0,4}(?:warning|delay|delayed|delivery (?:delayed|delay|temporarily)|mail delivery delayed"
            + @"|delivery status notification \(delay\))\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Warning();

    [GeneratedRegex(
        @"you do not need to (?:resend|do anything)|do not need to resend your message|this is a warning message only"
            + @"|will (?:continue|keep) (?:to be )?(?:trying|attempt)\w*|has been delayed"
            + @"|delivery (?:attempts )?will (?:continue|be retried)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex StillTrying();
}
