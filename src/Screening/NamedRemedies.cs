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
    readonly Dictionary<(NameSet Countries, string Send, string Process), IReadOnlyList<string>> known = [];
    readonly Dictionary<string, int> found = [];

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
        foreach (var text in remedies)
            found[text] = found.GetValueOrDefault(text) + 1;
    }

    /// <summary>What is named, for most people first.</summary>
    public IReadOnlyList<NamedRemedy> Most(int most) =>
        [
            .. found
                .OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Take(most)
                .Select(pair => new NamedRemedy(pair.Key, pair.Value)),
        ];

    /// <summary>The first one's day is not everybody's.</summary>
    IReadOnlyList<string> Remedies(RecipientFacts recipient) =>
        [.. BriefAnswer.Of(decider.Decide(campaign, recipient, knownAt, policy)).Remedies.Select(text => OnADay().Replace(text, " then"))];

    [GeneratedRegex(@" on \d{1,2} [A-Z][a-z]{2} \d{4}", RegexOptions.CultureInvariant)]
    private static partial Regex OnADay();
}
