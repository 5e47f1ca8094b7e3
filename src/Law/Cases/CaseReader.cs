using MaySend.Law.Facts;
using MaySend.Law.Files;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.Cases;

/// <summary>
/// Reads the <c>*.cases.yaml</c> files that stand beside provisions. Bases are named sets of facts, from the same file or from a
/// <c>bases.cases.yaml</c> in the same folder or one above; a case starts from one and changes what it is about.
/// </summary>
public static class CaseReader
{
    const string Ending = ".cases.yaml";
    const string BasesFile = "bases.cases.yaml";

    static readonly IReadOnlyDictionary<string, KeyVerdict> Verdicts = Enum.GetValues<KeyVerdict>().ToDictionary(verdict => verdict.Word());

    /// <summary>Reads every case below the folder; the list is only good when nothing was noted.</summary>
    /// <param name="folder">The folder of the law.</param>
    /// <param name="problems">What is wrong.</param>
    /// <param name="under">The folder in it to which they are to belong, as <c>gb</c>; null for all.</param>
    public static IReadOnlyList<LawCase> Read(string folder, Problems problems, string? under = null)
    {
        var files = LawReader.Files(folder).Where(file => file.Name.EndsWith(Ending, StringComparison.Ordinal)).ToList();
        var shared = new Dictionary<string, IReadOnlyDictionary<string, FactsDraft>>();
        foreach (
            var (path, name) in files
                .Where(file => file.Name.EndsWith(BasesFile, StringComparison.Ordinal) && Bears(Folder(file.Name), under))
                .OrderBy(file => file.Name.Length)
        )
        {
            if (YamlTree.ReadFile(path, name, problems) is not { } root)
                continue;
            var map = MapReader.Open(root, problems);
            shared[Folder(name)] = Bases(map, Above(Folder(name), shared), problems);
            map.Done();
        }
        var read = files
            .Where(file => !file.Name.EndsWith(BasesFile, StringComparison.Ordinal))
            .Where(file => under is null || file.Name.StartsWith($"{under}/", StringComparison.Ordinal))
            .AsParallel()
            .AsOrdered()
            .Select(file =>
            {
                var own = new Problems();
                return (Cases: ReadFile(file.Path, file.Name, Above(Folder(file.Name), shared), own), Problems: own);
            })
            .ToList();
        foreach (var (_, own) in read)
            problems.AddAll(own.List);
        return [.. read.SelectMany(file => file.Cases)];
    }

    /// <summary>True for the bases of a folder on which cases below another can stand.</summary>
    static bool Bears(string folder, string? under) =>
        under is null
        || folder.Length == 0
        || $"{folder}/".StartsWith($"{under}/", StringComparison.Ordinal)
        || under.StartsWith($"{folder}/", StringComparison.Ordinal);

    static string Folder(string name) => Path.GetDirectoryName(name)!.Replace('\\', '/');

    static Dictionary<string, FactsDraft> Above(string folder, Dictionary<string, IReadOnlyDictionary<string, FactsDraft>> shared) =>
        shared
            .Where(pair => pair.Key.Length == 0 || folder == pair.Key || folder.StartsWith($"{pair.Key}/", StringComparison.Ordinal))
            .OrderBy(pair => pair.Key.Length)
            .SelectMany(pair => pair.Value)
            .GroupBy(pair => pair.Key)
            .ToDictionary(group => group.Key, group => group.Last().Value);

    static IEnumerable<LawCase> ReadFile(string path, string name, Dictionary<string, FactsDraft> above, Problems problems)
    {
        if (YamlTree.ReadFile(path, name, problems) is not { } root)
            return [];
        var map = MapReader.Open(root, problems);
        map.OptionalText("about");
        var bases = Bases(map, above, problems);
        var cases = map.Items("cases").Select(node => ReadCase(node, bases, problems)).ToList();
        map.Done();
        foreach (var twice in cases.GroupBy(c => c.Name).Where(group => group.Count() > 1))
            problems.Add(twice.Last().Place, $"two cases are called `{twice.Key}`");
        return cases;
    }

    static Dictionary<string, FactsDraft> Bases(MapReader map, Dictionary<string, FactsDraft> above, Problems problems)
    {
        var bases = new Dictionary<string, FactsDraft>(above);
        foreach (var (name, node) in map.Entries("bases"))
        {
            var from = MapReader.Open(node, problems);
            bases[name.Text] = Draft(from, bases, problems);
            from.Done();
        }
        return bases;
    }

    static LawCase ReadCase(YamlTree node, Dictionary<string, FactsDraft> bases, Problems problems)
    {
        var map = MapReader.Open(node, problems);
        var draft = Draft(map, bases, problems);
        if (map.Day("on") is { } day)
            draft.Set(Message.Day, FactValue.OfDay(day));
        var expect = MapReader.Open(map.Node("expect"), problems, node.Place);
        var send = Verdict(expect, "send");
        var process = Verdict(expect, "process");
        var separate = Verdict(expect, "separate");
        if (send is null && process is null && separate is null)
            problems.Add(node.Place, "the case expects nothing", "expect: {send: permitted}");
        expect.Done();
        var policy = HousePolicy.Default;
        foreach (var (name, value) in map.Entries("policy"))
        {
            if (!HousePolicy.IsSwitch(name.Text))
                problems.Add(name.Place, $"`{name.Text}` is not a switch of house policy");
            else if (value is not YamlText { Text: "on" or "off" } onOff)
                problems.Add(value.Place, "must be on or off");
            else
                policy = policy.With(name.Text, onOff.Text == "on");
        }
        draft.Complete();
        var lawCase = new LawCase(
            map.Text("name"),
            map.Text("source"),
            draft,
            send,
            process,
            separate,
            [.. map.Texts("because")],
            policy,
            map.Day("known_at"),
            node.Place
        );
        map.OptionalText("note");
        map.Done();
        return lawCase;
    }

    static KeyVerdict? Verdict(MapReader expect, string key) => expect.Has(key) ? expect.Word(key, Verdicts, KeyVerdict.NotShown) : null;

    static FactsDraft Draft(MapReader map, Dictionary<string, FactsDraft> bases, Problems problems)
    {
        var like = map.OptionalText("like");
        var known = like is not null && bases.TryGetValue(like, out var found) ? found : null;
        if (like is not null && known is null)
            map.Problem("like", $"there is no base `{like}`", bases.Count == 0 ? null : $"one of {string.Join(", ", bases.Keys)}");
        var draft = known?.Copy() ?? new FactsDraft();
        foreach (var kind in map.Texts("without"))
        {
            if (FactsReader.KindOf(kind) is { } scope)
                draft.Clear(scope);
            else
                map.Problem("without", $"`{kind}` is not a list of records");
        }
        FactsReader.ReadInto(draft, map, problems);
        FactsReader.Change(draft, map.Entries("with"), problems);
        return draft;
    }
}
