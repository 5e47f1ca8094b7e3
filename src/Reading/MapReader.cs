using System.Globalization;

namespace MaySend.Reading;

/// <summary>
/// Takes a map apart key by key and notes what is missing, of the wrong kind or unknown. Call <see cref="Done"/> at the end:
/// a key nobody asked for is a problem, so that a misspelt key is never silently ignored.
/// </summary>
public sealed class MapReader(YamlMap map, Problems problems)
{
    readonly HashSet<string> taken = [];

    /// <summary>Where the map begins.</summary>
    public Place Place => map.Place;

    /// <summary>Opens a node as a map; a problem and an empty map when it is something else.</summary>
    public static MapReader Open(YamlTree? node, Problems problems, Place ifMissing = default)
    {
        if (node is YamlMap map)
            return new MapReader(map, problems);
        if (node is not null)
            problems.Add(node.Place, "must be a map");
        return new MapReader(new YamlMap(node?.Place ?? ifMissing, []), problems);
    }

    /// <summary>Notes a problem at a key, or at the map where the key is missing.</summary>
    public void Problem(string key, string text, string? help = null) => problems.Add(PlaceOf(key), text, help);

    /// <summary>Where a key's value stands.</summary>
    public Place PlaceOf(string key) => Peek(key)?.Place ?? map.Place;

    /// <summary>True when the key is there.</summary>
    public bool Has(string key) => Peek(key) is not null;

    /// <summary>The node at a key, or null.</summary>
    public YamlTree? Node(string key)
    {
        taken.Add(key);
        return Peek(key);
    }

    /// <summary>The text at a key; a problem when it is missing or blank.</summary>
    public string Text(string key)
    {
        var text = OptionalText(key);
        if (string.IsNullOrWhiteSpace(text) && Peek(key) is null or YamlText)
            problems.Add(PlaceOf(key), $"`{key}` is missing");
        return text ?? "";
    }

    /// <summary>The text at a key, or null when it is missing or blank.</summary>
    public string? OptionalText(string key)
    {
        var node = Node(key);
        if (node is YamlText { Text: var text })
            return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        if (node is not null)
            problems.Add(node.Place, $"`{key}` must be text");
        return null;
    }

    /// <summary>The text at a key, one of a closed list.</summary>
    public T Word<T>(string key, IReadOnlyDictionary<string, T> words, T fallback, bool isRequired = false)
    {
        var text = isRequired ? Text(key) : OptionalText(key);
        if (text is null or "")
            return fallback;
        if (words.TryGetValue(text, out var value))
            return value;
        problems.Add(PlaceOf(key), $"`{text}` is not a value of `{key}`", $"one of {string.Join(", ", words.Keys)}");
        return fallback;
    }

    /// <summary>The day at a key, or null when it is missing.</summary>
    public DateOnly? Day(string key)
    {
        var text = OptionalText(key);
        if (text is null)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        problems.Add(PlaceOf(key), $"`{text}` is not a day such as 2026-02-05");
        return null;
    }

    /// <summary>The texts of a list at a key; one text counts as a list of one; empty when missing.</summary>
    public IReadOnlyList<string> Texts(string key) =>
        [.. Items(key).Select(item => item is YamlText text ? text.Text.Trim() : Wrong(item))];

    /// <summary>The items of a list at a key; one item counts as a list of one; empty when missing.</summary>
    public IReadOnlyList<YamlTree> Items(string key) =>
        Node(key) switch
        {
            null => [],
            YamlList list => list.Items,
            YamlText { Text: "" } => [],
            var single => [single],
        };

    /// <summary>The map at a key, or null when it is missing.</summary>
    public MapReader? OptionalMap(string key) => Node(key) is { } node ? Open(node, problems) : null;

    /// <summary>The entries of the map at a key, each name with its node; empty when missing.</summary>
    public IReadOnlyList<(YamlText Key, YamlTree Value)> Entries(string key)
    {
        var node = Node(key);
        if (node is YamlMap entries)
            return entries.Entries;
        if (node is not null and not YamlText { Text: "" })
            problems.Add(node.Place, $"`{key}` must be a map");
        return [];
    }

    /// <summary>Every entry of this map, taken.</summary>
    public IReadOnlyList<(YamlText Key, YamlTree Value)> AllEntries()
    {
        foreach (var (key, _) in map.Entries)
            taken.Add(key.Text);
        return map.Entries;
    }

    /// <summary>Notes every key that nobody asked for, the first hundred by name.</summary>
    public void Done()
    {
        const int mostNamed = 100;
        var help = taken.Count == 0 ? null : $"known here: {string.Join(", ", taken)}";
        List<YamlText> unknown = [.. map.Entries.Select(entry => entry.Key).Where(key => !taken.Contains(key.Text))];
        foreach (var key in unknown.Take(mostNamed))
            problems.Add(key.Place, $"unknown key `{key.Text}`", help);
        if (unknown.Count > mostNamed)
            problems.Add(
                unknown[mostNamed].Place,
                string.Create(CultureInfo.InvariantCulture, $"and {unknown.Count - mostNamed} more unknown keys")
            );
    }

    string Wrong(YamlTree item)
    {
        problems.Add(item.Place, "must be text");
        return "";
    }

    YamlTree? Peek(string key)
    {
        foreach (var (name, value) in map.Entries)
            if (name.Text == key)
                return value;
        return null;
    }
}
