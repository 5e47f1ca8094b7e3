using System.Collections.Immutable;
using System.Globalization;
using MaySend.Evidence.Entries;
using MaySend.Reading;

namespace MaySend.Screening.Weeks;

/// <summary>The days of a dry run, a week apart.</summary>
/// <param name="Days">The days, earliest first.</param>
/// <param name="SupposesSent">
/// True to suppose that the mailing goes out on each of them to everybody who may be sent it; false to ask of each day as if nothing had
/// gone out before it.
/// </param>
public sealed record WeekPlan(ImmutableArray<DateOnly> Days, bool SupposesSent)
{
    /// <summary>How many weeks are looked at unless somebody says otherwise, and at most.</summary>
    public const int Usual = 12,
        Most = 53;

    /// <summary>
    /// The plan for a campaign: from the day named, or from the campaign's own day where that has not passed, or from the next Friday.
    /// </summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="today">Today.</param>
    /// <param name="from">The first day; null for the usual one.</param>
    /// <param name="weeks">How many days, 1 to <see cref="Most"/>.</param>
    /// <param name="supposesSent">See <see cref="SupposesSent"/>.</param>
    /// <exception cref="BadInputException">There are too few or too many weeks, or they run past the end of the calendar.</exception>
    public static WeekPlan For(Campaign campaign, DateOnly today, DateOnly? from, int weeks, bool supposesSent)
    {
        if (weeks is < 1 or > Most)
            throw new BadInputException(
                new Place("weeks"),
                string.Create(CultureInfo.InvariantCulture, $"{weeks} is not an allowed number of weeks"),
                $"from 1 to {Most}"
            );
        var first = from ?? FirstDay(campaign, today);
        if (first > DateOnly.MaxValue.AddDays(-7 * Most))
            throw new BadInputException(new Place("from"), $"{first:yyyy-MM-dd} is too far ahead");
        return new([.. Enumerable.Range(0, weeks).Select(week => first.AddDays(7 * week))], supposesSent);
    }

    /// <summary>The day on which a dry run begins unless somebody says otherwise.</summary>
    public static DateOnly FirstDay(Campaign campaign, DateOnly today) => campaign.Day >= today ? campaign.Day : NextFriday(today);

    static DateOnly NextFriday(DateOnly today) => today.AddDays(((int)DayOfWeek.Friday - (int)today.DayOfWeek + 7) % 7);
}
