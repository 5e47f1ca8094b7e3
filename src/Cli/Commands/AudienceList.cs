using MaySend.Decisions;
using MaySend.Evidence.Files;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Reading;
using MaySend.Screening;
using MaySend.Screening.Audiences;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary>The files of an audience: a folder's, or a list that was permitted before and is checked again.</summary>
sealed class AudienceList : IDisposable
{
    /// <summary>What a screening adds to each row: left out again before the list is screened anew.</summary>
    const string Added = "maysend_";

    readonly string? temporary;
    readonly string? delta;

    AudienceList(AudienceFiles files, string? temporary = null, string? delta = null) =>
        (Files, this.temporary, this.delta) = (files, temporary, delta);

    public AudienceFiles Files { get; }

    /// <summary>The files of a folder by their usual names.</summary>
    public static AudienceList InFolder(string folder, TimeZoneInfo? zone) =>
        Directory.Exists(folder)
            ? new(AudienceFiles.InFolder(folder, zone))
            : throw new BadInputException(new Place(folder), "folder not found");

    /// <summary>
    /// A list that was permitted before, decided by the facts given now: what the folder says of these people today, or the store. What the
    /// list itself said of them on that earlier day counts for nothing.
    /// </summary>
    /// <param name="permitted">The list.</param>
    /// <param name="folder">A folder with the people and what happened with them now; null for none.</param>
    /// <param name="zone">The zone of times without one.</param>
    /// <param name="hasStore">True when a store says what is on record now.</param>
    public static AudienceList Delta(string permitted, string? folder, TimeZoneInfo? zone, bool hasStore)
    {
        if (!File.Exists(permitted))
            throw new BadInputException(new Place(permitted), "file not found", "the permitted.csv of an earlier screening");
        if (folder is null && !hasStore)
            throw new BadInputException(
                new Place("--delta"),
                "a list from an earlier day says nothing about today",
                "give the facts of today: --in DIR, --audience DIR or --data DIR"
            );
        var now = folder is null ? null : InFolder(folder, zone).Files;
        var people = Path.Combine(Directory.CreateTempSubdirectory("maysend-").FullName, "people.csv");
        var problems = new Problems();
        using (var text = new StreamWriter(people) { NewLine = "\n" })
        {
            if (now is not null && File.Exists(now.People))
                WriteNow(now.People, Addresses(permitted, zone, problems), zone, text, problems);
            else
                WriteNames(permitted, zone, text, problems);
        }
        problems.ThrowIfAny();
        var files = new AudienceFiles(people, now?.Companions ?? [], zone) { LeftUnread = now?.LeftUnread ?? [] };
        return new(files, Path.GetDirectoryName(people), permitted);
    }

    /// <summary>
    /// Exports as they are, read by the same formats as an import, with the companion files of a folder if one is given. Nothing is
    /// screened while a question about a file is open.
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
        var beside = folder is null ? null : InFolder(folder, options.Zone).Files;
        var more = beside?.Companions ?? [];
        var isOfDomains = intake.People == 0 && intake.Summaries.All(summary => summary is { Rows: > 0, SetAside.IsEmpty: true });
        var files = given with
        {
            Companions = [.. given.Companions, .. more],
            LeftUnread = beside?.LeftUnread ?? [],
            NamesDomainsAlone = isOfDomains,
        };
        return new(files, temporary);
    }

    /// <summary>The same list with choices about columns, file name and bad rows.</summary>
    public AudienceList With(ImportOptions options, string? setAside) =>
        new(Files with { Ignored = options.Ignored, FileIs = options.FileIs, SetAside = setAside }, temporary, delta);

    /// <summary>The addresses of a list, in its order, with how they were written.</summary>
    static Dictionary<string, string> Addresses(string list, TimeZoneInfo? zone, Problems problems)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        using var rows = CsvRows.Open(list, CompanionFiles.People.Columns, zone, problems);
        while (rows?.Read() == true)
            if (Address.Read(rows.Text("address")).Address is { } address)
                found.TryAdd(address.Matching, rows.Text("address"));
            else
                rows.Problem("address", "is not an address");
        return found;
    }

    /// <summary>The rows of today for these addresses; of whom there is none any more, the address alone.</summary>
    static void WriteNow(string people, Dictionary<string, string> wanted, TimeZoneInfo? zone, TextWriter text, Problems problems)
    {
        using var rows = CsvRows.Open(people, CompanionFiles.People.Columns, zone, problems);
        if (rows is null)
            return;
        text.WriteLine(rows.HeaderLine);
        var missing = new Dictionary<string, string>(wanted, StringComparer.Ordinal);
        while (rows.Read())
            if (Address.Read(rows.Text("address")).Address is { } address && wanted.ContainsKey(address.Matching))
            {
                text.WriteLine(rows.RawRow());
                missing.Remove(address.Matching);
            }
        if (missing.Count == 0)
            return;
        string[] header = [.. rows.Header];
        using var table = new CsvTable(text, [], rows.Delimiter);
        foreach (var address in missing.Values)
            table.Add(header.Select(name => name.Trim().Equals("address", StringComparison.OrdinalIgnoreCase) ? address : ""));
    }

    /// <summary>The list without what was added and what it said of the people: addresses, and columns that go through.</summary>
    static void WriteNames(string permitted, TimeZoneInfo? zone, TextWriter text, Problems problems)
    {
        using var rows = CsvRows.Open(permitted, CompanionFiles.People.Columns, zone, problems);
        if (rows is null)
            return;
        string[] kept = [.. rows.Header.Where(IsKept)];
        using var table = new CsvTable(text, kept, rows.Delimiter);
        while (rows.Read())
            table.Add(kept.Select(rows.Text));
    }

    static bool IsKept(string name) =>
        name.Trim().Equals("address", StringComparison.OrdinalIgnoreCase)
        || (
            !name.StartsWith(Added, StringComparison.OrdinalIgnoreCase)
            && CompanionFiles.People.Columns.All(column => !column.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
        );

    /// <summary>Says how many of the earlier list still stand.</summary>
    public void WriteDelta(ScreeningSummary summary)
    {
        if (delta is null)
            return;
        var lost = summary.Counts[Verdict.Refused] + summary.Counts[Verdict.NotShown];
        var stand = $"{summary.Counts[Verdict.Permitted]} still are; {lost} no longer";
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]of {Amount.Of(summary.People, "person", "people")} permitted in {Path.GetFileName(delta)}, {stand}[/]"
        );
    }

    public void Dispose()
    {
        if (temporary is not null && Directory.Exists(temporary))
            Directory.Delete(temporary, recursive: true);
    }
}
