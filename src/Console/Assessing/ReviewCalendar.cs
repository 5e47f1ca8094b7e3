using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace MaySend.Console.Assessing;

/// <summary>The days on which assessments are to be reviewed, as a calendar file (RFC 5545) that any calendar takes in.</summary>
static class ReviewCalendar
{
    /// <summary>How long before the day the calendar reminds.</summary>
    static readonly Duration Before = new(days: -30);

    /// <summary>The file.</summary>
    /// <param name="lines">The assessments; those without a review due are left out.</param>
    /// <param name="now">When the file is made.</param>
    public static string Of(IEnumerable<ListedAssessment> lines, DateTimeOffset now)
    {
        var calendar = new Calendar { ProductId = "-//MaySend//Reviews of assessments//EN" };
        foreach (var line in lines)
            if (line.ReviewDue is { } due)
                calendar.Events.Add(Event(line, due, now));
        return new CalendarSerializer().SerializeToString(calendar) ?? "";
    }

    static CalendarEvent Event(ListedAssessment line, DateOnly due, DateTimeOffset now)
    {
        var review = new CalendarEvent
        {
            Uid = $"review-{line.Id}@maysend",
            DtStamp = new CalDateTime(now.UtcDateTime, "UTC"),
            Start = new CalDateTime(due),
            Summary = $"Review assessment {line.Id}: {line.Title}",
            Description = "From the day after, no message can rely on it unless it has been reviewed and signed again.",
        };
        review.Alarms.Add(
            new Alarm
            {
                Action = "DISPLAY",
                Description = review.Summary,
                Trigger = new Trigger(Before),
            }
        );
        return review;
    }
}
