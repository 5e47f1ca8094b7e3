using System.Collections.Concurrent;
using System.Globalization;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Tables;
using MaySend.Reading;

namespace MaySend.Screening.Audiences;

/// <summary>What stands in a list and is read by nobody: said, and never passed over where it asks to stop.</summary>
static class UnreadNotes
{
    /// <summary>What nobody reads, a line a file: columns that stop somebody, and the commonest of what stands in the others.</summary>
    public static IEnumerable<string> Of(IEnumerable<UnreadColumns> unread, AudienceFiles files)
    {
        var found = unread.SelectMany(columns => columns.Found(files.Ignored)).OrderBy(column => column.Table, StringComparer.Ordinal);
        foreach (var file in found.GroupBy(column => column.Table))
        {
            var name = Path.GetFileName(file.Key);
            foreach (var column in file.Where(column => column is { Stops: > 0, IsWaived: false }))
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: {Amount.Of(column.Stops, "row says", "rows say")} {string.Join(", ", column.StopValues)} in "
                        + $"`{column.Name}`: refused; --ignore-column waives it"
                );
            var said = file.Where(column => column.Filled > 0).Select(column => column.IsWaived ? $"{column.Says} (waived)" : column.Says);
            yield return $"{name}: columns not read: {string.Join("; ", said)}";
        }
        if (files.LeftUnread.Count > 0)
            yield return $"not read, though the name speaks of opt-outs: {string.Join(", ", files.LeftUnread.Select(Path.GetFileName))}";
    }

    /// <summary>
    /// Looks at the rows of a file while they are read into tables; null where there is nothing to look at.
    /// </summary>
    public static RowWatch? Watch(AudienceFiles files, CompanionFile kind, CsvRows csv, ConcurrentBag<UnreadColumns> all)
    {
        var isList = kind == CompanionFiles.People;
        if (csv.UnusedColumns.Count == 0 && !(isList && files.FileIs == NamedFile.OptOuts))
            return null;
        var (unread, stops) = (new UnreadColumns(), new StopColumns(csv, files.Ignored));
        all.Add(unread);
        return new RowWatch(
            isStopped => unread.Look(csv, isStopped),
            () =>
                isList ? [.. Stops(files, csv, stops)]
                : stops.Said() is { } said ? [said]
                : [],
            () => unread.Close(csv)
        );
    }

    static readonly string[] Tables = [".csv", ".csv.gz", ".tsv", ".xlsx", ".xls", ".ods", ".parquet"];

    /// <summary>
    /// The tables of a folder whose names speak of opt-outs and that are none of an audience's files, those apart that a screening wrote.
    /// </summary>
    public static IEnumerable<string> OptOutFiles(string folder, AudienceFiles files) =>
        Directory.Exists(folder)
            ? Directory
                .EnumerateFiles(folder)
                .Where(path => Tables.Any(end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
                .Where(path => path != files.People && !files.Companions.Any(companion => companion.Path == path))
                .Where(path => !WrittenLists.Names.Contains(Path.GetFileName(path)) && StateWords.InFileName(path) is not null)
                .Order(StringComparer.Ordinal)
            : [];

    /// <summary>
    /// A file that calls itself a register of opt-outs is never passed over; any other whose name speaks of them is told.
    /// </summary>
    public static bool IsRegister(string path) => Path.GetFileName(path).StartsWith("refusals", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is said of a register that is not read under its name.</summary>
    public static Problem NotRead(string path) =>
        new(
            new Place(path),
            "is not read under this name: the opt-outs in it would be lost",
            "call it refusals.csv, add its rows to refusals.csv, or move it to another folder"
        );

    /// <summary>What is said of a second list of people in a folder.</summary>
    public static Problem Second(string path, string read) =>
        new(
            new Place(path),
            $"lies beside {Path.GetFileName(read)}, and one list of people is read from a folder: the people in it would be lost",
            "keep one of the two in the folder, or add the rows of one to the other"
        );

    /// <summary>
    /// A list whose name speaks of opt-outs is not screened before somebody has said what it is; nor is one with a register beside it that
    /// nobody reads, or one that a screening wrote, whose old verdicts would stand beside the new ones.
    /// </summary>
    public static void AskAboutName(AudienceFiles files, Problems problems)
    {
        problems.AddAll(files.Lost);
        if (File.Exists(files.People))
            using (var csv = CsvRows.Open(files.People, CompanionFiles.People.Columns, files.Zone, new Problems()))
                if (csv?.UnusedColumns.Any(name => name.StartsWith(WrittenLists.FirstAdded, StringComparison.OrdinalIgnoreCase)) == true)
                    problems.Add(
                        new Place(files.People, 1, 1),
                        $"the list has a column `{WrittenLists.FirstAdded}`: an earlier screening wrote it",
                        "check it again with --delta, or take out the columns that begin with maysend_"
                    );
        if (files.FileIs is null && StateWords.InFileName(files.People) is { } word)
            problems.Add(
                new Place(files.People),
                $"the name says `{word}`: did everybody in this list ask to stop?",
                "--file-is opt-outs stops them all; --file-is list ignores the name"
            );
    }

    /// <summary>What a row of the list says of requests to stop, in columns nobody reads or by the name of its file.</summary>
    public static IEnumerable<ContactEntry> Stops(AudienceFiles files, CsvRows csv, StopColumns stops)
    {
        if (stops.Said() is { } said)
            yield return said;
        if (files.FileIs == NamedFile.OptOuts)
            yield return new RefusalMade(When.Of(DateOnly.MinValue), $"list, row {csv.Row}")
            {
                How = $"list: in {Path.GetFileName(files.People)}",
            };
    }
}
