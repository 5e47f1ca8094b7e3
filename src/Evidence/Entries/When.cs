using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MaySend.Evidence.Entries;

/// <summary>
/// When something happened: an instant, or only a day where the source gives no time. A day without a time is ordered so that the more
/// restrictive reading wins (model §5). Import time is never the time of a consent.
/// </summary>
/// <param name="Day">The calendar day.</param>
/// <param name="At">The instant with its offset; null where only the day is known.</param>
[JsonConverter(typeof(WhenJson))]
public readonly record struct When(DateOnly Day, DateTimeOffset? At)
{
    static readonly string[] Local = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm"];
    static readonly string[] Zoned =
    [
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:sszzz",
    ];

    /// <summary>An instant; its day is the day in its own offset.</summary>
    public static When Of(DateTimeOffset at) => new(DateOnly.FromDateTime(at.DateTime), at);

    /// <summary>A day only.</summary>
    public static When Of(DateOnly day) => new(day, null);

    /// <summary>True when this may lie after the other, or at the same time: the other is not surely later.</summary>
    public bool MayBeAfter(When other) => !other.IsSurelyAfter(this);

    /// <summary>
    /// True when this surely lies after the other. Instants are compared as instants, whatever their offsets; days without a time as days.
    /// Of an instant and a day, the instant's own day, its day in UTC and its day in the zone that counts must all agree: nobody knows in
    /// which zone the day was written down.
    /// </summary>
    public bool IsSurelyAfter(When other) =>
        (At, other.At) switch
        {
            ({ } mine, { } theirs) => mine > theirs,
            _ => EarliestDay > other.LatestDay,
        };

    /// <summary>
    /// True when the other does not surely lie on another occasion: no more than 24 hours apart, or of one day where a time is missing.
    /// </summary>
    public bool IsWithinADayOf(When other) =>
        At is { } mine && other.At is { } theirs ? (mine - theirs).Duration() <= TimeSpan.FromHours(24) : Day == other.Day;

    /// <summary>The same moment, with its day in a zone; a day without a time stays the day it is.</summary>
    internal When In(ZoneDays zone) => At is { } at ? this with { Day = zone.DayOf(at) } : this;

    /// <summary>
    /// The earliest of the days on which it may lie: of an instant its day in UTC, as written, and where its day is counted.
    /// </summary>
    internal DateOnly EarliestDay => At is { } at ? Earlier(Day, Earlier(DayOf(at), DateOnly.FromDateTime(at.DateTime))) : Day;

    /// <summary>The latest of them.</summary>
    internal DateOnly LatestDay => At is { } at ? Later(Day, Later(DayOf(at), DateOnly.FromDateTime(at.DateTime))) : Day;

    static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    /// <summary>Oldest first: by instant, whatever the offset; an entry without a time comes before those of its day.</summary>
    public static readonly IComparer<When> Order = Comparer<When>.Create(
        (left, right) =>
            left.Ticks != right.Ticks ? left.Ticks.CompareTo(right.Ticks)
            : left.At is null != right.At is null ? (left.At is null ? -1 : 1)
            : left.Day.CompareTo(right.Day)
    );

    /// <summary>
    /// The entries in <see cref="Order"/>, those of one moment as they stood; the very list where it is in order already.
    /// </summary>
    internal static T[] InOrder<T>(T[] entries, Func<T, When> of)
    {
        var isInOrder = true;
        for (var i = 1; i < entries.Length && isInOrder; i++)
            isInOrder = KeyOf(entries, i - 1).CompareTo(KeyOf(entries, i)) < 0;
        if (isInOrder)
            return entries;
        var keys = new Key[entries.Length];
        for (var i = 0; i < entries.Length; i++)
            keys[i] = KeyOf(entries, i);
        Array.Sort(keys, entries);
        return entries;

        Key KeyOf(T[] all, int place)
        {
            var when = of(all[place]);
            return new(when.Ticks, when.At is null ? 0 : 1, when.Day.DayNumber, place);
        }
    }

    readonly record struct Key(long Ticks, int HasTime, int Day, int Place) : IComparable<Key>
    {
        public int CompareTo(Key other) =>
            Ticks != other.Ticks ? Ticks.CompareTo(other.Ticks)
            : HasTime != other.HasTime ? HasTime.CompareTo(other.HasTime)
            : Day != other.Day ? Day.CompareTo(other.Day)
            : Place.CompareTo(other.Place);
    }

    long Ticks => At is { } at ? at.UtcTicks : Day.ToDateTime(TimeOnly.MinValue).Ticks;

    /// <summary>
    /// Reads <c>2026-02-05</c>, or an ISO 8601 instant with an offset; a local time without one is refused unless a zone is given.
    /// </summary>
    public static bool TryParse(string text, TimeZoneInfo? zone, out When when)
    {
        when = default;
        if (Moment.TryRead(text, out var moment))
        {
            when = moment.When;
            return true;
        }
        if (text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            when = Of(day);
            return true;
        }
        if (DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
        {
            if (zone is null)
                return false;
            when = Of(new DateTimeOffset(clock, zone.GetUtcOffset(clock)));
            return true;
        }
        if (!DateTimeOffset.TryParseExact(text, Zoned, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
            return false;
        when = Of(at);
        return true;
    }

    /// <summary>ISO 8601.</summary>
    public override string ToString() =>
        At?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture)
        ?? Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Writes <see cref="When"/> as its ISO 8601 text.</summary>
sealed class WhenJson : JsonConverter<When>
{
    // The forms that we write ourselves, up to 2026-02-05T10:15:00.1234567+01:00, need no trial of one format after the other.
    public override When Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var isOurs =
            reader is
            {
                TokenType: JsonTokenType.String,
                HasValueSequence: false,
                ValueSpan: [_, _, _, _, _, _, _, _, _, _, (byte)'T', .., (byte)'Z']
                    and { Length: <= 28 }
                    or [_, _, _, _, _, _, _, _, _, _, (byte)'T', .., (byte)'+' or (byte)'-', _, _, (byte)':', _, _]
                    and { Length: <= 33 }
            };
        if (isOurs && reader.TryGetDateTimeOffset(out var at))
            return When.Of(at);
        return When.TryParse(reader.GetString() ?? "", null, out var when)
            ? when
            : throw new JsonException("not a day or an instant with an offset");
    }

    public override void Write(Utf8JsonWriter writer, When value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
