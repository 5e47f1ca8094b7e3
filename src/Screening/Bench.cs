using MaySend.Decisions;
using MaySend.Evidence.Fold;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Screening.Audiences;
using MaySend.Screening.Columns;

namespace MaySend.Screening;

/// <summary>What one thread works with: a lane of columns for each formula it has met, and counts of its own. One thread at a time.</summary>
sealed class Bench(
    Decider decider,
    ControllerRecord controller,
    FactFinder finder,
    CampaignFacts campaign,
    DateOnly knownAt,
    ReasonSteps steps,
    int rows
)
{
    readonly Dictionary<NameSet, Lane> lanes = [];

    public Tally Tally { get; } = new(decider.Law, steps);

    public Gains Gains { get; } = new(campaign, controller);

    /// <summary>Decides at most as many people as a lane has rows; the answers come in the same order.</summary>
    public Screened[] Decide(Person[] people)
    {
        var placed = new (Lane Lane, int Row, RecipientFacts Facts)[people.Length];
        for (var i = 0; i < people.Length; i++)
        {
            var recipient = finder.Find(people[i].Entries);
            var lane = LaneOf(recipient);
            placed[i] = (lane, lane.Block.Add(recipient), recipient);
        }
        foreach (var lane in lanes.Values.Where(lane => lane.Block.Count > 0))
            lane.Decide();
        var answers = new Screened[people.Length];
        for (var i = 0; i < people.Length; i++)
            answers[i] = Answer(people[i], placed[i].Lane, placed[i].Row, placed[i].Facts);
        foreach (var lane in lanes.Values.Where(lane => lane.Block.Count > 0))
            lane.Block.Clear();
        return answers;
    }

    Screened Answer(Person person, Lane lane, int row, RecipientFacts recipient)
    {
        var truth = lane.Verdicts.Whole(row);
        var verdict = Decisions.Verdicts.Of(truth);
        var send = lane.Reason(lane.Verdicts.SendReason(row));
        var process = lane.Reason(lane.Verdicts.ProcessReason(row));
        var reason = lane.Verdicts.Send(row) == truth ? send : process;
        Tally.Add(verdict, reason, send, process, lane.Countries);
        if (verdict == Verdict.NotShown)
            Gains.Add(lane.Formula, recipient);
        return new Screened(
            person,
            verdict,
            send,
            process,
            reason,
            verdict == Verdict.Permitted ? "both keys turn" : $"{steps.Of(reason, verdict).Label} ({steps.CiteOf(reason)})"
        );
    }

    /// <summary>People whose formula is the same travel together.</summary>
    Lane LaneOf(RecipientFacts recipient)
    {
        var countries = recipient.Recipient[Recipient.Countries].Set ?? NameSet.Of();
        if (lanes.TryGetValue(countries, out var lane))
            return lane;
        var formula = decider.Formula(campaign, countries, knownAt, controller.Policy);
        steps.Learn(formula);
        return lanes[countries] = new Lane(formula, campaign, countries.Names, rows);
    }

    sealed class Lane(DecisionFormula formula, CampaignFacts campaign, IReadOnlyList<string> countries, int rows)
    {
        readonly ColumnPlan plan = ColumnPlan.For(formula, campaign);
        ColumnBlock? block;
        ColumnEvaluator? evaluator;

        public DecisionFormula Formula => formula;

        public IReadOnlyList<string> Countries => countries;

        public ColumnBlock Block => block ??= plan.NewBlock(rows);

        public ColumnVerdicts Verdicts { get; } = new();

        public void Decide() => (evaluator ??= plan.NewEvaluator()).Evaluate(Block, Verdicts);

        public string Reason(int reason) => plan.Reasons[reason];
    }
}
