using System.Collections.Immutable;
using MaySend.Evidence.Files;
using MaySend.Reading;

namespace MaySend.Evidence.Import.Formats;

/// <summary>One kind of file that can be imported: how it is recognised, and what a row of it proves and does not.</summary>
/// <param name="Name">The word to choose it by.</param>
/// <param name="Says">What it is, for people.</param>
public sealed record ImportFormat(string Name, string Says)
{
    /// <summary>Sets of columns, any one of which must be there in full; a format with several has changed over the years.</summary>
    public required ImmutableArray<ImmutableArray<string>> Headers { get; init; }

    /// <summary>How its cells are written.</summary>
    public CsvLayout Layout { get; init; } = CsvLayout.Plain;

    /// <summary>What a file must be called; null when its name says nothing.</summary>
    internal Func<string, string?>? NameFault { get; init; }

    /// <summary>Takes one row.</summary>
    internal Action<RowDraft>? Row { get; init; }

    /// <summary>Takes a whole table, for formats in which several rows are one thing.</summary>
    internal Func<TableReading, IEnumerable<ReadRow>>? Table { get; init; }

    /// <summary>What columns mean when the user's choices are added to what is known of the format; names and constants are the user's for
    /// the generic formats
    /// alone.</summary>
    internal CsvLayout With(CsvLayout chosen) =>
        IsGeneric ? chosen : Layout with { Countries = chosen.Countries, Dates = [.. chosen.Dates, .. Layout.Dates] };

    /// <summary>True for the formats that a mapping file can describe.</summary>
    public bool IsGeneric { get; init; }

    /// <summary>True when a header, with the constants beside it, has what the format needs.</summary>
    internal bool Knows(IReadOnlyCollection<string> header, CsvLayout layout) =>
        Headers.Any(set =>
            set.All(name =>
                layout.Constants.ContainsKey(name) || header.Contains(layout.NameInFile(name), StringComparer.OrdinalIgnoreCase)
            )
        );

    /// <summary>Every row of a table, streaming; what is wrong is noted.</summary>
    internal IEnumerable<ReadRow> Read(TableReading reading) => Table is not null ? Table(reading) : reading.EachRow(Row!);
}

/// <summary>One table being read.</summary>
sealed class TableReading(CsvRows rows, ImportOptions options, ImportTable table, Problems problems)
{
    /// <summary>More than so many problems are not collected: the file is of another kind, or wants mending first.</summary>
    public const int GreatestProblems = 1000;

    /// <summary>Reads row by row; a bad row is noted and passed over, so that all is said at once.</summary>
    public IEnumerable<ReadRow> EachRow(Action<RowDraft> read)
    {
        while (Next() is { } draft)
        {
            read(draft);
            yield return draft.Done();
        }
    }

    /// <summary>The next good row; null at the end.</summary>
    public RowDraft? Next()
    {
        while (problems.Count < GreatestProblems && rows.ReadNext(out var isGood))
            if (isGood)
                return new RowDraft(rows, options, table);
        return null;
    }
}
