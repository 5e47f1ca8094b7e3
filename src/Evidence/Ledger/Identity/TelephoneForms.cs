using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace MaySend.Evidence.Ledger.Identity;

/// <summary>
/// The digits behind a country code without what is dialled at home only, so that one number is one contact: <c>+44 (0)20</c>,
/// <c>+44020</c> and <c>+4420</c>. The table is kept here and not taken from a package that changes monthly: a number is found again by
/// this form for as long as the store lives. The tests hold it against Google's libphonenumber, country by country.
/// </summary>
static partial class TelephoneForms
{
    const string TwoDigits =
        "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 "
        + "55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98";

    /// <summary>Codes of no country: satellites, freephone and networks, whose numbers follow plans of their own.</summary>
    const string OfNoCountry = "800 808 870 878 881 882 883 888 979";

    /// <summary>Where the zero was dropped from the first: numbers there were never found under another form.</summary>
    const string FromTheFirst =
        "27 31 32 33 40 41 43 44 46 49 61 62 63 64 66 81 82 84 90 91 92 234 353 355 358 359 380 381 385 386 387 389 421 880 972";

    static readonly FrozenSet<string> Two = TwoDigits.Split(' ').ToFrozenSet(StringComparer.Ordinal);
    static readonly FrozenSet<string> Own = OfNoCountry.Split(' ').ToFrozenSet(StringComparer.Ordinal);
    static readonly FrozenSet<string> First = FromTheFirst.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// The few plans in which a number begins with a zero that is dialled from abroad too, and those numbers: Italy's landlines, every
    /// number of the Ivory Coast, freephone numbers elsewhere.
    /// </summary>
    static readonly FrozenDictionary<string, Regex> BeginWithZero = new Dictionary<string, Regex>(StringComparer.Ordinal)
    {
        ["39"] = Italian(),
        ["47"] = new("^0[0-9]{4}$"),
        ["225"] = new("^0[0-9]{9}$"),
        ["227"] = new("^0[89][0-9]{6}$"),
        ["229"] = new("^01[0-9]{8}$"),
        ["241"] = new("^0[0-9]{7}$"),
        ["242"] = new("^0[0-9]{8}$"),
        ["267"] = new("^0800[0-9]{6}$"),
        ["268"] = new("^0800[0-9]{4}$"),
        ["378"] = new("^0549[0-9]{6}$"),
        ["501"] = new("^0800[0-9]{7}$"),
        ["676"] = new("^0800[0-9]{3}$"),
        ["679"] = new("^0800[0-9]{7}$"),
        ["687"] = new("^050[0-9]{3}$"),
        ["853"] = new("^0800[0-9]{3}$"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What is dialled at home only and is no zero, with what follows it in a whole number of that country.</summary>
    static readonly FrozenDictionary<string, (Regex Whole, string[] AtHome)> OtherPrefixes = new Dictionary<string, (Regex, string[])>(
        StringComparer.Ordinal
    )
    {
        ["1"] = (new("^1([2-9][0-9]{9})$"), ["1"]),
        ["7"] = (new("^8([0-9]{10})$"), ["8"]),
        ["36"] = (new("^06([0-9]{8,9})$"), ["06", "0"]),
        ["52"] = (new("^0?(?:1|44|45)([0-9]{10})$"), ["1", "01", "044", "045"]),
        ["370"] = (new("^8([0-9]{8})$"), ["8", "0"]),
        ["375"] = (new("^80?([1-4][0-9]{8})$"), ["8", "80", "0"]),
        ["692"] = (new("^1([2-9][0-9]{6})$"), ["1"]),
        ["993"] = (new("^8([0-9]{8})$"), ["8"]),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// The digits after the +, without what is dialled at home only; null where it cannot be told whether a zero belongs to the number.
    /// </summary>
    /// <param name="digits">The digits as given.</param>
    /// <param name="hasOptionalZero">True where a zero was written in brackets.</param>
    public static string? FromAbroad(string digits, bool hasOptionalZero)
    {
        // What is left may begin with another prefix, as in +7 0 8 ...: read again, the same number would be another contact.
        for (var form = Once(digits, hasOptionalZero); form != digits; form = Once(digits, hasOptionalZero: false))
            if (form is null)
                return null;
            else
                digits = form;
        return digits;
    }

    static string? Once(string digits, bool hasOptionalZero)
    {
        if (Split(digits) is not var (code, number) || Own.Contains(code))
            return hasOptionalZero ? null : digits;
        if (OtherPrefixes.TryGetValue(code, out var other) && other.Whole.Match(number) is { Success: true } whole)
            return code + whole.Groups[1].Value;
        if (number[0] != '0' || number.Length == 1)
            return digits;
        var own = BeginWithZero.GetValueOrDefault(code);
        if (own?.IsMatch(number) == true)
            return hasOptionalZero || IsEither(code, number) ? null : digits;
        // What is left of it may be one that begins with a zero: +225 (0)07 ...
        return number[1] != '0' || own?.IsMatch(number[1..]) == true ? code + number[1..] : null;
    }

    /// <summary>
    /// The forms under which a number may be on record from before its country was in the table: what is on record there is looked at too.
    /// </summary>
    /// <param name="digits">The digits as they are matched now.</param>
    public static IEnumerable<string> Formerly(string digits) =>
        Split(digits) is not var (code, number) || Own.Contains(code) || First.Contains(code) ? []
        : OtherPrefixes.TryGetValue(code, out var other) ? other.AtHome.Select(prefix => code + prefix + number)
        : [$"{code}0{number}"];

    /// <summary>
    /// In Italy <c>0331 1234567</c> is a long number of Busto Arsizio or the mobile <c>331 1234567</c> with a zero too many.
    /// </summary>
    static bool IsEither(string code, string number) =>
        code == "39" && number.Length >= 11 && number.StartsWith("03", StringComparison.Ordinal);

    /// <summary>
    /// Landlines of Italy by their areas; a zero before anything else is one too many, as before <c>333</c>, which is a mobile's, or
    /// <c>178</c>, which is of no place.
    /// </summary>
    [GeneratedRegex(
        "^0(?:(?:1(?:[0159][0-9]|[27][1-5]|31|4[1-4]|6[1356]|8[2-57])|[26][0-9][0-9]|3(?:[0159][0-9]|2[1-4]|3[12]|[48][1-6]|6[2-59]|7[1-7])"
            + "|4(?:[0159][0-9]|[23][1-9]|4[245]|6[1-5]|7[1-4]|81)|5(?:[0159][0-9]|2[1-5]|3[2-6]|4[1-79]|6[4-6]|7[1-578]|8[3-8])"
            + "|7(?:[0159][0-9]|2[12]|3[1-7]|4[2-46]|6[13569]|7[13-6]|8[1-59])|8(?:[0159][0-9]|2[3-578]|3[1-356]|[6-8][1-5])"
            + "|9(?:[0159][0-9]|[238][1-5]|4[12]|6[1-8]|7[1-6]))[0-9]{2,7}|831[0-9]{8})$"
    )]
    private static partial Regex Italian();

    static (string Code, string Number)? Split(string digits)
    {
        var length =
            digits.Length == 0 ? 0
            : digits[0] is '1' or '7' ? 1
            : digits.Length > 2 && Two.Contains(digits[..2]) ? 2
            : 3;
        return digits.Length > length ? (digits[..length], digits[length..]) : null;
    }
}
