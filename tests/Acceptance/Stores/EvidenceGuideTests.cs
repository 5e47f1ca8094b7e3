using System.Text.RegularExpressions;

namespace MaySend.Acceptance.Stores;

public sealed partial class EvidenceGuideTests
{
    [Fact]
    public async Task Every_command_of_the_evidence_guide_works()
    {
        using var shell = new Shell();
        shell.WriteShop();
        var commands = Blocks()
            .Matches(await File.ReadAllTextAsync(Path.Combine(Shell.Root, "docs", "evidence.md")))
            .SelectMany(block => block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .ToList();

        commands.Count.ShouldBeGreaterThan(15);
        foreach (var command in commands)
        {
            var ran = await shell.RunAsync([.. Words().Matches(command).Skip(1).Select(word => word.Value.Trim('"'))]);
            ran.Status.ShouldBe(0, $"{command}: {ran.Said}");
        }
    }

    [GeneratedRegex("```\n(maysend .*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Words();
}
