using System.Globalization;
using System.Text;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Reading;
using YamlDotNet.Serialization;

namespace MaySend.Evidence.Tests.Import;

/// <summary>Exports in the forms that shops and mail platforms write, each read as <c>Exports/exports.yaml</c> says.</summary>
public sealed class NastyExportTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("maysend-exports-").FullName;

    /// <summary>One export, and what reading it must come to.</summary>
    public sealed class Export
    {
        public string File { get; set; } = "";
        public string What { get; set; } = "";
        public string Encoding { get; set; } = "utf-8";

        /// <summary>The encoding that the user names; UTF-8 where she names none.</summary>
        public string ReadsAs { get; set; } = "utf-8";
        public string Text { get; set; } = "";
        public string End { get; set; } = "";
        public string Mentions { get; set; } = "";
        public List<string> Stopped { get; set; } = [];
        public List<string> Free { get; set; } = [];
    }

    static readonly IReadOnlyList<Export> Exports = new DeserializerBuilder()
        .WithNamingConvention(YamlDotNet.Serialization.NamingConventions.UnderscoredNamingConvention.Instance)
        .Build()
        .Deserialize<List<Export>>(
            File.ReadAllText(ImportBench.Repository("tests", "Evidence.Tests", "Import", "Exports", "exports.yaml"))
        );

    public static TheoryData<string> Names => [.. Exports.Select(export => export.File)];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Whoever_asked_to_stop_is_stopped_or_the_file_is_asked_about_and_nobody_else_is_stopped(string name)
    {
        var export = Exports.Single(one => one.File == name);
        var (end, said, stopped) = Read(export, asks: true);
        export.End.Split(" or ").ShouldContain(end, $"{export.What}: {said}; stopped: {string.Join(' ', stopped)}");
        if (end == "refused")
        {
            said.ShouldContain(export.Mentions, Case.Insensitive);
            return;
        }
        if (end == "asked")
            (_, said, stopped) = Read(export, asks: false);
        foreach (var address in export.Stopped)
            stopped.ShouldContain(address, $"{export.What}: {said}");
        foreach (var address in export.Free)
            stopped.ShouldNotContain(address, $"{export.What}: {said}");
    }

    /// <summary>Reads one as <c>screen --list</c> does; questions may be answered: each such column holds opt-outs.</summary>
    (string End, string Said, IReadOnlyCollection<string> Stopped) Read(Export export, bool asks)
    {
        var path = Path.Combine(folder, export.File);
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(export.Encoding) ?? Encoding.GetEncoding(export.Encoding);
        File.WriteAllBytes(path, [.. encoding.GetPreamble(), .. encoding.GetBytes(export.Text)]);
        var options = ImportBench.London with { Encoding = export.ReadsAs };
        try
        {
            var intake = Intake(path, options);
            var questions = intake.Questions.ToList();
            var said = string.Join(" · ", questions.Select(question => question.Text));
            if (questions.Count > 0 && asks)
                return ("asked", said, []);
            if (questions.Count > 0)
            {
                var columns = intake.Summaries.SelectMany(summary => summary.Unread).Where(column => column.Stops > 0);
                options = options with
                {
                    Stops = options.Stops.AddRange(columns.Select(column => KeyValuePair.Create(column.Name, column.AsStops))),
                    FileIs = intake.Summaries.Any(summary => summary.IsNamedForOptOuts) ? NamedFile.OptOuts : null,
                };
                Intake(path, options);
            }
            return ("read", said, Stopped());
        }
        catch (BadInputException bad)
        {
            return ("refused", string.Join(" · ", bad.Problems.Select(problem => $"{problem.Text} ({problem.Help})")), []);
        }
    }

    ListIntake Intake(string path, ImportOptions options) =>
        ListIntake.Write([ImportSource.Open(path, options)], Path.Combine(folder, "read"));

    HashSet<string> Stopped()
    {
        var stopped = new HashSet<string>(StringComparer.Ordinal);
        if (Path.Combine(folder, "read", "refusals.csv") is not { } path || !File.Exists(path))
            return stopped;
        var problems = new Problems();
        using var rows = CsvRows.Open(path, CompanionFiles.Refusals.Columns, null, problems);
        while (rows?.Read() == true)
            if (CompanionFiles.Refusals.Read(rows) is RefusalMade refusal && refusal.Channels?.Has("email") != false)
                stopped.Add(Address.Read(rows.Text("address")).Address!.Matching);
        problems.ThrowIfAny();
        return stopped;
    }
}
