using System.Text.RegularExpressions;

namespace MaySend.Architecture;

/// <summary>A name means one thing in the whole house, and a room shows only what another one uses.</summary>
public sealed partial class TypeTests
{
    /// <summary>
    /// Pairs of rooms that say the same thing in two ways on purpose: two stores under one contract that share no code, and one formula as
    /// columns and as SQL.
    /// </summary>
    static readonly string[][] Twins =
    [
        ["MaySend.Evidence.Postgres", "MaySend.Evidence.Sqlite"],
        ["MaySend.Screening.Columns", "MaySend.Warehouse.Statements"],
    ];

    /// <summary>A package that is used without the rest: what travels has a form of its own in it.</summary>
    const string Package = "src/Client";

    /// <summary>A type that stands in a namespace.</summary>
    sealed record Declared(string Project, string Namespace, string Name, string Path, bool IsPublic);

    [Fact]
    public void No_two_types_have_one_name_but_twins()
    {
        var types = All().Where(type => type.Project != Package).ToList();
        types.Count.ShouldBeGreaterThan(800);
        types
            .GroupBy(type => type.Name)
            .Select(group => (group.Key, In: group.Select(type => type.Namespace).Distinct().Order(StringComparer.Ordinal).ToArray()))
            .Where(name => name.In.Length > 1 && !Twins.Any(twins => twins.SequenceEqual(name.In)))
            .Select(name => $"{name.Key}: {string.Join(", ", name.In)}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void A_type_is_public_where_another_project_uses_it_or_one_that_it_uses_and_nowhere_else()
    {
        var words = new[] { "src", "tests", "bench" }
            .SelectMany(ShapeTests.Code)
            .GroupBy(ProjectOf)
            .ToDictionary(project => project.Key, project => project.ToDictionary(path => path, WordsOf));
        var idle = new List<string>();
        foreach (var project in All().Where(type => type is { IsPublic: true } && type.Project != Package).GroupBy(type => type.Project))
        {
            var own = project
                .SelectMany(type => Extensions(type).Append(type.Name).Select(name => (Name: name, Type: type)))
                .ToLookup(known => known.Name, known => known.Type);
            var needed = new HashSet<Declared>();
            // Components have to be public, and so has what is handed to them.
            var said = words
                .SelectMany(other =>
                    other.Value.Where(file => other.Key != project.Key || file.Key.EndsWith(".razor", StringComparison.Ordinal))
                )
                .SelectMany(file => file.Value);
            var next = new Queue<string>(said);
            while (next.TryDequeue(out var name))
                foreach (var type in own[name].Where(needed.Add))
                foreach (var word in words[project.Key][type.Path])
                    next.Enqueue(word);
            idle.AddRange(project.Where(type => !needed.Contains(type)).Select(type => $"{type.Project}: {type.Name}"));
        }
        idle.ShouldBeEmpty("nobody else uses it: internal");
    }

    static IEnumerable<Declared> All() =>
        from path in ShapeTests.Code("src")
        where path.EndsWith(".cs", StringComparison.Ordinal)
        let text = File.ReadAllText(path)
        let space = Space().Match(text)
        where space.Success
        from Match match in Declaration().Matches(text)
        select new Declared(ProjectOf(path), space.Groups[1].Value, match.Groups[2].Value, path, match.Groups[1].Success);

    /// <summary>What a class adds to others: it is used by these names.</summary>
    static IEnumerable<string> Extensions(Declared type) =>
        Extension().Matches(File.ReadAllText(type.Path)).Select(match => match.Groups[1].Value);

    static string ProjectOf(string path) =>
        string.Join('/', Path.GetRelativePath(ShapeTests.Root, path).Split(Path.DirectorySeparatorChar).Take(2));

    /// <summary>The words of a file; an attribute is said without its last part.</summary>
    static HashSet<string> WordsOf(string path) =>
        [
            .. Word()
                .Matches(Quoted().Replace(File.ReadAllText(path), "\"\""))
                .SelectMany(match => new[] { match.Value, match.Value + "Attribute" }),
        ];

    [GeneratedRegex("^namespace (MaySend[\\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Space();

    [GeneratedRegex(
        @"^(public )?(?:(?:internal|static|sealed|abstract|readonly|ref|partial|unsafe) )*"
            + @"(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>\[\],?. ]+?) (\w+)",
        RegexOptions.Multiline
    )]
    private static partial Regex Declaration();

    [GeneratedRegex("\"\"\"[\\s\\S]*?\"\"\"|//[^\\n]*|\"(?:\\\\.|[^\"\\\\\\n])*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"public static [^;={]*?\b(\w+)(?:<[^>]*>)?\(\s*this ")]
    private static partial Regex Extension();

    [GeneratedRegex(@"\b[A-Z]\w*")]
    private static partial Regex Word();
}
