using MaySend.Reading;

namespace MaySend.Evidence.Files;

public sealed partial class CsvRows
{
    /// <summary>
    /// What lists call the column that says who is a child, in the languages of the exports people bring; with or without more words.
    /// </summary>
    static readonly string[] Children =
    [
        .. "child children is_child underage under_age under_13 under_14 under_16 under_18 minderjährig mineur menor minore".Split(' '),
        .. "minorenne minderjarig małoletni maloletni barn lapsi alaikäinen nezletilý kiskorú mladoletnik".Split(' '),
    ];

    /// <summary>
    /// A column that restricts and is misspelt would be left alone like any other that nobody asks for, and the restriction lost:
    /// <c>withdrawn_at</c>, <c>Minors</c>; also one that stands beside the column it is like.
    /// </summary>
    void NoteNearMisses(IReadOnlyList<CsvColumn> columns)
    {
        foreach (var column in columns.Where(column => column.Restricts))
        foreach (var unused in UnusedColumns.Where(unused => IsNear(unused, column.Name)))
            problems.Add(
                new Place(file, 1, ordinals[unused] + 1),
                $"the column `{unused}` is not read, but may mean `{column.Name}`, which restricts sending",
                $"rename it to `{column.Name}`, or if it means something else, to a name less like it: {column.Meaning}"
            );
    }

    static bool IsNear(string unused, string column) =>
        Spelling.IsNear(unused, column)
        || (column == "minor" && Children.Contains(unused.Trim().Replace(' ', '_'), StringComparer.OrdinalIgnoreCase));
}
