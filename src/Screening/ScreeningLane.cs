using MaySend.Decisions;
using MaySend.Evidence.Fold;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Screening.Audiences;
using MaySend.Screening.Columns;

namespace MaySend.Screening;

/// <summary>
/// What one thread works with: a group of columns for each formula it has met, and counts of its own. One thread at a time.
/// </summary>
sealed class ScreeningLane(
    Decider decider,
    ControllerRecord controller,
    FactFinder finder,
    CampaignFacts campaign,
    DateOnly knownAt,
    ReasonSteps steps,
    int rows
)
{
    readonly Dictionary<NameSet, LawGroup> groups = [];

    public ScreeningTally Tally { get; } = new(decider.Law, steps);

    public Gains Gains { get; } = new(campaign, controller);

    /// <summary>Decides at most as many people as a group has rows; the answers come in the same order.</summary>
    public Screened[] Decide(Person[] people)
    {
        var placed = new (LawGroup LawGroup, int Row, RecipientFacts Facts)[people.Length];
        for (var i = 0; i < people.Length; i++)
        {
            var recipient = finder.Find(people[i].Entries);
            var group = GroupOf(recipient);
            placed[i] = (group, group.Block.Add(recipient), recipient);
        }
        foreach (var group in groups.Values.Where(group => group.Block.Count > 0))
            group.Decide();
        var answers = new Screened[people.Length];
        for (var i = 0; i < people.Length; i++)
            answers[i] = Answer(people[i], placed[i].LawGroup, placed[i].Row, placed[i].Facts);
        foreach (var group in groups.Values.Where(group => group.Block.Count > 0))
            group.Block.Clear();
        return answers;
    }

    Screened Answer(Person person, LawGroup group, int row, RecipientFacts recipient)
    {
        var truth = group.Verdicts.Whole(row);
        var verdict = Decisions.Verdicts.Of(truth);
        var send = group.Reason(group.Verdicts.SendReason(row));
        var process = group.Reason(group.Verdicts.ProcessReason(row));
        var reason = group.Verdicts.Send(row) == truth ? send : process;
        Tally.Add(verdict, reason, send, process, group.Countries);
        if (verdict == Verdict.NotShown)
            Gains.Add(group.Formula, recipient);
        return new Screened(
            person,
            verdict,
            send,
            process,
            reason,
            verdict == Verdict.Permitted ? "both keys turn" : $"{steps.Of(reason, verdict).Label} ({steps.CiteOf(reason)})",
            Deliverability.Of(person.Entries)
        );
    }

    /// <summary>People whose formula is the same travel together.</summary>
    LawGroup GroupOf(RecipientFacts recipient)
    {
        var countries = recipient.Recipient[Recipient.Countries].Set ?? NameSet.Of();
        if (groups.TryGetValue(countries, out var group))
            return group;
        var formula = decider.Formula(campaign, countries, knownAt, controller.PolicyOn(campaign.Message[Message.Day].Day));
        steps.Learn(formula);
        return groups[countries] = new LawGroup(formula, campaign, countries.Names, rows);
    }

    sealed class LawGroup(DecisionFormula formula, CampaignFacts campaign, IReadOnlyList<string> countries, int rows)
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
