using System.Globalization;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Decisions;

/// <summary>
/// Follows a ground the way a reader would: every part of <c>all</c>, the nearest part of <c>any</c>, the nearest record of <c>some</c>; and puts each limb met on the way into words.
/// </summary>
sealed class LimbTrail(Evaluator evaluator, LimbWords words, string? only = null)
{
    readonly List<LimbExplanation> limbs = [];
    readonly List<string> records = [];
    readonly ShortfallReader shortfall = new(evaluator);

    /// <summary>The limbs on the way, in law order.</summary>
    public IReadOnlyList<LimbExplanation> Limbs => limbs;

    /// <summary>The records the ground was tried on.</summary>
    public string? Record => records.Count == 0 ? null : string.Join("; ", records);

    /// <summary>The kind of record of which there is none.</summary>
    public Scope? Missing { get; private set; }

    public void Follow(Formula formula)
    {
        switch (formula)
        {
            case Limb limb:
                // Whoever asks for one limb alone is spared the sentences of the others.
                if (only is null || only == limb.Of.Id) limbs.Add(words.Explain(limb, evaluator.Of(limb)));
                break;
            case All all:
                foreach (var part in all.Parts) Follow(part);
                break;
            case Any any:
                if (any.Parts.Where(part => part is not Constant).ToList() is { Count: > 0 } ways) Follow(ways.MinBy(part => shortfall.Of(part).Rank)!);
                break;
            case Not not:
                Follow(not.Part);
                break;
            case Some some:
                FollowRecord(some);
                break;
        }
    }

    void FollowRecord(Some some)
    {
        var nearest = evaluator.Records(some.Kind).MinBy(record => evaluator.Under(record, () => shortfall.Of(some.Body).Rank));
        if (nearest is null)
        {
            Missing ??= some.Kind;
            return;
        }
        records.Add(Label(nearest));
        evaluator.Under(nearest, () =>
        {
            Follow(some.Body);
            return true;
        });
    }

    static string Label(FactSheet record)
    {
        DayFact? day = record.Scope switch
        {
            Scope.Collection => Collection.Day,
            Scope.Consent => Consent.Day,
            Scope.Refusal => Refusal.Day,
            Scope.Check => Check.Day,
            Scope.Assessment => Assessment.Signed,
            _ => null,
        };
        var name = record.Id.Length > 0 ? record.Id : record.Scope.Word();
        return day is not null && record[day] is { IsRecorded: true } value && value.Day > DateOnly.MinValue
            ? string.Create(CultureInfo.InvariantCulture, $"{name}, {value.Day:d MMM yyyy}") : name;
    }
}
