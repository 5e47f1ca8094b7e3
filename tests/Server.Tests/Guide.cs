using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MaySend.Server.Tests;

/// <summary>
/// Runs every <c>console</c> block of a document that does not run the program itself (others do that), one after the other in one shell,
/// and compares what it prints. A line that begins with <c>&gt; </c> goes on with the command. What differs from
/// store to store is compared by its form only. With MAYSEND_UPDATE=1 in the environment the blocks are rewritten with what was printed.
/// </summary>
static partial class Guide
{
    const string Between = "@@ next @@";

    public static async Task RunAsync(Running server, string document)
    {
        var path = Path.Combine(Running.Root, "docs", document);
        var text = await File.ReadAllTextAsync(path);
        var blocks = Block()
            .Matches(text)
            .Where(block => !block.Groups[1].Value.StartsWith("$ ./maysend ", StringComparison.Ordinal))
            .Select(block =>
                (
                    Text: block.Groups[1].Value,
                    Steps: Regex.Split(block.Groups[1].Value.Trim('\n'), @"^\$ ", RegexOptions.Multiline).Skip(1).Select(Split).ToList()
                )
            )
            .ToList();
        var steps = blocks.SelectMany(block => block.Steps).ToList();
        steps.Count.ShouldBeGreaterThan(2);
        var start = new ProcessStartInfo("bash", ["-c", string.Join('\n', steps.Select(step => $"{step.Command}\necho; echo '{Between}'"))])
        {
            WorkingDirectory = Directory.CreateDirectory(Path.Combine(server.Options.DataFolder, "guide")).FullName,
            RedirectStandardOutput = true,
        };
        (start.Environment["SERVER"], start.Environment["KEY"]) = (server.Url.ToString().TrimEnd('/'), server.Key);
        using var shell = Process.Start(start)!;
        var printed = (await shell.StandardOutput.ReadToEndAsync()).Split(Between).Select(each => Formed(each.Trim('\n'))).ToList();
        await shell.WaitForExitAsync();
        if (Environment.GetEnvironmentVariable("MAYSEND_UPDATE") == "1")
        {
            var next = new Queue<string>(printed);
            foreach (var block in blocks)
                text = text.Replace(
                    $"```console\n{block.Text}```",
                    $"```console\n{string.Concat(block.Steps.Select(step => Shown(step.Command, next.Dequeue())))}```",
                    StringComparison.Ordinal
                );
            await File.WriteAllTextAsync(path, text);
            return;
        }
        for (var number = 0; number < steps.Count; number++)
            printed[number].ShouldBe(Formed(steps[number].Says), steps[number].Command);
    }

    static string Shown(string command, string said) =>
        $"$ {command.Replace("\n", "\n> ", StringComparison.Ordinal)}\n{(said.Length > 0 ? said + "\n" : "")}";

    static (string Command, string Says) Split(string step)
    {
        var lines = step.Split('\n');
        var more = lines.Skip(1).TakeWhile(line => line.StartsWith("> ", StringComparison.Ordinal)).Count();
        return (
            string.Join('\n', lines.Take(more + 1).Select((line, index) => index == 0 ? line : line[2..])),
            string.Join('\n', lines.Skip(more + 1)).Trim('\n')
        );
    }

    /// <summary>Tokens, keys, decisions, contacts, digests and positions by their form.</summary>
    static string Formed(string text) =>
        Position()
            .Replace(
                Hex()
                    .Replace(
                        Decision().Replace(KeyId().Replace(Token().Replace(text, "/o/TOKEN"), "ms_SECRET"), "DECISION"),
                        match =>
                            match.Length switch
                            {
                                32 => "CONTACT",
                                16 => "ID",
                                _ => "DIGEST",
                            }
                    ),
                "$1POSITION$2"
            );

    [GeneratedRegex("```console\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("/o/[A-Za-z0-9_-]{70}")]
    private static partial Regex Token();

    [GeneratedRegex("ms_[0-9a-f]{16}_[A-Za-z0-9_-]{43}")]
    private static partial Regex KeyId();

    [GeneratedRegex(@"[0-9a-f]{32}(?:\.[0-9a-f]{64}|\.\d{8}){5}\.\d+-\d+-\d+")]
    private static partial Regex Decision();

    [GeneratedRegex("""(?<=[" ])([0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{16}|[0-9a-f]{12})(?=")""")]
    private static partial Regex Hex();

    [GeneratedRegex(@"("")\d+:\d+(?:\+\d+)?("")")]
    private static partial Regex Position();
}
