using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MaySend.Architecture;

/// <summary>The shape of the project, held against its files: which way the arrows point, and what may not stand in code.</summary>
public sealed partial class ShapeTests
{
    /// <summary>What each project may know of; what is not named here is a new arrow and wants a decision.</summary>
    static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Reading"] = [],
        ["Client"] = [],
        ["Law"] = ["Reading"],
        ["LawPages"] = ["Law"],
        ["Ledger.Verify"] = [],
        ["Mail"] = [],
        ["Evidence"] = ["Law"],
        ["Evidence.Sqlite"] = ["Evidence"],
        ["Evidence.Postgres"] = ["Evidence"],
        ["Assessments"] = ["Evidence"],
        ["Decisions"] = ["Evidence"],
        ["Screening"] = ["Decisions", "LawPages"],
        ["Warehouse"] = ["Screening"],
        ["Stores"] = ["Evidence.Postgres", "Evidence.Sqlite", "Ledger.Verify"],
        ["Records"] = ["Assessments", "Mail", "Screening"],
        ["Mcp"] = ["LawPages", "Records"],
        ["OptOut"] = ["Records"],
        ["Gate"] = ["Mail", "Records", "Stores"],
        ["Console"] = ["Ledger.Verify", "Records", "Stores"],
        ["Server"] = ["Console", "Ledger.Verify", "Mcp", "OptOut", "Records", "Stores"],
        ["Cli"] = ["Assessments", "Gate", "Mail", "Mcp", "Records", "Screening", "Server", "Stores", "Warehouse"],
    };

    internal static string Root { get; } =
        typeof(ShapeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    internal static IEnumerable<string> Code(string under) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, under), "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".cs" or ".razor" && !path.Split(Path.DirectorySeparatorChar).Contains("obj"));

    [Fact]
    public void Every_arrow_points_the_allowed_way()
    {
        var projects = Directory
            .EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), References);
        projects.Keys.ShouldBe(Arrows.Keys, ignoreOrder: true);
        foreach (var (project, references) in projects)
            references.Except(Arrows[project]).ShouldBeEmpty($"{project} knows of more than it may");
    }

    [Fact]
    public void Both_ledgers_and_the_verifier_share_no_code_but_the_contract()
    {
        References(Path.Combine(Root, "src", "Ledger.Verify", "Ledger.Verify.csproj")).ShouldBeEmpty();
        foreach (var (store, other) in new[] { ("Evidence.Sqlite", "Postgres"), ("Evidence.Postgres", "Sqlite") })
            Code(Path.Combine("src", store))
                .Where(path => File.ReadAllText(path).Contains($"MaySend.Evidence.{other}", StringComparison.Ordinal))
                .ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_of_the_server_but_its_host_knows_of_the_console_and_the_opt_out_pages()
    {
        foreach (var part in new[] { "using MaySend.Console", "using MaySend.OptOut" })
            Code(Path.Combine("src", "Server"))
                .Where(path => File.ReadAllText(path).Contains(part, StringComparison.Ordinal))
                .Select(Path.GetFileName)
                .ShouldBe(["ServerHost.cs"]);
    }

    /// <summary>The longest file and the longest line: what a reader can hold, and what fits beside another on a screen.</summary>
    const int Lines = 300,
        Columns = 140;

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold()
    {
        foreach (var path in Code("src").Where(path => path.EndsWith(".cs", StringComparison.Ordinal)))
            File.ReadLines(path).Count().ShouldBeLessThanOrEqualTo(Lines, path);
        foreach (var path in new[] { "tests", "bench" }.SelectMany(Code))
            File.ReadLines(path).Count().ShouldBeLessThanOrEqualTo(Lines + 40, path);
        Median([.. Code("src").Select(path => File.ReadLines(path).Count())]).ShouldBeLessThanOrEqualTo(120);
    }

    /// <summary>Style sheets and scripts that we wrote; packed ones are somebody else's.</summary>
    static IEnumerable<string> Assets(string pattern) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, "src", "Console", "Assets"), pattern)
            .Where(path => !path.Contains(".min.", StringComparison.Ordinal));

    [Fact]
    public void No_line_of_code_is_wider_than_a_reader_can_see()
    {
        string[] assets = [.. Assets("*.css"), .. Assets("*.js")];
        assets.Length.ShouldBeGreaterThan(2);
        foreach (var path in new[] { "src", "tests", "bench" }.SelectMany(Code).Concat(assets))
        {
            var isRaw = false;
            foreach (var (number, line) in File.ReadLines(path).Index())
            {
                // A raw string is a text of another kind (a query, a pattern, Markdown) and keeps its own lines.
                if (!isRaw && !line.Contains("\"\"\"", StringComparison.Ordinal))
                    line.Length.ShouldBeLessThanOrEqualTo(Columns, $"{path}:{number + 1}");
                isRaw ^= line.Split("\"\"\"").Length % 2 == 0;
            }
        }
    }

    [Fact]
    public void Law_stands_in_law_files_and_not_in_code()
    {
        // A day of the law, or a condition on a country, in C# would be law that no lawyer reads.
        foreach (
            var path in new[] { "Law", "Evidence", "Decisions", "Screening", "Assessments" }.SelectMany(project =>
                Code(Path.Combine("src", project))
            )
        )
        {
            var text = File.ReadAllText(path);
            Day().IsMatch(text).ShouldBeFalse(path);
            Country().IsMatch(text).ShouldBeFalse(path);
        }
    }

    [Fact]
    public void Every_package_is_pinned_once_with_its_reason()
    {
        var lines = File.ReadAllLines(Path.Combine(Root, "Directory.Packages.props"));
        var pinned = lines
            .Select((line, index) => (Match: Pinned().Match(line), Before: index > 0 ? lines[index - 1] : ""))
            .Where(line => line.Match.Success)
            .ToList();
        pinned.Count.ShouldBeGreaterThan(10);
        pinned.Select(line => line.Match.Groups[1].Value).ShouldBeUnique();
        var used = Directory
            .EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Root, "Directory.Build.props", SearchOption.AllDirectories))
            .SelectMany(path =>
                XDocument.Load(path).Descendants("PackageReference").Concat(XDocument.Load(path).Descendants("GlobalPackageReference"))
            )
            .Select(reference => reference.Attribute("Include")!.Value)
            .ToHashSet();
        foreach (var (match, before) in pinned)
        {
            before.Trim().ShouldStartWith("<!--", Case.Sensitive, match.Groups[1].Value);
            if (!before.Contains("dependencies", StringComparison.Ordinal))
                used.ShouldContain(match.Groups[1].Value, "a package that nobody uses");
        }
    }

    [Fact]
    public void Every_link_between_documents_leads_somewhere()
    {
        foreach (
            var document in Directory
                .EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
                .Concat(Directory.EnumerateFiles(Root, "*.md"))
        )
        foreach (Match link in Link().Matches(File.ReadAllText(document)))
            Path.Exists(Path.Combine(Path.GetDirectoryName(document)!, link.Groups[1].Value))
                .ShouldBeTrue($"{Path.GetRelativePath(Root, document)} links to {link.Groups[1].Value}");
    }

    [Fact]
    public void Every_file_on_the_page_about_the_architecture_is_there_and_a_decision_is_read_in_five()
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs", "architecture.md"));
        foreach (Match path in PathOnPage().Matches(page))
            Path.Exists(Path.Combine(Root, path.Groups[1].Value)).ShouldBeTrue(path.Groups[1].Value);
        var walk = page[page.IndexOf("### A decision", StringComparison.Ordinal)..page.IndexOf("Underneath,", StringComparison.Ordinal)];
        PathOnPage().Count(walk).ShouldBe(5);
        foreach (var project in Arrows.Keys.Where(name => name != "Client"))
            page.ShouldContain(project);
    }

    [Fact]
    public void Every_section_of_the_model_that_code_refers_to_is_there()
    {
        var sections = File.ReadAllLines(Path.Combine(Root, "docs", "model.md"))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal));
        var numbers = sections.Select(line => line.Split(' ')[1].TrimEnd('.')).ToHashSet();
        var referred = Code("src").Concat(Code("tests")).SelectMany(path => SectionOfModel().Matches(File.ReadAllText(path))).ToList();
        referred.Count.ShouldBeGreaterThan(10);
        foreach (var match in referred)
            numbers.ShouldContain(match.Groups[1].Value);
    }

    static List<string> References(string project) =>
        [
            .. XDocument
                .Load(project)
                .Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))),
        ];

    static int Median(List<int> counts) => counts.Order().ElementAt(counts.Count / 2);

    [GeneratedRegex(@"new DateOnly\((19|20)\d\d|DateOnly\.Parse\(")]
    private static partial Regex Day();

    [GeneratedRegex("""(==|is|case) "(at|be|bg|ch|cy|cz|de|dk|ee|es|fi|fr|gb|gr|hr|hu|ie|it|lt|lu|lv|mt|nl|pl|pt|ro|se|si|sk)"[^-\w]""")]
    private static partial Regex Country();

    [GeneratedRegex("<PackageVersion Include=\"([^\"]+)\"")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex("`((?:src|tests|law)/[^`]+)`")]
    private static partial Regex PathOnPage();

    [GeneratedRegex(@"model §(\d+)")]
    private static partial Regex SectionOfModel();
}
