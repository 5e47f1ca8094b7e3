using System.Collections.Concurrent;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;

namespace MaySend.Evidence.Tables;

/// <summary>
/// What rows say apart from whom, when, under which id and of which goods: millions of rows say few different things. Each is kept once, as
/// the entry that the reader of files made of the first row that said it. Safe for many threads.
/// </summary>
sealed class Sayings
{
    readonly ConcurrentDictionary<string, int> numbers = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> byText;
    readonly Lock adding = new();
    (ContactEntry Entry, bool IsTold)[] entries = new (ContactEntry, bool)[256];
    int count;

    /// <summary>Nothing has been said yet.</summary>
    public Sayings() => byText = numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How many different things were said.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>The entry, with the time, id and goods of the first row that said it.</summary>
    public ContactEntry this[int number] => entries[number].Entry;

    /// <summary>
    /// True where it asks to stop or says no to consent, whatever record that stands in, or says of boxes what may ask that; and where it
    /// is told otherwise that it shows less than it seems to.
    /// </summary>
    public bool IsTold(int number) => entries[number].IsTold;

    /// <summary>The number of what a row says; false where nobody said it before.</summary>
    /// <param name="key">The kind of row and its cells.</param>
    /// <param name="number">Gets the number.</param>
    public bool TryFind(ReadOnlySpan<char> key, out int number) => byText.TryGetValue(key, out number);

    /// <summary>Keeps what a row says, and gives its number.</summary>
    public int Add(ReadOnlySpan<char> key, ContactEntry entry)
    {
        lock (adding)
        {
            if (byText.TryGetValue(key, out var known))
                return known;
            var room = entries;
            if (count == room.Length)
                Array.Resize(ref room, count * 2);
            room[count] = (
                entry,
                RequestWidth.NamedIn(entry) is not null || TickedBoxes.AreIn(entry) || RegisterNumber.Missing(entry) is not null
            );
            // Readers look without the lock: the array is whole before its number is known.
            Volatile.Write(ref entries, room);
            byText[key] = count;
            return count++;
        }
    }
}
