using MaySend.Reading;

namespace MaySend.Evidence.Files;

public sealed partial class CsvRows
{
    /// <summary>
    /// A column that restricts and is misspelt would be left alone like any other that nobody asks for, and the restriction lost:
    /// <c>withdrawn_at</c>, <c>Minors</c>.
    /// </summary>
    void NoteNearMisses(IReadOnlyList<CsvColumn> columns)
    {
        foreach (var column in columns.Where(column => column.Restricts && !ordinals.ContainsKey(column.Name)))
        foreach (var unused in UnusedColumns.Where(unused => Spelling.IsNear(unused, column.Name)))
            problems.Add(
                new Place(file, 1, ordinals[unused] + 1),
                $"the column `{unused}` is not read, but may mean `{column.Name}`, which restricts sending",
                $"rename it to `{column.Name}`, or if it means something else, to a name less like it: {column.Meaning}"
            );
    }
}
