using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Files;

public sealed partial class CsvRows
{
    readonly bool[] asked;
    Dictionary<int, List<int>>? twins;

    /// <summary>How many columns the header has.</summary>
    internal int ColumnCount => csv.FieldCount;

    /// <summary>True when somebody has asked for a column, by its place from 0: what nobody asks for is not read.</summary>
    internal bool WasAsked(int column) => asked[column];

    /// <summary>A column's name by its place.</summary>
    internal string NameOf(int column) => csv.GetName(column).Trim();

    /// <summary>A cell by its place, as it stands, without spaces around it.</summary>
    internal ReadOnlySpan<char> RawCell(int column) => column < csv.RowFieldCount ? csv.GetFieldSpan(column).Trim() : [];

    /// <summary>A cell by the file's own name of its column, as it stands; it counts as read.</summary>
    internal string RawText(string column) => PlaceOf(column) is >= 0 and var place ? RawCell(place).ToString() : "";

    /// <summary>The name that one of our columns has in the file.</summary>
    internal string NameInFile(string column) => layout.NameInFile(column);

    /// <summary>A day or an instant where a column holds one that can be read; null otherwise, and nothing is noted.</summary>
    internal When? TryWhen(string column) =>
        RawText(column) is { Length: > 0 } text
        && (layout.TryDate(text, zone, out var when, out var lacksZone) || (!lacksZone && Entries.When.TryParse(text, zone, out when)))
            ? when
            : null;

    /// <summary>The place of a column by its own name; it does not count as read.</summary>
    internal int PlaceIn(string name) => ordinals[name];

    /// <summary>The same; null where the file has no such column.</summary>
    internal int? FindPlace(string name) => ordinals.TryGetValue(name, out var place) ? place : null;

    /// <summary>The place of a column, which then counts as asked for; -1 where the file has none.</summary>
    internal int PlaceOf(string name)
    {
        if (!ordinals.TryGetValue(name, out var place))
            return -1;
        asked[place] = true;
        foreach (var twin in twins?.GetValueOrDefault(place) ?? [])
            asked[twin] = true;
        return place;
    }

    void AddTwin(string name, int column)
    {
        twins ??= [];
        if (!twins.TryGetValue(ordinals[name], out var list))
            twins[ordinals[name]] = list = [];
        list.Add(column);
    }

    /// <summary>
    /// The one cell that says something, of a column that stands more than once; null where it stands once. Two that say different things
    /// are a problem of the row.
    /// </summary>
    string? TwinOf(int place, string column)
    {
        if (twins?.GetValueOrDefault(place) is not { } others)
            return null;
        var said = others.Prepend(place).Select(i => RawCell(i).ToString()).Where(text => text.Length > 0).Distinct().ToList();
        if (said.Count > 1)
            Problem(column, $"is there {others.Count + 1} times and says different things: {string.Join(", ", said)}");
        return said.Count > 0 ? said[0] : "";
    }
}
