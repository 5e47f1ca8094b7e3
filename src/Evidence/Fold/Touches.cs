namespace MaySend.Evidence.Fold;

/// <summary>The messages that offered refusal and keep a relationship alive, until the day of sending.</summary>
/// <param name="days">Their days, oldest first as far as the messages were.</param>
/// <param name="until">The day of sending.</param>
readonly struct Touches(DateOnly[] days, DateOnly until)
{
    /// <summary>So many are looked at one by one.</summary>
    const int Few = 16;

    // From each message on the longest time without one, of several the latest; null where there are few, or where the days are out of
    // order, as those of messages written down in several zones may be.
    readonly (DateOnly From, DateOnly To)[]? longestFrom = days.Length > Few ? LongestFrom(days, until) : null;

    /// <summary>
    /// The last message since a day, or that day; and the longest time without one until the day of sending, of several the latest.
    /// </summary>
    public (DateOnly Last, (DateOnly From, DateOnly To) Gap) Since(DateOnly since)
    {
        var none = (From: since, To: since);
        if (longestFrom is null)
            return OneByOne(since, none);
        var next = Array.BinarySearch(days, since);
        for (next = next < 0 ? ~next : next; next > 0 && days[next - 1] == since; next--) { }
        return next == days.Length
            ? (since, Longer(none, (since, until)))
            : (days[^1], Longer(Longer(none, (since, days[next])), longestFrom[next]));
    }

    (DateOnly Last, (DateOnly From, DateOnly To) Gap) OneByOne(DateOnly since, (DateOnly From, DateOnly To) gap)
    {
        var last = since;
        foreach (var day in days)
        {
            if (day < since)
                continue;
            gap = Longer(gap, (last, day));
            last = day;
        }
        return (last, Longer(gap, (last, until)));
    }

    static (DateOnly From, DateOnly To)[]? LongestFrom(DateOnly[] days, DateOnly until)
    {
        for (var i = 1; i < days.Length; i++)
            if (days[i] < days[i - 1])
                return null;
        var longest = new (DateOnly From, DateOnly To)[days.Length];
        for (var i = days.Length - 1; i >= 0; i--)
            longest[i] = i == days.Length - 1 ? (days[i], until) : Longer((days[i], days[i + 1]), longest[i + 1]);
        return longest;
    }

    static (DateOnly From, DateOnly To) Longer((DateOnly From, DateOnly To) earlier, (DateOnly From, DateOnly To) later) =>
        later.To.DayNumber - later.From.DayNumber >= earlier.To.DayNumber - earlier.From.DayNumber ? later : earlier;
}
