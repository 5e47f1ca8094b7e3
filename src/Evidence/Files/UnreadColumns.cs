using System.Collections.Immutable;

namespace MaySend.Evidence.Files;

/// <summary>
/// Looks at what nobody reads, row by row: the commonest values of each such column, and rows that say <c>unsubscribed</c> there. Memory is
/// bounded by the number of columns.
/// </summary>
public sealed class UnreadColumns
{
    const int GreatestValues = 400;
    const int GreatestShown = 30;
    internal const int Shown = 5;
    readonly Dictionary<(string Table, int Column), Tally> tallies = [];

    /// <summary>Looks at the row that has just been read.</summary>
    /// <param name="rows">The file, at the row.</param>
    /// <param name="isStopped">True when what was read of the row stops its person already.</param>
    /// <param name="filtered">Columns that were asked for only to leave the row out: what they say still counts.</param>
    public void Look(CsvRows rows, bool isStopped, IReadOnlyCollection<string>? filtered = null)
    {
        for (var i = 0; i < rows.ColumnCount; i++)
        {
            if (rows.WasAsked(i) && filtered?.Contains(rows.NameOf(i), StringComparer.OrdinalIgnoreCase) != true)
                continue;
            var cell = rows.RawCell(i);
            if (!tallies.TryGetValue((rows.File, i), out var tally))
                tallies[(rows.File, i)] = tally = new Tally(rows.NameOf(i));
            if (cell.Length > 0)
                tally.Add(cell, isStopped ? 0 : rows.Row);
            tally.IsFilter |= rows.WasAsked(i);
        }
    }

    /// <summary>What the row says in columns nobody reads, as <c>Status says unsubscribed</c>; null for nothing.</summary>
    public (string Column, string Says)? StopIn(CsvRows rows, IReadOnlySet<string> waived)
    {
        for (var i = 0; i < rows.ColumnCount; i++)
            if (
                !rows.WasAsked(i)
                && rows.RawCell(i) is { Length: > 0 } cell
                && tallies.TryGetValue((rows.File, i), out var tally)
                && tally.Said(cell) == StateSaid.Stop
                && !waived.Contains(tally.Name)
            )
                return (tally.Name, cell.ToString());
        return null;
    }

    /// <summary>
    /// The columns that were not read to the end, in the order of the files; one that was asked for in a later row is not among them.
    /// </summary>
    public IReadOnlyList<UnreadColumn> Found(IReadOnlySet<string> waived) =>
        [
            .. tallies
                .OrderBy(pair => pair.Key.Table, StringComparer.Ordinal)
                .ThenBy(pair => pair.Key.Column)
                .Where(pair => pair.Value.IsFilter ? pair.Value.Stops > 0 : !pair.Value.WasAsked)
                .Select(pair => pair.Value.Result(pair.Key.Table) with { IsWaived = waived.Contains(pair.Value.Name) }),
        ];

    /// <summary>Call when a table has been read to its end: columns that some row asked for are read columns.</summary>
    public void Close(CsvRows rows)
    {
        foreach (var ((table, column), tally) in tallies)
            if (table == rows.File && rows.WasAsked(column))
                tally.WasAsked = true;
    }

    sealed class Tally(string name)
    {
        readonly Dictionary<string, (long Count, StateSaid Said)> values = new(StringComparer.Ordinal);
        readonly Dictionary<string, long> stopValues = new(StringComparer.OrdinalIgnoreCase);
        readonly ColumnSense sense = StateWords.SenseOf(name);
        long filled,
            first,
            contrary;
        string contraryValue = "";

        public string Name => name;

        public long Stops { get; private set; }

        public bool WasAsked { get; set; }

        public bool IsFilter { get; set; }

        public StateSaid Said(ReadOnlySpan<char> cell) =>
            values.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(cell, out var known) ? known.Said : StateWords.Said(sense, cell);

        public void Add(ReadOnlySpan<char> cell, long row)
        {
            filled++;
            var lookup = values.GetAlternateLookup<ReadOnlySpan<char>>();
            StateSaid said;
            if (lookup.TryGetValue(cell, out var known))
            {
                said = known.Said;
                lookup[cell] = (known.Count + 1, said);
            }
            else
            {
                var text = cell.ToString();
                said = StateWords.Said(sense, text);
                if (values.Count < GreatestValues)
                    values[text] = (1, said);
            }
            if (row == 0 && (said == StateSaid.Failed || (sense == ColumnSense.Stops && said == StateSaid.Nothing)))
            {
                contraryValue = contrary++ == 0 ? cell.ToString() : contraryValue;
                return;
            }
            if (said != StateSaid.Stop || row == 0)
                return;
            Stops++;
            if (first == 0)
                first = row;
            var shown = cell.Length > 40 ? cell[..40].ToString() + "…" : cell.ToString();
            if (stopValues.Count < GreatestValues || stopValues.ContainsKey(shown))
                stopValues[shown] = stopValues.GetValueOrDefault(shown) + 1;
        }

        public UnreadColumn Result(string table) =>
            new(
                table,
                name,
                filled,
                values.Count > GreatestShown
                    ? []
                    :
                    [
                        .. values
                            .Where(pair => !pair.Key.Contains('@', StringComparison.Ordinal) && pair.Key.Length <= 40)
                            .OrderByDescending(pair => pair.Value.Count)
                            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                            .Take(Shown)
                            .Select(pair => (pair.Key, pair.Value.Count)),
                    ],
                Stops,
                [
                    .. stopValues
                        .OrderByDescending(pair => pair.Value)
                        .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                        .Take(Shown)
                        .Select(pair => pair.Key),
                ],
                first
            )
            {
                Contrary = contrary,
                ContraryValue = contraryValue,
                HoldsDays = values.Keys.Count(DaySpellings.IsDay) * 2 > values.Count,
            };
    }
}
