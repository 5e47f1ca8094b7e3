using System.Text.RegularExpressions;
using MaySend.Decisions;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;

namespace MaySend.Screening;

/// <summary>
/// What an answer about a single person names as the way on, for people whom no act of the sender would certainly gain: an order to be
/// recorded, a consent to be shown if there is one. The same sentences that the answer gives, from the same place, so that a report never
/// says that there is nothing where an answer says what. Not safe for several threads.
/// </summary>
/// <param name="decider">The law.</param>
/// <param name="campaign">The campaign.</param>
/// <param name="knownAt">The day as of which readings of the law are known.</param>
/// <param name="policy">House policy on the campaign's day.</param>
sealed partial class NamedRemedies(Decider decider, CampaignFacts campaign, DateOnly knownAt, HousePolicy policy)
{
    readonly Dictionary<(NameSet Countries, string Send, string Process), NamedForPeople> told = [];

    /// <summary>
    /// Counts a person. People under one law who lack the same things are told the same: of them the first is asked about.
    /// </summary>
    /// <param name="countries">Their plausible countries.</param>
    /// <param name="send">What falls short of the send key.</param>
    /// <param name="process">What falls short of the process key.</param>
    /// <param name="recipient">Facts of the first of them; of the others nothing is asked.</param>
    public void Add(NameSet countries, string send, string process, RecipientFacts? recipient) =>
        Count(countries, send, process, 1, () => Remedies(recipient ?? throw new ArgumentNullException(nameof(recipient))));

    /// <summary>Adds what was counted of people who come after these.</summary>
    public void Add(PartCounts part)
    {
        foreach (var same in part.Named)
            Count(NameSet.Of(same.Countries), same.Send, same.Process, same.People, () => same.Steps);
    }

    /// <summary>Who is told what, in the order in which they were met.</summary>
    public IReadOnlyList<NamedForPeople> Told => [.. told.Values];

    /// <summary>What is named, for most people first.</summary>
    public IReadOnlyList<NamedRemedy> Most(int most) =>
        [
            .. told
                .Values.SelectMany(same => same.Steps, (same, step) => (same.People, Step: step))
                .GroupBy(named => named.Step.Text, StringComparer.Ordinal)
                .Select(named => new NamedRemedy(named.Key, named.Sum(one => one.People))
                {
                    Kind = named.First().Step.Kind,
                    Condition = named.First().Step.Condition,
                })
                .OrderByDescending(named => named.People)
                .ThenBy(named => named.Text, StringComparer.Ordinal)
                .Take(most),
        ];

    void Count(NameSet countries, string send, string process, int people, Func<IReadOnlyList<RemedyStep>> steps)
    {
        var key = (countries, send, process);
        told[key] = told.TryGetValue(key, out var so)
            ? so with
            {
                People = so.People + people,
            }
            : new(countries.Names, send, process, people, steps());
    }

    /// <summary>The first one's day is not everybody's.</summary>
    IReadOnlyList<RemedyStep> Remedies(RecipientFacts recipient) =>
        [
            .. BriefAnswer
                .Of(decider.Decide(campaign, recipient, knownAt, policy))
                .Remedies.Select(step => step with { Text = OnADay().Replace(step.Text, " then") }),
        ];

    [GeneratedRegex(@" on \d{1,2} [A-Z][a-z]{2} \d{4}", RegexOptions.CultureInvariant)]
    private static partial Regex OnADay();
}
