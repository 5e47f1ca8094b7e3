using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

/// <summary>What is on record about a person's age outranks what the sender states in general, in whichever record it stands.</summary>
public class KnownAgeTests
{
    static readonly ConsentAnswered WithoutAge = Shop.DoubleOptIn(Shop.On(2025, 6, 1)) with { Age = null };
    static readonly DetailsStated AChild = Shop.InBritain with { Id = "child", Minor = true };
    static readonly DetailsStated NoChild = Shop.InBritain with { Id = "no child", Minor = false };

    /// <summary>An answer about something else that only shows an age.</summary>
    static ConsentAnswered Aged(int age, When when) =>
        Shop.DoubleOptIn(when, $"aged {age}") with
        {
            Age = age,
            Topics = NameSet.Of("account"),
            Confirmed = null,
        };

    static Verdict Decide(params ContactEntry[] entries) => Shop.Decide([Shop.InBritain, .. entries]).Verdict;

    [Fact]
    public void An_adult_whose_age_nobody_recorded_consents() => Decide(WithoutAge).ShouldBe(Verdict.Permitted);

    [Fact]
    public void A_known_child_s_consent_without_an_age_is_not_shown_to_be_of_somebody_old_enough()
    {
        Decide(AChild, WithoutAge).ShouldBe(Verdict.NotShown);
        Decide(AChild, WithoutAge with { ParentAuthorised = true }).ShouldBe(Verdict.Permitted);
        Decide(AChild, WithoutAge with { Age = 14 }).ShouldBe(Verdict.Permitted, "a child of 14 may consent in the United Kingdom");
        Decide(NoChild, WithoutAge).ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public void An_age_recorded_with_another_answer_counts_for_the_day_of_this_one()
    {
        Decide(Aged(10, Shop.On(2025, 5, 1)), WithoutAge).ShouldBe(Verdict.NotShown);
        Decide(Aged(10, Shop.On(2025, 7, 1)), WithoutAge).ShouldBe(Verdict.NotShown);
        var later = Shop.DoubleOptIn(Shop.On(2026, 2, 1)) with { Age = null };
        Decide(Aged(12, Shop.On(2025, 1, 15)), later).ShouldBe(Verdict.Permitted, "13 by the day of the consent");
        Decide(Aged(35, Shop.On(2025, 7, 1)), WithoutAge).ShouldBe(Verdict.Permitted);
    }

    [Theory]
    [InlineData(int.MaxValue, Verdict.Permitted)]
    [InlineData(int.MaxValue - 1, Verdict.Permitted)]
    [InlineData(-1, Verdict.NotShown)]
    [InlineData(int.MinValue, Verdict.NotShown)]
    public void An_age_that_nobody_has_ends_no_screening_and_makes_no_child_old_enough(int age, Verdict verdict)
    {
        Decide(WithoutAge with { Age = age }).ShouldBe(verdict);
        Decide(Aged(age, Shop.On(2025, 5, 1)), WithoutAge).ShouldBe(verdict);
        Decide(Aged(age, Shop.On(2026, 3, 1)), WithoutAge).ShouldBe(verdict);
        Decide(Aged(10, Shop.On(2025, 5, 1)), WithoutAge with { Age = age }).ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void Of_two_ages_that_cannot_both_be_true_the_lower_counts()
    {
        Decide(Aged(10, Shop.On(2025, 5, 1)), WithoutAge with { Age = 40 }).ShouldBe(Verdict.NotShown);
        Decide(Aged(12, Shop.On(2025, 1, 15)), WithoutAge with { Age = 13 }).ShouldBe(Verdict.Permitted, "a birthday between");
    }

    [Fact]
    public void A_source_that_says_no_child_does_not_outweigh_the_age_on_record_of_one()
    {
        var order = Shop.Order(Shop.On(2025, 5, 2));
        Shop.Decide(NoChild, order).Verdict.ShouldBe(Verdict.Permitted);
        Shop.Decide(NoChild, order, Aged(10, Shop.On(2025, 7, 1))).Verdict.ShouldBe(Verdict.NotShown);
        Shop.Decide(NoChild, order, Aged(40, Shop.On(2025, 7, 1))).Verdict.ShouldBe(Verdict.Permitted);
        Shop.Decide(NoChild, order, Aged(17, Shop.On(2025, 7, 1))).Verdict.ShouldBe(Verdict.Permitted, "18 by now, the source says");
    }
}
