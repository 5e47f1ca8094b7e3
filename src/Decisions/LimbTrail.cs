using System.Globalization;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Decisions;

/// <summary>
/// Follows a ground the way a reader would: every part of <c>all</c>, the nearest part of <c>any</c>, the nearest record of <c>some</c>;
/// and shows whoever wants to see them the limbs met on the way, in law order, each with its own truth, whether the ground asks for its
/// contrary, and while its record is being looked at.
/// </summary>
sealed class LimbTrail(ShortfallReader shortfall, Action<Limb, Truth, bool>? meet = null)
{
    readonly Evaluator evaluator = shortfall.Evaluator;
    bool isNegated;

    readonly List<string> records = [];

    /// <summary>The records the ground was tried on.</summary>
    public string? Record => Joined(records);

    /// <summary>The same one by one.</summary>
    public IReadOnlyList<string> Records => records;

    /// <summary>Several records as one text; null where there are none.</summary>
    public static string? Joined(IReadOnlyList<string> records) =>
        records switch
        {
            [] => null,
            [var only] => only,
            _ => string.Join("; ", records),
        };

    /// <summary>The kind of record of which there is none.</summary>
    public Scope? Missing { get; private set; }

    public void Follow(Formula formula)
    {
        switch (formula)
        {
            case Limb limb:
                meet?.Invoke(limb, evaluator.Of(limb), isNegated);
                break;
            // The contrary of several is tipped by the last: the others only say of what it is the contrary.
            case All all when isNegated:
                isNegated = false;
                foreach (var part in all.Parts.AsSpan()[..^1])
                    Follow(part);
                isNegated = true;
                Follow(all.Parts[^1]);
                break;
            case All all:
                foreach (var part in all.Parts)
                    Follow(part);
                break;
            case Any any:
                Follow(shortfall.Nearest(any));
                break;
            case Not not:
                isNegated = !isNegated;
                Follow(not.Part);
                isNegated = !isNegated;
                break;
            case Some some:
                FollowRecord(some);
                break;
        }
    }

    void FollowRecord(Some some)
    {
        if (shortfall.Nearest(some).Record is not { } nearest)
        {
            Missing ??= some.Kind;
            return;
        }
        records.Add(Label(nearest));
        using (evaluator.At(nearest))
            Follow(some.Body);
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
            ? string.Create(CultureInfo.InvariantCulture, $"{name}, {value.Day:d MMM yyyy}")
            : name;
    }
}
