using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Fold;

/// <summary>
/// Several moments, held against another as <see cref="When"/> holds one against another, without looking at each: an address under which a
/// shop books whoever gives none has orders by the hundred thousand, and each is held against all.
/// </summary>
struct Moments
{
    (DateTimeOffset First, DateTimeOffset Last)? instants;
    (DateOnly First, DateOnly Last)? days;

    // Of the instants: the earliest and the latest of their latest days, and the latest of their earliest.
    (DateOnly First, DateOnly Last) latestDays;
    DateOnly lastEarliestDay;

    /// <summary>Adds one.</summary>
    public void Add(When when)
    {
        if (when.At is { } at)
        {
            var (earliest, latest) = (when.EarliestDay, when.LatestDay);
            if (instants is { } known)
            {
                instants = (at < known.First ? at : known.First, at > known.Last ? at : known.Last);
                latestDays = (Min(latestDays.First, latest), Max(latestDays.Last, latest));
                lastEarliestDay = Max(lastEarliestDay, earliest);
            }
            else
                (instants, latestDays, lastEarliestDay) = ((at, at), (latest, latest), earliest);
        }
        else
            days = days is { } known ? (Min(known.First, when.Day), Max(known.Last, when.Day)) : (when.Day, when.Day);
    }

    /// <summary>True when a moment surely lies after one of these.</summary>
    public readonly bool AnyIsSurelyBefore(When when) =>
        (instants is { } known && (when.At is { } at ? at > known.First : when.Day > latestDays.First))
        || (days is { } alone && when.EarliestDay > alone.First);

    /// <summary>True when one of these surely lies after a moment.</summary>
    public readonly bool AnyIsSurelyAfter(When when) =>
        (instants is { } known && (when.At is { } at ? known.Last > at : lastEarliestDay > when.Day))
        || (days is { } alone && alone.Last > when.LatestDay);

    /// <summary>True when one of these may lie after a moment, or at the same time.</summary>
    public readonly bool AnyMayBeAfter(When when) =>
        (instants is { } known && (when.At is { } at ? known.Last >= at : latestDays.Last >= when.Day))
        || (days is { } alone && alone.Last >= when.EarliestDay);

    static DateOnly Min(DateOnly one, DateOnly other) => one < other ? one : other;

    static DateOnly Max(DateOnly one, DateOnly other) => one > other ? one : other;
}
