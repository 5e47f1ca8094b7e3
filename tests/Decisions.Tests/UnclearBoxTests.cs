using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

/// <summary>What ticks decide where no one signed version of a form says what the box was.</summary>
public class UnclearBoxTests
{
    static readonly Box Silence = new("silence", BoxKind.OptOut) { TickedByDefault = false };
    static readonly Box Letters = new("letters", BoxKind.OptIn) { TickedByDefault = false };

    static readonly DateOnly Turned = new(2025, 10, 1);

    static CollectionPointVersion Desk(params Box[] boxes) =>
        new("desk@1", "desk")
        {
            From = new DateOnly(2025, 1, 1),
            Boxes = [.. boxes],
            Signature = Shop.Signed,
        };

    static CollectionPointVersion Then(params Box[] boxes) => Desk(boxes) with { Id = "desk@2", From = Turned };

    static DetailsCollected Visit(string point, params (string, bool)[] ticks) =>
        BoxTests.Order(Shop.On(2025, 12, 4), "visit 2", ticks) with
        {
            Point = point,
        };

    /// <summary>Somebody who may be mailed by their consent and by their first order, with a later visit.</summary>
    static Decision Decide(DetailsCollected visit, params CollectionPointVersion[] forms) =>
        Shop.Decide(
            [Shop.InBritain, Shop.Order(Shop.On(2025, 4, 7)), Shop.DoubleOptIn(Shop.On(2025, 4, 8)), visit],
            controller: [.. Shop.Entries, .. forms]
        );

    [Fact]
    public void A_tick_in_an_opt_out_box_refuses_by_two_versions_by_one_that_ended_and_by_one_that_nobody_signed()
    {
        var tick = Visit("desk", ("silence", true));
        Decide(tick, Desk(Silence), Then(Silence)).Verdict.ShouldBe(Verdict.Refused);
        Decide(tick, Desk(Silence) with { Until = Turned }).Verdict.ShouldBe(Verdict.Refused);
        Decide(tick, Desk(Letters), Then(Silence) with { Signature = null }).Verdict.ShouldBe(Verdict.Refused);
        Decide(tick, Desk(Letters), Then(Silence) with { Signature = Shop.Signed with { On = Shop.Day.AddDays(9) } })
            .Verdict.ShouldBe(Verdict.Refused);
        Decide(Visit("desk", ("Silence", true)), Desk(Silence)).Verdict.ShouldBe(Verdict.Refused);
    }

    [Theory]
    [InlineData("desk", "silense")]
    [InlineData("counter", "silence")]
    [InlineData("", "silence")]
    public void A_tick_that_nobody_can_understand_is_not_shown_and_a_box_that_was_left_changes_nothing(string point, string box)
    {
        Decide(Visit(point, (box, true)), Desk(Silence)).Verdict.ShouldBe(Verdict.NotShown);
        Decide(Visit(point, (box, false)), Desk(Silence)).Verdict.ShouldBe(Verdict.Permitted);
        Decide(Visit(point), Desk(Silence)).Verdict.ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public void A_box_that_a_signed_version_calls_a_yes_stays_a_yes()
    {
        var tick = Visit("desk", ("letters", true));
        Decide(tick, Desk(Letters)).Verdict.ShouldBe(Verdict.Permitted);
        Decide(tick, Desk(Letters) with { Until = Turned }).Verdict.ShouldBe(Verdict.Permitted);
        Decide(tick, Desk(Letters), Then(Letters)).Verdict.ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public void A_form_that_nobody_signed_frees_nobody_of_a_tick_that_is_not_understood()
    {
        var tick = Visit("desk", ("letters", true));
        Decide(tick, Desk(Letters) with { Signature = null }).Verdict.ShouldBe(Verdict.NotShown);
        var narrow = Silence with { Id = "letters", Channels = NameSet.Of("sms") };
        Decide(tick, Desk(narrow) with { Signature = null }).Verdict.ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void An_opt_in_box_left_is_consent_asked_in_vain_by_whichever_version_asked()
    {
        var left = Visit("desk", ("letters", false));
        Ask(left, Desk(Letters)).ShouldNotBe(Verdict.Permitted);
        Ask(left, Desk(Letters), Then(Letters)).ShouldNotBe(Verdict.Permitted);
        Ask(left, Desk(Letters) with { Until = Turned }).ShouldNotBe(Verdict.Permitted);
        Ask(left, Desk(Silence), Then(Letters) with { Signature = null }).ShouldNotBe(Verdict.Permitted);
        Ask(left with { Boxes = null, ConsentTicked = false }, Desk(Letters), Then(Letters)).ShouldNotBe(Verdict.Permitted);
        Ask(Visit("desk", ("silence", false)), Desk(Silence), Then(Silence)).ShouldBe(Verdict.Permitted);
        Ask(Visit("counter", ("letters", false)), Desk(Letters)).ShouldBe(Verdict.Permitted, "nothing says that consent was asked for");
        return;

        static Verdict Ask(DetailsCollected visit, params CollectionPointVersion[] forms) =>
            Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 4, 7)), visit], controller: [.. Shop.Entries, .. forms]).Verdict;
    }
}
