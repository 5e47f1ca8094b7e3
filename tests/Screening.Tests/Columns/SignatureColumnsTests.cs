using CsCheck;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Law.Tests.Samples;
using MaySend.Screening.Columns;

namespace MaySend.Screening.Tests.Columns;

/// <summary>
/// What tells people apart to a decision is the same letter by letter, read from one person's facts or from columns: who is taken for whom
/// when it is said what would gain them. CsCheck prints the seed.
/// </summary>
public class SignatureColumnsTests
{
    [Fact]
    public void Columns_tell_people_of_the_real_law_apart_as_their_facts_do()
    {
        var (told, left) = (0, 0);
        Gen.Int[0, int.MaxValue]
            .Sample(
                seed =>
                {
                    var facts = new RandomFacts(seed);
                    var campaign = WithAnAssessment(facts);
                    var rows = Enumerable
                        .Range(0, 20)
                        .Select(_ => facts.Changed(facts.Pick(RealLaw.Drafts), RandomFacts.OfRecipients, most: 3).Recipient)
                        .ToList();
                    foreach (var reach in rows.GroupBy(row => RealLaw.Decision(campaign, row.Recipient, HousePolicy.Default).Reach))
                    {
                        var decision = RealLaw.Decision(campaign, reach.First().Recipient, HousePolicy.Default);
                        var alone = ShouldAgree(decision, campaign, [.. reach]).Count;
                        Interlocked.Add(ref left, alone);
                        Interlocked.Add(ref told, reach.Count() - alone);
                    }
                },
                iter: 150
            );
        // Few laws ask about several records at once, and leave everybody to their facts.
        told.ShouldBeGreaterThan(left);
    }

    [Fact]
    public void They_do_so_over_several_chunks_and_leave_people_with_very_many_records_to_their_facts()
    {
        var facts = new RandomFacts(7);
        var campaign = WithAnAssessment(facts);
        var rows = EveryReaderAgreesTests.Crowd(facts);
        var decision = RealLaw.Decision(campaign, rows[0].Recipient, HousePolicy.Default);
        ShouldAgree(decision, campaign, rows).ShouldBe([EveryReaderAgreesTests.OfVeryManyRecords]);
    }

    [Fact]
    public void A_campaign_without_an_assessment_is_left_to_the_facts()
    {
        var facts = new RandomFacts(3);
        var campaign = WithAnAssessment(facts) with { Assessments = [] };
        var person = facts.Pick(RealLaw.Drafts).Recipient;
        var plan = ColumnPlan.For(RealLaw.Decision(campaign, person.Recipient, HousePolicy.Default), campaign);
        var (block, evaluator) = (plan.NewBlock(1), plan.TakeEvaluator());
        block.Add(person);
        evaluator.Evaluate(block, new ColumnVerdicts());
        evaluator.SignatureOf(block, 0).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_block_that_was_filled_again_tells_of_those_who_are_in_it_now()
    {
        var facts = new RandomFacts(11);
        var campaign = WithAnAssessment(facts);
        var plan = ColumnPlan.For(
            RealLaw.Decision(campaign, facts.Pick(RealLaw.Drafts).Recipient.Recipient, HousePolicy.Default),
            campaign
        );
        var (block, evaluator, signature) = (plan.NewBlock(300), plan.TakeEvaluator(), TruthSignature.For(plan.Formula)!);
        for (var round = 0; round < 3; round++)
        {
            block.Clear();
            // The second half is added after signatures were asked for.
            for (var half = 0; half < 2; half++)
            {
                List<RecipientFacts> rows =
                [
                    .. Enumerable
                        .Range(0, 100)
                        .Select(_ => facts.Changed(facts.Pick(RealLaw.Drafts), RandomFacts.OfRecipients, most: 3).Recipient),
                ];
                var first = block.Count;
                foreach (var row in rows)
                    block.Add(row);
                evaluator.Evaluate(block, new ColumnVerdicts());
                for (var row = 0; row < rows.Count; row++)
                    evaluator
                        .SignatureOf(block, first + row)
                        .ToString()
                        .ShouldBe(signature.Of(new Evaluator(campaign, rows[row]), rows[row]).ToString());
            }
        }
    }

    /// <summary>Compares everybody; gives the rows that columns leave to the facts.</summary>
    static List<int> ShouldAgree(DecisionFormula decision, CampaignFacts campaign, IReadOnlyList<RecipientFacts> rows)
    {
        var plan = ColumnPlan.For(decision, campaign);
        var (block, evaluator) = (plan.NewBlock(rows.Count), plan.TakeEvaluator());
        foreach (var row in rows)
            block.Add(row);
        evaluator.Evaluate(block, new ColumnVerdicts());
        var signature = TruthSignature.For(decision.Folded(new Folder(campaign)));
        List<int> left = [];
        for (var row = 0; row < rows.Count; row++)
        {
            var said = evaluator.SignatureOf(block, row).ToString();
            if (said.Length == 0)
                left.Add(row);
            else
                said.ShouldBe(signature.ShouldNotBeNull().Of(new Evaluator(campaign, rows[row]), rows[row]).ToString(), $"row {row}");
        }
        return left;
    }

    static CampaignFacts WithAnAssessment(RandomFacts facts)
    {
        var campaign = facts.Changed(facts.Pick(RealLaw.Drafts), [Scope.Message, Scope.Sender, Scope.Assessment], most: 2).Campaign;
        return campaign.Assessments.IsEmpty ? campaign with { Assessments = [facts.Sheet(Scope.Assessment, "one")] } : campaign;
    }
}
