using MaySend.Evidence.Files;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Reading;

namespace MaySend.Records.Start;

/// <summary>
/// What the interview was told about what stands in the files beside the list of people: what the times of confirmation are, what people
/// supported, and who was found in a register. A cell that a file fills is never replaced by a better one.
/// </summary>
static class StartRows
{
    const string Consents = "consents",
        Collections = "collections",
        Checks = "checks.csv";

    /// <summary>Events by which people support a cause.</summary>
    public static readonly string[] Support = ["donation", "volunteering", "expressed-interest"];

    /// <summary>Keeps the files as they were read, so that an answer that is taken back leaves no trace.</summary>
    public static void Keep(string folder)
    {
        foreach (var name in new[] { Consents, Collections })
            if (File.Exists(Path.Combine(folder, $"{name}.csv")))
                File.Copy(Path.Combine(folder, $"{name}.csv"), Path.Combine(folder, AsRead(name)), overwrite: true);
            else
                File.Delete(Path.Combine(folder, AsRead(name)));
    }

    /// <summary>The file of a kind as it was read.</summary>
    public static string NameIn(string folder, string name) =>
        File.Exists(Path.Combine(folder, AsRead(name))) ? AsRead(name) : $"{name}.csv";

    /// <summary>Writes the files that differ by what was answered.</summary>
    /// <param name="read">The folder in which the files are as they were read.</param>
    /// <param name="target">The folder to write to.</param>
    /// <param name="record">What was answered.</param>
    /// <param name="isSigned">Whether the sentence of a question is signed.</param>
    public static void Write(string read, string target, StartRecord record, Func<string, bool> isSigned)
    {
        // An import's own time is no act of the person's: it counts as a confirmation only once somebody signs that it is one.
        var areClicks = record["confirmed", "answer"] == "clicked" && isSigned("confirmed");
        Rewrite(read, target, Consents, CompanionFiles.Consents, areClicks ? null : cells => cells["confirmed"] = "");
        var purposes = isSigned("charity")
            ? record["charity", "purposes"] switch
            {
                "ours" => "yes",
                "other" => "no",
                _ => null,
            }
            : null;
        Rewrite(
            read,
            target,
            Collections,
            CompanionFiles.Collections,
            purposes is null
                ? null
                : cells =>
                {
                    if (Support.Contains(cells["context"]) && cells["purposes_charitable"].Length == 0)
                        cells["purposes_charitable"] = purposes;
                }
        );
        LookUps(read, target, record);
    }

    static void Rewrite(string read, string target, string name, CompanionFile kind, Action<Dictionary<string, string>>? change)
    {
        var source = Path.Combine(read, AsRead(name));
        if (!File.Exists(source))
            return;
        var path = Path.Combine(target, $"{name}.csv");
        if (change is null)
        {
            File.Copy(source, path, overwrite: true);
            return;
        }
        var problems = new Problems();
        string[] columns = [.. kind.Columns.Select(column => column.Name)];
        using var text = new DraftedText(path);
        using (var rows = CsvRows.Open(source, kind.Columns, null, problems))
        using (var table = new CsvTable(text.Writer, columns))
            while (rows?.Read() == true)
            {
                var cells = columns.ToDictionary(column => column, rows.Text, StringComparer.Ordinal);
                change(cells);
                table.Add(columns.Select(column => cells[column]));
            }
        problems.ThrowIfAny();
        text.Commit();
    }

    /// <summary>
    /// One row for everybody who is, or may be, in the register's country. Somebody named who cannot be read, or is not on the list, makes
    /// the look-up one of another list: it shows nothing.
    /// </summary>
    static void LookUps(string read, string target, StartRecord record)
    {
        var path = Path.Combine(target, Checks);
        var found = StartFindings.In(read);
        var lookUps = new List<(CheckFile.Row, string, DateOnly)>();
        foreach (var (register, country, day, listed) in StartRegisters.Answered(record))
        {
            var people = found.PeopleIn(country);
            var hits = listed.Select(text => Address.Read(text).Address?.Matching).ToHashSet(StringComparer.Ordinal);
            if (hits.Contains(null) || hits.Any(hit => !people.Contains(hit!)))
                continue;
            foreach (var address in people.Order(StringComparer.Ordinal))
                lookUps.Add((new(address, hits.Contains(address)), register, day));
        }
        if (lookUps.Count > 0)
            File.WriteAllText(path, CheckFile.Write(lookUps));
        else if (record.HasAnswered("registers"))
            File.Delete(path);
    }

    static string AsRead(string name) => $"{name}-as-read.csv";
}
