using System.Text.RegularExpressions;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Screening;

/// <summary>
/// A limb's sentence as it reads for many people at once: what the law adds is filled in, what differs from person to person is left out.
/// </summary>
static partial class PlainWords
{
    /// <summary>The sentence without the places that one person's facts would fill.</summary>
    public static string Of(LimbOf of, string sentence)
    {
        var text = sentence.Replace("{law}", of.With.ToString(), StringComparison.Ordinal);
        text = InBrackets().Replace(text, "");
        text = BesideDay().Replace(text, "");
        return Place()
            .Replace(
                text,
                match =>
                    match.Groups[1].Value switch
                    {
                        "message.channel" => "this channel",
                        "recipient.countries" or "sender.establishment" => "the country concerned",
                        "collection.day" => "that day",
                        "collection.audience" => "of this audience",
                        "check.register" => "the register",
                        _ => "what is on record",
                    }
            );
    }

    [GeneratedRegex(@" \(\{[a-z0-9.-]+\}\)", RegexOptions.CultureInvariant)]
    private static partial Regex InBrackets();

    [GeneratedRegex(@" on \{[a-z-]+\.(day|signed|confirmed|review-due|last-dealing)\},?", RegexOptions.CultureInvariant)]
    private static partial Regex BesideDay();

    [GeneratedRegex(@"\{([a-z0-9.-]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
