using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace MaySend.Mail.Words;

/// <summary>What became of one character.</summary>
enum FoldedRune
{
    /// <summary>It belongs to a word.</summary>
    Part,

    /// <summary>It parts words.</summary>
    Gap,

    /// <summary>It is an accent written apart, or cannot be seen.</summary>
    Nothing,
}

/// <summary>How single letters and words are brought to one spelling.</summary>
static class Folding
{
    const string Accented =
        "àáâãäåçèéêëìíîïñòóôõöùúûüýÿāăąćĉċčďēĕėęěĝğġģĥĩīĭįĵķĺļľńņňōŏőŕŗřśŝşšţťũūŭůűųŵŷźżžơưǎǐǒǔǖǘǚǜǟǡǣǧǩǫǭǯǰǵǹǻǽǿȁȃȅȇȉȋ"
        + "ȍȏȑȓȕȗșțȟȧȩȫȭȯȱȳḁḃḅḇḉḋḍḏḑḓḕḗḙḛḝḟḡḣḥḧḩḫḭḯḱḳḵḷḹḻḽḿṁṃṅṇṉṋṍṏṑṓṕṗṙṛṝṟṡṣṥṧṩṫṭṯṱṳṵṷṹṻṽṿẁẃẅẇẉẋẍẏẑẓẕẖẗẘẙẛạảấầẩẫậắằẳẵặẹẻ"
        + "ẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹΐάέήίΰϊϋόύώϓϔἀἁἂἃἄἅἆἇἐἑἒἓἔἕἠἡἢἣἤἥἦἧἰἱἲἳἴἵἶἷὀὁὂὃὄὅὐὑὒὓὔὕὖὗὠὡὢὣὤὥὦὧὰάὲέὴήὶίὸόὺύὼώ"
        + "ᾀᾁᾂᾃᾄᾅᾆᾇᾐᾑᾒᾓᾔᾕᾖᾗᾠᾡᾢᾣᾤᾥᾦᾧᾰᾱᾲᾳᾴᾶᾷῂῃῄῆῇῐῑῒΐῖῗῠῡῢΰῤῥῦῧῲῳῴῶῷđłøħıŧðςёйїѝ";

    const string Plain =
        "aaaaaaceeeeiiiinooooouuuuyyaaaccccdeeeeegggghiiiijklllnnnooorrrssssttuuuuuuwyzzzouaiouuuuuaaægkooʒjgnaæøaaeeii"
        + "oorruusthaeooooyabbbcdddddeeeeefghhhhhiikkkllllmmmnnnnoooopprrrrsssssttttuuuuuvvwwwwwxxyzzzhtwyſaaaaaaaaaaaaee"
        + "eeeeeeiioooooooooooouuuuuuuyyyyιαεηιυιυουωϒϒααααααααεεεεεεηηηηηηηηιιιιιιιιοοοοοουυυυυυυυωωωωωωωωααεεηηιιοουυωω"
        + "ααααααααηηηηηηηηωωωωωωωωαααααααηηηηηιιιιιιυυυυρρυυωωωωωdlohitdσеиіи";

    // Letters of Cyrillic and Greek that look like Latin ones (Unicode TS 39).
    const string LookAlikes = "аеорсухкмтвніјѕԁɡһԛԝαβεικνορτυχ";
    const string Latin = "aeopcyxkmtbhijsdghqwabeikvoptux";

    static readonly FrozenDictionary<char, char> Unaccented = Accented
        .Zip(Plain)
        .ToFrozenDictionary(pair => pair.First, pair => pair.Second);
    static readonly FrozenDictionary<char, char> Look = LookAlikes
        .Zip(Latin)
        .DistinctBy(pair => pair.First)
        .ToFrozenDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>Adds a character to the word it belongs to.</summary>
    public static FoldedRune Letter(Rune rune, StringBuilder word)
    {
        if (rune.IsAscii)
        {
            var c = (char)rune.Value;
            if (!char.IsAsciiLetterOrDigit(c))
                return char.IsControl(c) && !char.IsWhiteSpace(c) ? FoldedRune.Nothing : FoldedRune.Gap;
            word.Append(char.ToLowerInvariant(c));
            return FoldedRune.Part;
        }
        var letter = Rune.ToLowerInvariant(Undressed(rune));
        switch (Rune.GetUnicodeCategory(letter))
        {
            case UnicodeCategory.LowercaseLetter
            or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.ModifierLetter:
                if (letter.Value == 'ß')
                    word.Append("ss");
                else if (letter.Value == 'æ')
                    word.Append("ae");
                else if (letter.Value == 'œ')
                    word.Append("oe");
                else if (letter.IsBmp && Unaccented.TryGetValue((char)letter.Value, out var plain))
                    word.Append(plain);
                else
                    word.Append(letter.ToString());
                return FoldedRune.Part;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.Control:
                return FoldedRune.Nothing;
            default:
                return FoldedRune.Gap;
        }
    }

    /// <summary>Chinese, Japanese and Korean write no spaces between words, so each sign is taken by itself.</summary>
    public static bool IsWordByItself(StringBuilder word) => word[^1] is >= '\u2E80' and <= '\uD7FF';

    /// <summary>The spelling of a word whose letters are plain: digits that stand for letters, and letters held down.</summary>
    public static string Word(string word)
    {
        var latin = word.AsSpan().IndexOfAnyInRange('a', 'z') >= 0;
        if (latin && word.AsSpan().IndexOfAnyExceptInRange('a', 'z') >= 0)
            word = string.Concat(word.Select(c => Read(c)));
        return IsHeldDown(word) ? Released(word) : word;
    }

    /// <summary>The Latin word that a word of look-alikes could be; null if it holds a letter that looks like none.</summary>
    public static string? Alike(string word) =>
        !Ascii.IsValid(word) && word.All(c => Look.ContainsKey(c) || char.IsAsciiDigit(c)) && word.Any(Look.ContainsKey)
            ? string.Concat(word.Select(c => Read(c)))
            : null;

    static char Read(char c) =>
        Look.TryGetValue(c, out var latin)
            ? latin
            : c switch
            {
                '0' => 'o',
                '1' => 'l',
                '5' => 's',
                '7' => 't',
                _ => c,
            };

    static bool IsHeldDown(string word)
    {
        for (var i = 2; i < word.Length; i++)
            if (word[i] == word[i - 1] && word[i] == word[i - 2] && !char.IsDigit(word[i]))
                return true;
        return false;
    }

    // "stoooop": a letter that stands three times or more was held down.
    static string Released(string word)
    {
        var released = new StringBuilder(word.Length);
        for (var i = 0; i < word.Length; )
        {
            var end = i;
            while (end < word.Length && word[end] == word[i])
                end++;
            released.Append(word[i], end - i >= 3 ? 1 : end - i);
            i = end;
        }
        return released.ToString();
    }

    // Full-width, mathematical and circled letters.
    static Rune Undressed(Rune rune) =>
        rune.Value switch
        {
            >= 0xFF01 and <= 0xFF5E => new Rune(rune.Value - 0xFEE0),
            >= 0x1D400 and <= 0x1D6A3 => Plainly((rune.Value - 0x1D400) % 52),
            >= 0x1D7CE and <= 0x1D7FF => new Rune('0' + ((rune.Value - 0x1D7CE) % 10)),
            >= 0x24B6 and <= 0x24E9 => Plainly(rune.Value - 0x24B6),
            >= 0x1F130 and <= 0x1F149 => Plainly(rune.Value - 0x1F130),
            >= 0x1F150 and <= 0x1F169 => Plainly(rune.Value - 0x1F150),
            >= 0x1F170 and <= 0x1F189 => Plainly(rune.Value - 0x1F170),
            _ => rune,
        };

    static Rune Plainly(int number) => new('a' + (number % 26));
}
