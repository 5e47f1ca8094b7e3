using System.Globalization;
using System.Text.RegularExpressions;

namespace MaySend.Acceptance.Documents;

/// <summary>
/// Runs every <c>console</c> block of these documents and compares what it prints, numbers and all. A line <c>...</c> stands for any lines;
/// the law's digest is compared by its form only. In a document that says on which day it was written, days to come are compared by how far
/// they are from the next Friday, and lines may break elsewhere. With MAYSEND_UPDATE=1 in the environment the blocks are rewritten with
/// what was printed.
/// </summary>
public sealed partial class ReadmeTests
{
    [Theory]
    [InlineData("README.md", 3)]
    [InlineData("docs/start.md", 20)]
    [InlineData("docs/europe.md", 4)]
    [InlineData("docs/calls.md", 5)]
    public async Task Every_command_in_the_document_prints_what_the_document_says(string document, int atLeast)
    {
        var path = Path.Combine(Maysend.Root, document);
        using var folder = new Folder();
        foreach (var name in new[] { "law", "samples" })
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, name), Path.Combine(Maysend.Root, name));
        var text = (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        var blocks = Block().Matches(text);
        blocks.Count.ShouldBeGreaterThanOrEqualTo(atLeast);
        var updated = text;
        var written = Written().Match(text) is { Success: true } found ? Iso(found.Groups["day"].Value) : (DateOnly?)null;
        foreach (Match block in blocks)
        {
            var lines = block.Groups["body"].Value.Split('\n');
            var ended = await Maysend.RunAsync(lines[0]["$ ./maysend ".Length..].Split(' ').AsEnumerable(), folder.FullName);
            ended.Status.ShouldBe(
                block.Groups["exit"].Success ? int.Parse(block.Groups["exit"].Value, CultureInfo.InvariantCulture) : 0,
                ended.Said
            );
            string[] printed = [.. Plain(ended.Output)];
            string[] said = [.. Plain(string.Join('\n', lines[1..]))];
            if (Environment.GetEnvironmentVariable("MAYSEND_UPDATE") == "1")
                updated = updated.Replace(
                    block.Groups["body"].Value,
                    string.Join('\n', [lines[0], .. Shortened(printed, said)]),
                    StringComparison.Ordinal
                );
            else
                Same(printed, said, written)
                    .ShouldBeTrue($"{lines[0]} printed\n{string.Join('\n', printed)}\nMAYSEND_UPDATE=1 rewrites the blocks");
        }
        if (updated != text && written is not null)
            updated = Written().Replace(updated, $"<!-- written {Today:yyyy-MM-dd} -->");
        if (updated != text)
            await File.WriteAllTextAsync(path, updated, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Every_file_that_a_document_links_to_is_there_and_has_the_heading()
    {
        foreach (
            var document in Directory
                .EnumerateFiles(Path.Combine(Maysend.Root, "docs"), "*.md", SearchOption.AllDirectories)
                .Append(Path.Combine(Maysend.Root, "README.md"))
        )
        foreach (Match link in Link().Matches(File.ReadAllText(document)))
        {
            var (target, heading) = (link.Groups["file"].Value, link.Groups["heading"].Value);
            var path = target.Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, target);
            Path.Exists(path).ShouldBeTrue($"{document}: {target}");
            if (heading.Length > 0 && path.EndsWith(".md", StringComparison.Ordinal))
                Headings(path).ShouldContain(heading, $"{document}: {link.Value}");
        }
    }

    /// <summary>The anchors of a page's headings, as the sites that show such pages make them.</summary>
    static IEnumerable<string> Headings(string path) =>
        from line in File.ReadLines(path)
        where line.StartsWith('#')
        let words = line.TrimStart('#').Trim().ToLowerInvariant()
        select string.Concat(words.Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_')).Replace(' ', '-');

    static IEnumerable<string> Plain(string text) => text.ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(line => line.TrimEnd());

    /// <summary>What was printed, with the middle left out where the document leaves it out.</summary>
    static IEnumerable<string> Shortened(string[] printed, string[] said)
    {
        var gap = Array.FindIndex(said, IsGap);
        if (gap < 0)
            return printed;
        var after = said.Length - gap - 1;
        return [.. printed.Take(gap), said[gap], .. printed.TakeLast(after)];
    }

    static bool Same(string[] printed, string[] said, DateOnly? written)
    {
        if (written is { } day)
        {
            var gapAt = Array.FindIndex(said, IsGap);
            string[][] around = gapAt < 0 ? [said] : [said[..gapAt], said[(gapAt + 1)..]];
            var parts = Array.ConvertAll(around, lines => Coming(string.Join(' ', lines), day));
            var (all, length) = (Coming(string.Join(' ', printed), Today), parts.Sum(part => part.Length));
            return parts is [var only]
                ? all == only
                : all.Length >= length
                    && all.StartsWith(parts[0], StringComparison.Ordinal)
                    && all.EndsWith(parts[^1], StringComparison.Ordinal);
        }
        var gap = Array.FindIndex(said, IsGap);
        if (gap < 0)
            return Digests(printed) == Digests(said);
        var after = said.Length - gap - 1;
        return printed.Length >= gap + after
            && Digests(printed[..gap]) == Digests(said[..gap])
            && Digests(printed[^after..]) == Digests(said[(gap + 1)..]);
    }

    static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().Date);

    static DateOnly Iso(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The text as one line, in which a day from today on is so many days after the next Friday.</summary>
    static string Coming(string text, DateOnly today)
    {
        var friday = Enumerable.Range(1, 7).Select(today.AddDays).First(day => day.DayOfWeek == DayOfWeek.Friday);
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return Digest()
            .Replace(
                Day()
                    .Replace(
                        line,
                        match =>
                            DateOnly.TryParse(match.Value, CultureInfo.InvariantCulture, out var day) && day >= today
                                ? day == today
                                    ? "today"
                                    : $"Friday + {day.DayNumber - friday.DayNumber}"
                                : match.Value
                    ),
                "digest"
            );
    }

    static bool IsGap(string line) => line.Trim() == "...";

    static string Digests(string[] lines) => Digest().Replace(string.Join('\n', lines), "digest");

    [GeneratedRegex(@"(<!-- exit (?<exit>\d+) -->\n)?```console\n(?<body>\$ \./maysend .*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?<file>[^):#\s]*)(#(?<heading>[^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"<!-- written (?<day>[0-9-]{10}) -->")]
    private static partial Regex Written();

    [GeneratedRegex(@"\b\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{4}\b")]
    private static partial Regex Day();

    [GeneratedRegex(@"\b[0-9a-f]{12}\b")]
    private static partial Regex Digest();
}
