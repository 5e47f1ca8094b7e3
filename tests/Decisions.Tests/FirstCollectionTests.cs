using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

/// <summary>
/// The first collection: the earliest trace, one occasion as one, ties against sending, and an earlier refusal that was not used.
/// </summary>
public class FirstCollectionTests
{
    static readonly Shown Nothing = new()
    {
        RefusalOffered = false,
        ConsentAsked = false,
        NoticeNamedInterest = true,
        Lawful = true,
    };

    static readonly IReadOnlyList<ControllerEntry> Controller =
    [
        .. Shop.Entries,
        new CollectionPointVersion("phone@1", "phone")
        {
            From = new DateOnly(2025, 1, 1),
            Shown = Nothing,
            Signature = Shop.Signed,
        },
    ];

    static DetailsCollected ByPhone(When when, string id = "call 1") => Shop.Order(when, id, refused: null) with { Point = "phone" };

    static Decision Decide(params ContactEntry[] entries) => Shop.Decide([Shop.InBritain, .. entries], controller: Controller);

    [Fact]
    public void A_message_before_the_first_order_shows_that_the_address_was_held()
    {
        var order = Shop.Order(Shop.On(2025, 7, 24));
        var message = new MessageSent(When.Of(new DateOnly(2025, 3, 20)), "letter", Shop.Name, "email", IsMarketing: true)
        {
            Template = "newsletter",
        };
        Decide(order, message).Send.Code.ShouldEndWith("/collection.details-first-given-then");
    }

    [Fact]
    public void Marketing_of_the_same_moment_may_have_gone_first_and_the_order_s_own_confirmation_did_not()
    {
        var day = When.Of(new DateOnly(2025, 7, 24));
        var order = Shop.Order(Shop.On(2025, 7, 24));
        var message = new MessageSent(order.When, "letter", Shop.Name, "email", IsMarketing: true) { Template = "newsletter" };
        Decide(order, message).Verdict.ShouldBe(Verdict.NotShown);
        Decide(order, message with { When = day }).Verdict.ShouldBe(Verdict.NotShown, "of the day without a time nobody knows");
        Decide(order with { When = day }, message).Verdict.ShouldBe(Verdict.NotShown);
        Decide(order, message with { When = Shop.On(2025, 7, 24, 13) }).Verdict.ShouldBe(Verdict.Permitted, "surely after the order");
        var confirmation = message with { IsMarketing = false, Template = null };
        Decide(order, confirmation).Verdict.ShouldBe(Verdict.Permitted);
        Decide(order, confirmation with { When = day }).Verdict.ShouldBe(Verdict.Permitted);
        Decide(order with { When = day }, confirmation with { When = day }).Verdict.ShouldBe(Verdict.Permitted);
    }

    [Theory]
    [InlineData("Lantern-LTD", false)]
    [InlineData("lantern ltd", false)]
    [InlineData("lanternltd", false)]
    [InlineData("another-ltd", true)]
    [InlineData("ANOTHER LTD", true)]
    public void A_message_is_its_senders_however_the_name_is_spelt_and_of_a_name_that_nobody_bears_it_may_be(
        string sender,
        bool isPermitted
    )
    {
        var message = new MessageSent(When.Of(new DateOnly(2025, 3, 20)), "letter", sender, "email", IsMarketing: true);
        var decision = Decide(Shop.Order(Shop.On(2025, 7, 24)), message);
        (decision.Verdict == Verdict.Permitted).ShouldBe(isPermitted);
        var recent = message with { When = Shop.On(2026, 3, 1), Template = "newsletter" };
        Decide(Shop.Order(Shop.On(2025, 7, 24)), recent)
            .Recipient.Recipient[Recipient.MarketingLast30Days]
            .ShouldBe(FactValue.OfNumber(isPermitted ? 0 : 1));
    }

    [Fact]
    public void So_does_a_no_to_consent_about_something_else()
    {
        var no = Shop.DoubleOptIn(Shop.On(2025, 4, 1)) with { Act = "declined", Confirmed = null, Topics = NameSet.Of("account") };
        Decide(Shop.Order(Shop.On(2025, 7, 24)), no).Verdict.ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void A_sign_up_that_nobody_confirmed_does_not()
    {
        var unconfirmed = Shop.DoubleOptIn(Shop.On(2025, 4, 1)) with { Confirmed = null, Channels = NameSet.Of("sms") };
        Decide(Shop.Order(Shop.On(2025, 7, 24)), unconfirmed).Verdict.ShouldBe(Verdict.Permitted);
        Decide(Shop.Order(Shop.On(2025, 7, 24)), unconfirmed with { Confirmed = Shop.On(2025, 4, 2) }).Verdict.ShouldBe(Verdict.NotShown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_two_orders_of_one_day_the_form_that_restricts_most_counts(bool phoneFirst)
    {
        var day = When.Of(new DateOnly(2025, 5, 20));
        ContactEntry[] orders = [Shop.Order(day, "x1"), ByPhone(day, "x2")];
        Decide(phoneFirst ? [.. orders.Reverse()] : orders).Verdict.ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void An_offset_does_not_make_the_later_of_two_orders_the_first()
    {
        // 21 May in Auckland is still 20 May in London, and earlier than the order of that evening.
        var byPhone = ByPhone(When.Of(new DateTimeOffset(2025, 5, 21, 0, 30, 0, TimeSpan.FromHours(12))));
        var online = Shop.Order(When.Of(new DateTimeOffset(2025, 5, 20, 20, 0, 0, TimeSpan.Zero)), "x1");
        Decide(online, byPhone).Verdict.ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void What_an_account_showed_counts_for_the_order_of_the_same_day()
    {
        var account = Shop.Order(Shop.On(2025, 5, 20, 10), "account") with { Context = "free-account", Products = [] };
        Decide(account, ByPhone(Shop.On(2025, 5, 20, 11), "order")).Verdict.ShouldBe(Verdict.Permitted);
        Decide(account with { Point = "phone", Refused = null }, Shop.Order(Shop.On(2025, 5, 20, 11), "order"))
            .Verdict.ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void A_refusal_at_a_later_act_of_the_occasion_is_a_refusal_at_the_first()
    {
        var account = Shop.Order(Shop.On(2025, 5, 20, 10), "account") with { Context = "free-account", Products = [] };
        Decide(account, Shop.Order(Shop.On(2025, 5, 20, 11), "order", refused: true)).Verdict.ShouldBe(Verdict.Refused);
    }

    [Fact]
    public void A_later_order_counts_where_the_first_offered_a_refusal_that_was_not_used()
    {
        var first = Shop.Order(Shop.On(2025, 3, 10), "order 1") with { Products = ["T1"] };
        var later = Shop.Order(Shop.On(2025, 9, 1), "order 2");
        Decide(first).Verdict.ShouldBe(Verdict.NotShown, "tents are no candles");
        Decide(first, later).Verdict.ShouldBe(Verdict.Permitted);
        Decide(first with { Refused = null }, later).Verdict.ShouldBe(Verdict.NotShown, "nothing says whether it was used");
        Decide(first with { Point = "phone", Refused = null }, later).Verdict.ShouldBe(Verdict.NotShown, "none was offered");
        Decide(first with { ObtainedBy = "other-ltd" }, later).Verdict.ShouldBe(Verdict.NotShown, "it was another company's");
        Decide(first with { From = "third-party" }, later).Verdict.ShouldBe(Verdict.NotShown, "the person did not give it");
    }

    [Fact]
    public void A_cancellation_gives_no_details_and_without_its_order_shows_that_they_were_held()
    {
        var cancelled = Shop.Order(Shop.On(2025, 3, 10), "cancelled") with { Context = "cancelled-sale" };
        Decide(cancelled, Shop.Order(Shop.On(2025, 9, 1))).Verdict.ShouldBe(Verdict.NotShown);
        Decide(Shop.Order(Shop.On(2025, 3, 9)), cancelled).Verdict.ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public void A_cancellation_belongs_to_its_order_whichever_of_the_two_was_recorded_first()
    {
        var order = Shop.Order(Shop.On(2025, 5, 2), "#101");
        var off = order with { Context = "cancelled-sale" };
        Decide(order).Verdict.ShouldBe(Verdict.Permitted);
        Decide(order, off).Verdict.ShouldBe(Verdict.NotShown);
        Decide(off, order).Verdict.ShouldBe(Verdict.NotShown);
        Decide(order, off with { When = Shop.On(2025, 5, 9) }).Verdict.ShouldBe(Verdict.NotShown, "dated by the day it was cancelled");
        Decide(order, off with { Id = "#099", When = Shop.On(2025, 5, 9) }).Verdict.ShouldBe(Verdict.Permitted, "of another order");
        Decide(order, off with { ObtainedBy = "another-ltd", When = Shop.On(2025, 5, 9) })
            .Verdict.ShouldBe(Verdict.Permitted, "of another shop's order of that number");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("customers")]
    public void Who_asked_for_a_quote_and_cancelled_the_order_is_no_customer_whatever_the_row_says(string? audience)
    {
        var quote = Shop.Order(Shop.On(2025, 5, 2), "Q1") with { Context = "quote" };
        var order = Shop.Order(Shop.On(2025, 5, 9), "#101") with { Audience = audience };
        var off = order with { Context = "cancelled-sale", When = Shop.On(2025, 5, 12) };
        Decide(quote, order).Verdict.ShouldBe(Verdict.Permitted);
        Decide(quote, order, off).Verdict.ShouldBe(Verdict.NotShown);
        Decide(quote, off).Verdict.ShouldBe(Verdict.NotShown);
        Decide(quote, order, off, Shop.Order(Shop.On(2025, 8, 1), "#188")).Verdict.ShouldBe(Verdict.Permitted, "another order stands");
        var forBoth = Shop.Assessment with { Audiences = NameSet.Of("customers", "prospects") };
        Shop.Decide(
                [Shop.InBritain, quote, order with { Audience = null }, off with { Audience = null }],
                controller: Shop.Entries.Select(entry => entry is AssessmentRecorded ? forBoth : entry)
            )
            .Verdict.ShouldBe(Verdict.Permitted, "one for people in negotiations covers them");
    }

    [Fact]
    public void A_cancelled_order_was_the_first_collection_all_the_same()
    {
        var order = Shop.Order(Shop.On(2025, 5, 2), "#101");
        var off = order with { Context = "cancelled-sale" };
        Decide(order, off, Shop.Order(Shop.On(2025, 9, 1), "#205")).Verdict.ShouldBe(Verdict.Permitted, "it offered a refusal");
        Decide(order, off with { When = Shop.On(2025, 9, 3) }, Shop.Order(Shop.On(2025, 9, 1), "#205")).Verdict.ShouldBe(Verdict.Permitted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_cancellation_of_another_order_on_the_day_of_the_first_shows_that_the_address_was_held(bool isFirst)
    {
        var day = When.Of(new DateOnly(2025, 5, 20));
        ContactEntry[] rows = [Shop.Order(day, "o2"), Shop.Order(day, "o1") with { Context = "cancelled-sale" }];
        Decide(isFirst ? rows : [.. rows.Reverse()]).Verdict.ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void Whoever_was_first_told_that_there_would_be_no_marketing_had_nothing_to_refuse()
    {
        var told = Shop.Order(Shop.On(2025, 3, 10), "order 1") with { Shown = new Shown { ToldNoMarketing = true } };
        var later = Shop.Order(Shop.On(2025, 9, 1), "order 2");
        Decide(told, later).Verdict.ShouldBe(Verdict.NotShown);
        Decide(told with { Shown = new Shown { ToldNoMarketing = false } }, later).Verdict.ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public void A_row_that_says_the_account_held_the_details_already_is_believed() =>
        Decide(Shop.Order(Shop.On(2025, 9, 1)) with { Shown = new Shown { DetailsGivenAnew = false } }).Verdict.ShouldBe(Verdict.NotShown);

    [Fact]
    public void What_a_row_says_beside_its_form_is_added_and_where_they_disagree_nothing_is_shown()
    {
        var order = Shop.Order(Shop.On(2025, 9, 1));
        Decide(order with { Shown = new Shown { DetailsGivenAnew = true } }).Verdict.ShouldBe(Verdict.Permitted);
        Decide(ByPhone(Shop.On(2025, 9, 1)) with { Shown = Shop.Box, Refused = false }).Verdict.ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void Somebody_may_judge_for_a_form_and_a_period_that_details_were_given_anew_there()
    {
        var message = new MessageSent(When.Of(new DateOnly(2025, 2, 20)), "letter", Shop.Name, "email", IsMarketing: true)
        {
            Template = "newsletter",
        };
        var guest = new CollectionPointVersion("guest@1", "guest")
        {
            From = new DateOnly(2025, 6, 1),
            Until = new DateOnly(2025, 9, 1),
            Shown = Shop.Box with { DetailsGivenAnew = true },
            Signature = Shop.Signed with { On = new DateOnly(2026, 1, 5), Reason = "a checkout for guests: it knew nobody" },
        };
        Through(Shop.On(2025, 7, 24)).ShouldBe(Verdict.Permitted);
        Through(Shop.On(2025, 9, 24)).ShouldBe(Verdict.NotShown);

        Verdict Through(When when) =>
            Shop.Decide([Shop.InBritain, message, Shop.Order(when) with { Point = "guest" }], controller: [.. Controller, guest]).Verdict;
    }
}
