using System.Globalization;
using System.Text;

namespace MaySend.Mail.Inbound.Sms;

/// <summary>
/// Brings a reply to one spelling: letters in other dress, accents, look-alike letters of other scripts, digits used as letters, invisible
/// characters. It uses tables of its own, since the platform's normalisation does nothing where ICU is switched off.
/// </summary>
static class SmsFold
{
    const string Accented = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿāăąćĉċčďēĕėęěĝğġģĥĩīĭįĵķĺļľńņňōŏőŕŗřśŝşšţťũūŭůűųŵŷźżžșțΐάέήίΰϊϋόύώϓϔ";
    const string Plain = "aaaaaaceeeeiiiinooooouuuuyyaaaccccdeeeeegggghiiiijklllnnnooorrrssssttuuuuuuwyzzzstιαεηιυιυουωΥΥ";

    // Letters of Cyrillic and Greek that look like Latin ones (Unicode TS 39), used only in words that also hold Latin letters or nothing
    // but look-alikes.
    const string Alike = "аеорсухкмтвніјѕԁɡһԛԝαβεικνορτυχ";
    const string Latin = "aeopcyxkmtbhijsdghqwabeikvoptux";

    public static string Fold(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var letter = Rune.ToLowerInvariant(Undressed(rune));
            var category = Rune.GetUnicodeCategory(letter);
            if (
                category
                is UnicodeCategory.LowercaseLetter
                    or UnicodeCategory.OtherLetter
                    or UnicodeCategory.DecimalDigitNumber
                    or UnicodeCategory.ModifierLetter
            )
                plain.Append(WithoutAccent(letter));
            // Accents written apart, invisible characters and the apostrophe of "don't" join; other punctuation and space part.
            else if (
                Rune.IsWhiteSpace(letter)
                || (
                    category
                        is not (
                            UnicodeCategory.NonSpacingMark
                            or UnicodeCategory.EnclosingMark
                            or UnicodeCategory.Format
                            or UnicodeCategory.Control
                        )
                    && letter.Value is not ('\'' or '’' or '‘' or '`')
                )
            )
                plain.Append(' ');
        }
        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Word));
    }

    // Full-width, mathematical and circled letters.
    static Rune Undressed(Rune rune) =>
        rune.Value switch
        {
            >= 0xFF01 and <= 0xFF5E => new Rune(rune.Value - 0xFEE0),
            >= 0x1D400 and <= 0x1D6A3 => Letter((rune.Value - 0x1D400) % 52),
            >= 0x1D7CE and <= 0x1D7FF => new Rune('0' + ((rune.Value - 0x1D7CE) % 10)),
            >= 0x24B6 and <= 0x24E9 => Letter(rune.Value - 0x24B6),
            >= 0x1F130 and <= 0x1F149 => Letter(rune.Value - 0x1F130),
            >= 0x1F150 and <= 0x1F169 => Letter(rune.Value - 0x1F150),
            >= 0x1F170 and <= 0x1F189 => Letter(rune.Value - 0x1F170),
            _ => rune,
        };

    static Rune Letter(int number) => new('a' + (number % 26));

    static string WithoutAccent(Rune letter) =>
        letter.IsBmp && Accented.IndexOf((char)letter.Value, StringComparison.Ordinal) is >= 0 and var at
            ? Plain[at].ToString()
            : letter.ToString();

    static string Word(string word)
    {
        if (word.Any(c => c is >= 'a' and <= 'z') || word.All(c => Alike.Contains(c, StringComparison.Ordinal) || char.IsAsciiDigit(c)))
            word = string.Concat(word.Select(c => Alike.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at ? Latin[at] : c));
        return word.Any(c => c is >= 'a' and <= 'z') ? word.Replace('0', 'o').Replace('1', 'l').Replace('5', 's').Replace('7', 't') : word;
    }
}
