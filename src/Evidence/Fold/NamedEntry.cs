using System.Collections.Immutable;
using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Fold;

/// <summary>
/// What stands under one name: the entry that counts, and all that was said since and does not count. Who may not sign can neither replace,
/// outdate nor silence anything, not even what another such said (model §8: no write of theirs raises a verdict); somebody who may sign
/// begins anew, and can take a signature away.
/// </summary>
readonly record struct NamedEntry(ControllerEntry? Counts, ImmutableArray<ControllerEntry> Said)
{
    /// <summary>The latest state, whether or not it counts.</summary>
    public ControllerEntry Latest => Unsigned ?? Counts!;

    /// <summary>The latest that nobody has signed; null where there is none.</summary>
    public ControllerEntry? Unsigned => Said is [.., var last] ? last : null;

    /// <summary>Each name with what stands under it, in the order in which the names were first recorded.</summary>
    public static ImmutableArray<NamedEntry> Of(IEnumerable<OnRecord> recorded) =>
        [.. recorded.GroupBy(one => NameOf(one.Entry)).Select(group => group.Aggregate(new NamedEntry(null, []), After))];

    /// <summary>The entry that counts on a day; null while nobody has signed.</summary>
    public T? On<T>(DateOnly day)
        where T : ControllerEntry => Counts is T entry && entry.SignedBy() is { } signature && signature.StoodOn(day) ? entry : null;

    /// <summary>What is said and does not count on a day: unsigned, or not signed yet. None of it silences another.</summary>
    public IEnumerable<T> OnlyAgainst<T>(DateOnly day)
        where T : ControllerEntry => (On<T>(day) is null && Counts is T later ? Said.Prepend(later) : Said).OfType<T>();

    static NamedEntry After(NamedEntry before, OnRecord next) =>
        IsVouchedFor(next) ? new(next.Entry, [])
        : next.BySigner ? new(null, [next.Entry])
        : before with { Said = before.Said.Add(next.Entry) };

    /// <summary>What a sender is counts as said by whoever may sign, signed or not (model §8).</summary>
    static bool IsVouchedFor(OnRecord one) =>
        one.Entry.SignedBy() is { IsWhole: true } || !Entitlements.CanBeSigned(one.Entry) || (one.BySigner && one.Entry is SenderDeclared);

    static (Type, string, string) NameOf(ControllerEntry entry) =>
        entry switch
        {
            CollectionPointVersion version => (typeof(CollectionPointVersion), version.Point, version.Id),
            TemplateVersion version => (typeof(TemplateVersion), version.Template, version.Id),
            _ => (entry.GetType(), "", entry.Id),
        };
}
