using System.Text.RegularExpressions;

namespace MaySend.Acceptance.Documents;

public sealed partial class CliDocumentTests
{
    static readonly string Document = File.ReadAllText(Path.Combine(Maysend.Root, "docs", "cli.md"));

    [Fact]
    public async Task Every_command_and_option_that_help_lists_is_in_the_document() => await Look([]);

    [Fact]
    public void Every_exit_status_in_the_code_is_in_the_document()
    {
        var code = File.ReadAllText(Path.Combine(Maysend.Root, "src", "Cli", "ExitCode.cs"));
        var numbers = Status().Matches(code).Select(match => match.Groups[1].Value).ToList();
        numbers.Count.ShouldBeGreaterThan(6);
        foreach (var number in numbers)
            Document.ShouldContain($"| {number} |");
    }

    static async Task Look(string[] command)
    {
        var help = (await Maysend.RunAsync([.. command, "--help"])).Output;
        var section = Section($"maysend {string.Join(' ', command)}".TrimEnd());
        foreach (Match option in Option().Matches(help).Where(match => command.Length == 0 || match.Groups[1].Value != "--help"))
            section.ShouldContain(
                $"`{option.Groups[1].Value}",
                Case.Sensitive,
                $"{string.Join(' ', command)} {option.Groups[1].Value} is not in docs/cli.md"
            );
        foreach (
            Match sub in SubCommand()
                .Matches(help[Math.Max(0, help.IndexOf("Commands:", StringComparison.Ordinal))..])
                .Where(_ => help.Contains("Commands:", StringComparison.Ordinal))
        )
            await Look([.. command, sub.Groups[1].Value]);
    }

    /// <summary>From the command's heading to the next heading.</summary>
    static string Section(string command)
    {
        var from = Document.IndexOf($"## `{command}`", StringComparison.Ordinal);
        from.ShouldBeGreaterThanOrEqualTo(0, $"docs/cli.md has no heading for {command}");
        var next = Document.IndexOf("\n## ", from, StringComparison.Ordinal);
        return Document[from..(next < 0 ? Document.Length : next)];
    }

    [GeneratedRegex(@"^  (?:-\?, -h, )?(--[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex Option();

    [GeneratedRegex(@"^  ([a-z][a-z-]*)(?: |$)", RegexOptions.Multiline)]
    private static partial Regex SubCommand();

    [GeneratedRegex(@"const int \w+ = (\d+);")]
    private static partial Regex Status();
}
