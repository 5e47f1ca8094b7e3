using System.Globalization;

namespace MaySend.Console.Lists;

/// <summary>A column of a list that grows: the list is sorted, searched and downloaded by its columns.</summary>
/// <param name="Key">Its name in the address of the page.</param>
/// <param name="Title">Its name for people, and the header of the download.</param>
/// <param name="Value">What a line holds there: a text, a number, a day or an instant; null for nothing.</param>
sealed record ListColumn<T>(string Key, string Title, Func<T, object?> Value)
{
    /// <summary>False where the column names a person, and so is never looked for by words in the address of a page.</summary>
    public bool IsSearched { get; init; } = true;

    /// <summary>False where an order by it says nothing to anybody.</summary>
    public bool IsSorted { get; init; } = true;

    /// <summary>What a line holds, as a spreadsheet reads it: days as 2026-03-10, instants in UTC.</summary>
    public string Cell(T line) =>
        Value(line) switch
        {
            null => "",
            DateOnly day => Format.IsoDay(day),
            DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            bool said => Format.YesNo(said),
            var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
        };

    /// <summary>What a line holds, as the page writes it: people look for what they read.</summary>
    public string Words(T line) =>
        Value(line) switch
        {
            DateOnly day => Format.Day(day),
            DateTimeOffset at => Format.Instant(at),
            _ => Cell(line),
        };

    /// <summary>The lines in the order of this column. Lines that hold nothing there come last, whichever way.</summary>
    public IEnumerable<T> Sort(IEnumerable<T> lines, bool isDown)
    {
        var filled = lines.OrderBy(line => Value(line) is null or "");
        return isDown ? filled.ThenByDescending(Value, CellOrder) : filled.ThenBy(Value, CellOrder);
    }

    /// <summary>Texts as people sort them, whatever the case; everything else by size.</summary>
    static readonly Comparer<object?> CellOrder = Comparer<object?>.Create(
        (one, other) =>
            one is string text && other is string with
                ? StringComparer.InvariantCultureIgnoreCase.Compare(text, with)
                : System.Collections.Comparer.DefaultInvariant.Compare(one, other)
    );
}
