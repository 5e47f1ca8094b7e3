using System.Collections.Immutable;
using PublicHoliday;

namespace MaySend.Law.Facts;

/// <summary>
/// What follows from the day of sending: its weekday, its month, the countries in which it is a public holiday by national law, and the
/// regions that keep one of their own. Nobody states these facts; they are marked on every message that has a day. Holidays of countries
/// come from the PublicHoliday library (MIT), those of regions from <see cref="RegionalHolidays"/>.
/// </summary>
public static class DayOfSending
{
    /// <summary>Says of the set of countries that it holds none: an empty set would say nothing.</summary>
    public const string Nowhere = "none";

    /// <summary>The countries whose holidays are known, in order. A law file that asks about another one does not load.</summary>
    public static readonly ImmutableArray<string> Countries =
    [
        // The library's Po is another name of its Pl.
        .. Enum.GetValues<PublicHolidayCountryCode>()
            .Where(code => code != PublicHolidayCountryCode.Po)
            .Select(code => code.ToString().ToLowerInvariant())
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The facts that follow from the day of sending; nobody may state them.</summary>
    public static bool Derives(Fact fact) =>
        fact == Calling.Weekday
        || fact == Calling.MonthBegan
        || fact == Calling.PublicHolidayIn
        || fact == Calling.RegionalHolidaysIn
        || fact == Calling.RegionalHolidayIn;

    /// <summary>Marks a message with what follows from its day; without a day nothing does.</summary>
    public static FactSheet Mark(FactSheet message)
    {
        var day = message[Message.Day] is { IsRecorded: true } recorded ? recorded.Day : (DateOnly?)null;
        return message
            .With(Calling.Weekday, day is { } on ? Calling.Weekday.Words[((int)on.DayOfWeek + 6) % 7] : null)
            .With(Calling.MonthBegan, day is { } within ? new DateOnly(within.Year, within.Month, 1) : null)
            .With(Calling.PublicHolidayIn, day is { } then && AreHolidaysKnown(then) ? HolidayIn(then) : null)
            .With(
                Calling.RegionalHolidaysIn,
                day is { } known && RegionalHolidays.AreKnown(known) ? RegionalHolidays.CountriesOn(known) : null
            )
            .With(
                Calling.RegionalHolidayIn,
                day is { } listed && RegionalHolidays.AreKnown(listed) ? RegionalHolidays.RegionsOn(listed) : null
            );
    }

    /// <summary>True for a year that every calendar of the library reaches, the lunar ones included; beyond it nobody knows which days are
    /// holidays.</summary>
    static bool AreHolidaysKnown(DateOnly day) => day.Year is > 1900 and < 2077;

    /// <summary>The countries in which a day is a public holiday; <see cref="Nowhere"/> where it is none in any.</summary>
    public static NameSet HolidayIn(DateOnly day)
    {
        var countries = Countries.Where(country => IsHoliday(country, day)).ToList();
        return countries.Count == 0 ? NameSet.Of(Nowhere) : NameSet.Of(countries);
    }

    /// <summary>True on a public holiday of a country's national law.</summary>
    /// <exception cref="ArgumentException">Its holidays are not known.</exception>
    public static bool IsHoliday(string country, DateOnly day) =>
        Countries.Contains(country)
            ? PublicHolidayFactory.GetPublicHolidayForCountry(country.ToUpperInvariant()).IsPublicHoliday(day.ToDateTime(TimeOnly.MinValue))
            : throw new ArgumentException($"the holidays of `{country}` are not known", nameof(country));
}
