using System.Runtime.InteropServices;
using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Fold;

/// <summary>Some of what is on record.</summary>
static class SomeEntries
{
    /// <summary>Those of which something holds, in their order: the same array where it holds of all. Nobody changes such arrays.</summary>
    public static T[] Only<T>(this T[] all, Predicate<T> holds)
    {
        const int Few = 256;
        var chosen = all.Length <= Few ? stackalloc bool[all.Length] : new bool[all.Length];
        for (var i = 0; i < all.Length; i++)
            chosen[i] = holds(all[i]);
        return all.Those(chosen);
    }

    /// <summary>Those that were chosen, in the same way.</summary>
    public static T[] Those<T>(this T[] all, ReadOnlySpan<bool> chosen)
    {
        var count = chosen.Count(true);
        if (count == all.Length)
            return all;
        if (count == 0)
            return [];
        var some = new T[count];
        for (var i = all.Length - 1; count > 0; i--)
            if (chosen[i])
                some[--count] = all[i];
        return some;
    }

    /// <summary>The entries of one kind, in their order.</summary>
    public static T[] Of<T>(this IReadOnlyList<ContactEntry> entries)
        where T : ContactEntry =>
        entries switch
        {
            ContactEntry[] array => Of<T>(new ReadOnlySpan<ContactEntry>(array)),
            List<ContactEntry> list => Of<T>(CollectionsMarshal.AsSpan(list)),
            _ => Of<T>([.. entries]),
        };

    /// <summary>The same for a span.</summary>
    public static T[] Of<T>(ReadOnlySpan<ContactEntry> entries)
        where T : ContactEntry
    {
        var count = 0;
        // Kinds of entry have no kinds of their own.
        foreach (var entry in entries)
            if (entry.GetType() == typeof(T))
                count++;
        if (count == 0)
            return [];
        var found = new T[count];
        for (var i = entries.Length - 1; count > 0; i--)
            if (entries[i].GetType() == typeof(T))
                found[--count] = (T)entries[i];
        return found;
    }
}
