using System.Buffers;
using System.Text;

namespace MaySend.Mail.Words;

/// <summary>
/// A text as a row of words in one spelling: lower case, without accents, letters in other dress (full-width, mathematical, circled)
/// undressed, digits and look-alike letters of other scripts in Latin words read as what they look like. It uses tables of its own, since
/// the platform's normalisation does nothing where ICU is switched off.
/// </summary>
sealed class FoldedText
{
    /// <summary>One word.</summary>
    /// <param name="Word">Its spelling.</param>
    /// <param name="Alike">The Latin word that a word of look-alike letters could be; null if none.</param>
    /// <param name="Start">Where it begins in the text.</param>
    /// <param name="Sentence">It begins a sentence.</param>
    /// <param name="Clause">It begins a sentence, a line, or what follows a comma, colon or bracket.</param>
    public readonly record struct Token(string Word, string? Alike, int Start, bool Sentence, bool Clause);

    /// <summary>Signs that mean "stop" by themselves.</summary>
    static readonly Rune[] StopSigns = [new(0x1F6D1), new(0x1F6AB), new(0x26D4)];

    static readonly SearchValues<char> PlainLetters = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    FoldedText(List<Token> tokens) => Tokens = tokens;

    public IReadOnlyList<Token> Tokens { get; }

    public static FoldedText Of(string text)
    {
        // A word has some six letters with the space after it.
        var tokens = new List<Token>((text.Length / 6) + 1);
        var word = new StringBuilder();
        var (start, sentence, clause, lines) = (0, true, true, 0);
        void End()
        {
            if (word.Length == 0)
                return;
            var plain = word.ToString();
            word.Clear();
            var folded = Folding.Word(plain);
            tokens.Add(new(folded, Folding.Alike(folded), start, sentence, clause));
            (sentence, clause) = (false, false);
        }
        Span<char> lower = stackalloc char[32];
        for (var at = 0; at < text.Length; )
        {
            var here = at;
            // Most letters are these, and are taken several at a time.
            var run = text.AsSpan(here, Math.Min(lower.Length, text.Length - here));
            if (run.IndexOfAnyExcept(PlainLetters) is var letters and not 0)
            {
                letters = letters < 0 ? run.Length : letters;
                Ascii.ToLower(run[..letters], lower, out _);
                word.Append(lower[..letters]);
                (at, start, lines) = (here + letters, start < 0 ? here : start, 0);
                continue;
            }
            Rune.DecodeFromUtf16(text.AsSpan(here), out var rune, out var length);
            at += length;
            if (Array.IndexOf(StopSigns, rune) >= 0)
            {
                End();
                tokens.Add(new("stop", null, here, sentence, clause));
                continue;
            }
            var kind = Folding.Letter(rune, word);
            if (kind == FoldedRune.Part)
            {
                if (word.Length > 0 && start < 0)
                    start = here;
                lines = 0;
                if (Folding.IsWordByItself(word))
                    End();
                start = word.Length == 0 ? -1 : start;
                continue;
            }
            if (kind == FoldedRune.Nothing)
                continue;
            End();
            start = -1;
            lines =
                rune.Value == '\n' ? lines + 1
                : rune.Value is ' ' or '\r' or '\t' ? lines
                : 0;
            var ends = rune.Value switch
            {
                '!' or '?' or ';' or '…' or '。' or '！' or '？' => true,
                '.' => at >= text.Length || char.IsWhiteSpace(text[at]) || text[at] is '"' or ')' or '.',
                '\n' => lines >= 2,
                _ => false,
            };
            sentence |= ends;
            clause |= ends || rune.Value is '\n' or ',' or ':' or '(' or ')' or '[' or ']' or '–' or '—' or '，' or '|' or '•';
        }
        End();
        return new(Joined(tokens));
    }

    // "S.T.O.P" and "s t o p": three single letters or more in a row are one word.
    static List<Token> Joined(List<Token> tokens)
    {
        static bool IsLetter(Token token) =>
            token.Word.Length == 1 && char.IsAsciiLetterOrDigit(token.Alike is { } alike ? alike[0] : token.Word[0]);
        if (!HasThree(tokens, IsLetter))
            return tokens;
        var joined = new List<Token>(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            var end = i;
            while (end < tokens.Count && IsLetter(tokens[end]))
                end++;
            if (end - i < 3)
            {
                joined.Add(tokens[i]);
                continue;
            }
            var word = Folding.Word(string.Concat(tokens.Skip(i).Take(end - i).Select(token => token.Alike ?? token.Word)));
            joined.Add(tokens[i] with { Word = word, Alike = null });
            i = end - 1;
        }
        return joined;
    }

    static bool HasThree(List<Token> tokens, Predicate<Token> which)
    {
        var row = 0;
        foreach (var token in tokens)
            if ((row = which(token) ? row + 1 : 0) == 3)
                return true;
        return false;
    }
}
