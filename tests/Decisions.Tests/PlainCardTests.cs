using MaySend.Law;
using MaySend.Law.Cases;
using MaySend.Reading;

namespace MaySend.Decisions.Tests;

/// <summary>The five lines for people who are no lawyers, over every case of the law files.</summary>
public class PlainCardTests
{
    static readonly Explainer Explainer = new(Shop.Decider);

    [Fact]
    public void An_opt_out_is_said_first_and_in_everyday_words()
    {
        var card = Explainer
            .Explain(Shop.Decide(Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2)), Shop.OptOut(Shop.On(2025, 8, 1))), "anna@example.com")
            .Plainly;
        card.What.ShouldBe("must not be sent");
        card.Why.ShouldBe("They asked you to stop on 1 Aug 2025.");
        card.Act.ShouldBeNull("only she can change that");
    }

    [Fact]
    public void A_form_that_nobody_recorded_is_named_with_the_place_to_record_it()
    {
        var card = Explainer
            .Explain(Shop.Decide(Shop.InBritain, Shop.Order(Shop.On(2025, 1, 2), "order 10442", refused: null)), "anna@example.com")
            .Plainly;
        card.What.ShouldBe("can't be shown yet, so it is not sent");
        card.Why.ShouldBe("We can't show that they could say no when giving the address.");
        card.Evidence.ShouldBe("order 10442, 2 Jan 2025");
        card.Act.ShouldBe("collection-point");
    }

    [Fact]
    public void What_is_permitted_says_on_what_both_keys_stand()
    {
        var card = Explainer.Explain(Shop.Decide(Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2))), "anna@example.com").Plainly;
        card.What.ShouldBe("may be sent");
        card.Why.ShouldContain("could say no then");
        card.Why.ShouldContain("your signed weighing of interests");
        card.Change.ShouldBeNull();
    }

    [Fact]
    public void Of_every_case_of_the_law_files_the_sentence_is_whole_and_says_what_the_verdict_says()
    {
        var runner = new CaseRunner(Shop.Decider.Law);
        var wrong = new List<string>();
        foreach (var one in CaseReader.Read(Path.Combine(Shop.Root, "law"), new Problems()))
        {
            var outcome = runner.Run(one);
            var decision = new Decision(runner.Compose(one), one.Facts.Campaign, one.Facts.Recipient, outcome.Send, outcome.Process);
            var why = Explainer.Explain(decision, "somebody").Plainly.Why;
            if (!char.IsUpper(why[0]) || !why.EndsWith('.') || why.EndsWith("..", StringComparison.Ordinal) || why.Contains('{'))
                wrong.Add($"not a sentence: {why} ({one.Name})");
            // The words for what nobody can show never speak of what is on record, and the other way round.
            if (decision.Verdict == Verdict.Refused && why.StartsWith("We can't show", StringComparison.Ordinal))
                wrong.Add($"refused, but: {why} ({one.Name})");
            if (decision.Verdict != Verdict.Refused && why.StartsWith("They asked you to stop", StringComparison.Ordinal))
                wrong.Add($"{decision.Verdict}, but: {why} ({one.Name})");
        }
        wrong.ShouldBeEmpty();
    }
}
