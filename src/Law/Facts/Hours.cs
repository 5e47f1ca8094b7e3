using System.Collections.Immutable;
using System.Globalization;

namespace MaySend.Law.Facts;

/// <summary>The hours of a day as facts and law files name them: <c>00</c> to <c>23</c>, each from its full hour until the next.</summary>
public static class Hours
{
    /// <summary>Says of a set of hours that it holds none: an empty set would say nothing.</summary>
    public const string Never = "none";

    const int PerDay = 24;

    /// <summary>All of them, in order.</summary>
    public static readonly ImmutableArray<string> All = [.. Enumerable.Range(0, PerDay).Select(Name)];

    /// <summary>The hours that windows such as <c>10:00-13:00 14:00-20:00</c> touch; null, with what is wrong, for anything else.</summary>
    public static ImmutableArray<string>? Read(IEnumerable<string> windows, out string problem)
    {
        problem = "";
        var hours = new SortedSet<int>();
        foreach (var window in windows)
        {
            if (
                window.Split('-') is not [var from, var until]
                || !TryMinutes(from, out var first)
                || !TryMinutes(until, out var end)
                || end <= first
            )
            {
                problem = $"`{window}` is not a window of hours such as 10:00-13:00, which ends on the day it begins";
                return null;
            }
            for (var hour = first / 60; hour * 60 < end; hour++)
                hours.Add(hour);
        }
        return [.. hours.Select(Name)];
    }

    /// <summary>The hours that are not among these; <see cref="Never"/> where all are.</summary>
    public static NameSet Besides(IEnumerable<string> hours)
    {
        var rest = All.Except(hours).ToList();
        return rest.Count == 0 ? NameSet.Of(Never) : NameSet.Of(rest);
    }

    /// <summary>Hours as windows for people: <c>10-13, 14-20</c>.</summary>
    public static string InWords(IEnumerable<string> hours)
    {
        var sorted = hours.Select(hour => int.Parse(hour, CultureInfo.InvariantCulture)).Order().ToList();
        var windows = new List<string>();
        for (var at = 0; at < sorted.Count; )
        {
            var first = sorted[at];
            while (at + 1 < sorted.Count && sorted[at + 1] == sorted[at] + 1)
                at++;
            windows.Add(string.Create(CultureInfo.InvariantCulture, $"{first}-{sorted[at++] + 1}"));
        }
        return string.Join(", ", windows);
    }

    static string Name(int hour) => hour.ToString("00", CultureInfo.InvariantCulture);

    /// <summary>Minutes since midnight; the end of a day is 24:00.</summary>
    static bool TryMinutes(string text, out int minutes)
    {
        minutes = PerDay * 60;
        if (text == "24:00")
            return true;
        if (!TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return false;
        minutes = (time.Hour * 60) + time.Minute;
        return true;
    }
}
