using System.Collections.Concurrent;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
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
/// <param name="Deliverable">Whether mail arrives there; beside the verdict, and never part of it.</param>
public readonly record struct Screened(
    Person Person,
    Verdict Verdict,
    string Send,
    string Process,
    string Reason,
    string Says,
    Deliverability Deliverable
);

/// <summary>
/// Screens an audience for one campaign, on every processor: finds each person's facts, decides people whose law is the same by columns,
/// and counts. The same answers as deciding each person alone (property <c>Every_reader_agrees</c>), in the order of the audience. Memory
/// does not grow with the audience.
/// </summary>
public sealed class Screener(Decider decider, ControllerRecord controller, Campaign campaign, DateOnly knownAt)
{
    readonly CampaignFacts facts = CampaignFactFinder.Find(controller, campaign);
    readonly FactFinder finder = new(controller, campaign, decider.Days);
    readonly ReasonSteps steps = new();

    /// <summary>False to leave out what would gain most: only the counts are wanted.</summary>
    public bool AsksWhatWouldGain { get; init; } = true;

    /// <summary>Facts of the campaign.</summary>
    public CampaignFacts Campaign => facts;

    /// <summary>Screens everyone.</summary>
    /// <param name="people">Who.</param>
    /// <param name="each">Gets each person's answer, in the order of <paramref name="people"/>, one at a time but on any thread.</param>
    /// <param name="progress">Gets the number of people decided.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Counts, reasons, countries and gains; rows, duplicates and notes are the caller's to add.</returns>
    /// <remarks>Whatever throws, in the audience, in a decision or in <paramref name="each"/>, ends the screening and is thrown
    /// here.</remarks>
    public ScreeningSummary Screen(
        IEnumerable<Person> people,
        Action<Screened> each,
        Action<long>? progress = null,
        CancellationToken cancellation = default
    ) => Screen(people, each, out _, progress, cancellation);

    /// <summary>Screens everyone, and gives as well what was counted, to be joined with other parts of one screening.</summary>
    internal ScreeningSummary Screen(
        IEnumerable<Person> people,
        Action<Screened> each,
        out PartCounts counted,
        Action<long>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var all = new ConcurrentQueue<ScreeningLane>();
        var plans = new ConcurrentDictionary<DecisionFormula, Lazy<ColumnPlan>>(ReferenceEqualityComparer.Instance);
        var (tally, gains, named) = Nobody();
        long done = 0;
        InGroups.Decide<Decided>(
            people,
            () =>
            {
                var lane = new ScreeningLane(decider, controller, finder, facts, knownAt, steps, plans, AsksWhatWouldGain);
                all.Enqueue(lane);
                return lane.Decide;
            },
            answers =>
            {
                foreach (var (answer, gain, countries, collected, recipient) in answers)
                {
                    each(answer);
                    if (gain is { IsGained: true })
                        gains.Add(gain, collected);
                    else if (gain is not null)
                        named.Add(countries!, answer.Send, answer.Process, recipient);
                }
                progress?.Invoke(done += answers.Length);
            },
            cancellation
        );
        progress?.Invoke(done);

        foreach (var lane in all)
            tally.Add(lane.Tally);
        counted = tally.Counted with
        {
            CountrySets = [.. all.SelectMany(lane => lane.Countries).Distinct().Select(set => set.Names)],
            Alone = gains.Alone,
            Together = gains.Together(),
            Named = named.Told,
        };
        return Summary(tally, gains, named);
    }

    /// <summary>The whole of a screening whose parts were counted one by one.</summary>
    /// <param name="parts">The parts, in the order of the people.</param>
    internal ScreeningSummary Join(IEnumerable<PartCounts> parts)
    {
        var (tally, gains, named) = Nobody();
        foreach (var part in parts)
        {
            foreach (var countries in part.CountrySets)
                steps.Learn(decider.Formula(facts, NameSet.Of(countries), knownAt, controller.PolicyOn(campaign.Day)));
            tally.Add(part);
            gains.Add(part);
            named.Add(part);
        }
        return Summary(tally, gains, named);
    }

    (ScreeningTally, Gains, NamedRemedies) Nobody() =>
        (new(decider.Law, steps), new(controller), new(decider, facts, knownAt, controller.PolicyOn(campaign.Day)));

    ScreeningSummary Summary(ScreeningTally tally, Gains gains, NamedRemedies named) =>
        new()
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
            Named = named.Most(most: 5),
            Law = decider.Law.Digest,
            Policy = [.. controller.PolicyOn(campaign.Day).On.Select(s => s.Name)],
            Id = $"{campaign.Digest}-{decider.Law.Digest}-{controller.PolicyOn(campaign.Day).Digest}",
            Notes = [],
        };
}
