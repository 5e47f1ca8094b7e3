using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MaySend.Server.Tests.OptOut;

/// <summary>
/// Runs every <c>console</c> block of <c>docs/opt-out.md</c>, one after the other in one shell, and compares what it prints; a token is
/// compared by its form only.
/// </summary>
public sealed partial class DocumentTests
{
    const string Between = "@@ next @@";

    [Fact]
    public async Task Every_command_in_the_guide_prints_what_the_guide_says()
    {
        await using var server = await Running.StartAsync(with: options => options with { PublicUrl = new Uri("https://u.example") });
        var text = await File.ReadAllTextAsync(Path.Combine(Running.Root, "docs", "opt-out.md"));
        var steps = Block()
            .Matches(text)
            .SelectMany(block => Regex.Split(block.Groups[1].Value.Trim('\n'), @"^\$ ", RegexOptions.Multiline).Skip(1))
            .Select(step => step.Split('\n', 2))
            .ToList();
        steps.Count.ShouldBeGreaterThan(5);
        var start = new ProcessStartInfo("bash", ["-c", string.Join('\n', steps.Select(step => $"{step[0]}\necho; echo '{Between}'"))])
        {
            WorkingDirectory = Directory.CreateDirectory(Path.Combine(server.Options.DataFolder, "guide")).FullName,
            RedirectStandardOutput = true,
        };
        (start.Environment["SERVER"], start.Environment["KEY"]) = (server.Url.ToString().TrimEnd('/'), server.Key);
        using var shell = Process.Start(start)!;
        var printed = (await shell.StandardOutput.ReadToEndAsync()).Split(Between);
        await shell.WaitForExitAsync();
        for (var number = 0; number < steps.Count; number++)
            Token()
                .Replace(printed[number].Trim('\n'), "/o/TOKEN")
                .ShouldBe(steps[number].Length > 1 ? steps[number][1].Trim('\n') : "", steps[number][0]);
    }

    [GeneratedRegex("```console\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("/o/[A-Za-z0-9_-]{70}")]
    private static partial Regex Token();
}
