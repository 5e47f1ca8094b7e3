using System.Globalization;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Reading;

namespace MaySend.Screening.Audiences;

/// <summary>
/// Rows that cannot be read, set aside by choice. Whoever such a row is about is left out of the screening altogether: what it would have
/// said could have been a request to stop, or an earlier order that changes what a later one shows.
/// </summary>
sealed class RowsAside(AudienceFiles files)
{
    readonly HashSet<string> people = new(StringComparer.Ordinal);
    readonly List<string[]> rows = [];

    /// <summary>How many rows.</summary>
    public int Count => rows.Count;

    /// <summary>True when a row of this address was set aside.</summary>
    public bool IsAbout(string address) => people.Contains(address);

    /// <summary>One line for people.</summary>
    public string Says =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Amount.Of(Count, "row")} cannot be read and {(Count == 1 ? "was" : "were")} set aside with the "
                + $"{Amount.Of(people.Count, "person", "people")} {(Count == 1 ? "it is" : "they are")} about, who "
                + $"{(people.Count == 1 ? "is" : "are")} left out: {Path.GetFileName(files.SetAside)}"
        );

    /// <summary>
    /// Takes the row at hand with what is wrong with it. A row of what happened of which it cannot even be told whom it is about is not set
    /// aside: it may be anybody's request to stop.
    /// </summary>
    public void Put(CsvRows csv, CompanionFile kind, Problems inRow, Problems problems)
    {
        var reasons = inRow.Take();
        var address = Address.Read(csv.Text("address")).Address?.Matching;
        inRow.Take();
        if (reasons.Count == 0)
            return;
        if (files.SetAside is null || (address is null && kind != CompanionFiles.People))
        {
            problems.AddAll(reasons);
            return;
        }
        if (address is not null)
            people.Add(address);
        rows.Add([
            Path.GetFileName(csv.File),
            csv.Row.ToString(CultureInfo.InvariantCulture),
            string.Join("; ", reasons.Select(reason => reason.Text)),
            csv.RawRow(),
        ]);
    }

    /// <summary>Writes the file, also when there is nothing to write: an empty one says so.</summary>
    public void Write()
    {
        if (files.SetAside is not { } path)
            return;
        using var text = new StreamWriter(path) { NewLine = "\n" };
        CsvTable.Write(text, ["file", "row", "what_is_wrong", "the_row"], rows);
    }
}
