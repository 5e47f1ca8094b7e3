using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

/// <summary>
/// Consent that was asked for and not given is not exchanged for another ground; only the person's own later yes changes that.
/// </summary>
public class AskedInVainTests
{
    static readonly When Bought = Shop.On(2025, 5, 2);

    static ConsentAnswered Declined(When when) => Shop.DoubleOptIn(when, "declined") with { Act = "declined", Confirmed = null };

    static Verdict Decide(params ContactEntry[] entries) => Shop.Decide([Shop.InBritain, Shop.Order(Bought), .. entries]).Verdict;

    [Fact]
    public void A_no_to_consent_is_not_exchanged_for_the_soft_opt_in_of_an_order_before_it()
    {
        Decide().ShouldBe(Verdict.Permitted);
        Decide(Declined(Shop.On(2025, 12, 22))).ShouldNotBe(Verdict.Permitted);
    }

    [Fact]
    public void Nor_for_that_of_an_order_after_it() =>
        Decide(Declined(Shop.On(2025, 6, 1)), Shop.Order(Shop.On(2025, 9, 1), "order 2")).ShouldNotBe(Verdict.Permitted);

    [Fact]
    public void It_holds_for_what_was_asked_and_for_nothing_else()
    {
        var asked = Declined(Shop.On(2025, 12, 22));
        Decide(asked with { Channels = NameSet.Of("sms") }).ShouldBe(Verdict.Permitted);
        Decide(asked with { Topics = NameSet.Of("account") }).ShouldBe(Verdict.Permitted);
        Decide(asked with { To = NameSet.Of("another-ltd") }).ShouldBe(Verdict.Permitted);
        Decide(asked with { To = null, Channels = null, Topics = null }).ShouldNotBe(Verdict.Permitted);
    }

    [Theory]
    [InlineData("LANTERN-Ltd", null)]
    [InlineData("Lantern Ltd", null)]
    [InlineData("lantern", null)]
    [InlineData("another-ltd lanternltd", null)]
    [InlineData("*", null)]
    [InlineData(null, "HomeWare")]
    [InlineData(null, "home-ware")]
    [InlineData(null, "account homware")]
    public void A_no_names_senders_and_topics_as_a_request_to_stop_does_and_what_is_not_understood_makes_it_wide(string? to, string? topics)
    {
        var asked = Declined(Shop.On(2025, 12, 22));
        asked = asked with
        {
            To = to is null ? asked.To : NameSet.Of(to == "Lantern Ltd" ? [to] : to.Split(' ')),
            Topics = topics is null ? asked.Topics : NameSet.Of(topics.Split(' ')),
        };
        Decide(asked).ShouldNotBe(Verdict.Permitted);
        Shop.Decide(Shop.InBritain, Shop.DoubleOptIn(Shop.On(2025, 6, 1)), asked).Verdict.ShouldNotBe(Verdict.Permitted);
    }

    [Fact]
    public void A_later_yes_of_the_person_ends_it_and_an_earlier_one_or_one_of_the_same_instant_does_not()
    {
        var asked = Declined(Shop.On(2025, 12, 22));
        // The yes is not enough for consent by itself: nobody kept the words. It ends the no, and the soft opt-in stands again.
        var yes = Shop.DoubleOptIn(Shop.On(2026, 1, 5)) with
        {
            Wording = null,
            Point = null,
            Informed = null,
        };
        Decide(asked, yes).ShouldBe(Verdict.Permitted);
        Decide(asked, yes with { When = asked.When }).ShouldNotBe(Verdict.Permitted);
        Decide(asked, yes with { When = Shop.On(2025, 12, 1) }).ShouldNotBe(Verdict.Permitted);
        Decide(asked, yes with { Topics = NameSet.Of("partner-offers") }).ShouldNotBe(Verdict.Permitted);
    }

    [Fact]
    public void A_yes_that_a_third_party_brought_ends_it_only_where_it_was_checked()
    {
        var asked = Declined(Shop.On(2025, 12, 22));
        var brought = Shop.DoubleOptIn(Shop.On(2026, 1, 5)) with { ObtainedThrough = "third-party", Confirmed = null };
        Decide(asked, brought).ShouldNotBe(Verdict.Permitted);
        Decide(asked, brought with { SupplierChecked = false }).ShouldNotBe(Verdict.Permitted);
        Decide(asked, brought with { SupplierChecked = true }).ShouldBe(Verdict.Permitted);
        Decide(asked, brought with { ObtainedThrough = null }).ShouldNotBe(Verdict.Permitted, "nobody knows who asked");
        Decide(brought).ShouldBe(Verdict.Permitted, "nothing was asked in vain");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("pre-ticked")]
    [InlineData("silence")]
    public void An_answer_without_an_act_is_neither_a_yes_nor_in_vain(string? act)
    {
        var answer = Shop.DoubleOptIn(Shop.On(2025, 12, 22)) with { Act = act };
        Decide(answer).ShouldBe(Verdict.Permitted);
        Decide(Declined(Shop.On(2025, 11, 1)), answer).ShouldNotBe(Verdict.Permitted);
    }

    [Fact]
    public void A_no_after_the_day_of_sending_shows_nothing_about_that_day() =>
        Decide(Declined(When.Of(Shop.Day.AddDays(1)))).ShouldBe(Verdict.Permitted);

    [Fact]
    public void A_yes_is_the_persons_answer_only_until_they_say_no_to_a_later_request()
    {
        Verdict Consenting(params ContactEntry[] later) =>
            Shop.Decide([Shop.InBritain, Shop.DoubleOptIn(Shop.On(2025, 6, 1)), .. later]).Verdict;
        Consenting().ShouldBe(Verdict.Permitted);
        Consenting(Declined(Shop.On(2025, 12, 22))).ShouldNotBe(Verdict.Permitted);
        Consenting(Declined(Shop.On(2025, 6, 1))).ShouldNotBe(Verdict.Permitted, "of one instant the answer that restricts counts");
        Consenting(Declined(Shop.On(2025, 5, 1))).ShouldBe(Verdict.Permitted, "the yes is the later answer");
        Consenting(Declined(Shop.On(2025, 12, 22)) with { Topics = NameSet.Of("account") }).ShouldBe(Verdict.Permitted);
        Consenting(Declined(Shop.On(2025, 12, 22)), Shop.DoubleOptIn(Shop.On(2026, 1, 5), "again")).ShouldBe(Verdict.Permitted);
    }
}
