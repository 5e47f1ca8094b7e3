using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Files;

/// <summary>
/// The columns of our own kind of file that nobody asks for, looked at for one thing: whether a row says there that its person asked to
/// stop. Such a row stops its person, whatever the column is called.
/// </summary>
public sealed class StopColumns
{
    readonly CsvRows rows;
    readonly (int Place, string Name, ColumnSense Sense)[] columns;

    /// <summary>Looks at a file's header.</summary>
    /// <param name="rows">The file.</param>
    /// <param name="ignored">Columns that somebody looked at and that are of no account.</param>
    public StopColumns(CsvRows rows, IReadOnlySet<string> ignored)
    {
        this.rows = rows;
        columns =
        [
            .. rows
                .UnusedColumns.Where(name => !ignored.Contains(name))
                .Select(name => (rows.PlaceIn(name), name, StateWords.SenseOf(name))),
        ];
    }

    /// <summary>The request to stop that the row speaks of, or the failed address; null for neither.</summary>
    public ContactEntry? Said()
    {
        ContactEntry? failed = null;
        foreach (var (place, name, sense) in columns)
        {
            var cell = rows.RawCell(place);
            switch (StateWords.Said(sense, cell))
            {
                case StateSaid.Stop:
                    return new RefusalMade(When.Of(DateOnly.MinValue), $"{name}, row {rows.Row}")
                    {
                        Channels = StateWords.ChannelOf(name) is { } channel ? NameSet.Of(channel) : null,
                        How = $"list: {name}: {(cell.Length > 60 ? cell[..60].ToString() : cell.ToString())}",
                    };
                case StateSaid.Failed:
                    failed = new AddressFailed(When.Of(DateOnly.MinValue), $"{name}, row {rows.Row}", IsPermanent: true);
                    break;
            }
        }
        return failed;
    }
}
