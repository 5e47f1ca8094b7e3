using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace MaySend.Law.Facts;

/// <summary>
/// A set of names (product families, channels, senders, countries). It may be everything ("all channels"), and it may be incomplete: the
/// names are known, more may exist that are not (an order half mapped to families). Names are compared ordinally. Immutable.
/// </summary>
public sealed class NameSet : IEquatable<NameSet>
{
    /// <summary>Every name there is, named or not.</summary>
    public static readonly NameSet Everything = new([], isEverything: true, isComplete: true);

    /// <summary>No name, and none may be missing.</summary>
    public static readonly NameSet None = new([], isEverything: false, isComplete: true);

    NameSet(ImmutableArray<string> names, bool isEverything, bool isComplete) =>
        (Names, IsEverything, IsComplete) = (names, isEverything, isComplete);

    /// <summary>The known names, distinct and in ordinal order; empty for everything.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>True when the set holds every name.</summary>
    public bool IsEverything { get; }

    /// <summary>False when names may be missing.</summary>
    public bool IsComplete { get; }

    /// <summary>True when no name is known and none may be missing.</summary>
    public bool IsEmpty => !IsEverything && Names.IsEmpty && IsComplete;

    /// <summary>A set of these names.</summary>
    public static NameSet Of(IEnumerable<string> names, bool isComplete = true) =>
        new(Ordered([.. names]), isEverything: false, isComplete);

    static ImmutableArray<string> Ordered(string[] names)
    {
        Array.Sort(names, StringComparer.Ordinal);
        var count = Math.Min(1, names.Length);
        for (var i = 1; i < names.Length; i++)
            if (!string.Equals(names[i], names[count - 1], StringComparison.Ordinal))
                names[count++] = names[i];
        return ImmutableCollectionsMarshal.AsImmutableArray(count == names.Length ? names : names[..count]);
    }

    /// <summary>A set of these names.</summary>
    public static NameSet Of(params string[] names) => Of(names, isComplete: true);

    /// <summary>A set of one name.</summary>
    public static NameSet Of(string name) => new([name], isEverything: false, isComplete: true);

    /// <summary>All that is in either set: the very set that holds the other already, where one does.</summary>
    public NameSet Union(NameSet other) =>
        IsEmpty || other.Covers(this) == Truth.Satisfied ? other
        : other.IsEmpty || Covers(other) == Truth.Satisfied ? this
        : Of(Names.Concat(other.Names), IsComplete && other.IsComplete);

    /// <summary>True when the name is known to be in the set.</summary>
    public bool Has(string name) => IsEverything || Holds(name);

    bool Holds(string name)
    {
        foreach (var mine in Names)
            if (string.Equals(mine, name, StringComparison.Ordinal))
                return true;
        return false;
    }

    /// <summary>
    /// Whether this set holds all of <paramref name="part"/>. An empty set on either side shows nothing; a set that may miss names
    /// shows it only if what is known already covers.
    /// </summary>
    public Truth Covers(NameSet part)
    {
        if (part.IsEmpty || IsEmpty)
            return Truth.NotEvidenced;
        if (IsEverything)
            return Truth.Satisfied;
        if (part.IsEverything)
            return IsComplete ? Truth.NotSatisfied : Truth.NotEvidenced;
        foreach (var name in part.Names)
            if (!Has(name))
                return IsComplete ? Truth.NotSatisfied : Truth.NotEvidenced;
        return part.IsComplete ? Truth.Satisfied : Truth.NotEvidenced;
    }

    /// <summary>
    /// Whether the sets have a name in common, or may have: a set that is not recorded, empty, everything, or may miss names overlaps with
    /// any. For restrictions, where a doubt must restrict.
    /// </summary>
    public bool Overlaps(NameSet? other)
    {
        if (IsWide || other is null || other.IsWide)
            return true;
        foreach (var name in other.Names)
            if (Holds(name))
                return true;
        return false;
    }

    bool IsWide => IsEverything || !IsComplete || Names.IsEmpty;

    /// <summary>The same for a list of names, of which more cannot be missing.</summary>
    public Truth Covers(ImmutableArray<string> names)
    {
        if (names.IsEmpty)
            return Truth.NotEvidenced;
        foreach (var name in names)
            if (Covers(name) is var covers && covers != Truth.Satisfied)
                return covers;
        return Truth.Satisfied;
    }

    /// <summary>The same for one name.</summary>
    public Truth Covers(string name) =>
        Has(name) ? Truth.Satisfied
        : IsComplete && !IsEmpty ? Truth.NotSatisfied
        : Truth.NotEvidenced;

    /// <inheritdoc />
    public bool Equals(NameSet? other) =>
        other is not null
        && IsEverything == other.IsEverything
        && IsComplete == other.IsComplete
        && Names.AsSpan().SequenceEqual(other.Names.AsSpan());

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as NameSet);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(IsEverything);
        hash.Add(IsComplete);
        foreach (var name in Names)
            hash.Add(name, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    /// <summary>
    /// The names as a law file or a CSV cell spells them: <c>all</c>, or the names separated by spaces, with <c>...</c> when more may
    /// exist.
    /// </summary>
    public override string ToString() => IsEverything ? "all" : string.Join(' ', IsComplete ? Names : Names.Add("..."));
}
