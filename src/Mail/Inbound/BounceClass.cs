using System.Text.RegularExpressions;

namespace MaySend.Mail.Inbound;

/// <summary>
/// Tells a dead address from a failed delivery by RFC 3463 status or, failing that, by what the mail server said. Policy and spam refusals
/// speak
/// about the sender and full mailboxes about the day: neither kills an address.
/// </summary>
static partial class BounceClass
{
    /// <summary>True: the address does not exist. False: this delivery failed. Null: neither the status nor the words say.</summary>
    public static bool? IsDead(string? status, string? diagnostic)
    {
        // The server's own code first, then its words, then the status field, which many relays fill with 5.1.1 or 5.0.0 whatever was said.
        foreach (Match code in Codes().Matches(diagnostic ?? ""))
            if (Judge(code.Value) is { } judged)
                return judged;
        if (AboutTheMessage().IsMatch(diagnostic ?? ""))
            return false;
        return Judge(Codes().Match(status ?? "").Value) ?? (NoSuchPerson().IsMatch(diagnostic ?? "") ? true : null);
    }

    // 5.0.0 and 5.1.0 are what servers say that know no better: the words decide.
    static bool? Judge(string code) =>
        code switch
        {
            "5.1.1" or "5.1.2" or "5.1.3" or "5.1.6" or "5.1.10" or "5.2.1" => true,
            "" or "5.0.0" or "5.1.0" or "5.5.0" or "5.3.0" or "4.0.0" => null,
            _ => false,
        };

    [GeneratedRegex(@"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")]
    private static partial Regex Codes();

    [GeneratedRegex(
        """
            spam|blocked|blacklist|black\s+list|block\s+list|policy|reputation|quota|mailbox\s+(?:is\s+)?full|over\s+limit|too\s+(?:large|big)
            |message\s+size|relay|greylist|content|virus|denied\s+by
            """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant
    )]
    private static partial Regex AboutTheMessage();

    [GeneratedRegex(
        """
            user\s+(?:is\s+)?(?:unknown|not\s+found|doesn'?t\s+exist|does\s+not\s+exist)|unknown\s+(?:user|recipient|local)
            |no\s+such\s+(?:user|recipient|mailbox|address|person)
            |(?:account|address|mailbox|recipient|user|email|e-mail)\b[^.\n]{0,60}
                (?:does\s+not\s+exist|doesn'?t\s+exist|not\s+found|no\s+longer|disabled|deactivated|inactive)
            |invalid\s+(?:recipient|mailbox|address|user)|no\s+mailbox\s+here|not\s+a\s+valid\s+(?:user|mailbox|recipient)|isn'?t\s+an?\s+(?:user|mailbox)
            |host\s+(?:unknown|not\s+found)
            |not\s+an?\s+(?:known|active|valid)\s+(?:user|address|account|recipient)|no\s+mail\s?box\s+(?:found|available)
            |deactivated\s+(?:mailbox|account)|bad_recipient
            |(?:rcpt|user|recipient)\s+[<\[][^>\]\n]*[>\]]\s+does\s+not\s+exist|no\s+such\s+(?:domain|account)|no\s+account\s+by\s+that\s+name
            |not\s+our\s+customer|not\s+listed\s+in|unrouteable\s+address|bad\s+destination\s+mailbox
            """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant
    )]
    private static partial Regex NoSuchPerson();
}
