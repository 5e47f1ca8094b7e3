using System.Text.RegularExpressions;

namespace MaySend.Mail.Messages;

/// <summary>
/// How messages say "unsubscribe" in the languages of the markets we know; used to find the refusal a template offers, never to guess one.
/// </summary>
static partial class OptOutWords
{
    public static bool AreIn(string text) => Phrases().IsMatch(text);

    [GeneratedRegex(
        """
            unsubscri|opt[\s-]?out|opting\s+out|(?:remove|take)\s+(?:me|yourself|your\s+(?:name|address|e-?mail))|stop\s+receiving|no\s+longer\s+(?:wish|want)
            |to\s+be\s+removed|["“»]remove["”«]|subscription\s+(?:changes|options|preferences)
            |(?:change|manage|update)\s+(?:your\s+)?(?:subscription|(?:e-?mail\s+)?preferences)|abmeld|abbestell|austrag|d[ée]sabonn|d[ée]sinscri|disiscri
            |cancell?a(?:re|ti)?\s+(?:l.)?iscrizione|dar(?:se|me|te)?\s+de\s+baja
            |cancelar\s+(?:la\s+|a\s+)?(?:suscripci|subscri|inscri)|afmeld|uitschrijv|avregistrer|avprenumerer|avslutt?a?\s+prenumeration|meld\s+(?:deg\s+)?av
            |peru(?:uta)?\s+(?:uutiskirje|tilaus)|wypisz|wypisa|rezygn|odhl[áa]s|leiratkoz|dezabon|отпис|відпис|διαγραφ|配信停止|退订|구독\s*취소
            """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Phrases();
}
