using System.Collections.Concurrent;
using System.Globalization;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;
using MaySend.LawPages;
using MaySend.Screening.Audiences;

namespace MaySend.Screening.Weeks;

/// <summary>One person's answers on every day of a dry run.</summary>
/// <param name="Address">The matching form of the address.</param>
/// <param name="Verdicts">The verdict on each day.</param>
/// <param name="Says">What keeps the person back on each day.</param>
public sealed record PersonWeeks(string Address, IReadOnlyList<Verdict> Verdicts, IReadOnlyList<string> Says);

/// <summary>
/// Decides an audience for the same campaign on several days, in one pass over the people. Each day's answers are those of a
/// <see cref="Screener"/> for that day, by the law as known on one day; what changes between two days is counted with its reason.
/// </summary>
/// <param name="decider">The law.</param>
/// <param name="controller">What the controller has on record.</param>
/// <param name="campaign">The campaign, on whatever day.</param>
/// <param name="plan">The days.</param>
/// <param name="knownAt">The day as of which readings of the law are known.</param>
public sealed class WeeksScreener(Decider decider, ControllerRecord controller, Campaign campaign, WeekPlan plan, DateOnly knownAt)
{
    readonly ReasonSteps steps = new();
    readonly int[,] counts = new int[plan.Days.Length, 3];
    readonly Dictionary<(int Day, Verdict From, Verdict To, string Why, bool IsByLaw), Changed> changes = [];

    /// <summary>People who change alike, and where the law says so.</summary>
    sealed class Changed
    {
        public int People;
        public readonly List<string> Addresses = [];
        public readonly Dictionary<string, int> Cites = new(StringComparer.Ordinal);
    }

    /// <summary>Decides everybody; asked once.</summary>
    /// <param name="people">Who.</param>
    /// <param name="each">Gets each person's answers, in the order of <paramref name="people"/>; null where nobody wants them.</param>
    /// <param name="progress">Gets the number of people decided.</param>
    /// <param name="cancellation">Stops it.</param>
    public WeeksSummary Screen(
        IEnumerable<Person> people,
        Action<PersonWeeks>? each = null,
        Action<long>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var days = plan.Days.Select(Asked).ToList();
        var lanes = new ConcurrentQueue<WeeklyLane>();
        var done = 0;
        InGroups.Decide<PersonInWeeks>(
            people,
            () =>
            {
                var lane = new WeeklyLane(decider, controller, days, knownAt, steps, plan.SupposesSent);
                lanes.Enqueue(lane);
                return lane.Decide;
            },
            answers =>
            {
                foreach (var answer in answers)
                {
                    Count(answer);
                    each?.Invoke(
                        new(answer.Address, [.. answer.Days.Select(day => day.Verdict)], [.. answer.Days.Select(day => day.Says)])
                    );
                }
                progress?.Invoke(done += answers.Length);
            },
            cancellation
        );
        return Summary(done, [.. lanes.SelectMany(lane => lane.Countries).Distinct()], days[0].Facts);
    }

    DayAsked Asked(DateOnly day, int number)
    {
        var then = campaign.OnDay(day);
        return new(
            then,
            CampaignFactFinder.Find(controller, then),
            new FactFinder(controller, then, decider.Days),
            controller.PolicyOn(day),
            number > 0 && NewLaw(plan.Days[number - 1], day).Any()
        );
    }

    /// <summary>What changes in the law between two days; a reading that is not known yet changes nothing.</summary>
    IEnumerable<LawChange> NewLaw(DateOnly before, DateOnly day) =>
        LawDiff.Between(decider.Law, before, day).Where(change => change.How != "becomes-known");

    void Count(PersonInWeeks person)
    {
        for (var day = 0; day < person.Days.Length; day++)
        {
            var now = person.Days[day];
            counts[day, (int)now.Verdict]++;
            if (day == 0 || person.Days[day - 1] is var before && before.Verdict == now.Verdict)
                continue;
            var kept = now.Verdict == Verdict.Permitted ? before : now;
            var key = (day, before.Verdict, now.Verdict, steps.Of(kept.Reason, kept.Verdict).Label, person.IsByLaw[day]);
            if (!changes.TryGetValue(key, out var alike))
                changes[key] = alike = new();
            alike.People++;
            if (alike.Addresses.Count < WeekChange.MostAddresses)
                alike.Addresses.Add(person.Address);
            var cite = steps.CiteOf(kept.Reason);
            alike.Cites[cite] = alike.Cites.GetValueOrDefault(cite) + 1;
        }
    }

    /// <summary>One reason may rest on the law of many countries: the most frequent is named and the rest are counted.</summary>
    static string Cite(Changed alike)
    {
        var most = alike.Cites.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).First().Key;
        return alike.Cites.Count == 1 ? most : string.Create(CultureInfo.InvariantCulture, $"{most} and {alike.Cites.Count - 1} more");
    }

    WeeksSummary Summary(int people, IReadOnlyList<NameSet> countries, CampaignFacts facts)
    {
        var establishment = facts.Sender[Sender.Establishment].Name;
        var ids = countries
            .Select(named => decider.Law.Reach(establishment, named.Names))
            .SelectMany(reach => reach.Send.Concat(reach.Process))
            .ToHashSet(StringComparer.Ordinal);
        return new()
        {
            Campaign = campaign.Id,
            Sender = campaign.Sender,
            Channel = campaign.Channel,
            KnownAt = knownAt,
            SupposesSent = plan.SupposesSent,
            People = people,
            Law = decider.Law.Digest,
            Weeks = [.. plan.Days.Select((day, number) => Week(day, number, ids))],
        };
    }

    Week Week(DateOnly day, int number, IReadOnlySet<string> jurisdictions) =>
        new(
            day,
            counts[number, (int)Verdict.Permitted],
            counts[number, (int)Verdict.NotShown],
            counts[number, (int)Verdict.Refused],
            [
                .. changes
                    .Where(pair => pair.Key.Day == number)
                    .Select(pair => new WeekChange(
                        pair.Key.From.Word(),
                        pair.Key.To.Word(),
                        $"{pair.Key.Why} ({Cite(pair.Value)})",
                        pair.Key.IsByLaw,
                        pair.Value.People,
                        pair.Value.Addresses
                    ))
                    .OrderByDescending(change => change.People)
                    .ThenBy(change => change.Why, StringComparer.Ordinal),
            ],
            number == 0
                ? []
                : [.. NewLaw(plan.Days[number - 1], day).Where(change => Jurisdiction(change) is { } id && jurisdictions.Contains(id))]
        );

    string? Jurisdiction(LawChange change) =>
        decider.Law.Provisions.FirstOrDefault(provision => provision.Id == change.Id.Split('#')[0])?.Jurisdiction;
}
