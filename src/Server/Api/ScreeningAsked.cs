using System.Globalization;
using MaySend.Screening.Weeks;
using MaySend.Server.Api.Bodies;

namespace MaySend.Server.Api;

/// <summary>Whom to screen for which campaign.</summary>
sealed record ScreeningAsked
{
    /// <summary>The id of a campaign on record.</summary>
    public required string Campaign { get; init; }

    /// <summary>Another day of sending than the campaign's own.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>
    /// A dry run over this many weeks instead of lists for one day: who may be reached on each of the next Fridays. 1 to 53.
    /// </summary>
    public int? Weeks { get; init; }

    /// <summary>The first day of a dry run; without it the campaign's own, or the next Friday where that has passed.</summary>
    public DateOnly? From { get; init; }

    /// <summary>True to assume that the mailing goes out on each day of a dry run.</summary>
    public bool Sent { get; init; }

    /// <summary>What is asked beside a list, in fields of the form or in the query.</summary>
    /// <param name="said">What was given under a name; blank for nothing.</param>
    internal static ScreeningAsked Beside(Func<string, string> said)
    {
        var mistakes = new Mistakes();
        DateOnly? Day(string name)
        {
            if (DateOnly.TryParseExact(said(name), "yyyy-MM-dd", out var on))
                return on;
            if (said(name).Length > 0)
                mistakes.Add(name, "must be a day such as 2026-02-05");
            return null;
        }
        if (said("campaign").Length == 0)
            mistakes.Add("campaign", "is missing");
        var isNumber = int.TryParse(said("weeks"), NumberStyles.None, CultureInfo.InvariantCulture, out var weeks);
        if (!isNumber && said("weeks").Length > 0)
            mistakes.Add("weeks", $"from 1 to {WeekPlan.Most}");
        if (said("sent") is not ("" or "true" or "false"))
            mistakes.Add("sent", "must be true or false");
        var asked = new ScreeningAsked
        {
            Campaign = said("campaign"),
            Day = Day("day"),
            Weeks = isNumber ? weeks : null,
            From = Day("from"),
            Sent = said("sent") == "true",
        };
        mistakes.ThrowIfAny();
        return asked;
    }
}
