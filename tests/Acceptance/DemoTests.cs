using System.Globalization;
using System.Text.RegularExpressions;

namespace MaySend.Acceptance;

/// <summary>One run of the demo, looked at by several tests.</summary>
public sealed partial class DemoRun : IAsyncLifetime
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("maysend-demo-").FullName;

    internal Ended Ended { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Ended = await Maysend.RunAsync("demo", "--out", Folder);

    /// <summary>The addresses in one of the files.</summary>
    public List<string> Addresses(string file) =>
        [.. File.ReadLines(Path.Combine(Folder, file)).Skip(1).Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)])];

    /// <summary>The number printed beside a text.</summary>
    public int Printed(string text) =>
        int.Parse(
            Regex.Match(Ended.Output, $@"([\d,]+) [█░]+ {Regex.Escape(text)}").Groups[1].Value,
            NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture
        );

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

public sealed class DemoTests(DemoRun demo) : IClassFixture<DemoRun>
{
    [Fact]
    public void The_demo_ends_well_and_writes_what_it_says()
    {
        demo.Ended.Status.ShouldBe(0, demo.Ended.Errors);
        demo.Ended.Errors.ShouldBeEmpty();
        Directory
            .GetFiles(demo.Folder)
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["not-shown.csv", "permitted.csv", "refused.csv", "report.html"]);
    }

    [Theory]
    [InlineData("may be mailed", "permitted.csv")]
    [InlineData("not shown: do not mail", "not-shown.csv")]
    [InlineData("refused: do not mail", "refused.csv")]
    public void Each_verdict_occurs_and_the_count_printed_is_that_of_the_file(string text, string file)
    {
        var rows = demo.Addresses(file).Count;
        rows.ShouldBeGreaterThan(0);
        demo.Printed(text).ShouldBe(rows);
    }

    [Fact]
    public void Everybody_on_the_list_stands_in_one_file_once()
    {
        var people = File.ReadLines(Path.Combine(Maysend.Sample, "people.csv"))
            .Skip(1)
            .Select(line => line.Split(',')[0])
            .Distinct(StringComparer.OrdinalIgnoreCase);
        demo.Addresses("permitted.csv")
            .Concat(demo.Addresses("not-shown.csv"))
            .Concat(demo.Addresses("refused.csv"))
            .Order(StringComparer.Ordinal)
            .ShouldBe(people.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nobody_who_asked_to_stop_all_email_may_be_mailed()
    {
        var register = File.ReadLines(Path.Combine(Maysend.Sample, "refusals.csv"))
            .Skip(1)
            .Where(line => line.Contains(",harbour-gifts-ltd,email,all,", StringComparison.Ordinal))
            .Select(line => line.Split(',')[0])
            .ToList();
        register.Count.ShouldBeGreaterThan(50);
        demo.Addresses("permitted.csv").Intersect(register).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_demo_ends_with_commands_that_run()
    {
        var commands = Regex
            .Matches(
                demo.Ended.Output[demo.Ended.Output.IndexOf("Try next", StringComparison.Ordinal)..],
                @"^  \./maysend (.+)$",
                RegexOptions.Multiline
            )
            .Select(match => match.Groups[1].Value.Trim().Split(' '))
            .ToList();
        commands.Count.ShouldBeGreaterThanOrEqualTo(6);
        foreach (var command in commands)
            (await Maysend.RunAsync(command.AsEnumerable())).Status.ShouldBeOneOf([0, 2, 3], string.Join(' ', command));
    }

    [Fact]
    public void The_report_is_one_file_without_addresses()
    {
        var report = File.ReadAllText(Path.Combine(demo.Folder, "report.html"));
        report.ShouldNotContain("customer-1");
        report.ShouldContain("prove which form was shown before 1 March 2025");
    }
}
