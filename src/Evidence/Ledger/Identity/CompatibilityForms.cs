using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace MaySend.Evidence.Ledger.Identity;

/// <summary>
/// Characters that Unicode keeps for the sake of older sets, and that stand for others: the ligature of a PDF, a small raised 2, a digit in
/// a circle. A domain that is written with one is the domain without (UTS 46), and before the @ no reader can tell the two apart. The few
/// that people get into a list by copying are spelt out; whatever else is one makes no address.
/// </summary>
/// <remarks>Source: Unicode 14, characters that NFKC changes, unassigned ones between them filled in. Without ICU nothing here could ask
/// for it.</remarks>
static class CompatibilityForms
{
    static readonly FrozenDictionary<char, string> Spelt = new Dictionary<char, string>
    {
        ['\uFB00'] = "ff",
        ['\uFB01'] = "fi",
        ['\uFB02'] = "fl",
        ['\uFB03'] = "ffi",
        ['\uFB04'] = "ffl",
        ['\uFB05'] = "st",
        ['\uFB06'] = "st",
        ['\u0132'] = "IJ",
        ['\u0133'] = "ij",
        ['\u017F'] = "s",
        ['\u212A'] = "K",
        ['\u212B'] = "\u00C5",
        ['\u2126'] = "\u03A9",
        ['\u00B5'] = "\u03BC",
        ['\u0958'] = "\u0915\u093C",
        ['\u0959'] = "\u0916\u093C",
        ['\u095A'] = "\u0917\u093C",
        ['\u095B'] = "\u091C\u093C",
        ['\u095C'] = "\u0921\u093C",
        ['\u095D'] = "\u0922\u093C",
        ['\u095E'] = "\u092B\u093C",
        ['\u095F'] = "\u092F\u093C",
        ['\u09DC'] = "\u09A1\u09BC",
        ['\u09DD'] = "\u09A2\u09BC",
        ['\u09DF'] = "\u09AF\u09BC",
        ['\u0A33'] = "\u0A32\u0A3C",
        ['\u0A36'] = "\u0A38\u0A3C",
        ['\u0A59'] = "\u0A16\u0A3C",
        ['\u0A5A'] = "\u0A17\u0A3C",
        ['\u0A5B'] = "\u0A1C\u0A3C",
        ['\u0A5E'] = "\u0A2B\u0A3C",
        ['\u0B5C'] = "\u0B21\u0B3C",
        ['\u0B5D'] = "\u0B22\u0B3C",
    }.ToFrozenDictionary();

    static readonly (int First, int Last)[] Others =
    [
        .. (
            "A8 AA AF B2-B4 B8-BA BC-BE 13F-140 149 1C4-1CC 1F1-1F3 2B0-2B8 2D8-2DD 2E0-2E4 340-341 343-344 374 37A 37E 384-385 387 "
            + "3D0-3D6 3F0-3F2 3F4-3F5 3F9 587 675-678 EDC-EDD F0C F43 F4D F52 F57 F5C F69 F73 F75-F79 F81 F93 F9D FA2 FA7 FAC FB9 "
            + "10FC 1D2C-1D2E 1D30-1D3A 1D3C-1D4D 1D4F-1D6A 1D78 1D9B-1DBF 1E9A-1E9B 1F71 1F73 1F75 1F77 1F79 1F7B 1F7D 1FBB "
            + "1FBD-1FC1 1FC9 1FCB 1FCD-1FCF 1FD3 1FDB-1FDF 1FE3 1FEB 1FED-1FEF 1FF9 1FFB 1FFD-1FFE 2011 2017 2024-2026 2033-2034 "
            + "2036-2037 203C 203E 2047-2049 2057 2070-209C 20A8 2100-2103 2105-2107 2109-2113 2115-2116 2119-211D 2120-2122 2124 "
            + "2128 212C-212D 212F-2131 2133-2139 213B-2140 2145-2149 2150-217F 2189 222C-222D 222F-2230 2329-232A 2460-24EA 2A0C "
            + "2A74-2A76 2ADC 2C7C-2C7D 2D6F 2E9F 2EF3-2FD5 3036 3038-303A 309B-309C 309F 30FF 3131-318E 3192-319F 3200-3247 "
            + "3250-327E 3280-33FF A69C-A69D A770 A7F2-A7F4 A7F8-A7F9 AB5C-AB5F AB69 F900-FA0D FA10 FA12 FA15-FA1E FA20 FA22 "
            + "FA25-FA26 FA2A-FAD9 FB13-FB1D FB1F-FBB1 FBD3-FD3D FD50-FDC7 FDF0-FDFC FE10-FE19 FE30-FE44 FE47-FE72 FE74-FEFC "
            + "FF5F-FF60 FF62-FFEE 10781-107BA 1D15E-1D164 1D1BB-1D1C0 1D400-1D7FF 1EE00-1EEBB 1F100-1F10A 1F110-1F12E 1F130-1F14F "
            + "1F16A-1F16C 1F190 1F200-1F251 1FBF0-1FBF9 2F800-2FA1D"
        )
            .Split(' ')
            .Select(range => range.Split('-'))
            .Select(range => (Hexadecimal(range[0]), Hexadecimal(range[^1]))),
    ];

    /// <summary>What a character stands for; null where it stands for itself, or is refused.</summary>
    public static string? SpeltOut(char c) => c < '\u00B5' ? null : Spelt.GetValueOrDefault(c);

    /// <summary>True where a text holds a character that stands for others.</summary>
    public static bool AreIn(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value >= Others[0].First && Array.Exists(Others, range => rune.Value >= range.First && rune.Value <= range.Last))
                return true;
        return false;
    }

    static int Hexadecimal(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
