using CsCheck;
using MaySend.Assessments.Documents;
using MaySend.Assessments.Life;
using MaySend.Decisions;
using MaySend.Decisions.Tests;
using MaySend.Evidence.Entries;

namespace MaySend.Assessments.Tests;

/// <summary>
/// Documents through the fold and the decision, on the real law: a customer of a made-up shop whose soft opt-in is shown.
/// </summary>
public class DecisionTests
{
    static readonly DateOnly Signing = new(2026, 2, 6);

    static AssessmentDocument Draft { get; } = Sample.Scoped(scope => scope with { Sender = Shop.Name });

    static AssessmentDocument Signed { get; } = Sign(Draft, Signing);

    static AssessmentDocument Sign(AssessmentDocument draft, DateOnly on) =>
        draft
            .After(new LifeCommand.Submit("writer", on, "ready", []))
            .After(new LifeCommand.Approve("second person", on, "agreed"))
            .After(new LifeCommand.Sign("director", on, "fair", []));

    static Decision Decide(DateOnly day, params AssessmentDocument[] documents) =>
        Shop.Decide(
            [Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2))],
            Shop.Spring with
            {
                Day = day,
            },
            Shop.Entries.Where(entry => entry is not AssessmentRecorded).Concat(AssessmentEntries.Of(documents))
        );

    [Fact]
    public void A_signed_current_assessment_carries_the_message_from_the_day_of_its_signature()
    {
        Decide(Shop.Day, Signed).Verdict.ShouldBe(Verdict.Permitted);
        Decide(Signing, Signed).Verdict.ShouldBe(Verdict.Permitted);
        Decide(Signing.AddDays(-1), Signed).Verdict.ShouldNotBe(Verdict.Permitted);
        Decide(Shop.Day).Verdict.ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void Withdrawing_it_stops_every_message_from_that_day()
    {
        var withdrawn = Signed.After(new LifeCommand.Withdraw("director", Shop.Day, "complaints"));
        Decide(Shop.Day.AddDays(-1), withdrawn).Verdict.ShouldBe(Verdict.Permitted);
        Decide(Shop.Day, withdrawn).Verdict.ShouldNotBe(Verdict.Permitted);
    }

    [Fact]
    public void A_trigger_that_makes_it_lapse_stops_every_message_from_that_day()
    {
        var lapsed = Signed.After(new LifeCommand.Lapse("director", Shop.Day, "addresses leaked", "breach"));
        Decide(Shop.Day.AddDays(-1), lapsed).Verdict.ShouldBe(Verdict.Permitted);
        Decide(Shop.Day, lapsed).Verdict.ShouldNotBe(Verdict.Permitted);
    }

    [Fact]
    public void When_its_review_falls_due_the_message_is_not_shown()
    {
        Decide(new DateOnly(2027, 2, 2), Signed).Verdict.ShouldBe(Verdict.Permitted);
        Decide(new DateOnly(2027, 2, 3), Signed).Verdict.ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void A_draft_of_the_next_version_leaves_the_signed_one_standing_and_its_signature_ends_it()
    {
        var next = Signed.NextVersion("writer", new DateOnly(2026, 3, 1), "texts as well");
        Decide(Shop.Day, Signed, next).Verdict.ShouldBe(Verdict.Permitted);

        // The next version says no: from its signature the earlier one carries nothing more, though its own file does not know yet.
        var no = Sign(
            next with
            {
                Content = next.Content with { Balancing = new TestOutcome(false, "too many objections") },
            },
            new DateOnly(2026, 3, 5)
        );
        Decide(new DateOnly(2026, 3, 4), Signed, no).Verdict.ShouldBe(Verdict.Permitted);
        Decide(new DateOnly(2026, 3, 5), Signed, no).Verdict.ShouldNotBe(Verdict.Permitted);
    }

    [Fact]
    public void No_send_stands_on_anything_but_a_signed_and_current_version()
    {
        var step = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 3]);
        Gen.Select(step.Array[0, 8], Gen.Int[0, 20])
            .Sample(
                (steps, after) =>
                {
                    var document = Draft;
                    var day = Signing;
                    foreach (var (kind, days) in steps)
                    {
                        day = day.AddDays(days);
                        if (LifeCycle.Answer(document, Command(kind, day), new DateOnly(2030, 1, 1)).Event is { } happened)
                            document = document.After(happened);
                    }
                    var asked = Signing.AddDays(after);
                    (Decide(asked, document).Verdict == Verdict.Permitted).ShouldBe(document.StateOn(asked) == AssessmentState.Signed);
                },
                iter: 300
            );
    }

    static LifeCommand Command(int kind, DateOnly on) =>
        kind switch
        {
            0 => new LifeCommand.Submit("writer", on, "why", []),
            1 => new LifeCommand.Approve("second person", on, "why"),
            2 => new LifeCommand.Return("second person", on, "why"),
            3 or 4 => new LifeCommand.Sign("director", on, "why", []),
            5 => new LifeCommand.Withdraw("director", on, "why"),
            _ => new LifeCommand.Lapse("director", on, "why", "law-change"),
        };
}
