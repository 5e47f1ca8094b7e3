using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

/// <summary>A verdict looks at no clock; whether the message may go out at this moment is asked beside it.</summary>
public class SendingTests
{
    static readonly Address Anna = Address.Read("anna@example.com").Required();
    static readonly Address Phone = Address.Read("+44 20 7946 0123").Required();

    static Campaign Spring => Shop.Spring;

    static Decision Permitted => Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2))]);

    static Sending Ask(
        DateTimeOffset now,
        Campaign? campaign = null,
        string? hindrance = null,
        bool isWhatIf = false,
        Address? address = null
    ) => Sending.Of(Permitted, campaign ?? Spring, address ?? Anna, Shop.Decider.Law, now, hindrance, isWhatIf);

    static DateTimeOffset At(int day, int hour, int minute = 0) => new(2026, 3, day, hour, minute, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_permitted_may_go_out_on_its_day_and_neither_before_nor_after()
    {
        Permitted.Verdict.ShouldBe(Verdict.Permitted);
        Ask(At(10, 0)).ShouldBeMay();
        Ask(At(10, 23, 59)).ShouldBeMay();
        Ask(At(9, 23, 59)).ShouldWait(Sending.BeforeItsDay);
        Ask(At(11, 0)).ShouldWait(Sending.ItsDayHasPassed);
    }

    [Fact]
    public void Of_a_campaign_of_several_days_only_the_day_that_was_decided_counts()
    {
        var days = Spring with { Until = Shop.Day.AddDays(3) };
        Ask(At(10, 12), days).ShouldBeMay();
        Ask(At(12, 12), days).ShouldWait(Sending.ItsDayHasPassed);
        Ask(At(14, 12), days).ShouldWait(Sending.ItsDayHasPassed);
        Ask(At(9, 12), days).ShouldWait(Sending.BeforeItsDay);
    }

    [Fact]
    public void Where_two_laws_are_asked_it_must_be_the_day_in_both()
    {
        // A quarter to midnight in London is the next day in Berlin.
        var late = new DateTimeOffset(2026, 3, 10, 23, 15, 0, TimeSpan.Zero);
        var both = Shop.Decide([Shop.InBritain with { Countries = NameSet.Of("gb", "de") }, Shop.Order(Shop.On(2025, 5, 2))]);
        Sending.Of(both, Spring, Anna, Shop.Decider.Law, late, null, isWhatIf: false).Reasons.ShouldBe([Sending.ItsDayHasPassed]);
        var early = new DateTimeOffset(2026, 3, 9, 23, 15, 0, TimeSpan.Zero);
        Sending.Of(both, Spring, Anna, Shop.Decider.Law, early, null, isWhatIf: false).Reasons.ShouldBe([Sending.BeforeItsDay]);
    }

    [Fact]
    public void Where_two_days_of_a_campaign_are_today_the_one_that_was_decided_must_be_among_them()
    {
        var late = new DateTimeOffset(2026, 3, 10, 23, 15, 0, TimeSpan.Zero);
        var days = Spring with { Until = Shop.Day.AddDays(1) };
        var tomorrow = Shop.Decide(
            [Shop.InBritain with { Countries = NameSet.Of("gb", "de") }, Shop.Order(Shop.On(2025, 5, 2))],
            Spring with
            {
                Day = Shop.Day.AddDays(1),
            }
        );
        Sending.Of(tomorrow, days, Anna, Shop.Decider.Law, late, null, isWhatIf: false).Reasons.ShouldBeEmpty();
        Sending.Of(tomorrow, days, Anna, Shop.Decider.Law, At(10, 12), null, isWhatIf: false).Reasons.ShouldBe([Sending.BeforeItsDay]);
    }

    [Fact]
    public void The_law_of_the_sender_that_is_asked_about_the_data_counts_its_days_too()
    {
        var abroad = Shop.Decide([Shop.InBritain with { Countries = NameSet.Of("de") }, Shop.Order(Shop.On(2025, 5, 2))]);
        var early = new DateTimeOffset(2026, 3, 9, 23, 15, 0, TimeSpan.Zero);
        Sending.Of(abroad, Spring, Anna, Shop.Decider.Law, early, null, isWhatIf: false).Reasons.ShouldBe([Sending.BeforeItsDay]);
        Sending.Of(abroad, Spring, Anna, Shop.Decider.Law, At(10, 12), null, isWhatIf: false).Reasons.ShouldBeEmpty();
    }

    [Fact]
    public void House_rules_have_no_day_of_their_own()
    {
        Permitted.Formula.Send.Elements.Select(element => element.Jurisdiction).ShouldContain("house");
        Ask(At(10, 23, 59)).ShouldBeMay();
        Sending.OfList(Shop.Day, ["house"], Shop.Decider.Law, At(10, 23, 30), null, isWhatIf: false).ShouldBeMay();
        Sending.OfList(Shop.Day, ["house"], Shop.Decider.Law, At(9, 23, 30), null, isWhatIf: false).ShouldWait(Sending.BeforeItsDay);
        Sending.OfList(Shop.Day, ["house"], Shop.Decider.Law, At(11, 0, 30), null, isWhatIf: false).ShouldWait(Sending.ItsDayHasPassed);
    }

    [Fact]
    public void A_list_may_be_used_on_its_day_alone()
    {
        Sending OfList(DateTimeOffset now, params string[] laws) =>
            Sending.OfList(Shop.Day, laws, Shop.Decider.Law, now, null, isWhatIf: false);
        OfList(At(10, 12), "gb").ShouldBeMay();
        OfList(At(9, 12), "gb").ShouldWait(Sending.BeforeItsDay);
        OfList(At(11, 12), "gb").ShouldWait(Sending.ItsDayHasPassed);
        OfList(At(10, 23, 15), "gb", "de").ShouldWait(Sending.ItsDayHasPassed);
        OfList(At(9, 23, 15), "gb", "de").ShouldWait(Sending.BeforeItsDay);
        OfList(At(9, 23, 15), "de").ShouldBeMay();
        Sending
            .OfList(Shop.Day, ["gb"], Shop.Decider.Law, At(10, 12), Sending.StoreDamaged, isWhatIf: false)
            .ShouldWait(Sending.StoreDamaged);
    }

    [Fact]
    public void A_hindrance_and_a_what_if_stop_what_is_permitted_and_all_reasons_are_said()
    {
        Ask(At(10, 12), hindrance: Sending.OptOutsNotTaken).ShouldWait(Sending.OptOutsNotTaken);
        Ask(At(10, 12), isWhatIf: true).ShouldWait(Sending.WhatIf);
        Ask(At(11, 12), hindrance: Sending.OptOutsNotTaken, isWhatIf: true)
            .ShouldWait(Sending.WhatIf, Sending.ItsDayHasPassed, Sending.OptOutsNotTaken);
    }

    [Fact]
    public void What_is_refused_may_not_go_out_and_no_reason_is_needed_beside_the_verdict()
    {
        var refused = Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2)), Shop.OptOut(Shop.On(2025, 6, 1))]);
        var sending = Sending.Of(refused, Spring, Anna, Shop.Decider.Law, At(10, 12), null, isWhatIf: false);
        sending.May.ShouldBeFalse();
        sending.Reasons.ShouldBeEmpty();
        sending.Says(refused.Verdict).ShouldBe("it is refused");
        sending.Says(Verdict.NotShown).ShouldBe("it is not shown");
    }

    [Theory]
    [InlineData("email", true, false)]
    [InlineData("sms", false, true)]
    [InlineData("automated-call", false, true)]
    [InlineData("live-call", false, true)]
    [InlineData("artificial-voice-call", false, true)]
    [InlineData("fax", false, true)]
    [InlineData("post", true, true)]
    [InlineData("push", true, true)]
    public void No_channel_gets_to_an_address_of_the_other_kind(string channel, bool toEmail, bool toPhone)
    {
        ChannelReach.Reaches(channel, AddressKind.Email).ShouldBe(toEmail);
        ChannelReach.Reaches(channel, AddressKind.Telephone).ShouldBe(toPhone);
        ChannelReach.Reaches(channel, Anna.Matching).ShouldBe(toEmail);
        ChannelReach.Reaches(channel, Phone.Matching).ShouldBe(toPhone);
        var campaign = Spring with { Channel = channel };
        (Sending.FromFiles(campaign, Anna) is null).ShouldBe(toEmail);
        (Sending.FromFiles(campaign, Phone) is null).ShouldBe(toPhone);
    }

    [Fact]
    public void A_message_that_cannot_arrive_may_not_go_out_and_says_so()
    {
        Ask(At(10, 12), address: Phone).ShouldWait(Sending.ChannelDoesNotReachIt);
        Sending.FromFiles(Spring, Phone)!.May.ShouldBeFalse();
        Sending.FromFiles(Spring, Phone)!.Says(Verdict.Permitted).ShouldContain("does not reach");
    }

    [Fact]
    public void Every_reason_has_words_of_its_own()
    {
        string[] reasons =
        [
            Sending.BeforeItsDay,
            Sending.ItsDayHasPassed,
            Sending.OptOutsNotTaken,
            Sending.StoreDamaged,
            Sending.WhatIf,
            Sending.ChannelDoesNotReachIt,
        ];
        var words = reasons.Select(reason => new Sending(false, [reason]).Says(Verdict.Permitted)).ToList();
        words.Distinct().Count().ShouldBe(reasons.Length);
        new Sending(false, [Sending.BeforeItsDay, Sending.WhatIf]).Says(Verdict.Permitted).ShouldBe($"{words[0]}; {words[4]}");
        Ask(At(10, 12)).Says(Verdict.Permitted).ShouldBe("it may go out now");
        var explained = Ask(At(9, 12)).Explain(Verdict.Permitted);
        (explained.Send, explained.Says).ShouldBe((false, words[0]));
        explained.Reasons.ShouldBe([Sending.BeforeItsDay]);
    }

    [Fact]
    public void The_reason_of_the_whole_is_that_of_the_key_that_decides_and_the_send_key_first()
    {
        var optedOut = Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2)), Shop.OptOut(Shop.On(2025, 6, 1))]);
        optedOut.Reason.ShouldBe(optedOut.Send);
        // Without an assessment the send key turns and the process key does not.
        var unassessed = Shop.Decide(
            [Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2))],
            controller: Shop.Entries.Where(entry => entry is not AssessmentRecorded)
        );
        unassessed.Verdict.ShouldNotBe(Verdict.Permitted);
        unassessed.Send.Truth.ShouldBe(Law.Truth.Satisfied);
        unassessed.Reason.ShouldBe(unassessed.Process);
    }
}

static class SendingShould
{
    public static void ShouldBeMay(this Sending sending)
    {
        sending.Reasons.ShouldBeEmpty();
        sending.May.ShouldBeTrue();
    }

    public static void ShouldWait(this Sending sending, params string[] reasons)
    {
        sending.May.ShouldBeFalse();
        sending.Reasons.ShouldBe(reasons);
    }
}
