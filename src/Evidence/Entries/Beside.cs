namespace MaySend.Evidence.Entries;

/// <summary>
/// Something that goes along with an entry and is no part of what it says: entries are the same with and without it, and it is never
/// written down.
/// </summary>
/// <param name="what">It.</param>
readonly struct Beside(object what) : IEquatable<Beside>
{
    /// <summary>It; null where there is nothing.</summary>
    public object? What { get; } = what;

    /// <inheritdoc />
    public bool Equals(Beside other) => true;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Beside;

    /// <inheritdoc />
    public override int GetHashCode() => 0;
}
