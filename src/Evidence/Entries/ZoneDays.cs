namespace MaySend.Evidence.Entries;

/// <summary>
/// The days of a time zone. How far its clocks are ahead is asked once for each day on which they are not changed; millions of moments fall
/// on few days. Safe for many threads.
/// </summary>
/// <param name="zone">The zone.</param>
sealed class ZoneDays(TimeZoneInfo zone)
{
    // From 1970 on for 130 years; other moments are asked one by one.
    static readonly long First = DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerDay;
    const int Count = 130 * 366;

    const int HoursOfADay = 24;

    // More than clocks are ever ahead or behind, so that 0 is free for what was not asked yet.
    const short Ahead = 10_000,
        IsChanged = short.MaxValue;
    readonly short[] minutes = new short[Count];

    /// <summary>The day in the zone on which a moment falls.</summary>
    public DateOnly DayOf(DateTimeOffset moment)
    {
        var day = (moment.UtcTicks / TimeSpan.TicksPerDay) - First;
        if (day < 0 || day >= Count)
            return Asked(moment);
        if (minutes[day] == 0)
            minutes[day] = OfDay(day);
        return minutes[day] == IsChanged
            ? Asked(moment)
            : DateOnly.FromDayNumber((int)((moment.UtcTicks + ((minutes[day] - Ahead) * TimeSpan.TicksPerMinute)) / TimeSpan.TicksPerDay));
    }

    DateOnly Asked(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    short OfDay(long day)
    {
        var midnight = new DateTime((First + day) * TimeSpan.TicksPerDay, DateTimeKind.Utc);
        var ahead = zone.GetUtcOffset(midnight);
        for (var hour = 1; hour <= HoursOfADay; hour++)
            if (zone.GetUtcOffset(midnight.AddHours(hour)) != ahead)
                return IsChanged;
        return (short)(ahead.TotalMinutes + Ahead);
    }
}
