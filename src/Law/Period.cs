using System.Globalization;
using System.Text.RegularExpressions;
using MaySend.Reading;

namespace MaySend.Law;

/// <summary>
/// A calendar period such as twelve months or 28 days (ISO 8601 <c>P12M</c>, <c>P1Y</c>, <c>P28D</c>), never a number of hours.
/// It is always subtracted from the later day, so that month ends mean the same in every reader.
/// </summary>
public readonly partial record struct Period(int Months, int Days)
{
    const int LongestMonthEnd = 3;

    /// <summary>
    /// The day that lies this period before <paramref name="day"/>; a month end is kept within its month, and the first day of the calendar
    /// is the earliest.
    /// </summary>
    public DateOnly Before(DateOnly day)
    {
        var months = ((day.Year - 1) * 12) + day.Month - 1 < Months ? DateOnly.MinValue : day.AddMonths(-Months);
        return months.DayNumber < Days ? DateOnly.MinValue : months.AddDays(-Days);
    }

    /// <summary>
    /// The last day of which <paramref name="day"/> is not more than this period before. Several days at a month end have the same day
    /// before them.
    /// </summary>
    public DateOnly LastWithin(DateOnly day)
    {
        var number = Math.Min((long)day.DayNumber + Days, DateOnly.MaxValue.DayNumber);
        var moved = DateOnly.FromDayNumber((int)number);
        var months = ((DateOnly.MaxValue.Year - moved.Year) * 12) + 12 - moved.Month < Months ? DateOnly.MaxValue : moved.AddMonths(Months);
        var last = DateOnly.FromDayNumber(Math.Min(months.DayNumber + LongestMonthEnd, DateOnly.MaxValue.DayNumber));
        while (Before(last) > day)
            last = last.AddDays(-1);
        return last;
    }

    /// <summary>Reads <c>PnYnMnD</c> with at least one part and no sign; false for anything else.</summary>
    public static bool TryParse(string text, out Period period)
    {
        period = default;
        var match = Iso().Match(text);
        if (!match.Success || text.Length < 3)
            return false;
        period = new Period((Part(match, 1) * 12) + Part(match, 2), (Part(match, 3) * 7) + Part(match, 4));
        return period != default;
    }

    static int Part(Match match, int group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;

    /// <summary>The ISO 8601 text.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"P{(Months > 0 ? $"{Months}M" : "")}{(Days > 0 ? $"{Days}D" : "")}");

    /// <summary>Words for a sentence: "12 months", "1 day".</summary>
    public string InWords() =>
        (Months, Days) switch
        {
            (0, var days) => Amount.Of(days, "day"),
            (var months, 0) when months % 12 == 0 && months > 12 => Amount.Of(months / 12, "year"),
            (var months, 0) => Amount.Of(months, "month"),
            var (months, days) => $"{Amount.Of(months, "month")} and {Amount.Of(days, "day")}",
        };

    [GeneratedRegex(@"^P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();
}
