using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

/// <summary>Somebody who asks for fewer messages instead of none has a limit of their own: it restricts, and permits nothing.</summary>
public class FewerMessagesTests
{
    static readonly RefusalMade Two = Shop.OptOut(Shop.On(2025, 8, 1), "fewer") with { AtMostIn30Days = 2 };

    static MessageSent Sent(int month, int day) =>
        new(Shop.On(2026, month, day), $"sent {month}/{day}", Shop.Name, "email", IsMarketing: true) { Template = "newsletter" };

    static Verdict Decide(params ContactEntry[] entries) =>
        Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2)), .. entries]).Verdict;

    [Fact]
    public void Below_the_limit_a_message_goes_out_and_at_it_none_does()
    {
        Decide(Two).ShouldBe(Verdict.Permitted);
        Decide(Two, Sent(3, 1)).ShouldBe(Verdict.Permitted);
        Decide(Two, Sent(3, 1), Sent(3, 5)).ShouldBe(Verdict.Refused);
        Decide(Two, Sent(1, 1), Sent(1, 5), Sent(3, 5)).ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public void Of_two_limits_the_lower_holds_whichever_came_later()
    {
        var four = Two with { When = Shop.On(2025, 9, 1), Id = "more", AtMostIn30Days = 4 };
        Decide(Two, four, Sent(3, 1), Sent(3, 5)).ShouldBe(Verdict.Refused);
        Decide(Two with { AtMostIn30Days = 0 }).ShouldBe(Verdict.Refused);
    }

    [Fact]
    public void Where_nobody_vouches_that_every_message_is_on_record_a_limit_shows_nothing()
    {
        ContactEntry[] entries = [Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2)), Two];
        Shop.Decide(entries, controller: Shop.Entries.Where(entry => entry is not StatementSigned { Says: StatementKind.SendsComplete }))
            .Verdict.ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void A_limit_withdraws_no_consent_and_a_later_act_that_names_its_scope_ends_it()
    {
        var consent = Shop.DoubleOptIn(Shop.On(2025, 4, 1));
        var narrow = Two with { Topics = NameSet.Of("homeware"), AtMostIn30Days = 1 };
        Shop.Decide(Shop.InBritain, consent, narrow).Verdict.ShouldBe(Verdict.Permitted);
        Shop.Decide(Shop.InBritain, consent, narrow, Sent(3, 5)).Verdict.ShouldBe(Verdict.Refused);
        var back = Shop.DoubleOptIn(Shop.On(2025, 9, 1), "sign-up 2") with { ServedHere = true };
        Shop.Decide(Shop.InBritain, consent, narrow, back, Sent(3, 5)).Verdict.ShouldBe(Verdict.Permitted);
    }
}
