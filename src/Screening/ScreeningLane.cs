using System.Collections.Concurrent;
using MaySend.Decisions;
using MaySend.Evidence.Fold;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Screening.Audiences;
using MaySend.Screening.Columns;

namespace MaySend.Screening;

/// <summary>One answer, with no more of the evidence than is still asked for when its turn comes to be told.</summary>
/// <param name="Screened">The answer.</param>
/// <param name="Gain">What would gain somebody who is not shown; null for others.</param>
/// <param name="Countries">Their plausible countries.</param>
/// <param name="FirstCollected">The day of their oldest collection; null where there is none.</param>
/// <param name="Recipient">The facts of the first of several who are told the same; null for the others.</param>
readonly record struct Decided(
    Screened Screened,
    PossibleGain? Gain,
    NameSet? Countries,
    DateOnly? FirstCollected,
    RecipientFacts? Recipient
);

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
    ConcurrentDictionary<DecisionFormula, Lazy<ColumnPlan>> plans,
    bool asksWhatWouldGain = true
)
{
    readonly Dictionary<NameSet, LawGroup> groups = [];

    /// <summary>The day whose law is asked; null for the campaign's.</summary>
    public DateOnly? LawOn { get; init; }

    public ScreeningTally Tally { get; } = new(decider.Law, steps);

    /// <summary>The plausible countries of those decided so far, each set once.</summary>
    public IEnumerable<NameSet> Countries => groups.Keys;

    readonly GainFinder gains = new(campaign);
    readonly HashSet<(NameSet? Countries, string, string)> told = [];
    readonly Dictionary<(string Reason, Verdict Verdict), string> says = [];

    /// <summary>Decides people; the answers come in the same order.</summary>
    public Decided[] Decide(Person[] people)
    {
        var answers = new AnsweredPerson[people.Length];
        for (var i = 0; i < people.Length; i++)
        {
            var entries = people[i].Entries;
            var recipient = finder.Find(entries, people[i].Address);
            var group = GroupOf(recipient);
            answers[i] = new(
                group,
                Deliverability.Of(entries),
                Gains.FirstCollected(recipient),
                GainFinder.LacksAnswers(recipient),
                gains.NeedsFacts ? recipient : null
            );
            group.Add(i, recipient);
            if (group.IsFull)
                Answer(group, people, answers);
        }
        foreach (var group in groups.Values.Where(group => !group.IsEmpty))
            Answer(group, people, answers);
        return Array.ConvertAll(answers, Told);
    }

    /// <summary>
    /// What is known of one person of those at hand. Their facts stand in columns: as they were found they are dropped at once, and found
    /// again for the few of whom more is asked.
    /// </summary>
    record struct AnsweredPerson(
        LawGroup Group,
        Deliverability Deliverable,
        DateOnly? FirstCollected,
        bool LacksAnswers,
        RecipientFacts? Facts
    )
    {
        public Screened Screened;
        public PossibleGain? Gain;
    }

    void Answer(LawGroup group, Person[] people, AnsweredPerson[] answers)
    {
        group.Decide();
        for (var row = 0; row < group.Rows.Count; row++)
        {
            ref var answer = ref answers[group.Rows[row]];
            answer.Screened = Answer(people[group.Rows[row]], group, row, answer.Deliverable);
            if (!asksWhatWouldGain || answer.Screened.Verdict != Verdict.NotShown)
                continue;
            var signature = group.SignatureOf(row);
            answer.Gain =
                gains.Known(group.Formula, signature, answer.LacksAnswers) ?? gains.Find(group.Formula, FactsOf(answer), signature);
        }
        group.Clear();
    }

    RecipientFacts FactsOf(in AnsweredPerson answer) =>
        answer.Facts ?? finder.Find(answer.Screened.Person.Entries, answer.Screened.Person.Address);

    Screened Answer(Person person, LawGroup group, int row, Deliverability deliverable)
    {
        var truth = group.Verdicts.Whole(row);
        var verdict = Decisions.Verdicts.Of(truth);
        var send = group.Reason(group.Verdicts.SendReason(row));
        var process = group.Reason(group.Verdicts.ProcessReason(row));
        var reason = group.Verdicts.Send(row) == truth ? send : process;
        Tally.Add(verdict, reason, send, process, group.Countries.Names);
        return new Screened(person, verdict, send, process, reason, Says(reason, verdict), deliverable);
    }

    string Says(string reason, Verdict verdict)
    {
        if (verdict == Verdict.Permitted)
            return "both keys turn";
        if (!says.TryGetValue((reason, verdict), out var sentence))
            says[(reason, verdict)] = sentence = $"{steps.Of(reason, verdict).Label} ({steps.CiteOf(reason)})";
        return sentence;
    }

    /// <summary>Lets go of what nobody asks for any more.</summary>
    Decided Told(AnsweredPerson answer)
    {
        if (answer.Gain is not { } gain)
            return new(answer.Screened, null, null, null, null);
        // A thread meets people in the order of the audience: the first of all is the first of its thread.
        var isFirst = gain.Lacking is { } lacking
            ? told.Add((null, lacking, ""))
            : !gain.IsGained && told.Add((answer.Group.Countries, answer.Screened.Send, answer.Screened.Process));
        return new(answer.Screened, gain, answer.Group.Countries, answer.FirstCollected, isFirst ? FactsOf(answer) : null);
    }

    /// <summary>People whose formula is the same travel together.</summary>
    LawGroup GroupOf(RecipientFacts recipient)
    {
        var countries = recipient.Recipient[Recipient.Countries].Set ?? NameSet.Of();
        if (groups.TryGetValue(countries, out var group))
            return group;
        var formula = decider.Formula(campaign, countries, knownAt, controller.PolicyOn(campaign.Message[Message.Day].Day), LawOn);
        steps.Learn(formula);
        var plan = plans.GetOrAdd(formula, composed => new Lazy<ColumnPlan>(() => ColumnPlan.For(composed, campaign))).Value;
        return groups[countries] = new LawGroup(formula, plan, countries);
    }

    /// <summary>People under one law, as many as are looked at in one step: most laws are those of few people.</summary>
    sealed class LawGroup(DecisionFormula formula, ColumnPlan plan, NameSet countries)
    {
        readonly ColumnBlock block = plan.NewBlock(Planes.Rows);
        ColumnEvaluator? evaluator;

        public DecisionFormula Formula => formula;

        public NameSet Countries => countries;

        /// <summary>Whom the rows are about, by their place among those at hand.</summary>
        public List<int> Rows { get; } = new(Planes.Rows);

        public bool IsEmpty => Rows.Count == 0;

        public bool IsFull => block.IsFull;

        public ColumnVerdicts Verdicts { get; } = new();

        public void Add(int person, RecipientFacts facts)
        {
            block.Add(facts);
            Rows.Add(person);
        }

        /// <summary>Decides them, and keeps the evaluator until they are let go.</summary>
        public void Decide()
        {
            evaluator = plan.TakeEvaluator();
            evaluator.Evaluate(block, Verdicts);
        }

        public ReadOnlySpan<char> SignatureOf(int row) => evaluator!.SignatureOf(block, row);

        public string Reason(int reason) => plan.Reasons[reason];

        public void Clear()
        {
            plan.GiveBack(evaluator!);
            evaluator = null;
            block.Clear();
            Rows.Clear();
        }
    }
}
