namespace MaySend.Law.Facts;

/// <summary>
/// A value on record for a <see cref="Fact"/>, or none. Not recorded is neither yes nor no. Immutable; the default is not recorded.
/// </summary>
public readonly struct FactValue : IEquatable<FactValue>
{
    static readonly object NumberAlone = new();

    readonly long number;
    readonly object? reference;

    FactValue(long number, object reference) => (this.number, this.reference) = (number, reference);

    /// <summary>No value on record.</summary>
    public static FactValue NotRecorded => default;

    /// <summary>True when something is on record.</summary>
    public bool IsRecorded => reference is not null;

    /// <summary>The number, the place in a closed list of words, or the day number.</summary>
    public long Number => number;

    /// <summary>The day, for a <see cref="DayFact"/>.</summary>
    public DateOnly Day => DateOnly.FromDayNumber((int)number);

    /// <summary>The name, for a <see cref="NameFact"/>; otherwise null.</summary>
    public string? Name => reference as string;

    /// <summary>The set, for a <see cref="SetFact"/>; otherwise null.</summary>
    public NameSet? Set => reference as NameSet;

    /// <summary>The name or the set; null for a number.</summary>
    internal object? Held => ReferenceEquals(reference, NumberAlone) ? null : reference;

    /// <summary>What <see cref="Held"/> gave.</summary>
    internal static FactValue OfHeld(object held) => new(0, held);

    /// <summary>A whole number or a place in a list of words.</summary>
    public static FactValue OfNumber(long number) => new(number, NumberAlone);

    /// <summary>A calendar day.</summary>
    public static FactValue OfDay(DateOnly day) => new(day.DayNumber, NumberAlone);

    /// <summary>A name.</summary>
    public static FactValue OfName(string name) => new(0, name);

    /// <summary>A set of names.</summary>
    public static FactValue OfSet(NameSet set) => new(0, set);

    /// <inheritdoc />
    public bool Equals(FactValue other) => number == other.number && Equals(reference, other.reference);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is FactValue other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(number, reference);

    /// <summary>Same value on record.</summary>
    public static bool operator ==(FactValue left, FactValue right) => left.Equals(right);

    /// <summary>Not the same value on record.</summary>
    public static bool operator !=(FactValue left, FactValue right) => !left.Equals(right);
}
