using System.Globalization;

namespace MaySend.Mail.Inbound;

/// <summary>Reads the times of platforms; every result is UTC and says how certain it is.</summary>
static class SignalTimes
{
    // No platform is older: a clock that was never set says 1970, and whatever is dated so would be older than every sign-up.
    static readonly DateTimeOffset First = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // From here on a number of seconds would lie beyond the year 5000, so it is milliseconds.
    const double FirstMilliseconds = 1e11;

    /// <summary>Seconds or milliseconds since 1970, with or without a fraction.</summary>
    public static SignalTime? Epoch(string? text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number is not (> 0 and < 1e14))
            return null;
        var instant = DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(number >= FirstMilliseconds ? number : number * 1000));
        return instant < First ? null : new(instant, TimeCertainty.Stated);
    }

    /// <summary>
    /// ISO 8601. Without an offset the time is read in the account's zone, or as UTC, and marked as assumed. A day alone is no time: its
    /// midnight would be earlier than what happened on it.
    /// </summary>
    public static SignalTime? Iso(string? text, TimeZoneInfo? zone = null)
    {
        if (string.IsNullOrWhiteSpace(text) || !text.Contains(':', StringComparison.Ordinal))
            return null;
        // Without a date the parser would take today's: then there is no time at all.
        const DateTimeStyles Styles = DateTimeStyles.RoundtripKind | DateTimeStyles.NoCurrentDateDefault;
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, Styles, out var time) || time < First.UtcDateTime)
            return null;
        if (time.Kind != DateTimeKind.Unspecified)
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
                ? new(instant.ToUniversalTime(), TimeCertainty.Stated)
                : null;
        return Local(time, zone);
    }

    /// <summary>Seconds since 1970 on the clock of the account's zone, which some platforms write as if it were UTC.</summary>
    public static SignalTime? LocalEpoch(string? text, TimeZoneInfo? zone) =>
        Epoch(text) is { } time ? Local(DateTime.SpecifyKind(time.Instant.UtcDateTime, DateTimeKind.Unspecified), zone) : null;

    static SignalTime Local(DateTime time, TimeZoneInfo? zone)
    {
        var offset = zone?.GetUtcOffset(time) ?? TimeSpan.Zero;
        return new(new DateTimeOffset(time, offset).ToUniversalTime(), TimeCertainty.ZoneAssumed);
    }
}
