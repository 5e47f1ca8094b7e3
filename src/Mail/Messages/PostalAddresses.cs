using System.Text.RegularExpressions;

namespace MaySend.Mail.Messages;

/// <summary>Postal addresses in the forms of many countries: a box, a code with its town, a street with its number.</summary>
static partial class PostalAddresses
{
    /// <summary>Whether one stands in the text. What begins at the beginning or after a mark is asked apart, so that the rest is only
    /// tried where a digit or a capital stands.</summary>
    public static bool StandIn(string text) => Anywhere().IsMatch(text) || AtTheStart().IsMatch(text) || AfterAMark().IsMatch(text);

    const string Town = @"[^\S\n]*(?:[A-Z]{1,2}-)?(?!(?:19|20)\d\d\s)\d{4,5}\s+\p{Lu}\p{L}{2,}";

    [GeneratedRegex("^" + Town, RegexOptions.CultureInvariant)]
    private static partial Regex AtTheStart();

    [GeneratedRegex(@"[,|·\n]" + Town, RegexOptions.CultureInvariant)]
    private static partial Regex AfterAMark();

    [GeneratedRegex(
        """
            \bP\.?\s?O\.?\s?Box\s+\d+ | \b[A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2}\b | \b\d{4}\s?[A-Z]{2}\s+\p{Lu}\p{L}+
            | \b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\b | \bEircode\b | \b[A-Z]\d{2}\s[A-Z\d]{4}\b
            | \b\d+\s+(?:\p{Lu}\p{L}+\s+){1,3}(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Square|Drive|Boulevard|Blvd\.?)\b
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant
    )]
    private static partial Regex Anywhere();
}
