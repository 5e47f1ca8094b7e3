using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;
using MaySend.Screening.Audiences;
using MaySend.Screening.Columns;

namespace MaySend.Screening;

/// <summary>What was decided about one person of a screening.</summary>
/// <param name="Person">The person.</param>
/// <param name="Verdict">The whole.</param>
/// <param name="Send">The send key's code: the ground it stands on, or what falls short.</param>
/// <param name="Process">The process key's code.</param>
/// <param name="Reason">The code that decides the whole.</param>
/// <param name="Says">The reason as a sentence.</param>
public readonly record struct Screened(Person Person, Verdict Verdict, string Send, string Process, string Reason, string Says);

/// <summary>
/// Screens an audience for one campaign: finds each person's facts, decides blocks of people whose law is the same by columns, and counts. The same answers as deciding
/// each person alone (property <c>Every_reader_agrees</c>). Memory does not grow with the audience.
/// </summary>
public sealed class Screener(Decider decider, ControllerRecord controller, Campaign campaign, DateOnly knownAt)
{
    readonly CampaignFacts facts = CampaignFactFinder.Find(controller, campaign);
    readonly FactFinder finder = new(controller, campaign);
    readonly ReasonSteps steps = new();
    readonly Dictionary<NameSet, Lane> lanes = [];

    /// <summary>Facts of the campaign.</summary>
    public CampaignFacts Campaign => facts;

    /// <summary>Screens everyone.</summary>
    /// <param name="people">Who.</param>
    /// <param name="each">Gets each person's answer, in blocks.</param>
    /// <param name="progress">Gets the number of people decided.</param>
    /// <returns>Counts, reasons, countries and gains; rows, duplicates and notes are the caller's to add.</returns>
    public ScreeningSummary Screen(IEnumerable<Person> people, Action<Screened> each, Action<long>? progress = null)
    {
        var tally = new Tally(decider.Law, steps);
        var gains = new Gains(facts, controller);
        long done = 0;
        foreach (var person in people)
        {
            var recipient = finder.Find(person.Entries);
            var lane = LaneOf(recipient);
            lane.Add(person, recipient);
            if (lane.IsFull) Flush(lane, tally, gains, each);
            if (++done % 1024 == 0) progress?.Invoke(done);
        }
        foreach (var lane in lanes.Values) Flush(lane, tally, gains, each);
        progress?.Invoke(done);
        return Summary(tally, gains);
    }

    /// <summary>People whose formula is the same travel together.</summary>
    Lane LaneOf(RecipientFacts recipient)
    {
        var countries = recipient.Recipient[Recipient.Countries].Set ?? NameSet.Of();
        if (lanes.TryGetValue(countries, out var lane)) return lane;
        var formula = decider.Formula(facts, countries, knownAt, controller.Policy);
        steps.Learn(formula);
        return lanes[countries] = new Lane(formula, facts, countries.Names);
    }

    void Flush(Lane lane, Tally tally, Gains gains, Action<Screened> each)
    {
        if (lane.Count == 0) return;
        lane.Decide();
        for (var row = 0; row < lane.Count; row++)
        {
            var (person, recipient) = lane.Pending[row];
            var truth = lane.Verdicts.Whole(row);
            var verdict = Decisions.Verdicts.Of(truth);
            var send = lane.Reason(lane.Verdicts.SendReason(row));
            var process = lane.Reason(lane.Verdicts.ProcessReason(row));
            var reason = lane.Verdicts.Send(row) == truth ? send : process;
            tally.Add(verdict, reason, send, process, lane.Countries);
            if (verdict == Verdict.NotShown) gains.Add(lane.Formula, recipient);
            each(new Screened(person, verdict, send, process, reason, Says(verdict, reason)));
        }
        lane.Clear();
    }

    string Says(Verdict verdict, string reason) =>
        verdict == Verdict.Permitted ? "both keys turn" : $"{steps.Of(reason).Label} ({steps.CiteOf(reason)})";

    ScreeningSummary Summary(Tally tally, Gains gains) => new()
    {
        Campaign = campaign.Id,
        Sender = campaign.Sender,
        Channel = campaign.Channel,
        Day = campaign.Day,
        KnownAt = knownAt,
        Rows = tally.Verdicts.Values.Sum(),
        Duplicates = 0,
        Counts = tally.Verdicts,
        Reasons = tally.Reasons,
        PermittedBy = tally.Grounds,
        Countries = tally.Countries,
        Gains = gains.Best(most: 5),
        Law = decider.Law.Digest,
        Policy = [.. controller.Policy.On.Select(s => s.Name)],
        Id = $"{campaign.Digest}-{decider.Law.Digest}-{controller.Policy.Digest}",
        Notes = [],
    };

    /// <summary>People of one formula, waiting for their block.</summary>
    sealed class Lane(Law.Composition.DecisionFormula formula, CampaignFacts campaign, IReadOnlyList<string> countries)
    {
        readonly ColumnPlan plan = ColumnPlan.For(formula, campaign);
        ColumnBlock? block;
        ColumnEvaluator? evaluator;

        public Law.Composition.DecisionFormula Formula => formula;
        public IReadOnlyList<string> Countries => countries;
        public List<(Person Person, RecipientFacts Facts)> Pending { get; } = [];
        public ColumnVerdicts Verdicts { get; } = new();
        public int Count => Pending.Count;
        public bool IsFull => block?.IsFull ?? false;

        public void Add(Person person, RecipientFacts recipient)
        {
            block ??= plan.NewBlock();
            block.Add(recipient);
            Pending.Add((person, recipient));
        }

        public void Decide() => (evaluator ??= plan.NewEvaluator()).Evaluate(block!, Verdicts);

        public string Reason(int reason) => plan.Reasons[reason];

        public void Clear()
        {
            Pending.Clear();
            block!.Clear();
        }
    }
}
