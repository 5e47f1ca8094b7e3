using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Files;
using MaySend.Law.Provisions;

namespace MaySend.Law.CaseTests;

/// <summary>
/// The law over time: no value is asserted, only that every quarter can be composed, which finds gaps in dated law, and since when each
/// country is covered.
/// </summary>
public class EveryQuarterTests
{
    static readonly DateOnly FirstQuarter = new(2003, 1, 1);
    static readonly DateOnly CoveredEverywhere = new(2018, 5, 25);

    public static TheoryData<string> Countries => [.. RealLaw.Book.Jurisdictions.Where(j => !j.IsEverywhere).Select(j => j.Id)];

    [Theory]
    [MemberData(nameof(Countries))]
    public void Every_quarter_since_2003_can_be_asked_on_every_channel(string country)
    {
        var composer = new Composer(RealLaw.Book);
        var reach = RealLaw.Book.Reach(country, [country]);
        for (var day = FirstQuarter; day.Year < 2029; day = day.AddMonths(3))
            foreach (var channel in Words.Channels)
            {
                var formula = composer.Compose(reach, channel, day, day, HousePolicy.Default);
                var gaps =
                    day < CoveredEverywhere
                        ? []
                        : formula.Keys.SelectMany(key => key.Elements).Where(element => element.Kind == ElementKind.NotCovered).ToList();
                // Thirty thousand times: what Shouldly says of a lambda costs more than the law.
                if (formula.Keys.Any(key => key.Elements.IsEmpty) || gaps.Count > 0)
                    Assert.Fail($"{country}, {channel}, {day:yyyy-MM-dd}: {string.Join(", ", gaps.Select(gap => gap.Id))}");
            }
    }

    [Fact]
    public void Every_country_is_covered_back_to_the_first_day_of_the_GDPR() =>
        RealLaw
            .Book.Jurisdictions.Where(j => !j.IsEverywhere)
            .Where(j => RealLaw.Book.CoveredSince(j) > CoveredEverywhere)
            .Select(j => $"{j.Id} {RealLaw.Book.CoveredSince(j):yyyy-MM-dd}")
            .ShouldBeEmpty();

    [Fact]
    public void No_day_shows_a_citation_younger_than_itself()
    {
        var composer = new Composer(RealLaw.Book);
        foreach (var country in RealLaw.Book.Jurisdictions.Where(j => !j.IsEverywhere))
        foreach (var day in new[] { new DateOnly(2010, 6, 1), new DateOnly(2018, 5, 24), new DateOnly(2021, 9, 30) })
        {
            var formula = composer.Compose(RealLaw.Book.Reach(country.Id, [country.Id]), "email", day, day, HousePolicy.Default);
            foreach (var ground in formula.Keys.SelectMany(key => key.Elements).SelectMany(element => element.Grounds))
            foreach (var limb in FirstLimb.LimbsIn(ground.Body))
                RealLaw
                    .Book.Instruments.In($"{limb.Of.Cite} {limb.Of.Note}")
                    .ShouldAllBe(one => one.From <= day, $"{limb.Of.Id} on {day:yyyy-MM-dd}");
        }
    }
}

/// <summary>The law files of this repository, read once.</summary>
static class RealLaw
{
    public static readonly LawBook Book = LawReader.Read(EveryLawFileTests.Folder);
}
