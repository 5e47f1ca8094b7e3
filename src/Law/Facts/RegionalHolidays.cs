using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MaySend.Reading;

namespace MaySend.Law.Facts;

/// <summary>
/// The public holidays that only regions of a country keep, where a law lets nobody be called on one: read once from the resource
/// <c>regional-holidays.yaml</c>, which says where it comes from. Holidays of towns are not among them. Of years whose list was not
/// published yet it knows only which days a region may keep.
/// </summary>
public static class RegionalHolidays
{
    static readonly FrozenDictionary<string, Country> ByCountry = Load();

    /// <summary>The countries whose regions are known, in order.</summary>
    public static readonly ImmutableArray<string> Countries = [.. ByCountry.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Every region known, in order: <c>es-md</c>.</summary>
    public static readonly ImmutableArray<string> Regions =
    [
        .. ByCountry.Values.SelectMany(country => country.Regions).Select(region => region.Id).Order(StringComparer.Ordinal),
    ];

    /// <summary>True where each of the countries has its regional holidays of that day on file, or expects none.</summary>
    public static bool AreKnown(DateOnly day) => ByCountry.Values.All(country => country.Knows(day));

    /// <summary>
    /// The countries in which a day is, or may be, a holiday of some region; <see cref="DayOfSending.Nowhere"/> where of none.
    /// </summary>
    public static NameSet CountriesOn(DateOnly day) => OrNowhere(Countries.Where(country => ByCountry[country].MayBeHoliday(day)));

    /// <summary>
    /// The regions in which a day is a holiday of the region; <see cref="DayOfSending.Nowhere"/> where in none. The set may miss names on
    /// a day that a region may keep and whose list is not on file yet.
    /// </summary>
    public static NameSet RegionsOn(DateOnly day) =>
        OrNowhere(
            ByCountry.Values.SelectMany(country => country.Regions).Where(region => region.Days.Contains(day)).Select(region => region.Id),
            ByCountry.Values.All(country => !country.Expected.Contains(day))
        );

    /// <summary>
    /// The region that a text names: its id, the ISO 3166-2 code of it or of a province in it, with or without the country before it, or
    /// its name. Null where it names none.
    /// </summary>
    /// <param name="text">As a file or a form spells it, in any case of letters.</param>
    /// <param name="country">The country, where the text does not begin with it; null when not known.</param>
    public static string? Named(string text, string? country)
    {
        var name = text.Trim().ToLowerInvariant();
        return ByCountry
            .Values.SelectMany(one => one.Regions)
            .FirstOrDefault(region =>
                region.Codes.Contains(name)
                || (country is not null && region.Codes.Contains($"{country}-{name}"))
                || region.Names.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase)
            )
            ?.Id;
    }

    /// <summary>What people call a region: <c>Comunidad de Madrid (es-md)</c>.</summary>
    public static string NameOf(string region) =>
        $"{ByCountry.Values.SelectMany(country => country.Regions).First(one => one.Id == region).Names[0]} ({region})";

    /// <summary>The region in which a postcode of the country lies; null where that is not known.</summary>
    public static string? OfPostcode(string country, string postcode)
    {
        var digits = string.Concat(postcode.Where(char.IsAsciiDigit));
        return digits.Length == PostcodeDigits && ByCountry.TryGetValue(country, out var known)
            ? known
                .Regions.FirstOrDefault(region => region.Postcodes.Any(prefix => digits.StartsWith(prefix, StringComparison.Ordinal)))
                ?.Id
            : null;
    }

    /// <summary>Both countries on file have postcodes of five digits.</summary>
    const int PostcodeDigits = 5;

    static NameSet OrNowhere(IEnumerable<string> names, bool isComplete = true)
    {
        var set = NameSet.Of(names, isComplete);
        return set.IsEmpty ? NameSet.Of(DayOfSending.Nowhere) : set;
    }

    static FrozenDictionary<string, Country> Load()
    {
        const string File = "regional-holidays.yaml";
        var problems = new Problems();
        using var stream = typeof(RegionalHolidays).Assembly.GetManifestResourceStream($"MaySend.Law.Facts.{File}")!;
        using var text = new StreamReader(stream, Encoding.UTF8);
        var root = MapReader.Open(YamlTree.Read(text, File, problems), problems, new Place(File));
        var read = root.Entries("countries")
            .ToFrozenDictionary(entry => entry.Key.Text, entry => ReadCountry(MapReader.Open(entry.Value, problems), problems));
        root.Done();
        problems.ThrowIfAny();
        return read;
    }

    static Country ReadCountry(MapReader map, Problems problems)
    {
        var listed = map.OptionalMap("listed");
        var country = new Country(
            listed?.Day("from") ?? DateOnly.MaxValue,
            listed?.Day("until") ?? DateOnly.MinValue,
            [.. map.Entries("regions").Select(entry => ReadRegion(entry.Key.Text, MapReader.Open(entry.Value, problems)))],
            DaysIn(map, "expected")
        );
        map.Done();
        return country;
    }

    static Region ReadRegion(string id, MapReader map)
    {
        var region = new Region(id, [.. map.Texts("names")], [id, .. map.Texts("codes")], [.. map.Texts("postcodes")], DaysIn(map, "days"));
        map.Done();
        return region;
    }

    /// <summary>Days as the resource writes them: under each year, month and day.</summary>
    static FrozenSet<DateOnly> DaysIn(MapReader map, string key) =>
        map.OptionalMap(key) is not { } years
            ? []
            : years
                .AllEntries()
                .SelectMany(year =>
                    years
                        .Texts(year.Key.Text)
                        .Select(day => DateOnly.ParseExact($"{year.Key.Text}-{day}", "yyyy-MM-dd", CultureInfo.InvariantCulture))
                )
                .ToFrozenSet();

    sealed record Region(
        string Id,
        ImmutableArray<string> Names,
        ImmutableArray<string> Codes,
        ImmutableArray<string> Postcodes,
        FrozenSet<DateOnly> Days
    );

    /// <param name="From">The first day whose list is on file.</param>
    /// <param name="Until">The first day whose list is not.</param>
    /// <param name="Regions">The regions.</param>
    /// <param name="Expected">Days that some region may keep, of later years.</param>
    sealed record Country(DateOnly From, DateOnly Until, ImmutableArray<Region> Regions, FrozenSet<DateOnly> Expected)
    {
        readonly int lastYear = Expected.Select(day => day.Year).DefaultIfEmpty(Until.Year - 1).Max();

        public bool Knows(DateOnly day) => day >= From && day.Year <= lastYear;

        public bool MayBeHoliday(DateOnly day) => Expected.Contains(day) || Regions.Any(region => region.Days.Contains(day));
    }
}
