using System.Collections.Immutable;
using System.Globalization;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Screening;

/// <summary>
/// Counts which real fixes would gain most recipients. People come in the order of the audience, so that the same audience is told the
/// same: where several lack the same things, what the first of them is told stands for all. One thread at a time.
/// </summary>
sealed class Gains(ControllerRecord controller)
{
    readonly Dictionary<string, Gain> alone = new(StringComparer.Ordinal);
    readonly Dictionary<string, Gain> together = new(StringComparer.Ordinal);
    readonly Dictionary<LimbOf, string> plain = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<DateOnly, string> points = [];

    /// <summary>Counts a person.</summary>
    /// <param name="gain">What would gain them.</param>
    /// <param name="collected">The day of their oldest collection; null where there is none.</param>
    public void Add(PossibleGain gain, DateOnly? collected)
    {
        foreach (var (kind, first) in gain.Alone)
        {
            var text = Text(kind, first, collected);
            Count(alone, text, () => new Gain(text, 0) { Kinds = [kind], Conditions = [first.Condition.Name] });
        }
        if (gain.Lacking is { } lacking)
            Count(together, lacking, () => Together(gain, collected));
    }

    /// <summary>Adds what was counted of people who come after these.</summary>
    public void Add(PartCounts part)
    {
        foreach (var gain in part.Alone)
            Count(alone, gain.Text, () => gain with { Gained = 0 }, gain.Gained);
        foreach (var (lacking, gain) in part.Together)
            Count(together, lacking, () => gain with { Gained = 0 }, gain.Gained);
    }

    /// <summary>What each act alone would gain, in the order in which they were met.</summary>
    public IReadOnlyList<Gain> Alone => [.. alone.Values];

    /// <summary>What several acts together would gain, by what is lacking, in the order in which it was met.</summary>
    public IReadOnlyList<Lack> Together() => [.. together.Select(pair => new Lack(pair.Key, pair.Value))];

    /// <summary>The fixes, most gain first.</summary>
    public IReadOnlyList<Gain> Best(int most) =>
        [
            .. alone
                .Values.Concat(together.Values)
                .GroupBy(gain => gain.Text, StringComparer.Ordinal)
                .Select(same => same.First() with { Gained = same.Sum(gain => gain.Gained) })
                .OrderByDescending(gain => gain.Gained)
                .ThenBy(gain => gain.Text, StringComparer.Ordinal)
                .Take(most),
        ];

    static void Count(Dictionary<string, Gain> found, string key, Func<Gain> first, int people = 1)
    {
        var so = found.TryGetValue(key, out var known) ? known : first();
        found[key] = so with { Gained = so.Gained + people };
    }

    /// <summary>
    /// Whom no single kind of act gains, and all together do: the kinds without which it does not work, named as one step.
    /// </summary>
    Gain Together(PossibleGain gain, DateOnly? collected)
    {
        var named = gain.Needed.Where(gain.Firsts.ContainsKey).ToList();
        List<string> texts = [.. named.Select(kind => Text(kind, gain.Firsts[kind], collected)).Distinct(StringComparer.Ordinal)];
        return new(texts.Count < 2 ? "several of these together, or others like them" : $"together: {string.Join("; and ", texts)}", 0)
        {
            Kinds = gain.Needed,
            Conditions = [.. named.Select(kind => gain.Firsts[kind].Condition.Name)],
        };
    }

    string Text(RemedyKind kind, LimbOf first, DateOnly? collected) =>
        kind switch
        {
            RemedyKind.ProveCollectionPoint => ProvePoint(collected),
            RemedyKind.ProveTemplate => "prove which message templates were in use since the details were collected",
            RemedyKind.SignProductMap => "map the products not yet in the signed product map, and sign it",
            RemedyKind.SignAssessment => AssessmentText(first),
            _ => Plain(first),
        };

    string Plain(LimbOf first) =>
        plain.TryGetValue(first, out var text) ? text : plain[first] = PlainWords.Of(first, first.Condition.Remedy.Text);

    /// <summary>Names the interval for which no version is on record: between the versions before and after the first collection.</summary>
    string ProvePoint(DateOnly? collected) =>
        collected is not { } day ? "prove which form was shown when the details were collected"
        : points.TryGetValue(day, out var known) ? known
        : points[day] = ProvePoint(day);

    /// <summary>The day of somebody's oldest collection; null where there is none, or its day is not on record.</summary>
    public static DateOnly? FirstCollected(RecipientFacts recipient) =>
        recipient.Collections is [.., var oldest] && oldest[Collection.Day] is { IsRecorded: true } day ? day.Day : null;

    string ProvePoint(DateOnly day)
    {
        var next = controller.Points.Where(version => version.From > day).Select(version => (DateOnly?)version.From).Min();
        return next is { } until
            ? string.Create(CultureInfo.InvariantCulture, $"prove which form was shown before {until:d MMMM yyyy}")
            : "complete the record of the form in use now: what it showed and offered";
    }

    string AssessmentText(LimbOf first) =>
        first.Condition.Name switch
        {
            "assessment.covers-this-country" => "extend the assessment to these recipients' countries, and have it signed",
            _ => Plain(first),
        };
}
