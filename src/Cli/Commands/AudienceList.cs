using System.Data;
using System.Globalization;
using MaySend.Decisions;
using MaySend.Evidence.Files;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;
using MaySend.Screening;
using MaySend.Screening.Audiences;
using Spectre.Console;
using Sylvan.Data.Csv;

namespace MaySend.Cli.Commands;

/// <summary>The files of an audience: a folder's, or a list that was permitted before and is checked again.</summary>
sealed class AudienceList : IDisposable
{
    /// <summary>What a screening adds to each row: left out again before the list is screened anew.</summary>
    const string Added = "maysend_";
    const int Batch = 10_000;

    readonly string? temporary;
    readonly string? delta;

    AudienceList(AudienceFiles files, string? temporary = null, string? delta = null) =>
        (Files, this.temporary, this.delta) = (files, temporary, delta);

    public AudienceFiles Files { get; }

    /// <summary>The files of a folder by their usual names.</summary>
    public static AudienceList InFolder(string folder, TimeZoneInfo? zone) =>
        Directory.Exists(folder)
            ? new(AudienceFiles.InFolder(folder, zone))
            : throw new BadInputException(new Place(folder), "there is no such folder");

    /// <summary>A list that was permitted before, with the companion files of a folder if one is given.</summary>
    public static AudienceList Delta(string permitted, string? folder, TimeZoneInfo? zone)
    {
        if (!File.Exists(permitted))
            throw new BadInputException(new Place(permitted), "there is no such file", "the permitted.csv of an earlier screening");
        var companions = folder is null ? [] : InFolder(folder, zone).Files.Companions;
        var stripped = Path.Combine(Directory.CreateTempSubdirectory("maysend-").FullName, Path.GetFileName(permitted));
        Strip(permitted, stripped, zone);
        return new(new AudienceFiles(stripped, companions, zone), Path.GetDirectoryName(stripped), permitted);
    }

    /// <summary>
    /// Exports as they are, read by the same formats as an import, with the companion files of a folder if one is given. Nothing
    /// is screened
    /// while a question about a file is open.
    /// </summary>
    public static AudienceList FromExports(IReadOnlyList<string> paths, ImportOptions options, string? folder, string? setAside)
    {
        var sources = paths.Select(path => ImportSource.Open(path, options with { SetsAsideBadRows = setAside is not null })).ToList();
        var temporary = Directory.CreateTempSubdirectory("maysend-").FullName;
        var intake = ListIntake.Write(sources, temporary);
        foreach (var summary in intake.Summaries)
            Stores.ImportText.WriteReading(summary);
        if (intake.Questions.Any())
        {
            Directory.Delete(temporary, recursive: true);
            throw new BadInputException([
                .. intake.Questions.Select(question => new Problem(new Place("--list"), question.Text, question.Help)),
            ]);
        }
        if (setAside is not null)
            using (var text = new StreamWriter(setAside))
                foreach (var summary in intake.Summaries)
                    summary.WriteSetAside(text);
        var given = AudienceFiles.InFolder(temporary, options.Zone);
        var more = folder is null ? [] : InFolder(folder, options.Zone).Files.Companions;
        return new(given with { Companions = [.. given.Companions, .. more] }, temporary);
    }

    /// <summary>The same list with choices about columns, file name and bad rows.</summary>
    public AudienceList With(ImportOptions options, string? setAside) =>
        new(Files with { Ignored = options.Ignored, FileIs = options.FileIs, SetAside = setAside }, temporary, delta);

    /// <summary>Copies a list without the columns that a screening added.</summary>
    static void Strip(string permitted, string stripped, TimeZoneInfo? zone)
    {
        var problems = new Problems();
        using (var rows = CsvRows.Open(permitted, CompanionFiles.People.Columns, zone, problems))
        {
            problems.ThrowIfAny();
            using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
            string[] kept = [.. rows!.Header.Where(name => !name.StartsWith(Added, StringComparison.OrdinalIgnoreCase))];
            foreach (var name in kept)
                table.Columns.Add(name, typeof(string));
            using var text = new StreamWriter(stripped);
            for (var isFirst = true; Fill(rows, kept, table) || isFirst; isFirst = false)
            {
                using var csv = CsvDataWriter.Create(
                    text,
                    new CsvDataWriterOptions
                    {
                        Delimiter = rows.Delimiter,
                        WriteHeaders = isFirst,
                        NewLine = "\n",
                    }
                );
                using var read = table.CreateDataReader();
                csv.Write(read);
            }
        }
        problems.ThrowIfAny();
    }

    static bool Fill(CsvRows rows, string[] kept, DataTable table)
    {
        table.Clear();
        while (table.Rows.Count < Batch && rows.Read())
            table.Rows.Add([.. kept.Select(rows.Text)]);
        return table.Rows.Count > 0;
    }

    /// <summary>Says how many of the earlier list still stand.</summary>
    public void WriteDelta(ScreeningSummary summary)
    {
        if (delta is null)
            return;
        var lost = summary.Counts[Verdict.Refused] + summary.Counts[Verdict.NotShown];
        var stand = $"{summary.Counts[Verdict.Permitted]} still are; {lost} no longer";
        AnsiConsole.MarkupLineInterpolated($"[bold]of {summary.People} people permitted in {Path.GetFileName(delta)}, {stand}[/]");
    }

    public void Dispose()
    {
        if (temporary is not null && Directory.Exists(temporary))
            Directory.Delete(temporary, recursive: true);
    }
}
