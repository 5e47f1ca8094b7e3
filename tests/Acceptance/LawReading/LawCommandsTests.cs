using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MaySend.Acceptance.LawReading;

/// <summary>The law-reading commands as a user runs them: as a process, on the law of this repository.</summary>
public partial class LawCommandsTests
{
    static readonly string Root = typeof(LawCommandsTests)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot")
        .Value!;

    [Fact]
    public async Task Diff_shows_the_charity_ground()
    {
        var run = await MaySend("law", "diff", "--from", "2026-02-04", "--to", "2026-02-06");
        run.Exit.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("charitable purposes soft opt in");
        run.Output.ShouldContain("22(3A)");
    }

    [Fact]
    public async Task Diff_names_who_of_an_audience_flips()
    {
        var run = await MaySend(
            "law",
            "diff",
            "--from",
            "2025-11-12",
            "--to",
            "2025-11-14",
            "--in",
            Path.Combine(Root, "samples", "online-retail"),
            "--campaign",
            "spring-2026",
            "--json"
        );
        run.Exit.ShouldBe(0, run.Errors);
        var audience = JsonDocument.Parse(run.Output).RootElement.GetProperty("audience");
        audience.GetProperty("people").GetInt32().ShouldBeGreaterThan(1000);
        audience.GetProperty("flips").EnumerateArray().ShouldAllBe(flip => flip.GetProperty("addresses").GetArrayLength() <= 20);
    }

    [Theory]
    [InlineData("law show de --on 2026-11-23", "UWG § 7(2) no 2")]
    [InlineData("law show gb/pecr/reg-22", "Cases (")]
    [InlineData("law compare soft-opt-in legitimate-interests --country gb", "What legitimate interests cannot do")]
    [InlineData("law table --on 2026-11-23", "pl Poland")]
    public async Task A_page_fits_80_columns_and_says(string command, string says)
    {
        var run = await MaySend(command.Split(' '));
        run.Exit.ShouldBe(0, run.Errors);
        run.Output.ShouldContain(says);
        run.Output.Split('\n').Where(line => line.Length > 80).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("law show de --json", "send")]
    [InlineData("law show gb/pecr/reg-22 --json", "cases")]
    [InlineData("law compare contract consent --country de --json", "together")]
    [InlineData("law table --json", "rows")]
    public async Task The_same_comes_as_json(string command, string property)
    {
        var run = await MaySend(command.Split(' '));
        JsonDocument.Parse(run.Output).RootElement.GetProperty(property).GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("law show germny", 65, "de (Germany)")]
    [InlineData("law show gb/pecr/reg-222", 65, "gb/pecr/reg-22")]
    [InlineData("law show gb --on 2026-13-01", 64, "`2026-13-01` is not a day")]
    [InlineData("law compare soft-opt-in goodwill --country gb", 65, "legitimate-interests")]
    [InlineData("law diff --from 2026-02-06 --to 2026-02-04", 65, "is before --from")]
    [InlineData("law diff --from 2026-02-04 --to 2026-02-06 --country atlantis", 65, "no law of that country")]
    [InlineData("law map --by colour --out x.svg", 64, "colour")]
    public async Task Wrong_input_is_answered_with_a_way_out(string command, int exit, string says)
    {
        var run = await MaySend(command.Split(' '));
        run.Exit.ShouldBe(exit);
        Regex.Replace(run.Errors, @"\s+", " ").ShouldContain(says);
    }

    [Fact]
    public async Task A_map_is_written_whole()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.svg");
        try
        {
            var run = await MaySend("law", "map", "--by", "confidence", "--out", path);
            run.Exit.ShouldBe(0, run.Errors);
            System.Xml.Linq.XElement.Load(path).Name.LocalName.ShouldBe("svg");
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>
    /// The commands of the page for lawyers, but those that write over the documents and the two that run every case (they have tests of
    /// their own).
    /// </summary>
    public static TheoryData<string> Commands =>
        [
            .. CommandLines()
                .Matches(File.ReadAllText(Path.Combine(Root, "docs", "reading-the-law.md")))
                .Select(match => match.Groups[1].Value)
                .Where(line => !line.Contains("docs/", StringComparison.Ordinal) && line is not ("law check" or "law test")),
        ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_of_the_page_for_lawyers_works(string command)
    {
        var run = await MaySend(command.Split(' '));
        run.Exit.ShouldBe(0, run.Errors);
        run.Output.ShouldNotBeEmpty();
    }

    static async Task<(int Exit, string Output, string Errors)> MaySend(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "MaySend.Cli.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Root,
            Environment = { ["MAYSEND_HOME"] = Root },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    [GeneratedRegex(@"^\./maysend (law .*)$", RegexOptions.Multiline)]
    private static partial Regex CommandLines();
}
