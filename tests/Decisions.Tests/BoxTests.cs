using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

/// <summary>What ticks in the boxes of a form mean: consent, consent asked in vain, refusal, or nothing.</summary>
public class BoxTests
{
    static readonly Box News = new("news", BoxKind.OptIn)
    {
        TickedByDefault = false,
        Channels = NameSet.Of("email"),
        Topics = NameSet.Of("homeware"),
        Wording = "[ ] Email me offers for the home from Lantern Ltd about once a month. I can stop at any time.",
        Informed = true,
        SeparateRequest = true,
        ToldOfWithdrawal = true,
        ConditionOfService = false,
        Ongoing = true,
    };

    static readonly Box NoOffers = new("no-offers", BoxKind.OptOut) { TickedByDefault = false, Channels = NameSet.Of("email") };

    /// <summary>The shop with another form beside its own.</summary>
    internal static IEnumerable<ControllerEntry> With(Shown shown, params ImmutableArray<Box> boxes) =>
        Shop.Entries.Append(
            new CollectionPointVersion("form@1", "form")
            {
                From = new DateOnly(2025, 1, 1),
                Shown = shown,
                Boxes = boxes,
                Signature = Shop.Signed,
            }
        );

    internal static DetailsCollected Order(When when, string id = "order 1", params (string Id, bool IsTicked)[] ticks) =>
        Shop.Order(when, id, refused: null) with
        {
            Point = "form",
            Boxes = ticks.ToImmutableSortedDictionary(tick => tick.Id, tick => tick.IsTicked, StringComparer.Ordinal),
        };

    static Decision Decide(Box box, bool? isTicked)
    {
        var order = Order(Shop.On(2025, 5, 2), "order 1", isTicked is { } ticked ? [(box.Id, ticked)] : []);
        return Shop.Decide([Shop.InBritain, order], controller: With(Shop.Box with { ConsentAsked = null, RefusalOffered = null }, box));
    }

    [Fact]
    public void A_tick_in_an_empty_opt_in_box_is_consent_of_that_day_to_those_words()
    {
        var decision = Decide(News, isTicked: true);
        decision.Verdict.ShouldBe(Verdict.Permitted);
        decision.Send.Code.ShouldBe("gb/pecr/reg-22#consent");
        decision.Process.Code.ShouldBe("gb/uk-gdpr/art-6#consent");
    }

    [Fact]
    public void A_box_that_came_ticked_and_was_left_so_is_no_consent() =>
        Decide(News with { TickedByDefault = true }, isTicked: true).Verdict.ShouldBe(Verdict.NotShown);

    [Fact]
    public void A_tick_in_a_box_of_which_nobody_knows_how_it_came_is_no_consent() =>
        Decide(News with { TickedByDefault = null }, isTicked: true).Verdict.ShouldBe(Verdict.NotShown);

    [Fact]
    public void A_box_that_came_ticked_and_was_cleared_is_a_refusal() =>
        Decide(News with { TickedByDefault = true }, isTicked: false).Send.Code.ShouldBe("gb/pecr/refusal#holds");

    [Fact]
    public void A_tick_in_an_opt_out_box_is_a_refusal_of_its_scope()
    {
        Decide(NoOffers, isTicked: true).Send.Code.ShouldBe("gb/pecr/refusal#holds");
        Decide(NoOffers with { Channels = NameSet.Of("sms") }, isTicked: true).Verdict.ShouldNotBe(Verdict.Refused);
    }

    [Fact]
    public void An_opt_out_box_left_is_a_refusal_offered_and_not_used()
    {
        var decision = Decide(NoOffers, isTicked: false);
        decision.Verdict.ShouldBe(Verdict.Permitted);
        decision.Send.Code.ShouldBe("gb/pecr/reg-22#products-and-services-soft-opt-in");
        Decide(NoOffers, isTicked: null).Verdict.ShouldBe(Verdict.NotShown, "whether it was ticked is not known");
    }

    [Fact]
    public void An_opt_out_box_about_texts_offers_no_refusal_of_emails() =>
        Decide(NoOffers with { Channels = NameSet.Of("sms") }, isTicked: false).Verdict.ShouldBe(Verdict.NotShown);

    [Fact]
    public void An_opt_in_box_seen_and_left_bars_the_soft_opt_in_in_its_scope_and_in_no_other()
    {
        Left(News).ShouldNotBe(Verdict.Permitted);
        Left(News with { Topics = null, Channels = null }).ShouldNotBe(Verdict.Permitted, "a box that names nothing is about everything");
        Left(News with { Channels = NameSet.Of("sms") }).ShouldBe(Verdict.Permitted);
        Left(News with { Topics = NameSet.Of("account") }).ShouldBe(Verdict.Permitted);
        Left(News with { Topics = NameSet.Of("account", "Homeware") }).ShouldNotBe(Verdict.Permitted);
        Left(News with { Topics = NameSet.Of("home-wear") }).ShouldNotBe(Verdict.Permitted, "an unknown topic may be this one");
        Left(News with { Senders = NameSet.Of("another-ltd") }).ShouldBe(Verdict.Permitted);
        Left(News with { Senders = NameSet.Of("Lantern LTD") }).ShouldNotBe(Verdict.Permitted);
        Left(News with { Senders = NameSet.Of("partner-ltd") }).ShouldBe(Verdict.Permitted, "who signed the form names a partner");

        static Verdict Left(Box box)
        {
            var form = With(Shop.Box with { ConsentAsked = null }, box, NoOffers);
            var order = Order(Shop.On(2025, 5, 2), "order 1", (box.Id, false), (NoOffers.Id, false));
            return Shop.Decide([Shop.InBritain, order], controller: form).Verdict;
        }
    }

    [Fact]
    public void A_form_that_only_says_it_asked_for_consent_had_one_opt_in_box_for_every_channel()
    {
        var shown = Shop.Box with { ConsentAsked = true };
        Ask(ticked: false).ShouldNotBe(Verdict.Permitted);
        Ask(ticked: null).ShouldNotBe(Verdict.Permitted);
        Ask(ticked: true).ShouldBe(Verdict.Permitted, "by the soft opt-in: the tick itself proves no act, as nobody says how the box came");

        Verdict Ask(bool? ticked)
        {
            var order = Shop.Order(Shop.On(2025, 5, 2)) with { Point = "old-form", ConsentTicked = ticked };
            var form = new CollectionPointVersion("old@1", "old-form")
            {
                From = new DateOnly(2025, 1, 1),
                Shown = shown,
                Signature = Shop.Signed,
            };
            return Shop.Decide([Shop.InBritain, order], controller: Shop.Entries.Append(form)).Verdict;
        }
    }

    [Theory]
    [InlineData(BoxKind.OptIn, false, "gb/pecr/reg-22#consent")]
    [InlineData(BoxKind.OptOut, false, "gb/pecr/refusal#holds")]
    public void One_column_of_ticks_says_what_the_forms_only_box_says(BoxKind kind, bool cameTicked, string code)
    {
        var form = With(
            Shop.Box with
            {
                ConsentAsked = null,
                RefusalOffered = null,
            },
            News with
            {
                Kind = kind,
                TickedByDefault = cameTicked,
            }
        );
        var order = Order(Shop.On(2025, 5, 2)) with { Boxes = null, ConsentTicked = true };
        Shop.Decide([Shop.InBritain, order], controller: form).Send.Code.ShouldBe(code);
    }

    [Fact]
    public void A_form_whose_opt_out_boxes_stop_only_something_else_offered_no_refusal_of_such_messages()
    {
        Verdict With(Box box, Shown shown) =>
            Shop.Decide(
                [Shop.InBritain, Order(Shop.On(2025, 5, 2)) with { Refused = false }],
                controller: BoxTests.With(shown, box)
            ).Verdict;
        var shown = Shop.Box with { ConsentAsked = null };
        With(NoOffers with { Channels = NameSet.Of("sms") }, shown).ShouldBe(Verdict.NotShown);
        With(NoOffers with { Topics = NameSet.Of("account") }, shown).ShouldBe(Verdict.NotShown);
        With(NoOffers, shown).ShouldBe(Verdict.Permitted);
        With(NoOffers with { Channels = NameSet.Of("email", "sms") }, shown).ShouldBe(Verdict.Permitted);
        With(NoOffers with { Channels = NameSet.Of("sms") }, shown with { RefusalsInRegister = true })
            .ShouldBe(Verdict.Permitted, "there was another way to say no");
    }
}
