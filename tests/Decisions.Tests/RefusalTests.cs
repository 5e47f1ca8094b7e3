using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

public class RefusalTests
{
    [Fact]
    public void Double_opt_in_then_opt_out_then_a_new_order_with_the_refusal_box_unticked_is_refused()
    {
        Shop.Decide(
                Shop.InBritain,
                Shop.DoubleOptIn(Shop.On(2025, 4, 1)),
                Shop.OptOut(Shop.On(2025, 8, 1)),
                Shop.Order(Shop.On(2025, 11, 1), refused: false)
            )
            .Verdict.ShouldBe(Verdict.Refused);
    }

    [Fact]
    public void An_objection_outranks_any_earlier_consent()
    {
        var consent = Shop.DoubleOptIn(Shop.On(2025, 4, 1));
        Shop.Decide(Shop.InBritain, consent).Verdict.ShouldBe(Verdict.Permitted);
        var objection = new RefusalMade(Shop.On(2025, 4, 2), "letter") { Kind = "objection", How = "letter" };
        var decision = Shop.Decide(Shop.InBritain, consent, objection);
        decision.Verdict.ShouldBe(Verdict.Refused);
        decision.Reason.Code.ShouldStartWith("gb/pecr/");
    }

    [Fact]
    public void An_imported_later_consent_never_lifts_a_refusal()
    {
        Shop.Decide(Shop.InBritain, Shop.OptOut(Shop.On(2025, 8, 1)), Shop.DoubleOptIn(Shop.On(2025, 9, 1)))
            .Verdict.ShouldBe(Verdict.Refused);
    }

    [Fact]
    public void A_later_consent_on_a_form_we_served_that_names_the_scope_lifts_a_refusal()
    {
        var narrow = Shop.OptOut(Shop.On(2025, 8, 1)) with { Topics = NameSet.Of("homeware") };
        var served = Shop.DoubleOptIn(Shop.On(2025, 9, 1)) with { ServedHere = true };
        Shop.Decide(Shop.InBritain, narrow, served).Verdict.ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public void A_refusal_on_the_same_day_as_a_consent_without_times_is_read_against_sending()
    {
        var day = When.Of(new DateOnly(2025, 9, 1));
        Shop.Decide(
                Shop.InBritain,
                Shop.DoubleOptIn(day) with
                {
                    ServedHere = true,
                },
                Shop.OptOut(day) with
                {
                    Topics = NameSet.Of("homeware"),
                }
            )
            .Verdict.ShouldBe(Verdict.Refused);
    }

    [Fact]
    public void An_undo_takes_back_only_the_refusal_it_names()
    {
        var order = Shop.Order(Shop.On(2025, 5, 2));
        var undo = new RefusalRetracted(Shop.On(2025, 8, 1, 13), "undo", "opt-out 1");
        Shop.Decide(Shop.InBritain, order, Shop.OptOut(Shop.On(2025, 8, 1)), undo).Verdict.ShouldBe(Verdict.Permitted);
        Shop.Decide(Shop.InBritain, order, Shop.OptOut(Shop.On(2025, 8, 1)), Shop.OptOut(Shop.On(2025, 9, 1), "opt-out 2"), undo)
            .Verdict.ShouldBe(Verdict.Refused);
    }

    [Fact]
    public void No_at_collection_is_a_refusal_of_that_sender()
    {
        Shop.Decide(Shop.InBritain, Shop.DoubleOptIn(Shop.On(2025, 4, 1)), Shop.Order(Shop.On(2025, 5, 2), refused: true))
            .Verdict.ShouldBe(Verdict.Refused);
    }

    [Fact]
    public void An_opt_out_binds_its_sender_and_stop_all_binds_every_sender()
    {
        var order = Shop.Order(Shop.On(2025, 5, 2));
        var other = Shop.OptOut(Shop.On(2025, 8, 1)) with { Senders = NameSet.Of("another-ltd") };
        Shop.Decide(Shop.InBritain, order, other).Verdict.ShouldBe(Verdict.Permitted);
        Shop.Decide(Shop.InBritain, order, other with { Senders = null }).Verdict.ShouldBe(Verdict.Refused);
    }

    [Fact]
    public void A_newsletter_opt_out_never_stops_a_password_reset()
    {
        var reset = Shop.Spring with
        {
            Id = "password-reset",
            Purpose = "service",
            Judged = Shop.Signed,
            NeededFor = ["contract"],
            Topics = ["account"],
            Families = [],
        };
        Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2)), Shop.OptOut(Shop.On(2025, 8, 1))], reset)
            .Verdict.ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public void A_message_that_nobody_signed_to_be_service_is_not_shown()
    {
        var claimed = Shop.Spring with { Id = "reset", Purpose = "service", NeededFor = ["contract"], Topics = ["account"], Families = [] };
        Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2))], claimed).Verdict.ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void An_opt_out_after_the_day_of_sending_counts_as_soon_as_it_is_known()
    {
        Shop.Decide(Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2)), Shop.OptOut(Shop.On(2026, 3, 11)))
            .Send.Truth.ShouldNotBe(Law.Truth.Satisfied);
    }

    [Fact]
    public void Without_a_signed_statement_that_the_register_is_complete_nobody_is_permitted()
    {
        var without = Shop.Entries.Where(entry => entry is not StatementSigned { Says: StatementKind.RefusalsComplete });
        Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2)), Shop.DoubleOptIn(Shop.On(2025, 4, 1))], controller: without)
            .Verdict.ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void One_refused_topic_among_those_of_a_message_refuses_the_message()
    {
        var both = Shop.Spring with { Topics = ["homeware", "account"] };
        var order = Shop.Order(Shop.On(2025, 5, 2));
        var one = Shop.OptOut(Shop.On(2025, 8, 1)) with { Topics = NameSet.Of("account") };
        Shop.Decide([Shop.InBritain, order], both).Verdict.ShouldBe(Verdict.Permitted);
        Shop.Decide([Shop.InBritain, order, one], both).Verdict.ShouldBe(Verdict.Refused);
        Shop.Decide(Shop.InBritain, order, one).Verdict.ShouldBe(Verdict.Permitted);
        Shop.Decide([Shop.InBritain, order, one], Shop.Spring with { Topics = [] }).Verdict.ShouldBe(Verdict.Refused);
    }

    [Theory]
    [InlineData("homware")]
    [InlineData("ALL")]
    [InlineData("marketing")]
    public void A_topic_that_nobody_bears_refuses_every_topic(string topic) =>
        Shop.Decide(Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2)), Shop.OptOut(Shop.On(2025, 8, 1)) with { Topics = NameSet.Of(topic) })
            .Verdict.ShouldBe(Verdict.Refused);

    [Fact]
    public void A_no_on_an_order_and_a_withdrawal_after_the_day_of_sending_count()
    {
        Shop.Decide(Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2)), Shop.Order(Shop.On(2026, 3, 12), "order 2", refused: true))
            .Verdict.ShouldBe(Verdict.Refused);
        var withdrawn = Shop.DoubleOptIn(Shop.On(2026, 3, 12)) with { Withdrawn = Shop.On(2026, 3, 13) };
        Shop.Decide(Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2)), withdrawn).Verdict.ShouldBe(Verdict.Refused);
    }

    [Fact]
    public void Several_served_acts_free_together_what_they_name_and_nothing_else()
    {
        var both = Shop.Spring with { Topics = ["homeware", "account"] };
        var stop = Shop.OptOut(Shop.On(2025, 8, 1));
        var first = Shop.DoubleOptIn(Shop.On(2025, 9, 1)) with { ServedHere = true };
        var second = Shop.DoubleOptIn(Shop.On(2025, 9, 2), "sign-up 2") with { ServedHere = true, Topics = NameSet.Of("account") };
        Shop.Decide([Shop.InBritain, stop, first]).Verdict.ShouldBe(Verdict.Permitted);
        Shop.Decide([Shop.InBritain, stop, first], both).Verdict.ShouldBe(Verdict.Refused);
        // Free of the request, though no one consent covers both topics.
        Shop.Decide([Shop.InBritain, stop, first, second], both).Verdict.ShouldNotBe(Verdict.Refused);
        Shop.Decide([Shop.InBritain, stop, first, second], both with { Topics = [] }).Verdict.ShouldBe(Verdict.Refused);
        Shop.Decide([Shop.InBritain, stop, first with { To = NameSet.Of("another-ltd") }]).Verdict.ShouldBe(Verdict.Refused);
        Shop.Decide([Shop.InBritain, stop, first with { Channels = NameSet.Of("sms") }]).Verdict.ShouldBe(Verdict.Refused);
    }

    [Fact]
    public void A_request_after_a_served_act_bars_again()
    {
        var served = Shop.DoubleOptIn(Shop.On(2025, 9, 1)) with { ServedHere = true };
        Shop.Decide(Shop.InBritain, Shop.OptOut(Shop.On(2025, 8, 1)), served, Shop.OptOut(Shop.On(2025, 9, 2), "opt-out 2"))
            .Verdict.ShouldBe(Verdict.Refused);
    }

    [Fact]
    public void A_request_without_a_time_is_later_than_everything_before_it_was_first_on_record()
    {
        var served = Shop.DoubleOptIn(Shop.On(2025, 9, 1)) with { ServedHere = true };
        var undated = Shop.OptOut(When.Of(DateOnly.MinValue));
        Shop.Decide(Shop.InBritain, served, undated).Verdict.ShouldBe(Verdict.Refused);
        Shop.Decide(Shop.InBritain, served, undated with { FirstSeen = new(2025, 10, 1, 0, 0, 0, TimeSpan.Zero) })
            .Verdict.ShouldBe(Verdict.Refused);
        Shop.Decide(Shop.InBritain, served, undated with { FirstSeen = new(2025, 8, 1, 0, 0, 0, TimeSpan.Zero) })
            .Verdict.ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public void An_undo_does_not_reach_a_request_of_another_kind_that_bears_the_same_id()
    {
        var letter = Shop.OptOut(Shop.On(2025, 8, 1)) with { How = "letter" };
        var undo = new RefusalRetracted(Shop.On(2025, 8, 1, 13), "undo", letter.Id);
        Shop.Decide(Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2)), letter, undo).Verdict.ShouldBe(Verdict.Refused);
    }

    [Fact]
    public void A_register_vouches_for_nobody_known_before_it_begins()
    {
        var order = Shop.Order(Shop.On(2025, 5, 2));
        Shop.Decide([Shop.InBritain, order], controller: Since(2025, 5, 2)).Verdict.ShouldBe(Verdict.Permitted);
        var decision = Shop.Decide([Shop.InBritain, order], controller: Since(2025, 5, 3));
        decision.Verdict.ShouldBe(Verdict.NotShown);
        decision.Send.Truth.ShouldBe(Law.Truth.NotEvidenced);
        var consented = new ContactEntry[] { Shop.InBritain, Shop.DoubleOptIn(Shop.On(2025, 5, 4)), order };
        Shop.Decide(consented, controller: Since(2025, 5, 3)).Verdict.ShouldBe(Verdict.NotShown);
        Shop.Decide(
                [Shop.InBritain, new MessageSent(Shop.On(2025, 5, 1), "sent 1", Shop.Name, "email", IsMarketing: false), order],
                controller: Since(2025, 5, 2)
            )
            .Verdict.ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void A_served_act_since_the_register_begins_makes_older_silence_immaterial_for_what_it_names()
    {
        var order = Shop.Order(Shop.On(2025, 5, 2));
        var served = Shop.DoubleOptIn(Shop.On(2025, 8, 1)) with { ServedHere = true };
        Shop.Decide([Shop.InBritain, order, served], controller: Since(2025, 8, 1)).Verdict.ShouldBe(Verdict.Permitted);
        Shop.Decide([Shop.InBritain, order, served], controller: Since(2025, 8, 2)).Verdict.ShouldBe(Verdict.NotShown);
        Shop.Decide([Shop.InBritain, order, served with { Topics = NameSet.Of("account") }], controller: Since(2025, 8, 1))
            .Verdict.ShouldBe(Verdict.NotShown);
        Shop.Decide([Shop.InBritain, order, served with { ServedHere = false }], controller: Since(2025, 8, 1))
            .Verdict.ShouldBe(Verdict.NotShown);
    }

    static IEnumerable<ControllerEntry> Since(int year, int month, int day) =>
        Shop.Entries.Select(entry =>
            entry is StatementSigned { Says: StatementKind.RefusalsComplete } complete
                ? complete with
                {
                    Since = new DateOnly(year, month, day),
                }
                : entry
        );
}
