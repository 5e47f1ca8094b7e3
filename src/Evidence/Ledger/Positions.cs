using System.Globalization;

namespace MaySend.Evidence.Ledger;

/// <summary>
/// A place in the ledger: the partition and the entry's number in it, from 1. Number 0 is the place before the first entry.
/// </summary>
public readonly record struct LedgerPosition(Partition Partition, long Seq)
{
    /// <summary>As people read it: <c>41:88213</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Partition.Number}:{Seq}");
}

/// <summary>What a decision about one contact could see: its partition up to a number, and the controller's chain up to a number.</summary>
public readonly record struct DecisionPosition(LedgerPosition Contact, long ControllerSeq)
{
    /// <summary>As people read it: <c>41:88213+17</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Contact}+{ControllerSeq}");
}

/// <summary>
/// How much of a chain a reader may see: everything, up to a number, or up to the moment something was recorded (<c>--known-at</c>).
/// The default value sees everything. Both bounds are inclusive.
/// </summary>
public readonly record struct AsKnown
{
    readonly long? seq;
    readonly long? micros;

    AsKnown(long? seq, long? micros) => (this.seq, this.micros) = (seq, micros);

    /// <summary>Everything that is recorded.</summary>
    public static AsKnown Now => default;

    /// <summary>Up to and including this number in the partition that is read.</summary>
    public static AsKnown UpTo(long seq) => new(seq, null);

    /// <summary>Up to and including what was recorded at this instant.</summary>
    public static AsKnown At(DateTimeOffset recordedAt) => new(null, LedgerTime.ToMicroseconds(recordedAt));

    /// <summary>The greatest number that may be seen.</summary>
    public long GreatestSeq => seq ?? long.MaxValue;

    /// <summary>The latest recorded-at that may be seen, in microseconds since 1970.</summary>
    public long LatestMicroseconds => micros ?? long.MaxValue;
}

/// <summary>Instants as the ledger keeps them: whole microseconds since 1970-01-01T00:00Z, which both stores hold exactly.</summary>
public static class LedgerTime
{
    /// <summary>Microseconds since 1970, cut off, never rounded up.</summary>
    public static long ToMicroseconds(DateTimeOffset instant) =>
        (instant.UtcTicks / TimeSpan.TicksPerMicrosecond) - (DateTimeOffset.UnixEpoch.UtcTicks / TimeSpan.TicksPerMicrosecond);

    static readonly long First = ToMicroseconds(DateTimeOffset.MinValue);
    static readonly long Last = ToMicroseconds(DateTimeOffset.MaxValue);

    /// <summary>The instant, in UTC.</summary>
    /// <exception cref="LedgerUnavailableException">No calendar has it: the store has been altered.</exception>
    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        microseconds >= First && microseconds <= Last
            ? DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
            : throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"a row of the store is dated {microseconds} microseconds from 1970, which is not a valid time: the store has been "
                    + "altered. Run `maysend ledger verify`, then restore from a backup"
            );
}
