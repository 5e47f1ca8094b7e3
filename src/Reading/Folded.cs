using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace MaySend.Reading;

/// <summary>
/// Brings words that people and programs write in many ways to one spelling: lower case, without accents, single spaces between words.
/// </summary>
public static class Folded
{
    // The project runs without the machine's language data, so what Unicode decomposes is listed.
    const string Accented =
        "àáâãäåçèéêëìíîïñòóôõöùúûüýÿāăąćĉċčďēĕėęěĝğġģĥĩīĭįĵķĺļľńņňōŏőŕŗřśŝşšţťũūŭůűųŵŷźżžơưǎǐǒǔǖǘǚǜǟǡǣǧǩǫǭǯǰǵǹǻǽǿȁȃȅȇȉȋ"
        + "ȍȏȑȓȕȗșțȟȧȩȫȭȯȱȳḁḃḅḇḉḋḍḏḑḓḕḗḙḛḝḟḡḣḥḧḩḫḭḯḱḳḵḷḹḻḽḿṁṃṅṇṉṋṍṏṑṓṕṗṙṛṝṟṡṣṥṧṩṫṭṯṱṳṵṷṹṻṽṿẁẃẅẇẉẋẍẏẑẓẕẖẗẘẙẛạảấầẩẫậắằẳẵặẹẻ"
        + "ẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ·ΐάέήίΰϊϋόύώйѐёѓїќѝўøłđðıħŧς";

    const string Plain =
        "aaaaaaceeeeiiiinooooouuuuyyaaaccccdeeeeegggghiiiijklllnnnooorrrssssttuuuuuuwyzzzouaiouuuuuaaægkooʒjgnaæøaaeeii"
        + "oorruusthaeooooyabbbcdddddeeeeefghhhhhiikkkllllmmmnnnnoooopprrrrsssssttttuuuuuvvwwwwwxxyzzzhtwyſaaaaaaaaaaaaee"
        + "eeeeeeiioooooooooooouuuuuuuyyyy·ιαεηιυιυουωиеегікиуolddihtσ";

    static readonly FrozenDictionary<char, char> Unaccented = Accented
        .Zip(Plain)
        .ToFrozenDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>
    /// The words of a text: <c>emailBlacklisted</c>, <c>EMAIL_BLACKLISTED</c> and <c>Email – blacklisted</c> are <c>email blacklisted</c>.
    /// </summary>
    public static string Of(string text)
    {
        var words = new StringBuilder(text.Length + 8);
        var before = ' ';
        foreach (var c in text)
        {
            var category = char.GetUnicodeCategory(c);
            // An accent written apart, or a character that cannot be seen, parts no word.
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)
                continue;
            if (!char.IsLetterOrDigit(c))
            {
                if (c is '&')
                    Append(words, " and ");
                else if (c is not ('\'' or '’' or '.'))
                    Append(words, " ");
                before = ' ';
                continue;
            }
            if (char.IsUpper(c) && char.IsLower(before))
                Append(words, " ");
            before = c;
            var lower = char.ToLowerInvariant(c);
            Append(
                words,
                lower switch
                {
                    'ß' => "ss",
                    'æ' => "ae",
                    'œ' => "oe",
                    'þ' => "th",
                    _ => Unaccented.GetValueOrDefault(lower, lower).ToString(),
                }
            );
        }
        return words.ToString().Trim();
    }

    static void Append(StringBuilder words, string text)
    {
        foreach (var c in text)
            if (c != ' ' || (words.Length > 0 && words[^1] != ' '))
                words.Append(c);
    }
}
