using System.Text.RegularExpressions;

namespace MaySend.Mail.Inbound;

/// <summary>
/// What mail servers say in bounces, by subject. There are several expressions because one that begins with at most sixteen different
/// words is found by a single quick walk over the text, while a longer one is tried at every letter.
/// </summary>
static partial class BounceWords
{
    const RegexOptions Words =
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    static readonly Regex[] AboutTheMessage = [Spam(), Authentication(), Quota(), Size(), Rate(), Permission(), Content(), SwitchedOff()];

    static readonly Regex[] NobodyThere = [Named(), Unknown(), None(), NotFound(), Gone(), Elsewhere(), NoSuchDomain()];

    /// <summary>They speak of the message, the sender, the day, or a mailbox that is full or switched off.</summary>
    public static bool AreAboutTheMessage(string said) => Array.Exists(AboutTheMessage, words => words.IsMatch(said));

    /// <summary>They say that there is no such person or domain.</summary>
    public static bool SayNobodyThere(string said) => Array.Exists(NobodyThere, words => words.IsMatch(said));

    [GeneratedRegex(
        """
            \bspam|phish|\bjunk\b|unsolicited|bulk\s?(?:e-?)?mail|\b(?:un)?block(?:ed|ing|ed\s+by|\s?list)|black[\s-]?list
            |deny[\s-]?list|policy|policies|reputation|listed\s+(?:in|at|by|on)\s+(?!domino)
            """,
        Words
    )]
    private static partial Regex Spam();

    [GeneratedRegex(
        """
            \b(?:rbl|dnsbl|urbl|uribl|spf|dkim|dmarc|dnsrbl)\b|sender\s+(?:policy|address\s+rejected|verify|rejected|denied
            |is\s+not|not\s+(?:auth|allow|accept))
            """,
        Words
    )]
    private static partial Regex Authentication();

    [GeneratedRegex(
        """
            \b(?:over|exceed\w*|out\s+of)\s+(?:its\s+|the\s+|his\s+|their\s+|your\s+)?(?:\w+\s+)?(?:quota|storage|limit|space
            |allow\w+|maximum|size|rate)|quota\b|(?:disk|mailbox|inbox|storage)\s+(?:is\s+|space\s+)?(?:full|limit|exceed|not\s+enough)
            |insufficient\s+\w+(?:\s+\w+)?\s+(?:storage|space|disk)|not\s+enough\s+(?:disk|storage|space)|full\s+mail\s?box
            |space\s+not\s+enough|(?:has|have)\s+not\s+(?:been\s+)?collected|not\s+collected
            """,
        Words
    )]
    private static partial Regex Quota();

    [GeneratedRegex(
        """
            too\s+(?:large|big|long|many|much|fast|often|frequent|old)|message\s+(?:size|length|content|body|header)|(?:exceeds?
            |larger\s+than|maximum|max)\s[^.]{0,30}(?:size|limit|length)|size\s+limit|file\s+too
            """,
        Words
    )]
    private static partial Regex Size();

    [GeneratedRegex(
        """
            \brate\b|rate[\s-]?limit|throttl|per\s+(?:hour|day|minute)|this\s+hour|(?:try|tried)\s+again|try\s+later|temporar
            |greylist|grey-list|gray-?list|deferred|delayed|timed?[\s-]?out|connection\s+(?:refused|lost|reset)
            """,
        Words
    )]
    private static partial Regex Rate();

    [GeneratedRegex(
        """
            relay(?:ing)?\b|not\s+permitted\s+to|not\s+auth|authentication\s+required|unauthenticated|authoriz|authoris
            |preferences|recipient\s+(?:has\s+)?(?:block|refus|does\s+not\s+want|only\s+accepts)
            |(?:only|not)\s+accept(?:s|ing|ed)?\s+(?:mail|messages?|email)\s+from|\baccepts?\s+(?:mail|messages?|email)\s+only
            |white\s?list|challenge|verif(?:y|ied|ication)\s+(?:your|the\s+sender)
            """,
        Words
    )]
    private static partial Regex Permission();

    [GeneratedRegex(
        """
            content|virus|malware|infected|(?<!encoded\sfile\s)attachment|denied\s+by|complain|abuse|suspicious|prohibited|banned|firewall
            |protocol\s+(?:error|violation)|loop(?:ing|s)?\b|too\s+many\s+hops
            """,
        Words
    )]
    private static partial Regex Content();

    [GeneratedRegex(
        """
            (?:account|mailbox|user|box|recipient|address)\b[^.\n]{0,40}\b(?:disabled|deactivated|inactive|suspended|locked|frozen
            |expired|not\s+active|dormant|discontinued)
            |\b(?:disabled|deactivated|inactive|suspended|locked|frozen)\b[^.\n]{0,20}\b(?:account|mailbox|user|recipient|address)
            |accountdisabled|mailboxdisabled
            """,
        Words
    )]
    private static partial Regex SwitchedOff();

    [GeneratedRegex(
        """
            \b(?:user(?:name)?|recipient|rcpt|mailbox|account|address\w*|alias|addressee|person|customer
            |mail\s?drop)\b(?:\s+name)?[\s:,'"<>\[\]()\w.-]{0,60}?\b
                (?:unknown|(?:was|were|is|are|could|can)?\s*(?:not|n['’]?t)\s*(?:be\s+)?(?:found|known|exist\w*|recogni[sz]ed|valid
                |local|listed|defined|registered|resolved|matched)
                |does(?:\s+not|\s?n['’]?t)\s+exist|do(?:\s+not|n['’]?t)\s+exist|no\s+longer|invalid|non-?exist\w*
                |(?:is\s+)?incorrect|undeliverable)
            """,
        Words
    )]
    private static partial Regex Named();

    [GeneratedRegex(
        """
            \b(?:unknown|invalid|bad|nonexist\w*|non-existent|illegal|undefined|incorrect|unrecogni[sz]ed|no\s+such|unrouteable
            |unroutable|undeliverable)
                \s+(?:local\s+)?(?:user|recipient|mail\s?box|address\w*|account|person|e-?mail|alias|local[\s-]part|destination
                |mail\s?drop|name)\b
            """,
        Words
    )]
    private static partial Regex Unknown();

    [GeneratedRegex(
        """
            \bno\s+(?:mail\s?box|account|user|one|person|recipient)s?\s+(?:here|by\s+that|with\s+(?:that|this)|found|available
            |named|of\s+that|at\s+this)|\bno\s+such\b
            |not\s+(?:a|an|our|one\s+of\s+our)\s+(?:known|active|valid|existing|local|registered)?\s*(?:user|mailbox|address
            |account|recipient|customer)s?\b|isn['’]?t\s+an?\s+(?:valid\s+)?(?:user|mailbox)
            |not\s+a\s+valid\s+(?:user|mailbox|recipient|address)|no\s+matches\s+to
            |no\s+longer\s+(?:with|works?|employed|in\s+use|valid|at\s+this|here|available|an?\s+valid)
            |not\s+listed\s+in\s+(?:domino|public|the|our)|not\s+(?:known|handled)\s+(?:here|at)
            """,
        Words
    )]
    private static partial Regex None();

    [GeneratedRegex(
        """
            doesn['’]?t\s+have\s+an?\s+\S{0,60}\s*account|does\s+not\s+have\s+an?\s+\S{0,60}\s*account|(?:couldn['’]?t|could\s+not
            |can\s?not|can['’]?t)\s+be\s+found
            |mailbox\s+(?:is\s+)?(?:unavailable|not\s+available|does)|did\s+not\s+(?:exactly\s+)?match
            """,
        Words
    )]
    private static partial Regex NotFound();

    [GeneratedRegex(
        """
            bad[\s_]recipient|bad\s+destination|recipient\s?not\s?found|recipnotfound|recipient\s+unknown
            |unknown\s+or\s+illegal\s+alias|has\s+(?:left|moved)\b|moved\s+to\s+a\s+new
            |recipient\s+address\s+rejected:\s+access\s+denied|unknown\s+in\s+(?:local|virtual|relay)|user_?unknown
            """,
        Words
    )]
    private static partial Regex Gone();

    [GeneratedRegex(
        """
            unbekannt|existiert\s+nicht|inconnu|n['’]existe\s+pas|desconocid|no\s+existe|sconosciut|non\s+esiste|onbekend
            |bestaat\s+niet|nieznany|nie\s+istnieje
            |宛先|存在しません|不存在|不明です
            """,
        Words
    )]
    private static partial Regex Elsewhere();

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
