using System.Collections.Immutable;
using MaySend.Evidence.Files;
using MaySend.Evidence.Import.Formats;

namespace MaySend.Evidence.Import;

/// <summary>How far an import has come.</summary>
/// <param name="Phase"><c>reading</c>, <c>comparing</c>, <c>recording restrictions</c>, <c>recording</c>.</param>
/// <param name="Rows">Rows done in this phase.</param>
/// <param name="Total">Rows in all; null while they are being counted.</param>
public readonly record struct ImportProgress(string Phase, long Rows, long? Total);

/// <summary>Something that many rows have in common, with how many and a few of them.</summary>
/// <param name="Text">What it is.</param>
/// <param name="Count">How many rows.</param>
/// <param name="Examples">The first rows, each with its table.</param>
public sealed record ImportTally(string Text, long Count, ImmutableArray<string> Examples);

/// <summary>
/// A consent in the file that is dated no earlier than a request to stop that stands. The request stands: only the person's own act on a
/// form served here lifts it. A person may look into it.
/// </summary>
/// <param name="Address">Whose.</param>
/// <param name="Table">The table of the consent.</param>
/// <param name="Row">Its row.</param>
/// <param name="ConsentWhen">When the file says it was given.</param>
/// <param name="RefusedWhen">When the request was made; null where its source gives no time.</param>
/// <param name="RefusalId">The request: its id on record, or <c>in this file</c>.</param>
public sealed record ImportConflict(string Address, string Table, long Row, string ConsentWhen, string? RefusedWhen, string RefusalId);

/// <summary>What an import would do; the answer of a dry run.</summary>
public sealed record ImportSummary
{
    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file.</summary>
    public required string Digest { get; init; }

    /// <summary>The format's name.</summary>
    public required string Format { get; init; }

    /// <summary>Rows read.</summary>
    public long Rows { get; init; }

    /// <summary>Addresses that rows speak of.</summary>
    public long Addresses { get; init; }

    /// <summary>Addresses that are not on record yet and would be.</summary>
    public long NewContacts { get; init; }

    /// <summary>Entries that would be added.</summary>
    public long ToAdd { get; init; }

    /// <summary>Entries that are on record already, or stand twice in the file.</summary>
    public long AlreadyThere { get; init; }

    /// <summary>Entries about people who were erased: nothing of them is added, the suppression stands.</summary>
    public long Suppressed { get; init; }

    /// <summary>Entries to add by how far they go as evidence.</summary>
    public ImmutableSortedDictionary<EvidenceGrade, long> ByGrade { get; init; } = ImmutableSortedDictionary<EvidenceGrade, long>.Empty;

    /// <summary>Entries to add by kind.</summary>
    public ImmutableSortedDictionary<string, long> ByKind { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>Addresses whom a request to stop holds now and would not hold after. Computed by the fold that decides, before and after;
    /// anything but zero stops the import.</summary>
    public long Revived { get; init; }

    /// <summary>
    /// People on record whom no request to stop holds back from some message of a known sender now, and whom the file's requests would: the
    /// number to look at before a list of opt-outs is recorded.
    /// </summary>
    public long NewlyStopped { get; init; }

    /// <summary>
    /// Addresses whose rows tick a box that no signed version of a form lists: each may have asked to stop, and nothing is sent there until
    /// a version is signed that says what the box was.
    /// </summary>
    public long Held { get; init; }

    /// <summary>Domains whose every address the file asks to leave alone.</summary>
    public ImmutableArray<string> Domains { get; init; } = [];

    /// <summary>How many conflicts there are.</summary>
    public long ConflictCount { get; init; }

    /// <summary>The first thousand of them.</summary>
    public ImmutableArray<ImportConflict> Conflicts { get; init; } = [];

    /// <summary>What the file says that is not evidence.</summary>
    public ImmutableArray<ImportTally> Claims { get; init; } = [];

    /// <summary>Rows that give nothing, by reason.</summary>
    public ImmutableArray<ImportTally> LeftOut { get; init; } = [];

    /// <summary>Names in requests to stop that nobody on record bears: such a request binds every sender, channel or topic.</summary>
    public ImmutableArray<ImportTally> NotUnderstood { get; init; } = [];

    /// <summary>Columns that were not read, with the commonest of what stands in them.</summary>
    public ImmutableArray<UnreadColumn> Unread { get; init; } = [];

    /// <summary>True where the file's name speaks of opt-outs and its rows do not: the first of the questions.</summary>
    public bool IsNamedForOptOuts { get; init; }

    /// <summary>Questions that only a person can answer; while one is open, nothing is recorded.</summary>
    public ImmutableArray<ImportQuestion> Questions { get; init; } = [];

    /// <summary>Rows that could not be read and were set aside by choice.</summary>
    public ImmutableArray<SetAsideRow> SetAside { get; init; } = [];

    /// <summary>Members of the archive that were not read.</summary>
    public ImmutableArray<string> NotRead { get; init; } = [];

    /// <summary>
    /// The conflicts as CSV, for the person who decides. Cells that a spreadsheet would run as a formula get an apostrophe in front.
    /// </summary>
    public void WriteConflicts(TextWriter target)
    {
        using var table = new CsvTable(target, ["address", "table", "row", "consent_when", "refused_when", "refusal"]);
        foreach (var conflict in Conflicts)
        {
            string[] cells =
            [
                conflict.Address,
                conflict.Table,
                conflict.Row.ToString(System.Globalization.CultureInfo.InvariantCulture),
                conflict.ConsentWhen,
                conflict.RefusedWhen ?? "",
                conflict.RefusalId,
            ];
            table.Add(cells.Select(Guarded));
        }
    }

    /// <summary>The rows that were set aside as CSV, each with what is wrong with it and as it stands in the file.</summary>
    public void WriteSetAside(TextWriter target)
    {
        using var table = new CsvTable(target, ["table", "row", "what_is_wrong", "asks_to_stop", "the_row"]);
        foreach (var row in SetAside)
            table.Add(
                Guarded(row.Table),
                row.Row.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Guarded(string.Join("; ", row.Reasons)),
                row.Stop is null ? "" : Guarded(row.Stop + (row.IsStopKept ? " (kept)" : " (the address cannot be read)")),
                Guarded(row.Says)
            );
    }

    /// <summary>Text that no spreadsheet takes for a formula.</summary>
    internal static string Guarded(string cell) =>
        cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? $"'{cell}" : cell;
}
