using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;
using MaySend.Reading;

namespace MaySend.Evidence.Files;

/// <summary>
/// Reads what a controller keeps beside its lists: <c>sender.yaml</c> (entity, statements, policy), <c>collection-points.yaml</c>,
/// <c>templates.yaml</c>, <c>product-map.yaml</c> with its CSV, <c>assessments.yaml</c> and a folder <c>assessments</c> of documents. The
/// result is entries, the same as a ledger would hold. All but <c>sender.yaml</c> may be missing; what is missing is not evidenced.
/// </summary>
public static class SenderFolder
{
    /// <summary>Reads the folder; the entries are only good when nothing was noted.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="problems">Where problems go.</param>
    /// <param name="readDocuments">Reads a folder of assessment documents; without it such a folder is a problem, not silence.</param>
    public static IReadOnlyList<ControllerEntry> Read(
        string folder,
        Problems problems,
        Func<string, Problems, IEnumerable<ControllerEntry>>? readDocuments = null
    )
    {
        var entries = new List<ControllerEntry>();
        if (!Directory.Exists(folder))
        {
            problems.Add(new Place(folder), "folder not found", "a sender folder holds sender.yaml");
            return entries;
        }
        entries.AddRange(ReadFile(folder, "sender.yaml", isRequired: true, problems, SenderFile.Read));
        entries.AddRange(ReadFile(folder, "collection-points.yaml", isRequired: false, problems, EvidenceFiles.ReadPoints));
        entries.AddRange(ReadFile(folder, "templates.yaml", isRequired: false, problems, EvidenceFiles.ReadTemplates));
        entries.AddRange(
            ReadFile(folder, "product-map.yaml", isRequired: false, problems, (map, p) => ProductMapFile.Read(folder, map, p))
        );
        entries.AddRange(ReadFile(folder, "assessments.yaml", isRequired: false, problems, EvidenceFiles.ReadAssessments));
        MakeTopicsKnown(folder, entries);
        var documents = Path.Combine(folder, "assessments");
        if (!Directory.Exists(documents))
            return entries;
        if (readDocuments is not null)
            entries.AddRange(readDocuments(documents, problems));
        else
            problems.Add(new Place(documents), "this program does not read assessment documents", "read the folder with maysend");
        return entries;
    }

    /// <summary>
    /// True where a folder holds anything of a sender's record beside <c>sender.yaml</c>: without that file it cannot be read, and must not
    /// be passed over.
    /// </summary>
    public static bool HoldsMore(string folder) =>
        new[] { "collection-points.yaml", "templates.yaml", "product-map.yaml", "assessments.yaml" }.Any(name =>
            File.Exists(Path.Combine(folder, name))
        ) || new[] { "campaigns", "assessments" }.Any(name => Directory.Exists(Path.Combine(folder, name)));

    /// <summary>
    /// Where a sender lists no topics, those that the campaigns of its folder name are known, before any request to stop is read. A
    /// campaign that cannot be read makes none known, and is told when it is asked for.
    /// </summary>
    static void MakeTopicsKnown(string folder, List<ControllerEntry> entries)
    {
        var campaigns = Path.Combine(folder, "campaigns");
        if (!Directory.Exists(campaigns) || !entries.Exists(entry => entry is SenderDeclared { Topics: null }))
            return;
        var named = new List<(string Sender, string Topic)>();
        foreach (var path in Directory.EnumerateFiles(campaigns, "*.yaml").Order(StringComparer.Ordinal))
        {
            var unread = new Problems();
            if (YamlTree.ReadFile(path, path, unread) is not { } root)
                continue;
            var map = MapReader.Open(root, unread, new Place(path));
            var (sender, topics) = (map.Text("sender"), map.Texts("topics"));
            if (unread.IsEmpty)
                named.AddRange(topics.Select(topic => (sender, topic)));
        }
        List<CollectionPointVersion> forms = [.. entries.OfType<CollectionPointVersion>()];
        for (var i = 0; i < entries.Count; i++)
            if (entries[i] is SenderDeclared { Topics: null } declared)
                entries[i] = KnownNames.WithTopics(
                    declared,
                    forms,
                    named.Where(each => each.Sender == declared.Id).Select(each => each.Topic)
                );
    }

    static IEnumerable<ControllerEntry> ReadFile(
        string folder,
        string name,
        bool isRequired,
        Problems problems,
        Func<MapReader, Problems, IEnumerable<ControllerEntry>> read
    )
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            if (isRequired)
                problems.Add(new Place(path), "is missing", "sender: lantern-ltd, establishment: gb, statements: [...]");
            return [];
        }
        if (YamlTree.ReadFile(path, path, problems) is not { } root)
            return [];
        var map = MapReader.Open(root, problems, new Place(path));
        var entries = read(map, problems).ToList();
        map.Done();
        return entries;
    }
}

/// <summary>Reads values that several of these files share.</summary>
static class FileValues
{
    static readonly IReadOnlyDictionary<string, bool> YesNo = new Dictionary<string, bool> { ["yes"] = true, ["no"] = false };

    /// <summary>Yes, no, or not said.</summary>
    public static bool? Flag(MapReader map, string key) => map.OptionalText(key) is not null ? map.Word(key, YesNo, false) : null;

    /// <summary>Names, or all; null when not said.</summary>
    public static Law.Facts.NameSet? Names(MapReader map, string key)
    {
        var texts = map.Texts(key);
        if (!map.Has(key))
            return null;
        return texts is ["all"] ? Law.Facts.NameSet.Everything : Law.Facts.NameSet.Of(texts);
    }

    /// <summary>Names of a closed list.</summary>
    public static Law.Facts.NameSet? Words(MapReader map, string key, IReadOnlyCollection<string> words)
    {
        var names = Law.Facts.ChannelNames.InLaw(Names(map, key));
        foreach (var unknown in names?.Names.Where(name => !words.Contains(name)) ?? [])
            map.Problem(key, $"`{unknown}` is not one of {string.Join(", ", words)}");
        return names;
    }

    /// <summary>One word of a closed list; null when not said.</summary>
    public static string? Word(MapReader map, string key, Law.Facts.WordFact fact)
    {
        if (map.OptionalText(key) is not { } word || fact.Words.Contains(word))
            return map.OptionalText(key);
        map.Problem(key, $"`{word}` is not one of {fact.Form}");
        return null;
    }

    /// <summary>A day; a problem when missing.</summary>
    public static DateOnly Day(MapReader map, string key)
    {
        if (!map.Has(key))
            map.Problem(key, $"`{key}` is missing");
        return map.Day(key) ?? DateOnly.MinValue;
    }

    /// <summary>A day as text.</summary>
    public static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(
            text.Trim(),
            "yyyy-MM-dd",
            System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.None,
            out day
        );

    /// <summary>Who signed, when and why; null while nobody has.</summary>
    public static Signature? Signature(MapReader map)
    {
        return map.OptionalMap("signed") is { } signed ? ReadSignature(signed) : null;
    }

    /// <summary>What stands under <c>signed</c>.</summary>
    public static Signature ReadSignature(MapReader signed)
    {
        var signature = new Signature(signed.Text("by"), Day(signed, "on"), signed.Text("reason"))
        {
            ShownBy = signed.OptionalText("shown_by"),
        };
        signed.Done();
        return signature;
    }
}
