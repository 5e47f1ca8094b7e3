using System.Buffers;
using System.Globalization;
using System.Text;
using MaySend.Law.Facts;

namespace MaySend.Warehouse.Tables;

/// <summary>
/// How names stand in cells and statements: letters and digits of ASCII and <c>- . _ / : @ + ( )</c> as they are, every other byte of
/// their UTF-8 as <c>%XX</c>. So a blank separates the names of a set, engines compare bytes and not letters of some collation, and no
/// name can end the text that it stands in.
/// </summary>
static class NameCell
{
    /// <summary>A set that holds every name.</summary>
    public const string Everything = "all";

    /// <summary>Stands among the names of a set that may miss some.</summary>
    public const string More = "...";

    static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/:@+()"
    );

    /// <summary>A name as it stands in a cell.</summary>
    public static string Of(string name)
    {
        if (!name.AsSpan().ContainsAnyExcept(Plain) && name is not (Everything or More))
            return name;
        var text = new StringBuilder();
        foreach (var unit in Encoding.UTF8.GetBytes(name))
            if (Plain.Contains((char)unit) && name is not (Everything or More))
                text.Append((char)unit);
            else
                text.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
        return text.ToString();
    }

    /// <summary>The name that stands in a cell.</summary>
    public static string Read(string cell) => cell.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(cell) : cell;

    /// <summary>A set as it stands in a cell: <c>all</c>, or its names in order, with <c>...</c> at the end when it may miss
    /// some.</summary>
    public static string Of(NameSet set) =>
        set.IsEverything
            ? Everything
            : string.Join(' ', set.Names.Select(Of).Order(StringComparer.Ordinal).Concat(set.IsComplete ? [] : [More]));

    /// <summary>The set that stands in a cell; null where the cell is blank.</summary>
    public static NameSet? ReadSet(string? cell)
    {
        if (string.IsNullOrEmpty(cell))
            return null;
        if (cell == Everything)
            return NameSet.Everything;
        var names = cell.Split(' ');
        return NameSet.Of(names.Where(name => name != More).Select(Read), isComplete: !names.Contains(More));
    }

    /// <summary>True for a cell that a set could have been written as: names in order, each once, separated by one blank.</summary>
    public static bool IsSet(string cell) =>
        cell.Length == 0 || ReadSet(cell) is { } set && Of(set) == cell && !cell.Split(' ').Contains("");

    /// <summary>True for a cell that a name could have been written as.</summary>
    public static bool IsName(string cell) => cell.Length == 0 || Of(Read(cell)) == cell;
}
