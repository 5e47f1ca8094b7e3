using System.Globalization;
using MaySend.Law.Facts;
using MaySend.LawPages;

namespace MaySend.Screening.Reports;

/// <summary>
/// Draws the countries of an audience as a map: the greener, the greater the share that may be reached. Countries off the map stand in the
/// table only.
/// </summary>
public static class CountryPicture
{
    static readonly (int From, MapLegend Legend)[] Shares =
    [
        (50, new("#7fb69b", "half or more")),
        (25, new("#b5d6a7", "a quarter or more")),
        (1, new("#f0c96b", "fewer")),
        (0, new("#e08a72", "nobody")),
    ];

    /// <summary>Draws it: one SVG element.</summary>
    /// <param name="countries">The countries of the audience.</param>
    /// <param name="words">What is done to people by the campaign's channel.</param>
    public static string Svg(IReadOnlyList<CountryCount> countries, ChannelWords words)
    {
        var shown = countries.Where(country => EuropeMap.Countries.Contains(country.Country) && country.Total > 0).ToList();
        return EuropeMap.Svg(
            shown.ToDictionary(country => country.Country, country => Shares.First(share => Percent(country) >= share.From).Legend.Fill),
            $"Share of recipients who {words.May}, by country",
            shown.ToDictionary(
                country => country.Country,
                country =>
                    string.Create(CultureInfo.InvariantCulture, $"{country.Name}: {country.Permitted:N0} of {country.Total:N0} {words.May}")
            ),
            shown.ToDictionary(country => country.Country, country => country.Permitted.ToString("N0", CultureInfo.InvariantCulture)),
            [Shares[0].Legend with { Label = $"{Shares[0].Legend.Label} {words.May}" }, .. Shares[1..].Select(share => share.Legend)]
        );
    }

    static double Percent(CountryCount country) => country.Permitted == 0 ? 0 : Math.Max(1, 100.0 * country.Permitted / country.Total);
}
