using System.Collections.Immutable;
using MaySend.Evidence.Files;
using MaySend.Reading;

namespace MaySend.Evidence.Import.Formats;

/// <summary>A row that could not be read and was set aside.</summary>
/// <param name="Table">The table.</param>
/// <param name="Row">The row, counted from 1 with the header.</param>
/// <param name="Reasons">What is wrong with it.</param>
/// <param name="Says">The row as it stands.</param>
/// <param name="Stop">What it says of a request to stop; null where it says nothing of one.</param>
/// <param name="IsStopKept">True when that request counts although the row was set aside: its address could be read.</param>
public sealed record SetAsideRow(string Table, long Row, ImmutableArray<string> Reasons, string Says, string? Stop, bool IsStopKept);

/// <summary>What one reading of a file found beside its rows.</summary>
/// <param name="looks">False for a reading that only wants the rows: what nobody reads was looked at before.</param>
sealed class ReadingFindings(bool looks = true)
{
    /// <summary>More bad rows than this are not set aside: the file is of another kind, or wants mending first.</summary>
    public const int GreatestAside = 10_000;

    readonly List<SetAsideRow> aside = [];
    readonly Dictionary<string, (long Count, List<string> Examples)> filtered = new(StringComparer.Ordinal);

    /// <summary>Columns that were not read.</summary>
    public UnreadColumns Unread { get; } = new();

    /// <summary>Looks at what was not read of the row at hand.</summary>
    public void Look(CsvRows rows, bool isStopped, IReadOnlyCollection<string>? filtered = null)
    {
        if (looks)
            Unread.Look(rows, isStopped, filtered);
    }

    readonly Dictionary<(string Table, string Column), (long Rows, long First, Dictionary<string, long> Words)> unknown = [];

    /// <summary>Counts a word that is not known in a column that says who asked to stop.</summary>
    public void NoteUnknown(CsvRows rows, string column, string word)
    {
        if (!looks)
            return;
        if (!unknown.TryGetValue((rows.File, column), out var so))
            so = (0, rows.Row, new(StringComparer.OrdinalIgnoreCase));
        if (so.Words.Count < GreatestWords || so.Words.ContainsKey(word))
            so.Words[word] = so.Words.GetValueOrDefault(word) + 1;
        unknown[(rows.File, column)] = (so.Rows + 1, so.First, so.Words);
    }

    const int GreatestWords = 50;

    /// <summary>Columns with such words, each as a column of which somebody must say what it means.</summary>
    public IEnumerable<UnreadColumn> WithUnknownWords(IReadOnlySet<string> waived) =>
        unknown
            .OrderBy(pair => pair.Key.Table, StringComparer.Ordinal)
            .ThenBy(pair => pair.Key.Column, StringComparer.Ordinal)
            .Select(pair =>
            {
                List<KeyValuePair<string, long>> words =
                [
                    .. pair.Value.Words.OrderByDescending(word => word.Value).ThenBy(word => word.Key),
                ];
                return new UnreadColumn(
                    pair.Key.Table,
                    pair.Key.Column,
                    pair.Value.Rows,
                    [.. words.Take(5).Select(word => (word.Key, word.Value))],
                    pair.Value.Rows,
                    [.. words.Select(word => word.Key)],
                    pair.Value.First
                )
                {
                    HasUnknownWords = true,
                    IsWaived = waived.Contains(pair.Key.Column),
                };
            });

    /// <summary>Rows that were set aside.</summary>
    public IReadOnlyList<SetAsideRow> Aside => aside;

    /// <summary>Rows that were left out by <c>only</c>, by reason.</summary>
    public IReadOnlyDictionary<string, (long Count, List<string> Examples)> Filtered => filtered;

    /// <summary>Files whose name speaks of opt-outs and of which nobody said what they are, with the word.</summary>
    public List<(string Table, string Word)> Named { get; } = [];

    /// <summary>Keeps a row that was set aside.</summary>
    public void SetAside(CsvRows rows, IEnumerable<Problem> reasons, (string Column, string Says)? stop, bool isKept, Problems problems)
    {
        if (aside.Count == GreatestAside)
            problems.Add(
                new Place(rows.File, rows.Row, 1),
                $"more than {GreatestAside} rows cannot be read",
                "the file is not what it was taken for, or its delimiter, encoding or dates are different"
            );
        else if (aside.Count < GreatestAside)
            aside.Add(
                new(
                    rows.File,
                    rows.Row,
                    [.. reasons.Select(reason => reason.Text)],
                    rows.RawRow(),
                    stop is { } said ? $"{said.Column}: {said.Says}" : null,
                    stop is not null && isKept
                )
            );
    }

    /// <summary>Counts a row that was left out by choice.</summary>
    public void LeaveOut(CsvRows rows, string reason)
    {
        if (!filtered.TryGetValue(reason, out var tally))
            tally = (0, []);
        if (tally.Examples.Count < 5)
            tally.Examples.Add($"{rows.File}:{rows.Row}");
        filtered[reason] = (tally.Count + 1, tally.Examples);
    }
}
