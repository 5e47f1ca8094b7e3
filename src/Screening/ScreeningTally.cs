using MaySend.Decisions;
using MaySend.Evidence.Countries;
using MaySend.Law;
using MaySend.Law.Provisions;

namespace MaySend.Screening;

/// <summary>Counts verdicts, reasons and countries while people go by. Not safe for several threads.</summary>
sealed class ScreeningTally(LawBook law, ReasonSteps steps)
{
    readonly Dictionary<Verdict, int> verdicts = new()
    {
        [Verdict.Permitted] = 0,
        [Verdict.Refused] = 0,
        [Verdict.NotShown] = 0,
    };
    readonly Dictionary<(string Code, Verdict Verdict), int> reasons = [];
    readonly Dictionary<string, int> grounds = [];
    readonly Dictionary<(string Country, Verdict Verdict), int> countries = [];

    public void Add(Verdict verdict, string reason, string send, string process, IReadOnlyList<string> plausible)
    {
        verdicts[verdict]++;
        Count(
            countries,
            (
                plausible.Count switch
                {
                    0 => "unknown",
                    1 => plausible[0],
                    _ => "several",
                },
                verdict
            )
        );
        if (verdict == Verdict.Permitted)
            Count(grounds, $"{send} + {process}");
        else
            Count(reasons, (reason, verdict));
    }

    /// <summary>Adds what another counted.</summary>
    public void Add(ScreeningTally other)
    {
        foreach (var (verdict, count) in other.verdicts)
            verdicts[verdict] += count;
        foreach (var (reason, count) in other.reasons)
            Count(reasons, reason, count);
        foreach (var (ground, count) in other.grounds)
            Count(grounds, ground, count);
        foreach (var (country, count) in other.countries)
            Count(countries, country, count);
    }

    /// <summary>Adds what was counted of a part.</summary>
    public void Add(PartCounts part)
    {
        foreach (var (country, verdict, people) in part.Countries)
        {
            verdicts[verdict] += people;
            Count(countries, (country, verdict), people);
        }
        foreach (var (code, verdict, people) in part.Reasons)
            Count(reasons, (code, verdict), people);
        foreach (var (ground, _, people) in part.Grounds)
            Count(grounds, ground, people);
    }

    /// <summary>Everything counted so far; what is named besides is the caller's to add.</summary>
    public PartCounts Counted =>
        new()
        {
            Countries = [.. InOrder(countries.Select(pair => new CountOf(pair.Key.Country, pair.Key.Verdict, pair.Value)))],
            Reasons = [.. InOrder(reasons.Select(pair => new CountOf(pair.Key.Code, pair.Key.Verdict, pair.Value)))],
            Grounds = [.. InOrder(grounds.Select(pair => new CountOf(pair.Key, Verdict.Permitted, pair.Value)))],
        };

    static IEnumerable<CountOf> InOrder(IEnumerable<CountOf> counts) =>
        counts.OrderBy(count => count.Name, StringComparer.Ordinal).ThenBy(count => count.Verdict);

    public IReadOnlyDictionary<Verdict, int> Verdicts => verdicts;

    public IReadOnlyList<(string Ground, int Count)> Grounds =>
        [
            .. grounds
                .OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => (pair.Key, pair.Value)),
        ];

    public IReadOnlyList<ReasonCount> Reasons =>
        [
            .. reasons
                .GroupBy(pair => steps.Of(pair.Key.Code, pair.Key.Verdict).Label)
                .Select(step =>
                {
                    var (code, verdict) = (
                        step.GroupBy(pair => pair.Key.Code)
                            .OrderByDescending(group => group.Sum(pair => pair.Value))
                            .ThenBy(group => group.Key, StringComparer.Ordinal)
                            .First()
                            .Key,
                        step.First().Key.Verdict
                    );
                    var others = step.Select(pair => steps.CiteOf(pair.Key.Code)).Distinct(StringComparer.Ordinal).Count() - 1;
                    // One reason may rest on the law of many countries; the most frequent is named and the rest are counted.
                    var cite =
                        others == 0
                            ? steps.CiteOf(code)
                            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{steps.CiteOf(code)} and {others} more");
                    return new ReasonCount(code, steps.Of(code, verdict), cite, Sum(step, Verdict.Refused), Sum(step, Verdict.NotShown))
                    {
                        Codes =
                        [
                            .. step.Select(pair => (pair.Key.Verdict, pair.Key.Code))
                                .OrderBy(pair => pair.Code, StringComparer.Ordinal)
                                .ThenBy(pair => pair.Verdict),
                        ],
                    };
                })
                .OrderBy(reason => reason.Step.Order)
                .ThenBy(reason => reason.Code, StringComparer.Ordinal),
        ];

    public IReadOnlyList<CountryCount> Countries =>
        [
            .. countries
                .GroupBy(pair => pair.Key.Country)
                .Select(country => new CountryCount(
                    country.Key,
                    Name(country.Key),
                    Sum(country, Verdict.Permitted),
                    Sum(country, Verdict.Refused),
                    Sum(country, Verdict.NotShown),
                    law.Find(country.Key) is { } found ? found.Confidence.ToString().ToLowerInvariant()
                        : country.Key is "unknown" or "several" ? ""
                        : "no law on file"
                ))
                .OrderByDescending(country => country.Total)
                .ThenBy(country => country.Country, StringComparer.Ordinal),
        ];

    static string Name(string country) =>
        country switch
        {
            "unknown" => "country not known",
            "several" => "several plausible countries",
            _ => CountryNames.NameOf(country),
        };

    static int Sum(IEnumerable<KeyValuePair<(string, Verdict Verdict), int>> pairs, Verdict verdict) =>
        pairs.Where(pair => pair.Key.Verdict == verdict).Sum(pair => pair.Value);

    static void Count<T>(Dictionary<T, int> counts, T key, int more = 1)
        where T : notnull => counts[key] = counts.GetValueOrDefault(key) + more;
}
