using System.Globalization;
using System.Text;

namespace MaySend.Mail.Inbound.Sms;

/// <summary>
/// Brings a reply to one spelling: compatibility forms, accents, look-alike letters of other scripts, digits used as letters, invisible characters.
/// </summary>
static class SmsFold
{
    // Letters of Cyrillic and Greek that look like Latin ones (Unicode TS 39), used only in words that also hold Latin letters or nothing but look-alikes.
    const string Alike = "аеорсухкмтвніјѕԁɡһԛԝαβεικνορτυχ";
    const string Latin = "aeopcyxkmtbhijsdghqwabeikvoptux";

    public static string Fold(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD).ToLowerInvariant().Normalize(NormalizationForm.FormKD))
            switch (CharUnicodeInfo.GetUnicodeCategory(c))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format:
                case UnicodeCategory.Control when !char.IsWhiteSpace(c):
                    break;
                case UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ModifierLetter:
                    plain.Append(c);
                    break;
                default:
                    // An apostrophe inside "don't" and the hyphen of "opt-out" join; other punctuation parts.
                    plain.Append(c is '\'' or '’' or '‘' or '`' ? "" : " ");
                    break;
            }
        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Word));
    }

    static string Word(string word)
    {
        if (word.Any(c => c is >= 'a' and <= 'z') || word.All(c => Alike.Contains(c, StringComparison.Ordinal) || char.IsAsciiDigit(c)))
            word = string.Concat(word.Select(c => Alike.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at ? Latin[at] : c));
        return word.Any(c => c is >= 'a' and <= 'z') ? word.Replace('0', 'o').Replace('1', 'l').Replace('5', 's').Replace('7', 't') : word;
    }
}
