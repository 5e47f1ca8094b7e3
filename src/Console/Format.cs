using System.Globalization;
using MaySend.Console.Parts;
using MaySend.Evidence.Entries;
using MaySend.Reading;

namespace MaySend.Console;

/// <summary>How the pages write days, instants and numbers: the same for everybody, whatever the machine's language.</summary>
static class Format
{
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Day(DateOnly? day) => day is { } known && known > DateOnly.MinValue ? Day(known) : "not recorded";

    /// <summary>The day of a campaign, or its first and last.</summary>
    public static string Days(Campaign campaign) =>
        campaign.Until is { } until ? $"{Day(campaign.Day)} to {Day(until)}" : Day(campaign.Day);

    public static string IsoDay(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Instant(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number with its noun: "1 row", "2,000 rows".</summary>
    public static string Count(long count, string one, string? many = null) => Amount.Of(count, one, many);

    /// <summary>The text with a capital letter in front.</summary>
    public static string Sentence(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The beginning of a text that may be of any length, for the eye.</summary>
    public static string Beginning(string text, int most = 80) => text.Length <= most ? text : $"{text.AsSpan(0, most)}…";

    public static string Percent(long part, long whole) =>
        whole == 0 ? "0 %" : (100.0 * part / whole).ToString("0.0' %'", CultureInfo.InvariantCulture);

    public static string YesNo(bool? value) =>
        value switch
        {
            true => "yes",
            false => "no",
            null => "not recorded",
        };

    /// <summary>Reads a day as date inputs send it; null for anything else.</summary>
    public static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A verdict as people read it.</summary>
    public static string Verdict(string word) =>
        word switch
        {
            "permitted" => "Permitted",
            "refused" => "Refused",
            _ => "Not shown",
        };

    /// <summary>Kebab case as words.</summary>
    public static string Words(string name) => name.Replace('-', ' ');
}
