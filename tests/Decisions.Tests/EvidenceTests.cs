using MaySend.Evidence.Entries;
using MaySend.Law;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

public class EvidenceTests
{
    [Fact]
    public void A_customer_who_saw_the_refusal_box_is_permitted_by_soft_opt_in_and_legitimate_interests()
    {
        var decision = Shop.Decide(Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2)));
        decision.Verdict.ShouldBe(Verdict.Permitted);
        decision.Send.Code.ShouldBe("gb/pecr/reg-22#products-and-services-soft-opt-in");
        decision.Process.Code.ShouldBe("gb/uk-gdpr/art-6#legitimate-interests");
    }

    [Fact]
    public void An_order_before_the_first_recorded_form_version_is_not_shown()
    {
        var decision = Shop.Decide(Shop.InBritain, Shop.Order(Shop.On(2025, 1, 2), refused: null));
        decision.Verdict.ShouldBe(Verdict.NotShown);
        decision.Send.Code.ShouldEndWith("/collection.refusal-offered");
    }

    [Fact]
    public void A_later_order_with_a_box_does_not_cure_a_first_without_one()
    {
        Shop.Decide(Shop.InBritain, Shop.Order(Shop.On(2025, 1, 2), "order 1", refused: null), Shop.Order(Shop.On(2025, 6, 2), "order 2"))
            .Verdict.ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void Two_versions_of_a_form_on_one_day_show_nothing()
    {
        var twice = Shop.Entries.Append(
            new CollectionPointVersion("checkout@2", "checkout")
            {
                From = new DateOnly(2025, 4, 1),
                Shown = Shop.Box,
                Signature = Shop.Signed,
            }
        );
        Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2))], controller: twice).Verdict.ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void An_order_half_mapped_to_families_is_incomplete_unless_the_known_part_covers()
    {
        var half = Shop.Order(Shop.On(2025, 5, 2)) with { Products = ["X9"] };
        Shop.Decide(Shop.InBritain, half).Verdict.ShouldBe(Verdict.NotShown);
        Shop.Decide(Shop.InBritain, half with { Products = ["X9", "C1"] }).Verdict.ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public void An_unsigned_product_map_counts_for_nothing()
    {
        var unsigned = Shop.Entries.Select(entry => entry is ProductMapSigned map ? map with { Signature = null } : entry);
        Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2))], controller: unsigned).Verdict.ShouldBe(Verdict.NotShown);
    }

    [Theory]
    [InlineData("withdrawn", Truth.NotSatisfied)]
    [InlineData("unsigned", Truth.NotEvidenced)]
    [InlineData("review overdue", Truth.NotEvidenced)]
    [InlineData("signed after sending", Truth.NotSatisfied)]
    public void An_assessment_that_is_not_in_force_carries_nothing(string how, Truth ground)
    {
        var broken = how switch
        {
            "withdrawn" => Shop.Assessment with { EndedOn = Shop.Day },
            "unsigned" => Shop.Assessment with { Signature = null },
            "review overdue" => Shop.Assessment with { ReviewDue = Shop.Day },
            _ => Shop.Assessment with { Signature = Shop.Signed with { On = Shop.Day.AddDays(1) } },
        };
        var entries = Shop.Entries.Select(entry => entry is AssessmentRecorded ? broken : entry);
        var decision = Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2))], controller: entries);
        decision.Verdict.ShouldBe(Verdict.NotShown);
        var interests = decision
            .Formula.Process.Elements.SelectMany(element => element.Grounds)
            .Single(g => g.Ground.Name == "legitimate-interests");
        new Law.Formulas.Evaluator(decision.Campaign, decision.Recipient).Of(interests.Body).ShouldBe(ground);
    }

    [Fact]
    public void A_company_is_only_shown_by_its_register_number()
    {
        var claimed = Shop.InBritain with { Subscriber = "corporate" };
        Shop.Decide(claimed).Recipient.Recipient[Recipient.Subscriber].IsRecorded.ShouldBeFalse();
        Shop.Decide(claimed with { RegisterNumber = "01234567" }).Recipient.Recipient[Recipient.Subscriber].IsRecorded.ShouldBeTrue();
    }

    [Fact]
    public void Sources_that_conflict_show_nothing()
    {
        var decision = Shop.Decide(Shop.InBritain, Shop.InBritain with { Id = "other", Subscriber = "corporate", RegisterNumber = "1" });
        decision.Recipient.Recipient[Recipient.Subscriber].IsRecorded.ShouldBeFalse();
    }

    [Fact]
    public void Where_two_countries_are_plausible_both_must_allow()
    {
        var order = Shop.Order(Shop.On(2025, 5, 2));
        var both = Shop.InBritain with { Countries = NameSet.Of("gb", "pl") };
        Shop.Decide(both, order).Verdict.ShouldNotBe(Verdict.Permitted);
        Shop.Decide(both, order).Formula.Reach.Send.ShouldContain("pl");
    }

    [Fact]
    public void An_unknown_country_of_a_UK_sender_answers_to_the_strictest_law_and_to_that_of_the_UK()
    {
        var decision = Shop.Decide(Shop.Order(Shop.On(2025, 5, 2)));
        decision.Formula.Reach.Send.ShouldContain("eu/strictest");
        decision.Formula.Reach.Send.ShouldContain("gb");
        decision.Verdict.ShouldBe(Verdict.NotShown);
    }

    [Theory]
    [InlineData("us")]
    [InlineData("gg")]
    public void A_country_without_law_on_file_is_not_shown_and_says_so(string country)
    {
        var decision = Shop.Decide(Shop.InBritain with { Countries = NameSet.Of(country) }, Shop.Order(Shop.On(2025, 5, 2)));
        decision.Verdict.ShouldBe(Verdict.NotShown);
        decision.Send.Code.ShouldBe($"{country}/send/not-covered");
    }

    [Fact]
    public void A_gap_of_more_than_twelve_months_ends_the_Irish_exception_and_an_unlawful_mail_does_not_launder_it()
    {
        var inIreland = Shop.InBritain with { Countries = NameSet.Of("ie") };
        var order = Shop.Order(Shop.On(2025, 3, 2));
        var may2026 = Shop.Spring with { Day = new DateOnly(2026, 5, 10) };
        MessageSent Mail(int year, int month) =>
            new(Shop.On(year, month, 1), $"mail {year}-{month}", Shop.Name, "email", IsMarketing: true) { Template = "newsletter" };
        Law.Formulas.Evaluator Read(Decision d) => new(d.Campaign, d.Recipient);

        var kept = Shop.Decide([inIreland, order, Mail(2025, 12)], may2026);
        var lapsed = Shop.Decide([inIreland, order], may2026);
        var laundered = Shop.Decide([inIreland, order, Mail(2026, 4)], may2026 with { Day = new DateOnly(2026, 5, 10) });
        Read(kept).Of(kept.Formula.Send.Whole).ShouldBe(Truth.Satisfied);
        Read(lapsed).Of(lapsed.Formula.Send.Whole).ShouldNotBe(Truth.Satisfied);
        Read(laundered).Of(laundered.Formula.Send.Whole).ShouldNotBe(Truth.Satisfied);
    }

    [Fact]
    public void A_template_without_a_refusal_since_the_order_breaks_the_chain()
    {
        var entries = Shop.Entries.Append(
            new TemplateVersion("flash@1", "flash")
            {
                Sender = Shop.Name,
                From = new DateOnly(2025, 7, 1),
                Until = new DateOnly(2025, 8, 1),
                RefusalOffered = false,
                Signature = Shop.Signed,
            }
        );
        var broken = Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2))], controller: entries);
        broken.Verdict.ShouldBe(Verdict.NotShown);
        broken.Recipient.Recipient[Recipient.EarlierMessagesOfferedRefusal].ShouldBe(Recipient.EarlierMessagesOfferedRefusal.Of("no"));
        Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 9, 2))], controller: entries).Verdict.ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public void A_signed_judgement_answers_what_no_record_shows_and_contradicts_none()
    {
        var judged = new FactJudged(
            Shop.On(2026, 1, 1),
            "judgement",
            "collection.refusal-offered",
            "yes",
            "data protection officer",
            "the form is archived"
        );
        var decision = Shop.Decide(Shop.InBritain, Shop.Order(Shop.On(2025, 1, 2), refused: null), judged);
        decision.Recipient.Collections[0][Collection.RefusalOffered].ShouldBe(Collection.RefusalOffered.Of("yes"));
        var contradicting = judged with { Fact = "collection.context", Value = "donation" };
        Shop.Decide(Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2)), contradicting)
            .Recipient.Collections[0][Collection.Context]
            .ShouldBe(Collection.Context.Of("sale"));
    }

    [Fact]
    public void Of_several_look_ups_in_one_register_the_newest_counts()
    {
        var decision = Shop.Decide(
            Shop.InBritain,
            new RegisterChecked(Shop.On(2026, 1, 1), "old", "at/ecg-list", false),
            new RegisterChecked(Shop.On(2026, 3, 1), "new", "at/ecg-list", true)
        );
        decision.Recipient.Checks.Length.ShouldBe(1);
        decision.Recipient.Checks[0].Id.ShouldBe("new");
    }

    [Fact]
    public void A_register_is_the_same_in_every_case_of_letters_so_that_a_newer_listing_in_it_counts()
    {
        var decision = Shop.Decide(
            Shop.InBritain,
            new RegisterChecked(Shop.On(2026, 1, 1), "old", "be/do-not-call-me", false),
            new RegisterChecked(Shop.On(2026, 3, 1), "new", "BE/Do-Not-Call-Me ", true)
        );
        var check = decision.Recipient.Checks.ShouldHaveSingleItem();
        (check.Id, check[Check.Register]).ShouldBe(("new", FactValue.OfName("be/do-not-call-me")));
    }

    [Fact]
    public void Registers_are_those_that_the_law_on_file_describes() =>
        Registers.Names.ShouldBe(Shop.Decider.Law.Registers.Select(register => register.Id).Order(StringComparer.Ordinal));
}
