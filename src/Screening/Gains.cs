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
    readonly Dictionary<string, int> found = [];
    readonly Dictionary<string, (ImmutableArray<RemedyKind> Kinds, ImmutableArray<string> Conditions)> acts = [];
    readonly Dictionary<string, string> combined = [];
    readonly Dictionary<LimbOf, string> plain = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<DateOnly, string> points = [];

    /// <summary>Counts a person.</summary>
    /// <param name="gain">What would gain them.</param>
    /// <param name="collected">The day of their oldest collection; null where there is none.</param>
    public void Add(PossibleGain gain, DateOnly? collected)
    {
        foreach (var (kind, first) in gain.Alone)
            Count(Text(kind, first, collected), [kind], [first.Condition.Name]);
        if (gain.Lacking is not { } lacking)
            return;
        // Whom no single kind of act gains, and all together do: the kinds without which it does not work, named as one step.
        if (!combined.TryGetValue(lacking, out var step))
        {
            List<string> texts =
            [
                .. gain
                    .Needed.Where(gain.Firsts.ContainsKey)
                    .Select(kind => Text(kind, gain.Firsts[kind], collected))
                    .Distinct(StringComparer.Ordinal),
            ];
            combined[lacking] = step =
                texts.Count < 2 ? "several of these together, or others like them" : $"together: {string.Join("; and ", texts)}";
        }
        Count(step, gain.Needed, [.. gain.Needed.Where(gain.Firsts.ContainsKey).Select(kind => gain.Firsts[kind].Condition.Name)]);
    }

    void Count(string text, ImmutableArray<RemedyKind> by, ImmutableArray<string> of)
    {
        found[text] = found.GetValueOrDefault(text) + 1;
        acts.TryAdd(text, (by, of));
    }

    /// <summary>The fixes, most gain first.</summary>
    public IReadOnlyList<Gain> Best(int most) =>
        [
            .. found
                .Select(pair => new Gain(pair.Key, pair.Value) { Kinds = acts[pair.Key].Kinds, Conditions = acts[pair.Key].Conditions })
                .OrderByDescending(gain => gain.Gained)
                .ThenBy(gain => gain.Text, StringComparer.Ordinal)
                .Take(most),
        ];

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
