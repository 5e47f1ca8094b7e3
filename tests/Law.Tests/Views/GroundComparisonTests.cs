using MaySend.LawPages;
using MaySend.Reading;

namespace MaySend.Law.Tests.Views;

public class GroundComparisonTests
{
    static readonly DateOnly Today = new(2026, 11, 23);

    static GroundComparison Compare(string country, string left, string right) =>
        GroundComparison.Of(RealLaw.Book, RealLaw.Of(country), left, right, Today);

    [Fact]
    public void The_soft_opt_in_and_legitimate_interests_answer_different_questions_and_go_together()
    {
        var comparison = Compare("gb", "soft-opt-in", "legitimate-interests");
        comparison.Left.Ground.Name.ShouldBe("products-and-services-soft-opt-in");
        (comparison.Left.Provision.Key, comparison.Right.Provision.Key).ShouldBe(("send", "process"));
        comparison.Together.ShouldContain(sentence => sentence.Contains("never replaces the other", StringComparison.Ordinal));
        comparison.Together.ShouldContain(sentence => sentence.Contains("so the two go together", StringComparison.Ordinal));
    }

    [Fact]
    public void Legitimate_interests_never_pair_with_a_consent_to_sending() =>
        Compare("gb", "gb/pecr/reg-22#consent", "legitimate-interests")
            .Together.ShouldContain(sentence => sentence.Contains("never pairs with consent", StringComparison.Ordinal));

    [Fact]
    public void A_contract_is_said_to_carry_no_marketing() =>
        Compare("gb", "contract", "legitimate-interests")
            .Together.ShouldContain(sentence => sentence.StartsWith("contract does not cover marketing", StringComparison.Ordinal));

    [Theory]
    [InlineData("de", "existing-customers")]
    [InlineData("it", "soft-spam")]
    [InlineData("es", "prior-contract")]
    [InlineData("ee", "buyer")]
    public void Each_countrys_own_exception_is_found_as_the_soft_opt_in(string country, string name) =>
        Compare(country, "soft-opt-in", "legitimate-interests").Left.Ground.Name.ShouldBe(name);

    [Fact]
    public void Consent_beside_consent_is_that_of_either_key()
    {
        var comparison = Compare("gb", "consent", "consent");
        comparison.Left.Provision.Id.ShouldBe("gb/pecr/reg-22");
        comparison.Right.Provision.Id.ShouldNotBe("gb/pecr/reg-22");
    }

    [Fact]
    public void Unknown_grounds_are_all_said_at_once_with_the_list()
    {
        var problems = Should.Throw<BadInputException>(() => Compare("gb", "goodwill", "habit")).Problems;
        problems.Select(p => p.Place.File).ShouldBe(["goodwill", "habit"], ignoreOrder: true);
        problems[0].Help!.ShouldContain("legitimate-interests");
    }

    [Fact]
    public void Poland_has_no_soft_opt_in_to_compare() => Should.Throw<BadInputException>(() => Compare("pl", "soft-opt-in", "consent"));
}
