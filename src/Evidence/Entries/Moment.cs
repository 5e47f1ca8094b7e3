namespace MaySend.Evidence.Entries;

/// <summary>A <see cref="Entries.When"/> in sixteen bytes.</summary>
/// <param name="Ticks">The instant in UTC; 0 where only the day is known.</param>
/// <param name="Day">The day's number.</param>
/// <param name="Offset">Minutes that its clock was ahead of UTC; <see cref="DayOnly"/> where only the day is known.</param>
readonly record struct Moment(long Ticks, int Day, short Offset)
{
    const short DayOnly = short.MinValue;

    /// <summary>What undated rows have.</summary>
    public static readonly Moment Never = new(0, 0, DayOnly);

    /// <summary>The same in other words.</summary>
    public static Moment Of(When when) =>
        when.At is { } at ? new(at.UtcTicks, when.Day.DayNumber, (short)at.TotalOffsetMinutes) : new(0, when.Day.DayNumber, DayOnly);

    /// <summary>What it says.</summary>
    public When When =>
        Offset == DayOnly
            ? When.Of(DateOnly.FromDayNumber(Day))
            : new When(
                DateOnly.FromDayNumber(Day),
                new DateTimeOffset(Ticks + (Offset * TimeSpan.TicksPerMinute), TimeSpan.FromMinutes(Offset))
            );

    /// <summary>
    /// Reads the ways in which nearly every source writes a time: <c>2026-02-05</c>, <c>2026-02-05T10:15Z</c>,
    /// <c>2026-02-05T10:15:00+01:00</c>. False says nothing: the whole rules are asked (<see cref="When.TryParse"/>).
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> text, out Moment moment)
    {
        moment = default;
        if (text.Length < 10 || !TryDay(text[..10], out var day))
            return false;
        if (text.Length == 10)
        {
            moment = new(0, day.DayNumber, DayOnly);
            return true;
        }
        if (text[10] != 'T' || text.Length < 17 || !TryClock(text[11..16], 24, out var minutes))
            return false;
        var rest = text[16..];
        var seconds = 0;
        if (rest[0] == ':')
        {
            if (rest.Length < 4 || !TryTwo(rest[1..], 60, out seconds))
                return false;
            rest = rest[3..];
        }
        var ahead = 0;
        if (rest is [('+' or '-') and var sign, .. { Length: 5 } zone])
        {
            // Zones further away than fourteen hours are none.
            if (!TryClock(zone, 14, out ahead))
                return false;
            ahead = sign == '-' ? -ahead : ahead;
        }
        else if (rest is not ['Z'])
        {
            return false;
        }
        var clock = day.ToDateTime(TimeOnly.MinValue).Ticks + (minutes * TimeSpan.TicksPerMinute) + (seconds * TimeSpan.TicksPerSecond);
        moment = new(clock - (ahead * TimeSpan.TicksPerMinute), day.DayNumber, (short)ahead);
        return true;
    }

    static bool TryDay(ReadOnlySpan<char> text, out DateOnly day)
    {
        day = default;
        if (text[4] != '-' || text[7] != '-')
            return false;
        if (!TryTwo(text, 100, out var century) || !TryTwo(text[2..], 100, out var year))
            return false;
        if (!TryTwo(text[5..], 13, out var month) || !TryTwo(text[8..], 32, out var number))
            return false;
        year += century * 100;
        // At either end of the calendar another zone's instant is none.
        if (year is < 1900 or > 2500 || month == 0 || number == 0 || number > DateTime.DaysInMonth(year, month))
            return false;
        day = new DateOnly(year, month, number);
        return true;
    }

    static bool TryClock(ReadOnlySpan<char> text, int hoursBelow, out int minutes)
    {
        minutes = 0;
        if (text[2] != ':' || !TryTwo(text, hoursBelow, out var hours) || !TryTwo(text[3..], 60, out var rest))
            return false;
        minutes = (hours * 60) + rest;
        return true;
    }

    static bool TryTwo(ReadOnlySpan<char> text, int below, out int number)
    {
        number = ((text[0] - '0') * 10) + text[1] - '0';
        return char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1]) && number < below;
    }
}
