using System.Text.RegularExpressions;

namespace MaySend.Mail.Inbound;

/// <summary>
/// Tells a dead address from a failed delivery by what the mail server said and by its RFC 3463 status. Words about rate, spam, policy,
/// preferences, full or disabled mailboxes speak about the sender or about the day and win over every code: many servers put 5.1.1 beside
/// them.
/// </summary>
static partial class BounceClass
{
    const RegexOptions Words =
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>A diagnostic is read up to here, in characters; servers say what is wrong at the beginning.</summary>
    const int Longest = 8_000;

    /// <summary>True: the address does not exist. False: this delivery failed. Null: neither the status nor the words say.</summary>
    public static bool? IsDead(string? status, string? diagnostic)
    {
        var whole = diagnostic ?? "";
        // Addresses, links and host names hold words that nobody said about this delivery.
        var said = Quoted().Replace(whole.Length > Longest ? whole[..Longest] : whole, " ");
        if (Google().Match(whole) is { Success: true } reason)
            return reason.Groups["code"].Value.StartsWith("NoSuchUser", StringComparison.OrdinalIgnoreCase);
        if (AboutTheMessage().IsMatch(said) || TemporaryReply().IsMatch(said))
            return false;
        if (NoSuchPerson().IsMatch(said) || NoSuchDomain().IsMatch(said))
            return status?.StartsWith("4.", StringComparison.Ordinal) != true;
        // The server's own code, then the status field, which many relays fill with 5.1.1 or 5.0.0 whatever was said.
        foreach (Match code in Codes().Matches(said))
            if (Judge(code.Value) is { } judged)
                return judged;
        return Judge(Codes().Match(status ?? "").Value);
    }

    // 5.0.0 and 5.1.0 are what servers say that know no better: then nobody knows. 5.2.1 is a mailbox switched off, which may be on again.
    static bool? Judge(string code) =>
        code switch
        {
            "5.1.1" or "5.1.2" or "5.1.3" or "5.1.6" or "5.1.10" => true,
            "" or "5.0.0" or "5.1.0" or "5.5.0" or "5.3.0" or "4.0.0" => null,
            _ => false,
        };

    [GeneratedRegex(@"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")]
    private static partial Regex Codes();

    [GeneratedRegex(
        @"https?://\S+|\S{1,256}@\S{1,256}|(?<=\bhost\s)\S+|\bname=\S+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Quoted();

    [GeneratedRegex(
        @"support\.google\.com/mail/(?:\?p=|answer/\S{0,40}[?&]p=)(?<code>(?:NoSuchUser|ReceivingRate|OverQuota"
            + @"|DisabledUser|UnsolicitedMessage|RateLimit|Policy|Blocked)\w*)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Google();

    // A reply code of the 400s where the server's own words begin, and no permanent one beside it.
    [GeneratedRegex(@"^(?:\s*\w+;)?\s*4\d\d[\s-](?!.{0,400}\b5\d\d\s)", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex TemporaryReply();

    [GeneratedRegex(
        """
            \bspam|phish|\bjunk\b|unsolicited|bulk\s?(?:e-?)?mail|\b(?:un)?block(?:ed|ing|ed\s+by|\s?list)|black[\s-]?list
            |deny[\s-]?list|policy|policies|reputation|listed\s+(?:in|at|by|on)\s+(?!domino)
            |\b(?:rbl|dnsbl|urbl|uribl|spf|dkim|dmarc|dnsrbl)\b|sender\s+(?:policy|address\s+rejected|verify|rejected|denied
            |is\s+not|not\s+(?:auth|allow|accept))
            |\b(?:over|exceed\w*|out\s+of)\s+(?:its\s+|the\s+|his\s+|their\s+|your\s+)?(?:\w+\s+)?(?:quota|storage|limit|space
            |allow\w+|maximum|size|rate)|quota\b|(?:disk|mailbox|inbox|storage)\s+(?:is\s+|space\s+)?(?:full|limit|exceed|not\s+enough)
            |insufficient\s+\w+(?:\s+\w+)?\s+(?:storage|space|disk)|not\s+enough\s+(?:disk|storage|space)|full\s+mail\s?box
            |space\s+not\s+enough
            |too\s+(?:large|big|long|many|much|fast|often|frequent|old)|message\s+(?:size|length|content|body|header)|(?:exceeds?
            |larger\s+than|maximum|max)\s[^.]{0,30}(?:size|limit|length)|size\s+limit|file\s+too
            |\brate\b|rate[\s-]?limit|throttl|per\s+(?:hour|day|minute)|this\s+hour|(?:try|tried)\s+again|try\s+later|temporar
            |greylist|grey-list|gray-?list|deferred|delayed|timed?[\s-]?out|connection\s+(?:refused|lost|reset)
            |relay(?:ing)?\b|not\s+permitted\s+to|not\s+auth|authentication\s+required|unauthenticated|authoriz|authoris
            |preferences|recipient\s+(?:has\s+)?(?:block|refus|does\s+not\s+want|only\s+accepts)
            |(?:only|not)\s+accept(?:s|ing|ed)?\s+(?:mail|messages?|email)\s+from|\baccepts?\s+(?:mail|messages?|email)\s+only
            |white\s?list|challenge|verif(?:y|ied|ication)\s+(?:your|the\s+sender)
            |content|virus|malware|infected|attachment|denied\s+by|complain|abuse|suspicious|prohibited|banned|firewall
            |protocol\s+(?:error|violation)|loop(?:ing|s)?\b|too\s+many\s+hops
            |(?:account|mailbox|user|box|recipient|address)\b[^.\n]{0,40}\b(?:disabled|deactivated|inactive|suspended|locked|frozen
            |expired|not\s+active|dormant|discontinued)
            |\b(?:disabled|deactivated|inactive|suspended|locked|frozen)\b[^.\n]{0,20}\b(?:account|mailbox|user|recipient|address)
            |accountdisabled|mailboxdisabled
            |(?:has|have)\s+not\s+(?:been\s+)?collected|not\s+collected
            """,
        Words
    )]
    private static partial Regex AboutTheMessage();

    [GeneratedRegex(
        """
            \b(?:user(?:name)?|recipient|rcpt|mailbox|account|address\w*|alias|addressee|person|customer
            |mail\s?drop)\b(?:\s+name)?[\s:,'"<>\[\]()\w.-]{0,60}?\b
                (?:unknown|(?:was|were|is|are|could|can)?\s*(?:not|n['’]?t)\s*(?:be\s+)?(?:found|known|exist\w*|recogni[sz]ed|valid
                |local|listed|defined|registered|resolved|matched)
                |does(?:\s+not|\s?n['’]?t)\s+exist|do(?:\s+not|n['’]?t)\s+exist|no\s+longer|invalid|non-?exist\w*
                |(?:is\s+)?incorrect|undeliverable)
            |\b(?:unknown|invalid|bad|nonexist\w*|non-existent|illegal|undefined|incorrect|unrecogni[sz]ed|no\s+such|unrouteable
            |unroutable|undeliverable)
                \s+(?:local\s+)?(?:user|recipient|mail\s?box|address\w*|account|person|e-?mail|alias|local[\s-]part|destination
                |mail\s?drop|name)\b
            |\bno\s+(?:mail\s?box|account|user|one|person|recipient)s?\s+(?:here|by\s+that|with\s+(?:that|this)|found|available
            |named|of\s+that|at\s+this)|\bno\s+such\b
            |not\s+(?:a|an|our|one\s+of\s+our)\s+(?:known|active|valid|existing|local|registered)?\s*(?:user|mailbox|address
            |account|recipient|customer)s?\b|isn['’]?t\s+an?\s+(?:valid\s+)?(?:user|mailbox)
            |doesn['’]?t\s+have\s+an?\s+\S{0,60}\s*account|does\s+not\s+have\s+an?\s+\S{0,60}\s*account|(?:couldn['’]?t|could\s+not
            |can\s?not|can['’]?t)\s+be\s+found
            |mailbox\s+(?:is\s+)?(?:unavailable|not\s+available|does)|not\s+listed\s+in\s+(?:domino|public|the|our)
            |bad[\s_]recipient|bad\s+destination|recipient\s?not\s?found|recipnotfound|recipient\s+unknown
            |unknown\s+or\s+illegal\s+alias|not\s+a\s+valid\s+(?:user|mailbox|recipient|address)|did\s+not\s+(?:exactly\s+)?match
            |no\s+matches\s+to|has\s+(?:left|moved)\b|moved\s+to\s+a\s+new|no\s+longer\s+(?:with|works?|employed|in\s+use|valid
            |at\s+this|here|available|an?\s+valid)
            |recipient\s+address\s+rejected:\s+access\s+denied|unknown\s+in\s+(?:local|virtual|relay)|user_?unknown|unbekannt
            |existiert\s+nicht|inconnu|n['’]existe\s+pas|desconocid|no\s+existe|sconosciut|non\s+esiste|onbekend|bestaat\s+niet
            |nieznany|nie\s+istnieje
            |宛先|存在しません|不存在|不明です|not\s+(?:known|handled)\s+(?:here|at)
            """,
        Words
    )]
    private static partial Regex NoSuchPerson();

    [GeneratedRegex(
        """
            (?:host|domain|domain\s+name|hostname|site|server)\b[^.\n]{0,50}\b(?:unknown|not\s+(?:be\s+)?found|not\s+exist
            |nonexist\w*|non-exist\w*|doesn['’]?t\s+exist|could\s+not\s+be\s+(?:found|resolved))
            |(?:unknown|nonexist\w*|non-exist\w*|no\s+such|invalid|bad|unrouteable|unroutable)\s+(?:mail\s+)?(?:host|domain)
            |nxdomain|name\s+service\s+error.{0,120}host\s+not\s+found(?!,\s*try)|null\s?mx|does\s+not\s+accept\s+mail
            |infodomainnonexistent|no\s+mx\s+(?:record|host)
            """,
        Words
    )]
    private static partial Regex NoSuchDomain();
}
