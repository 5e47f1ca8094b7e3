using System.Globalization;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;

namespace MaySend.Screening.Audiences;

/// <summary>What stands in a list and is read by nobody: said, and never passed over where it asks to stop.</summary>
static class UnreadNotes
{
    /// <summary>What nobody reads, a line a file: columns that stop somebody, and the commonest of what stands in the others.</summary>
    public static IEnumerable<string> Of(UnreadColumns unread, AudienceFiles files)
    {
        foreach (var file in unread.Found(files.Ignored).GroupBy(column => column.Table))
        {
            var name = Path.GetFileName(file.Key);
            foreach (var column in file.Where(column => column is { Stops: > 0, IsWaived: false }))
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: {column.Stops:N0} rows say {string.Join(", ", column.StopValues)} in `{column.Name}`: refused; "
                        + $"--ignore-column waives it"
                );
            var said = file.Where(column => column.Filled > 0).Select(column => column.IsWaived ? $"{column.Says} (waived)" : column.Says);
            yield return $"{name}: columns not read: {string.Join("; ", said)}";
        }
    }

    /// <summary>A list whose name speaks of opt-outs is not screened before somebody has said what it is.</summary>
    public static void AskAboutName(AudienceFiles files, Problems problems)
    {
        if (files.FileIs is null && StateWords.InFileName(files.People) is { } word)
            problems.Add(
                new Place(files.People),
                $"the name says `{word}`: did everybody in this list ask to stop?",
                "--file-is opt-outs stops them all; --file-is list takes the name for nothing"
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
