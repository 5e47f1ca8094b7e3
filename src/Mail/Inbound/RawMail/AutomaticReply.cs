using System.Text.RegularExpressions;
using MaySend.Mail.Messages;
using MimeKit;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>Answers that a machine gives for an absent person (RFC 3834), also where it forgets to say so.</summary>
static partial class AutomaticReply
{
    /// <summary>Whether a machine answered. Mail programs that unsubscribe for their user are machines too, and say what they do in the
    /// subject or in a field of their own.</summary>
    public static bool IsOne(MimeMessage message) => SaysSo(message) || (AutoSubmitted.IsAnswer(message.Headers) && !Unsubscribes(message));

    /// <summary>A vacation notice or receipt by its fields or its subject.</summary>
    public static bool SaysSo(MimeMessage message) =>
        !Unsubscribes(message)
        && (
            message.Headers.Contains("X-Autoreply")
            || message.Headers.Contains("X-Autorespond")
            || message.Headers.Contains("X-Autoresponder")
            || message.Headers["Precedence"]?.Trim().Equals("auto_reply", StringComparison.OrdinalIgnoreCase) == true
            || Subjects().IsMatch(message.Subject ?? "")
        );

    static bool Unsubscribes(MimeMessage message) =>
        message.Headers.Contains("X-Apple-Unsubscribe") || Unsubscribe().IsMatch(message.Subject ?? "");

    [GeneratedRegex(@"^\W*(?:unsubscribe|opt[\s-]?out|remove|stop)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Unsubscribe();

    [GeneratedRegex(
        """
            ^\W*(?:auto(?:matic)?[\s:-]*(?:matic\s+)?(?:reply|response|answer|responder|antwort)|auto\s*:|autoreply|auto-?svar
            |autosvar|automat\w*\s+\w+|out\s+of\s+(?:the\s+)?office|ooo\b|vacation|away\s+from|i\s+am\s+(?:away|out|on)
            |on\s+(?:leave|holiday|vacation)|ferien|urlaub|abwesen
                |absence|absent|r[ée]ponse\s+auto|message\s+d['’]absence|en\s+vacances|respuesta\s+auto
                |fuera\s+de\s+(?:la\s+)?oficina|ausen|resposta\s+auto|risposta\s+auto|fuori\s+(?:sede|ufficio)|afwezig
                |automatisch\w*|frånvaro|autosvar|fravær|poissa|automaattinen|nieobecn|odpowied\S\s+auto
                |mimo\s+kancel|nep[řr][íi]tomn|automatick|távollét|automatikus|răspuns\s+auto|raspuns\s+auto|absent|автоматич
                |отсъств|automātisk|automatin|automaatvastus|samodej|odsot|odsut|απουσ|αυτόματη|wezigheid)
            |[\[(]?(?:automatic|automatische?|automatyczna)\s+(?:response|reply|antwort|odpowiedź|odpowied)[\])]?
            |\(auto(?:matic)?[\s-]?(?:reply|response)\)
            """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant
    )]
    private static partial Regex Subjects();
}
