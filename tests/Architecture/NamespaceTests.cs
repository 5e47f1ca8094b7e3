using System.Text.RegularExpressions;

namespace MaySend.Architecture;

/// <summary>No namespace knows of one that knows of it: whoever opens a room need not hold the whole house in mind.</summary>
public sealed partial class NamespaceTests
{
    /// <summary>One file: where its types stand, what it declares, and the words it uses.</summary>
    sealed record Source(string Namespace, HashSet<string> Usings, List<string> Declares, HashSet<string> Words);

    [Fact]
    public void No_namespace_of_a_project_knows_of_one_that_knows_of_it()
    {
        var sources = ShapeTests.Code("src").Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).Select(Read).ToList();
        var homes = sources
            .SelectMany(source => source.Declares.Select(type => (type, source.Namespace)))
            .Distinct()
            .ToLookup(pair => pair.type, pair => pair.Namespace);
        var arrows = sources
            .SelectMany(source => References(source, homes).Select(to => (From: source.Namespace, To: to)))
            .ToLookup(arrow => arrow.From, arrow => arrow.To);
        arrows.Count.ShouldBeGreaterThan(30);
        foreach (var start in arrows.Select(group => group.Key))
            Reach(start, arrows).ShouldNotContain(start, $"{start} knows of itself in a round: {string.Join(", ", Round(start, arrows))}");
    }

    static IEnumerable<string> References(Source source, ILookup<string, string> homes)
    {
        var parts = source.Namespace.Split('.');
        var visible = Enumerable
            .Range(1, parts.Length)
            .Select(count => string.Join('.', parts.Take(count)))
            .Concat(source.Usings)
            .ToHashSet();
        return source.Words.SelectMany(word => homes[word]).Where(home => home != source.Namespace && visible.Contains(home)).Distinct();
    }

    internal static HashSet<string> Reach(string start, ILookup<string, string> arrows)
    {
        var seen = new HashSet<string>();
        var next = new Queue<string>(arrows[start]);
        while (next.TryDequeue(out var name))
            if (seen.Add(name))
                foreach (var further in arrows[name])
                    next.Enqueue(further);
        return seen;
    }

    static IEnumerable<string> Round(string start, ILookup<string, string> arrows) =>
        Reach(start, arrows).Where(name => Reach(name, arrows).Contains(start)).Order(StringComparer.Ordinal);

    static Source Read(string path)
    {
        var text = File.ReadAllText(path);
        var code = Text().Replace(text, "\"\"");
        return new Source(
            Space().Match(text).Groups[1].Value,
            [.. Using().Matches(text).Select(match => match.Groups[1].Value)],
            [.. Declared().Matches(text).Select(match => match.Groups[1].Value)],
            [.. Word().Matches(code).Select(match => match.Value)]
        );
    }

    [GeneratedRegex("^namespace (MaySend[\\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Space();

    [GeneratedRegex("^using (MaySend[\\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Using();

    /// <summary>Types that stand in a namespace and not in another type: their line begins at the margin.</summary>
    [GeneratedRegex(
        @"^(?:(?:public|internal|static|sealed|abstract|readonly|ref|partial|unsafe) )*"
            + @"(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>\[\],?. ]+?) (\w+)",
        RegexOptions.Multiline
    )]
    private static partial Regex Declared();

    /// <summary>Comments and quoted text, which refer to nothing.</summary>
    [GeneratedRegex("\"\"\"[\\s\\S]*?\"\"\"|//[^\\n]*|\"(?:\\\\.|[^\"\\\\\\n])*\"")]
    private static partial Regex Text();

    [GeneratedRegex(@"\b[A-Za-z_]\w*")]
    private static partial Regex Word();
}
