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
    readonly Dictionary<(NameSet Countries, string Send, string Process), IReadOnlyList<RemedyStep>> known = [];
    readonly Dictionary<string, (int People, RemedyStep First)> found = new(StringComparer.Ordinal);

    /// <summary>
    /// Counts a person. People under one law who lack the same things are told the same: of them the first is asked about.
    /// </summary>
    /// <param name="countries">Their plausible countries.</param>
    /// <param name="send">What falls short of the send key.</param>
    /// <param name="process">What falls short of the process key.</param>
    /// <param name="recipient">Facts of the first of them; of the others nothing is asked.</param>
    public void Add(NameSet countries, string send, string process, RecipientFacts? recipient)
    {
        var key = (countries, send, process);
        if (!known.TryGetValue(key, out var remedies))
            known[key] = remedies = Remedies(recipient ?? throw new ArgumentNullException(nameof(recipient)));
        foreach (var step in remedies)
            found[step.Text] = found.TryGetValue(step.Text, out var so) ? (so.People + 1, so.First) : (1, step);
    }

    /// <summary>What is named, for most people first.</summary>
    public IReadOnlyList<NamedRemedy> Most(int most) =>
        [
            .. found
                .OrderByDescending(pair => pair.Value.People)
                .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Take(most)
                .Select(pair => new NamedRemedy(pair.Key, pair.Value.People)
                {
                    Kind = pair.Value.First.Kind,
                    Condition = pair.Value.First.Condition,
                }),
        ];

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
