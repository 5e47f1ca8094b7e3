using System.Collections.Concurrent;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;
using MaySend.Screening.Audiences;
using MaySend.Screening.Columns;

namespace MaySend.Screening;

/// <summary>How many go from one verdict to another.</summary>
/// <param name="From">permitted, refused or not-shown under the earlier law.</param>
/// <param name="To">The verdict under the later law.</param>
/// <param name="People">How many.</param>
/// <param name="Addresses">Some of them, at most <see cref="LawFlips.MostAddresses"/>, in the order of the audience.</param>
public sealed record Flip(string From, string To, int People, IReadOnlyList<string> Addresses);

/// <summary>What a change in the law does to an audience.</summary>
/// <param name="People">How many were asked about.</param>
/// <param name="Flips">Who changes, the most frequent change first; empty when nobody does.</param>
public sealed record LawFlips(int People, IReadOnlyList<Flip> Flips)
{
    /// <summary>How many addresses are named for each change.</summary>
    public const int MostAddresses = 20;

    /// <summary>
    /// Decides each person twice on the same facts, under the law of either day as it was known on that day, and counts who changes. Only
    /// the law differs.
    /// </summary>
    public static LawFlips Between(
        LawBook law,
        ControllerRecord controller,
        Campaign campaign,
        IEnumerable<Person> people,
        DateOnly from,
        DateOnly to
    )
    {
        var decider = new Decider(law);
        return Count(people, new Side(decider, controller, campaign, from, from), new Side(decider, controller, campaign, to, to));
    }

    /// <summary>
    /// Decides each person twice on the same facts and for the campaign's day, by two states of the law on file, and counts who changes:
    /// what another version of the program would answer.
    /// </summary>
    public static LawFlips Between(
        LawBook before,
        LawBook after,
        ControllerRecord controller,
        Campaign campaign,
        IEnumerable<Person> people
    )
    {
        var day = campaign.Day;
        return Count(
            people,
            new Side(new Decider(before), controller, campaign, day, day),
            new Side(new Decider(after), controller, campaign, day, day)
        );
    }

    static LawFlips Count(IEnumerable<Person> people, Side before, Side after)
    {
        var counted = new Dictionary<(Verdict From, Verdict To), (int People, List<string> Addresses)>();
        var all = 0;
        InGroups.Decide<(string Address, Verdict From, Verdict To)>(
            people,
            () =>
            {
                var (one, other) = (before.NewLane(), after.NewLane());
                return group =>
                {
                    // Their entries are made once for both.
                    Person[] held = [.. group.Select(person => person with { Entries = [.. person.Entries] })];
                    return
                    [
                        .. one.Decide(held)
                            .Zip(other.Decide(held))
                            .Select(pair =>
                                (pair.First.Screened.Person.Address, pair.First.Screened.Verdict, pair.Second.Screened.Verdict)
                            ),
                    ];
                };
            },
            answers =>
            {
                all += answers.Length;
                foreach (var (address, from, to) in answers.Where(answer => answer.From != answer.To))
                {
                    var (count, addresses) = counted.GetValueOrDefault((from, to), (0, []));
                    if (addresses.Count < MostAddresses)
                        addresses.Add(address);
                    counted[(from, to)] = (count + 1, addresses);
                }
            },
            CancellationToken.None
        );
        return new LawFlips(
            all,
            [
                .. counted
                    .OrderByDescending(pair => pair.Value.People)
                    .Select(pair => new Flip(pair.Key.From.Word(), pair.Key.To.Word(), pair.Value.People, pair.Value.Addresses)),
            ]
        );
    }

    /// <summary>One of two states of the law.</summary>
    sealed class Side(Decider decider, ControllerRecord controller, Campaign campaign, DateOnly knownAt, DateOnly lawOn)
    {
        readonly CampaignFacts facts = CampaignFactFinder.Find(controller, campaign);
        readonly FactFinder finder = new(controller, campaign, decider.Days);
        readonly ReasonSteps steps = new();
        readonly ConcurrentDictionary<DecisionFormula, Lazy<ColumnPlan>> plans = new(ReferenceEqualityComparer.Instance);

        public ScreeningLane NewLane() =>
            new(decider, controller, finder, facts, knownAt, steps, plans, asksWhatWouldGain: false) { LawOn = lawOn };
    }
}
