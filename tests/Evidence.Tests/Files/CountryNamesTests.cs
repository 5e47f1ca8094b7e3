using System.Globalization;
using MaySend.Evidence.Countries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Files;

public sealed class CountryNamesTests
{
    [Theory]
    [InlineData("United Kingdom (UK)", "gb")]
    [InlineData("Britain", "gb")]
    [InlineData("Ireland (Republic)", "ie")]
    [InlineData("ALLEMAGNE", "de")]
    [InlineData("Österreich", "at")]
    [InlineData("OSTERREICH", "at")]
    [InlineData("Trinidad & Tobago", "tt")]
    [InlineData("St. Lucia", "lc")]
    [InlineData("the Czech Rep.", "cz")]
    [InlineData("Korea, Republic of", "kr")]
    [InlineData("Korea (South)", "kr")]
    [InlineData("Hong Kong SAR China", "hk")]
    [InlineData("Congo - Kinshasa", "cd")]
    [InlineData("Cote d’Ivoire", "ci")]
    [InlineData("Węgry", "hu")]
    [InlineData("Ελλάδα", "gr")]
    public void Countries_are_read_as_shops_write_them(string text, string code)
    {
        CountryNames.TryRead(text, out var countries).ShouldBeTrue();
        countries.ShouldBe(NameSet.Of(code));
    }

    [Theory]
    [InlineData("-")]
    [InlineData("(not set)")]
    [InlineData("N/A")]
    public void A_country_that_nobody_said_is_not_known(string text)
    {
        CountryNames.TryRead(text, out var countries).ShouldBeTrue();
        countries.IsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData("N.A.")]
    [InlineData("Atlantis")]
    [InlineData("Kongo")]
    public void What_is_no_country_or_could_be_two_stays_a_problem(string text) => CountryNames.TryRead(text, out _).ShouldBeFalse();

    [Fact]
    public void Every_name_on_file_leads_to_the_code_it_stands_for()
    {
        using var stream = typeof(CountryNames).Assembly.GetManifestResourceStream("MaySend.Evidence.Countries.names.csv")!;
        using var csv = Sylvan.Data.Csv.CsvDataReader.Create(new StreamReader(stream));
        var (read, wrong) = (0, new List<string>());
        while (csv.Read())
        {
            read++;
            if (!CountryNames.TryRead(csv.GetString(1), out var countries) || !countries.Equals(NameSet.Of(csv.GetString(0))))
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{csv.GetString(1)}: {countries}"));
        }
        read.ShouldBeGreaterThan(5000);
        wrong.ShouldBeEmpty();
    }
}
