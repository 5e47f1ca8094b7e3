using MaySend.Mail.Words;

namespace MaySend.Mail.Inbound.Sms;

/// <summary>What a reply asks for.</summary>
public enum SmsMeaning
{
    /// <summary>Nothing that concerns the register.</summary>
    Other,

    /// <summary>Stop.</summary>
    Stop,

    /// <summary>It may ask to stop: a person reads it, and the address is held until then.</summary>
    Unclear,

    /// <summary>Start again; never enough to lift a refusal by itself.</summary>
    Start,

    /// <summary>Help.</summary>
    Help,
}

/// <summary>
/// Reads what somebody wrote back, by text message or mail, in the languages of <c>Words/Languages</c>, in any case, punctuation and
/// look-alike letters (47 CFR 64.1200(a)(10); PECR reg 22; carriers' rules for the single words). Words that merely look like a request,
/// such as "bus stop", are listed there too.
/// </summary>
public static class SmsReply
{
    /// <summary>Longest reply that is looked at, in characters; a concatenated SMS has at most 1,600.</summary>
    public const int Longest = 4096;

    /// <summary>What the reply asks for.</summary>
    public static SmsMeaning Read(string text)
    {
        var folded = FoldedText.Of(text.Length > Longest ? text[..Longest] : text);
        if (folded.Tokens.Count == 0)
            return SmsMeaning.Other;
        var found = Languages.Asked.In(folded);
        var innocent = found.FindAll(phrase => phrase.Kind == PhraseKind.Not);
        bool Stands(PhraseKind kind) => found.Exists(phrase => phrase.Kind == kind && !innocent.Exists(not => not.Touches(phrase)));
        if (Stands(PhraseKind.Stop))
            return SmsMeaning.Stop;
        var bare = folded.Tokens.Where(token => !Languages.Polite.Contains(token.Word)).ToList();
        if (IsWhole(folded.Tokens, bare, Languages.Alone))
            return SmsMeaning.Stop;
        if (IsWhole(folded.Tokens, bare, Languages.Start))
            return SmsMeaning.Start;
        if (IsWhole(folded.Tokens, bare, Languages.Help))
            return SmsMeaning.Help;
        if (!Stands(PhraseKind.Unclear))
            return SmsMeaning.Other;
        // Two words of which one would be a stop as the whole reply leave little doubt ("stop texts", "cancel pls"). A word that only says
        // what it is about ("gdpr?") leaves all of it: a person reads it, and the address is held until then.
        return bare.Count <= 2 && bare.Exists(Stops) ? SmsMeaning.Stop : SmsMeaning.Unclear;
    }

    static bool Stops(FoldedText.Token token) =>
        Languages.Alone.Contains(token.Word) || (token.Alike is { } alike && Languages.Alone.Contains(alike));

    static bool IsWhole(IReadOnlyList<FoldedText.Token> tokens, List<FoldedText.Token> bare, HashSet<string> known) =>
        known.Contains(string.Join(' ', tokens.Select(token => token.Word)))
        || (
            bare.Count > 0
            && (
                known.Contains(string.Join(' ', bare.Select(token => token.Word)))
                || known.Contains(string.Join(' ', bare.Select(token => token.Alike ?? token.Word)))
            )
        );
}
