namespace MaySend.Reading;

/// <summary>A node of a YAML file with its place. Three kinds only: text, list, map; no anchors, tags or types.</summary>
public abstract record YamlTree(Place Place)
{
    /// <summary>
    /// Reads one YAML document strictly: anchors, aliases, tags, several documents, duplicate keys and whatever is beyond the limits are
    /// problems.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="file">How problems call it.</param>
    /// <param name="problems">Where problems go.</param>
    /// <param name="limits">How much is taken; null for <see cref="YamlLimits.Default"/>.</param>
    /// <returns>The root, or null when the file is empty or cannot be parsed (with the problems noted).</returns>
    public static YamlTree? Read(TextReader text, string file, Problems problems, YamlLimits? limits = null)
    {
        limits ??= YamlLimits.Default;
        return limits.Take(text, file, problems) is { } taken ? new YamlDocument(taken, file, problems, limits).Read() : null;
    }

    /// <summary>Reads one YAML file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">How problems call it.</param>
    /// <param name="problems">Where problems go.</param>
    public static YamlTree? ReadFile(string path, string name, Problems problems)
    {
        if (!File.Exists(path))
        {
            problems.Add(new Place(name), "file not found");
            return null;
        }
        try
        {
            using var text = new StreamReader(path);
            return Read(text, name, problems);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Place(name), $"cannot be read: {error.Message}");
            return null;
        }
    }
}

/// <summary>A scalar, as text; an empty one is blank.</summary>
public sealed record YamlText(Place Place, string Text) : YamlTree(Place);

/// <summary>A list.</summary>
public sealed record YamlList(Place Place, IReadOnlyList<YamlTree> Items) : YamlTree(Place);

/// <summary>A map, in the order of the file.</summary>
public sealed record YamlMap(Place Place, IReadOnlyList<(YamlText Key, YamlTree Value)> Entries) : YamlTree(Place);
