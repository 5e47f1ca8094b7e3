using MaySend.LawPages;

namespace MaySend.Law.Tests.Views;

public class LawDiffTests
{
    static readonly DateOnly Before = new(2026, 2, 4),
        Begins = new(2026, 2, 5),
        After = new(2026, 2, 6);

    [Fact]
    public void The_charity_ground_begins_on_5_February_2026()
    {
        var change = LawDiff.Between(RealLaw.Book, Before, After).Single(c => c.Id == "gb/pecr/reg-22#charitable-purposes-soft-opt-in");
        (change.Day, change.What, change.How).ShouldBe((Begins, "ground", "begins"));
        change.Cite.ShouldContain("22(3A)");
    }

    [Fact]
    public void A_change_belongs_to_the_later_day_and_not_to_the_earlier()
    {
        LawDiff.Between(RealLaw.Book, Before, Begins).ShouldNotBeEmpty();
        LawDiff.Between(RealLaw.Book, Begins, After, RealLaw.Of("gb")).ShouldBeEmpty();
    }

    [Fact]
    public void A_country_sees_its_own_changes_and_those_of_the_law_it_takes()
    {
        LawDiff.Between(RealLaw.Book, Before, After, RealLaw.Of("de")).ShouldBeEmpty();
        var changes = LawDiff.Between(RealLaw.Book, new(2025, 11, 12), new(2025, 11, 13), RealLaw.Of("de"));
        changes.ShouldContain(c => c.Id == "eu/gdpr/art-6#art-13-2-exception" && c.How == "becomes-known");
        changes.ShouldContain(c => c.What == "condition" && c.Id.StartsWith("de/", StringComparison.Ordinal) && c.How == "becomes-known");
    }

    [Fact]
    public void A_provision_that_ends_and_the_one_that_follows_are_both_said()
    {
        var changes = LawDiff.Between(RealLaw.Book, new(2026, 8, 10), new(2026, 8, 11), RealLaw.Of("fr"));
        changes.ShouldContain(c => c.Id == "fr/consommation/l-223-1-until-2026-08-10" && c.How == "ends");
        changes.ShouldContain(c => c.Id == "fr/consommation/l-223-1" && c.How == "begins");
    }
}
