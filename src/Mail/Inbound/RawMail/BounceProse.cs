using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>
/// What a bounce says in words, before the copy of the message it returns. Mail servers of forty years wrote these in as many forms; what
/// they share is a sender that is a machine, a first part about a failure, and the address near it.
/// </summary>
sealed partial class BounceProse
{
    /// <summary>Prose is read up to here, in characters; what follows is the returned message.</summary>
    const int Longest = 64 * 1024;

    readonly MimeMessage message;
    readonly Lazy<string> failure;
    readonly Lazy<string> copy;

    public BounceProse(MimeMessage message)
    {
        this.message = message;
        var whole = new Lazy<string>(Whole);
        var cut = new Lazy<int>(() => CopyBegins(whole.Value));
        failure = new(() => whole.Value[..cut.Value]);
        copy = new(() => whole.Value[cut.Value..]);
    }

    /// <summary>The words about the failure.</summary>
    public string Failure => failure.Value;

    /// <summary>What follows in the same text: the returned message where it was not attached as a part.</summary>
    public string Copy => copy.Value;

    /// <summary>Whether a mail system wrote this about a delivery; an empty envelope sender alone is not enough (RFC 5321
    /// 4.5.5).</summary>
    public bool IsBounce(bool fromNobody)
    {
        if (AutomaticReply.SaysSo(message))
            return false;
        if (message.Body is MultipartReport { ReportType: { } type } && type.Equals("delivery-status", StringComparison.OrdinalIgnoreCase))
            return true;
        if (message.Headers.Contains("X-Failed-Recipients"))
            return true;
        if (Daemon().IsMatch(message.Headers["From"] ?? ""))
            return true;
        var machine = IsMachine(message);
        var subject = Subjects().IsMatch(message.Subject ?? "");
        return (machine && (subject || fromNobody || Failed().IsMatch(Failure)))
            || (subject && (fromNobody || Failed().IsMatch(Failure)))
            || (fromNobody && message.From.Count == 0 && Failed().IsMatch(Failure));
    }

    /// <summary>Whether the sender calls itself a mail system, or leaves its address empty as bounces do.</summary>
    public static bool IsMachine(MimeMessage message)
    {
        var from = message.Headers["From"] ?? message.Headers["Sender"] ?? "";
        return Machines().IsMatch(from) || from.Contains("<>", StringComparison.Ordinal);
    }

    string Whole()
    {
        var text = new StringBuilder();
        Add(message.Body, text);
        if (text.Length == 0 && message.Body is Multipart broken)
            text.Append(broken.Preamble).Append('\n').Append(broken.Epilogue);
        return text.ToString(0, Math.Min(text.Length, Longest)).ReplaceLineEndings("\n");
    }

    static void Add(MimeEntity? entity, StringBuilder text)
    {
        if (text.Length > Longest)
            return;
        switch (entity)
        {
            case MultipartAlternative alternative when alternative.OfType<TextPart>().FirstOrDefault(part => part.IsPlain) is { } plain:
                text.Append(plain.Text).Append('\n');
                break;
            case Multipart multipart:
                foreach (var part in multipart)
                    Add(part, text);
                break;
            case TextPart { IsHtml: true } html:
                text.Append(Messages.HtmlText.Of(html.Text ?? "")).Append('\n');
                break;
            case TextPart part when !part.ContentType.IsMimeType("text", "rfc822-headers"):
                text.Append(part.Text).Append('\n');
                break;
            case MessageDeliveryStatus { Content: { } content }:
                using (var stream = new MemoryStream())
                {
                    content.DecodeTo(stream);
                    text.Append('\n').Append(Encoding.Latin1.GetString(stream.ToArray())).Append('\n');
                }
                break;
        }
    }

    static int CopyBegins(string text)
    {
        var marker = Marker().Match(text);
        return marker.Success ? marker.Index : text.Length;
    }

    [GeneratedRegex(
        """
            ^[>\s|]{0,8}(?:Received:\s+(?:from|by|\()|Return-Path:\s|DKIM-Signature:\s|MIME-Version:\s*1\.0)
            |^[\s>]{0,8}[-=*_+]{2,}[^\n\w]{0,8}(?:(?:here\s+is\s+|this\s+is\s+)?(?:a\s+|the\s+)?(?:copy\s+of|below\s+this
            |original\s+(?:message|mail)|(?:message|original|mail)\s+header|returned?\s+(?:message|mail)|unsent\s+message
                |header(?:s|\s+of)?\b|start\s+of\s+returned|undelivered\s+(?:message|mail)|message\s+(?:text|body|follows|header)
                |begin\s+(?:returned|message)|forwarded|rejected\s+message|urspr|message\s+d['’]origine))
            |^[\s>]{0,8}(?:the\s+)?(?:original|returned|undelivered|failed)\s+(?:message
            |mail)(?:\s+as\s+received)?(?:\s+is)?(?:\s+(?:as\s+)?(?:follows|attached)|\s*:|\s+headers?)\s*(?:[.:(]|$)
            |^[\s>]{0,8}(?:headers?\s+(?:of\s+the\s+(?:original|source|message)|follow)|message\s+headers?\s+follow|the\s+(?:text
            |body|header|first)\w*\s+(?:\w+\s+){0,3}of\s+(?:the|your)\s+(?:original\s+)?message)
            |^[\s>]{0,8}your\s+original\s+message\s+(?:follows|is|was\s+as)|^[\s>]{0,8}Below\s+this\s+line\s+is
            |^[\s>]{0,8}Here\s+is\s+(?:a\s+copy|your\s+(?:message|mail))
            """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.Multiline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Marker();

    [GeneratedRegex(@"mailer[-_. ]?daemon|<>\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Daemon();

    [GeneratedRegex(
        """
            mailer[-_. ]?daemon|mail[-_. ]?daemon|mdaemon|postmaster|post-?office|mail\s+(?:delivery|system|administrator|router
            |service)|mail_?service|delivery\s*(?:sub)?system|system\s+administrator
            |microsoftexchange|mail-?(?:admin|gateway|server)|\bmta\b|bounces?@|mailscanner|smtpd|\bsmtp\b|daemon@|undeliver
            |e-?mail\s+(?:gateway|system)|virus|system\s+attendant|mail\s+error|jetmail
            """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant
    )]
    private static partial Regex Machines();

    [GeneratedRegex(
        """
            undeliver|non[-\s]?deliver|not\s+(?:be\s+)?deliver|delivery\s+(?:status|fail|problem|error|notif|report|has|of)
            |fail(?:ure|ed)\s+(?:notice|deliver|mail|to\s+deliver|for)|returned\s+(?:mail|to\s+sender|message|e-?mail)
            |mail\s+(?:deliver|fail|error|could|system\s+error|not|returned|status)|message\s+(?:status|delivery|undeliver
            |not\s+deliver|could|returned)|(?:permanent|delivery)\s+(?:error|fail)|bounced?\b|mail\s+for\b|error\s+(?:sending
            |deliver|in\s+deliver)
            |cannot\s+(?:deliver|send)|can['’]t\s+deliver|user\s+unknown|unknown\s+(?:user|address|recipient)|no\s+such\s+user
            |unzustellbar|nicht\s+zugestellt|zustell|unbekannt|non\s+remis|échec|retourn|non\s+distribu|no\s+se\s+(?:pudo
            |ha\s+podido|puede)|devuelto|no\s+entregad
            |mancata\s+consegna|non\s+consegn|onbestelbaar|niet\s+(?:af|be)geleverd|niedostarcz|zwrot|nie\s+dostarczon|não\s+entreg
            |nao\s+entreg|kunne\s+ikke|kunde\s+inte|olevererbar|toimitus|недостав|не\s+доставл|не\s+удалось|未达|退信|配信|エラー|失敗
            """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant
    )]
    private static partial Regex Subjects();

    [GeneratedRegex(
        """
            (?:could\s+not|couldn['’]?t|can\s?not|can['’]?t|unable\s+to|n['’]t\s+able\s+to|not\s+able\s+to|was\s+not|were\s+not
            |not\s+be|did\s+not|didn['’]?t|failed\s+to|has\s+been|is|been\s+un)\s*(?:be\s+)?(?:able\s+to\s+)?(?:deliver|reach
            |sent?\b|returned|undeliver|accept|complete|rejected)
            |undeliver|delivery\s+(?:of|to|has|fail|error|problem|not|attempt|status)|fail(?:ed|ure)|fatal\s+error|bounc|returned
            |rejected|unknown\s+(?:user|recipient|host|address)|(?:user|recipient|mailbox|account|address)\b[^.\n]{0,40}(?:unknown
            |not\s+(?:found|exist|known)|exceed|full|unavailable|does)
            |no\s+such\s+(?:user|recipient|address|mailbox)|not\s+a\s+valid|over\s+quota|exceeds?\s+|error\s+(?:deliver|sending
            |while)|\b5[05]\d[\s-]|nicht\s+zugestellt|non\s+(?:remis|distribu|consegn)|no\s+se\s+(?:pudo|puede|ha)
            |niet\s+(?:worden\s+)?(?:af|be)gelever|не\s+(?:доставл|удалось)
            """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant
    )]
    private static partial Regex Failed();
}
