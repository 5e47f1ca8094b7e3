using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MaySend.Architecture;

/// <summary>What pages say about the project, held against it: the picture of its parts, and links to headings.</summary>
public sealed partial class PageTests
{
    [Fact]
    public void The_picture_of_the_architecture_draws_what_the_projects_reference_and_nothing_else()
    {
        var drawn = Drawn(File.ReadAllText(Path.Combine(ShapeTests.Root, "docs", "architecture.md")));
        var projects = Directory.EnumerateFiles(Path.Combine(ShapeTests.Root, "src"), "*.csproj", SearchOption.AllDirectories).ToList();
        var referenced = projects
            .SelectMany(project =>
                XDocument
                    .Load(project)
                    .Descendants("ProjectReference")
                    .Select(reference =>
                        (From: Path.GetFileNameWithoutExtension(project), To: NameOf(reference.Attribute("Include")!.Value))
                    )
            )
            .ToLookup(arrow => arrow.From, arrow => arrow.To);
        drawn.Count.ShouldBeGreaterThan(10);
        // What a project reaches by way of another is drawn by way of it.
        foreach (var project in projects.Select(Path.GetFileNameWithoutExtension))
            NamespaceTests.Reach(project!, drawn).ShouldBe(NamespaceTests.Reach(project!, referenced), ignoreOrder: true, project);
    }

    [Fact]
    public void Every_link_to_a_heading_leads_to_one()
    {
        var pages = Directory
            .EnumerateFiles(Path.Combine(ShapeTests.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(ShapeTests.Root, "*.md"))
            .ToDictionary(Path.GetFullPath, File.ReadAllText);
        var headings = pages.ToDictionary(page => page.Key, page => Anchors(page.Value));
        var links = 0;
        foreach (var (path, text) in pages)
        foreach (Match link in ToHeading().Matches(text))
        {
            var target = link.Groups[1].Length == 0 ? path : Path.GetFullPath(link.Groups[1].Value, Path.GetDirectoryName(path)!);
            if (!headings.TryGetValue(target, out var anchors))
                continue;
            links++;
            anchors.ShouldContain(link.Groups[2].Value, $"{Path.GetRelativePath(ShapeTests.Root, path)} links to {link.Value}");
        }
        links.ShouldBeGreaterThan(10);
    }

    /// <summary>The arrows of the picture, from who knows to what it knows: "A --> B" reads "A is known to B".</summary>
    static ILookup<string, string> Drawn(string page)
    {
        var picture = Picture().Match(page).Groups[1].Value;
        var names = Labelled().Matches(picture).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        return picture
            .Split('\n')
            .Select(line => line.Split("-->").Select(part => part.Split('&').Select(Name).ToList()).ToList())
            .SelectMany(parts => parts.Zip(parts.Skip(1)))
            .SelectMany(pair => pair.First.SelectMany(known => pair.Second.Select(knows => (knows, known))))
            .ToLookup(arrow => arrow.knows, arrow => arrow.known);

        string Name(string drawn)
        {
            var name = Labelled().Replace(drawn.Trim(), "$1");
            return names.GetValueOrDefault(name, name);
        }
    }

    static string NameOf(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/'));

    /// <summary>The names by which headings are linked to: lower case, words and hyphens alone.</summary>
    static HashSet<string> Anchors(string page) =>
        [
            .. Heading()
                .Matches(Fenced().Replace(page, ""))
                .Select(match => NotOfAnchors().Replace(LinkText().Replace(match.Groups[1].Value.Trim(), "$1").ToLowerInvariant(), ""))
                .Select(text => text.Replace(' ', '-')),
        ];

    [GeneratedRegex("```mermaid\n([\\s\\S]*?)```")]
    private static partial Regex Picture();

    [GeneratedRegex(@"(\w+)\[([^\]]+)\]")]
    private static partial Regex Labelled();

    [GeneratedRegex(@"\]\((?!https?:|mailto:)([^)#\s]*)#([^)]*)\)")]
    private static partial Regex ToHeading();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("```[\\s\\S]*?```")]
    private static partial Regex Fenced();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotOfAnchors();
}
