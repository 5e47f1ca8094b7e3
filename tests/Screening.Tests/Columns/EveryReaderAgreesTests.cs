using CsCheck;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Law.Tests.Samples;
using MaySend.Screening.Columns;

namespace MaySend.Screening.Tests.Columns;

/// <summary>
/// Explaining one row, folding a campaign first, and screening columns are readings of one formula: same truth, same reason. CsCheck prints
/// the seed.
/// </summary>
public class EveryReaderAgreesTests
{
    static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue];

    [Fact]
    public void Every_reader_agrees_on_the_truth_of_random_formulas() =>
        Seeds.Sample(
            seed =>
            {
                var facts = new RandomFacts(seed);
                var formulas = new RandomFormulas(facts, inLimbs: false);
                var (send, process) = (formulas.Formula(4, []), formulas.Formula(3, []));
                var campaign = facts.Draft().Campaign;
                var rows = Enumerable.Range(0, 8).Select(_ => facts.Draft().Recipient).ToList();
                var folder = new Folder(campaign);
                var verdicts = Screen(Decision(Duty(Key.Send, send), Duty(Key.Process, process)), campaign, rows, out _);
                for (var row = 0; row < rows.Count; row++)
                {
                    var evaluator = new Evaluator(campaign, rows[row]);
                    evaluator.Of(folder.Fold(send)).ShouldBe(evaluator.Of(send), $"folded send, row {row}");
                    evaluator.Of(folder.Fold(process)).ShouldBe(evaluator.Of(process), $"folded process, row {row}");
                    verdicts.Send(row).ShouldBe(evaluator.Of(send), $"send, row {row}");
                    verdicts.Process(row).ShouldBe(evaluator.Of(process), $"process, row {row}");
                }
            },
            iter: 1500
        );

    [Fact]
    public void Every_reader_agrees_on_the_reasons_of_random_rules() =>
        Seeds.Sample(
            seed =>
            {
                var facts = new RandomFacts(seed);
                var formulas = new RandomFormulas(facts, inLimbs: true);
                var decision = Decision(formulas.Key(Key.Send), formulas.Key(Key.Process));
                var campaign = facts.Draft().Campaign;
                ShouldAgree(decision, campaign, [.. Enumerable.Range(0, 8).Select(_ => facts.Draft().Recipient)]);
            },
            iter: 1500
        );

    [Fact]
    public void Every_reader_agrees_on_the_real_law() =>
        Seeds.Sample(
            seed =>
            {
                var facts = new RandomFacts(seed);
                var campaign = facts.Changed(facts.Pick(RealLaw.Drafts), [Scope.Message, Scope.Sender, Scope.Assessment], most: 2).Campaign;
                var rows = Enumerable
                    .Range(0, 20)
                    .Select(_ => facts.Changed(facts.Pick(RealLaw.Drafts), RandomFacts.OfRecipients).Recipient)
                    .ToList();
                var policy = RealLaw.Policy(facts);
                foreach (var reach in rows.GroupBy(row => RealLaw.Decision(campaign, row.Recipient, policy).Reach))
                    ShouldAgree(RealLaw.Decision(campaign, reach.First().Recipient, policy), campaign, [.. reach]);
            },
            iter: 150
        );

    [Fact]
    public void Every_reader_agrees_over_several_chunks_and_on_people_with_very_many_records()
    {
        var facts = new RandomFacts(7);
        var campaign = facts.Pick(RealLaw.Drafts).Campaign;
        var rows = Crowd(facts);
        ShouldAgree(RealLaw.Decision(campaign, rows[0].Recipient, HousePolicy.Default), campaign, rows);
    }

    /// <summary>More people than three chunks hold; one has more records than columns have layers, another nearly as many.</summary>
    internal static List<RecipientFacts> Crowd(RandomFacts facts)
    {
        var drafts = Enumerable
            .Range(0, 1300)
            .Select(_ => facts.Changed(facts.Pick(RealLaw.Drafts), RandomFacts.OfRecipients, most: 3))
            .ToList();
        for (var i = 0; i < 200; i++)
            drafts[OfVeryManyRecords].Add(facts.Sheet(Scope.Collection, "many"));
        for (var i = 0; i < 60; i++)
            drafts[1200].Add(facts.Sheet(Scope.Consent, "some"));
        return drafts.ConvertAll(draft => draft.Recipient);
    }

    internal const int OfVeryManyRecords = 600;

    [Fact]
    public void A_block_can_be_filled_again_and_remembers_nothing()
    {
        var facts = new RandomFacts(11);
        var campaign = facts.Pick(RealLaw.Drafts).Campaign;
        var plan = ColumnPlan.For(
            RealLaw.Decision(campaign, facts.Pick(RealLaw.Drafts).Recipient.Recipient, HousePolicy.Default),
            campaign
        );
        var (block, evaluator, verdicts) = (plan.NewBlock(700), plan.TakeEvaluator(), new ColumnVerdicts());
        for (var round = 0; round < 3; round++)
        {
            var rows = Enumerable
                .Range(0, 700 - (round * 200))
                .Select(_ => facts.Changed(facts.Pick(RealLaw.Drafts), RandomFacts.OfRecipients).Recipient)
                .ToList();
            block.Clear();
            foreach (var row in rows)
                block.Add(row);
            evaluator.Evaluate(block, verdicts);
            Compare(plan, plan.Formula, campaign, rows, verdicts);
        }
    }

    [Fact]
    public void A_full_block_takes_nobody_and_a_block_of_another_plan_is_refused()
    {
        var facts = new RandomFacts(1);
        var campaign = facts.Draft().Campaign;
        var decision = Decision(new KeyFormula(Key.Send, []), new KeyFormula(Key.Process, []));
        var (plan, other) = (ColumnPlan.For(decision, campaign), ColumnPlan.For(decision, campaign));
        var block = plan.NewBlock(1);
        block.Add(facts.Draft().Recipient).ShouldBe(0);
        Should.Throw<InvalidOperationException>(() => block.Add(facts.Draft().Recipient));
        Should.Throw<ArgumentException>(() => other.TakeEvaluator().Evaluate(block, new ColumnVerdicts()));
    }

    static void ShouldAgree(DecisionFormula decision, CampaignFacts campaign, IReadOnlyList<RecipientFacts> rows)
    {
        var verdicts = Screen(decision, campaign, rows, out var plan);
        Compare(plan, decision, campaign, rows, verdicts);
        Compare(plan, plan.Formula, campaign, rows, verdicts);
    }

    static void Compare(
        ColumnPlan plan,
        DecisionFormula decision,
        CampaignFacts campaign,
        IReadOnlyList<RecipientFacts> rows,
        ColumnVerdicts verdicts
    )
    {
        verdicts.Count.ShouldBe(rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            var evaluator = new Evaluator(campaign, rows[row]);
            var (send, process) = (KeyReason.Of(decision.Send, evaluator), KeyReason.Of(decision.Process, evaluator));
            (verdicts.Send(row), plan.Reasons[verdicts.SendReason(row)]).ShouldBe((send.Truth, send.Code), $"send, row {row}");
            (verdicts.Process(row), plan.Reasons[verdicts.ProcessReason(row)]).ShouldBe(
                (process.Truth, process.Code),
                $"process, row {row}"
            );
            verdicts.Whole(row).ShouldBe(send.Truth.And(process.Truth));
        }
    }

    static ColumnVerdicts Screen(DecisionFormula decision, CampaignFacts campaign, IReadOnlyList<RecipientFacts> rows, out ColumnPlan plan)
    {
        plan = ColumnPlan.For(decision, campaign);
        var (block, verdicts) = (plan.NewBlock(rows.Count), new ColumnVerdicts());
        foreach (var row in rows)
            block.Add(row);
        plan.TakeEvaluator().Evaluate(block, verdicts);
        return verdicts;
    }

    static KeyFormula Duty(Key key, Formula formula) =>
        new(key, [new Element(ElementKind.Duty, "zz/rule", "zz", null, Constant.Satisfied, [], formula, formula)]);

    static DecisionFormula Decision(KeyFormula send, KeyFormula process) =>
        new(send, process, [], new Reach([], [], [], []), new DateOnly(2026, 3, 10), new DateOnly(2026, 3, 10), HousePolicy.None, default);
}
