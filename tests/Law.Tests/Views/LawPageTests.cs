using MaySend.Law.Cases;
using MaySend.LawPages;
using MaySend.Reading;

namespace MaySend.Law.Tests.Views;

public class LawPageTests
{
    static readonly DateOnly Today = new(2026, 11, 23);

    [Fact]
    public void A_page_shows_the_grounds_of_that_day_and_no_later_ones()
    {
        Grounds(new(2026, 2, 4)).ShouldNotContain("charitable-purposes-soft-opt-in");
        Grounds(new(2026, 2, 5)).ShouldContain("charitable-purposes-soft-opt-in");

        static IEnumerable<string> Grounds(DateOnly day) =>
            LawPage.Of(RealLaw.Book, RealLaw.Of("gb"), day).Send.Single(p => p.Id == "gb/pecr/reg-22").Grounds.Select(g => g.Name);
    }

    [Fact]
    public void A_reading_of_a_court_is_on_the_page_from_the_day_it_was_known()
    {
        Contexts(new(2025, 11, 12)).ShouldNotContain("trial");
        Contexts(new(2025, 11, 13)).ShouldContain("trial");
        Contexts(new(2018, 2, 14)).ShouldNotContain("account-with-paid-tier");
        Contexts(new(2018, 2, 15)).ShouldContain("account-with-paid-tier");

        static string Contexts(DateOnly day) =>
            string.Join(
                ' ',
                LawPage
                    .Of(RealLaw.Book, RealLaw.Of("de"), day)
                    .Send.SelectMany(p => p.Grounds)
                    .SelectMany(g => g.Clause!.Limbs())
                    .Where(limb => limb.Condition == "collection.context-is")
                    .Select(limb => limb.With)
            );
    }

    [Fact]
    public void Every_jurisdiction_has_a_page_without_unfilled_places()
    {
        foreach (var jurisdiction in RealLaw.Book.Jurisdictions)
        {
            var page = LawPage.Of(RealLaw.Book, jurisdiction, Today);
            var limbs = page
                .Send.Concat(page.Process)
                .SelectMany(p => p.Grounds.Select(g => g.Clause).Append(p.Applies).Append(p.Body))
                .OfType<ClauseView>()
                .SelectMany(clause => clause.Limbs())
                .ToList();
            limbs.ShouldNotBeEmpty(jurisdiction.Id);
            limbs
                .Where(limb =>
                    limb.Sentence.Contains('{', StringComparison.Ordinal) || limb.Evidence.Contains('{', StringComparison.Ordinal)
                )
                .ShouldBeEmpty(jurisdiction.Id);
        }
    }

    [Fact]
    public void A_provision_lists_the_cases_in_the_files_beside_it()
    {
        var problems = new Problems();
        var cases = LawPage.CasesOf(
            RealLaw.Book.Provisions.Single(p => p.Id == "gb/pecr/reg-22"),
            CaseReader.Read(RealLaw.Folder, problems)
        );
        problems.List.ShouldBeEmpty();
        cases.ShouldContain(c => c.Place.StartsWith("gb/pecr/reg-22-charity.cases.yaml", StringComparison.Ordinal));
        cases.ShouldAllBe(c => c.Place.StartsWith("gb/pecr/reg-22", StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_country_is_answered_with_the_nearest() =>
        Should
            .Throw<BadInputException>(() => LawLookup.Jurisdiction(RealLaw.Book, "Germny"))
            .Problems.Single()
            .Help!.ShouldContain("de (Germany)");

    [Fact]
    public void A_provision_that_was_not_law_on_the_day_says_when_it_was()
    {
        var problem = Should
            .Throw<BadInputException>(() => LawLookup.Provision(RealLaw.Book, "gb/pecr/reg-22", new(2001, 1, 1)))
            .Problems.Single();
        problem.Text.ShouldBe("it was not in force on 2001-01-01");
        problem.Help!.ShouldContain("2003-12-11");
    }
}
