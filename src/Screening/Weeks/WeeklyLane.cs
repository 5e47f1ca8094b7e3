using System.Collections.Concurrent;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;
using MaySend.Screening.Audiences;
using MaySend.Screening.Columns;

namespace MaySend.Screening.Weeks;

/// <summary>One person on every day of a dry run.</summary>
/// <param name="Address">The matching form of the address.</param>
/// <param name="Days">The answer on each day.</param>
/// <param name="IsByLaw">For each day whether the answer changed because the law did.</param>
readonly record struct PersonInWeeks(string Address, Screened[] Days, bool[] IsByLaw);

/// <summary>One day of a dry run: the campaign as it would stand then.</summary>
sealed record DayAsked(Campaign Campaign, CampaignFacts Facts, FactFinder Finder, HousePolicy Policy, bool HasNewLaw)
{
    public ConcurrentDictionary<DecisionFormula, Lazy<ColumnPlan>> Plans { get; } = new(ReferenceEqualityComparer.Instance);
}

/// <summary>
/// What one thread works with: a lane for each day. A group of people goes through all days before the next group, so that their evidence
/// is read once. One thread at a time.
/// </summary>
sealed class WeeklyLane(
    Decider decider,
    ControllerRecord controller,
    IReadOnlyList<DayAsked> days,
    DateOnly knownAt,
    ReasonSteps steps,
    bool supposesSent
)
{
    readonly ScreeningLane[] lanes =
    [
        .. days.Select(day => new ScreeningLane(
            decider,
            controller,
            day.Finder,
            day.Facts,
            knownAt,
            steps,
            day.Plans,
            asksWhatWouldGain: false
        )),
    ];

    /// <summary>The plausible countries of those decided so far.</summary>
    public IEnumerable<NameSet> Countries => lanes[0].Countries;

    /// <summary>Decides people on every day; the answers come in the same order.</summary>
    public PersonInWeeks[] Decide(Person[] people)
    {
        Person[] held = [.. people.Select(person => person with { Entries = [.. person.Entries] })];
        PersonInWeeks[] answers =
        [
            .. people.Select(person => new PersonInWeeks(person.Address, new Screened[days.Count], new bool[days.Count])),
        ];
        for (var day = 0; day < days.Count; day++)
        {
            var decided = lanes[day].Decide(held);
            for (var i = 0; i < held.Length; i++)
            {
                var answer = answers[i].Days[day] = decided[i].Screened;
                if (day > 0 && days[day].HasNewLaw && answer.Verdict != answers[i].Days[day - 1].Verdict)
                    answers[i].IsByLaw[day] = UnderLawBefore(held[i], day) == answers[i].Days[day - 1].Verdict;
                if (supposesSent && answer is { Verdict: Verdict.Permitted, Deliverable.Is: not Deliverable.No })
                    held[i] = held[i] with { Entries = [.. held[i].Entries, Sent(days[day].Campaign)] };
            }
        }
        return answers;
    }

    /// <summary>What the answer would be if the law were still that of a week before.</summary>
    Verdict UnderLawBefore(Person person, int day) =>
        decider
            .Decide(
                days[day].Facts,
                days[day].Finder.Find(person.Entries, person.Address),
                knownAt,
                days[day].Policy,
                lawOn: days[day - 1].Campaign.Day
            )
            .Verdict;

    /// <summary>The mailing as it would stand on record.</summary>
    static MessageSent Sent(Campaign campaign) =>
        new(
            When.Of(new DateTimeOffset(campaign.Day, new TimeOnly(12, 0), TimeSpan.Zero)),
            $"supposed-{campaign.Day:yyyy-MM-dd}",
            campaign.Sender,
            campaign.Channel,
            campaign.Purpose != "service"
        )
        {
            Template = campaign.Template,
        };
}
