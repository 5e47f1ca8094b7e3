using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;
using MaySend.Reading;

namespace MaySend.Evidence.Import.Formats;

/// <summary>One table being read.</summary>
/// <param name="rows">Its rows, which note what is wrong with one in <paramref name="inRow"/>.</param>
/// <param name="inRow">What is wrong with the row at hand.</param>
/// <param name="options">The choices made for the file.</param>
/// <param name="table">The table.</param>
/// <param name="problems">What is wrong with the file.</param>
/// <param name="findings">What is found beside the rows.</param>
sealed class FormatReading(
    CsvRows rows,
    Problems inRow,
    ImportOptions options,
    ImportTable table,
    Problems problems,
    ReadingFindings findings
)
{
    /// <summary>More than so many problems are not collected: the file is of another kind, or wants mending first.</summary>
    public const int GreatestProblems = 1000;

    readonly Queue<ReadRow> salvaged = [];
    readonly RepeatedMessages repeated = new();
    RowDraft? current;

    /// <summary>Requests to stop in rows that could not be read as what they are.</summary>
    public IEnumerable<ReadRow> Salvaged
    {
        get
        {
            while (salvaged.TryDequeue(out var row))
                yield return row;
        }
    }

    /// <summary>Reads row by row; a bad row is noted and passed over, so that all is said at once.</summary>
    public IEnumerable<ReadRow> EachRow(Action<RowDraft> read)
    {
        while (Next() is { } draft)
        {
            read(draft);
            Settle();
            yield return draft.Done();
        }
    }

    /// <summary>The next row that can be read; null at the end.</summary>
    public RowDraft? Next()
    {
        Settle();
        while (problems.Count < GreatestProblems && rows.ReadNext(out var isGood))
        {
            if (!isGood)
            {
                Salvage();
                continue;
            }
            if (FilteredBy() is { } reason)
            {
                findings.LeaveOut(rows, reason);
                findings.Look(rows, isStopped: false, [.. options.Only.Keys]);
                continue;
            }
            return current = new RowDraft(rows, options, table, repeated);
        }
        problems.AddAll(inRow.Take());
        findings.Unread.Close(rows);
        return null;
    }

    /// <summary>The row at hand has been read: what is wrong with it is noted, or it is set aside.</summary>
    void Settle()
    {
        if (current is not { } draft)
            return;
        current = null;
        if (!inRow.IsEmpty)
        {
            var reasons = inRow.Take();
            if (options.SetsAsideBadRows)
            {
                var stop = StopAnywhere();
                draft.SetAside(stop);
                findings.SetAside(rows, reasons, stop, draft.Address is not null, problems);
            }
            else
            {
                problems.AddAll(reasons);
            }
        }
        findings.Look(rows, draft.HasRestriction);
        if (draft.UnknownWords.Count > 0 && !draft.HasRestriction)
            foreach (var (column, word) in draft.UnknownWords.Where(said => !options.Stops.ContainsKey(said.Column)))
                findings.NoteUnknown(rows, column, word);
    }

    /// <summary>
    /// A row whose cells are not where the header says: it is set aside whole, and yet if it speaks of a request to stop, every address in
    /// it is stopped.
    /// </summary>
    void Salvage()
    {
        var reasons = inRow.Take();
        if (!options.SetsAsideBadRows)
        {
            problems.AddAll(reasons);
            return;
        }
        var stop = StopAnywhere();
        var ticks = stop is null ? TicksAnywhere() : null;
        List<Address> addresses =
            stop is null && ticks is null
                ? []
                :
                [
                    .. Enumerable
                        .Range(0, rows.ColumnCount)
                        .Select(i => rows.RawCell(i).ToString())
                        .Where(cell => cell.Contains('@', StringComparison.Ordinal))
                        .Select(cell => Address.Read(cell).Address)
                        .OfType<Address>(),
                ];
        findings.SetAside(rows, reasons, stop, addresses.Count > 0, problems);
        var source = new EntrySource(table.Digest, rows.Row);
        if (addresses.Count > 0)
            salvaged.Enqueue(
                new ReadRow(
                    table.Name,
                    rows.Row,
                    [
                        .. addresses.Select(address =>
                            stop is { } said ? RowDraft.OfBadRow(address, said, source) : new Proposal(address, ticks!, source)
                        ),
                    ],
                    [],
                    null
                )
            );
    }

    /// <summary>
    /// The boxes that some cell of the row says were ticked, at the form that the row or somebody names; null where none does. Where that
    /// cell stands elsewhere, the form is not known, and a tick there may be anything.
    /// </summary>
    DetailsCollected? TicksAnywhere()
    {
        if (options.Format != "orders")
            return null;
        var boxes = Enumerable
            .Range(0, rows.ColumnCount)
            .SelectMany(i => BoxFile.Ticked(rows.RawCell(i).ToString()))
            .Distinct(StringComparer.Ordinal)
            .ToImmutableSortedDictionary(id => id, _ => true, StringComparer.Ordinal);
        return boxes.IsEmpty
            ? null
            : TickedBoxes.OnlyTicks(
                new DetailsCollected(RowDraft.UnknownWhen, $"row {rows.Row}")
                {
                    ObtainedBy = options.Sender,
                    Point = rows.RawText(rows.NameInFile("point")) is { Length: > 0 } point ? point : options.Point,
                    Boxes = boxes,
                }
            );
    }

    /// <summary>Where any cell of the row, read or not, says that somebody asked to stop.</summary>
    (string Column, string Says)? StopAnywhere()
    {
        for (var i = 0; i < rows.ColumnCount; i++)
            if (
                !options.Ignored.Contains(rows.NameOf(i))
                && StateWords.Said(StateWords.SenseOf(rows.NameOf(i)), rows.RawCell(i)) == StateSaid.Stop
            )
                return (rows.NameOf(i), rows.RawCell(i).ToString());
        return null;
    }

    string? FilteredBy()
    {
        foreach (var (column, words) in options.Only)
            if (!words.Contains(rows.RawText(column), StringComparer.OrdinalIgnoreCase))
                return $"`{column}` is not {string.Join(" or ", words)}";
        return null;
    }
}
