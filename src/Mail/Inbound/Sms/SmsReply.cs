using System.Text.RegularExpressions;

namespace MaySend.Mail.Inbound.Sms;

/// <summary>What a reply to a text message asks for.</summary>
public enum SmsMeaning
{
    /// <summary>Something else: for a person to read.</summary>
    Other,

    /// <summary>Stop.</summary>
    Stop,

    /// <summary>Start again; never enough to lift a refusal by itself.</summary>
    Start,

    /// <summary>Help.</summary>
    Help,
}

/// <summary>
/// Reads a reply to a text message, in any case, punctuation, look-alike letters and several languages. It errs to the opt-out: one refusal
/// too many costs a message, one too few breaks the law (47 CFR 64.1200(a)(10); PECR reg 22; CTIA and carrier rules for the words).
/// </summary>
public static partial class SmsReply
{
    /// <summary>Longest reply that is looked at, in characters; a concatenated SMS has at most 1,600.</summary>
    public const int Longest = 4096;

    // These mean stop wherever they stand: nobody writes them by the way, and "don't stop" is not worth the risk.
    static readonly HashSet<string> StopAnywhere = new(StringComparer.Ordinal)
    {
        "stop",
        "stopall",
        "stopit",
        "stops",
        "unsubscribe",
        "unsubscribed",
        "unsub",
        "unsuscribe",
        "optout",
        "revoke",
        "stopp",
        "stoppa",
        "stoppen",
        "arret",
        "arreter",
        "desabonner",
        "desinscrire",
        "desinscription",
        "baja",
        "cancelar",
        "abmelden",
        "abbestellen",
        "austragen",
        "afmelden",
        "uitschrijven",
        "disiscrivimi",
        "disiscrivi",
        "cancellami",
        "annulla",
        "avregistrera",
        "avsluta",
        "avmeld",
        "afmeld",
        "afmelding",
        "peruuta",
        "rezygnuje",
        "wypisz",
        "odhlasit",
        "leiratkozas",
        "dezabonare",
        "dezabonati",
        "отписаться",
        "отписка",
        "стоп",
        "відписатися",
        "διακοπη",
        "parar",
        "pare",
        "sair",
        "remover",
        "стопп",
        "退订",
        "退訂",
        "停止",
        "수신거부",
    };

    // These mean stop only as the whole reply: inside a sentence they are ordinary words.
    static readonly HashSet<string> StopAlone = new(StringComparer.Ordinal)
    {
        "end",
        "quit",
        "cancel",
        "remove",
        "out",
        "alto",
        "fin",
        "ende",
        "stoppt",
        "halt",
        "slut",
        "lopeta",
        "koniec",
        "konec",
        "vege",
        "no more",
        "opt out",
        "stop all",
        "no",
        "nein",
        "non",
        "nee",
        "nej",
        "nie",
        "s t o p",
        "off",
        "leave",
        "block",
    };

    static readonly HashSet<string> StartAlone = new(StringComparer.Ordinal)
    {
        "start",
        "unstop",
        "subscribe",
        "yes",
        "optin",
        "opt in",
        "resume",
        "continue",
    };

    static readonly HashSet<string> HelpAlone = new(StringComparer.Ordinal)
    {
        "help",
        "info",
        "hilfe",
        "aide",
        "ayuda",
        "hulp",
        "aiuto",
        "hjælp",
        "hjalp",
    };

    static readonly HashSet<string> Polite = new(StringComparer.Ordinal)
    {
        "please",
        "pls",
        "plz",
        "bitte",
        "thanks",
        "thank",
        "you",
        "danke",
        "svp",
        "sil",
        "vous",
        "plait",
        "por",
        "favor",
        "gracias",
        "merci",
        "now",
        "ok",
        "the",
        "it",
        "texts",
        "sms",
    };

    /// <summary>What the reply asks for.</summary>
    public static SmsMeaning Read(string text)
    {
        var folded = SmsFold.Fold(text.Length > Longest ? text[..Longest] : text);
        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (Array.Exists(words, StopAnywhere.Contains) || AskedInWords().IsMatch(folded))
            return SmsMeaning.Stop;
        var bare = string.Join(' ', words.Where(word => !Polite.Contains(word)));
        if (StopAlone.Contains(bare) || StopAnywhere.Contains(bare.Replace(" ", "", StringComparison.Ordinal)))
            return SmsMeaning.Stop;
        if (StartAlone.Contains(bare))
            return SmsMeaning.Start;
        return HelpAlone.Contains(bare) ? SmsMeaning.Help : SmsMeaning.Other;
    }

    // Over the folded text: lower case, no accents, single spaces, no punctuation.
    [GeneratedRegex(
        """
            \b(?:do\s?n\s?t|do\snot|dont|never|quit|no\slonger|cease|end)\b.{0,20}
            \b(?:text|texting|texts|message|messaging|messages|send|sending|contact|contacting|spam|sms|call|bother)
            |\b(?:remove|delete|take|unlist)\s(?:me|my|us|this)\b|\bopt(?:ing|ed)?\s?(?:me\s)?out\b|\bleave\s(?:me|us)\s(?:alone|be)\b
            |\bno\s(?:more|further)\s(?:text|texts|message|messages|sms|spam|ads)
            |\bwrong\s(?:number|person)\b|\bnot\sinterested\b|\b(?:lose|forget)\smy\snumber\b
            |\b(?:un\ssubscribe|off\s(?:the|your|this)\slist)\b
            |\bkeine\s(?:sms|nachrichten|werbung)|\bnicht\smehr\b|\blassen?\ssie\smich\b|\bplus\sde\s(?:sms|messages?|pub)|\bne\s(?:plus|pas)\b
            |\bno\s(?:mas|me\s(?:envien|escriban|contacten))\b
            |\bgeen\s(?:sms|berichten)|\bniet\smeer\b|\bnon\s(?:inviate|scrivete|mandate)\b|\bbasta\b|\binga\sfler\b|\bingen\sflere\b
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant
    )]
    private static partial Regex AskedInWords();
}
