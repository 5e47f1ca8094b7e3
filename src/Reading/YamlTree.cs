using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MaySend.Reading;

/// <summary>A node of a YAML file with its place. Three kinds only: text, list, map; no anchors, tags or types.</summary>
public abstract record YamlTree(Place Place)
{
    /// <summary>
    /// Reads one YAML document strictly: anchors, aliases, tags, several documents and duplicate keys are problems.
    /// </summary>
    /// <returns>The root, or null when the file is empty or cannot be parsed (with the problems noted).</returns>
    public static YamlTree? Read(TextReader text, string file, Problems problems)
    {
        var parser = new Parser(text);
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                problems.Add(new Place(file), "the file is empty");
                return null;
            }
            parser.Consume<DocumentStart>();
            var root = Node(parser, file, problems);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
                problems.Add(At(file, second.Start), "a second document", "one document a file");
            return root;
        }
        catch (YamlException error)
        {
            problems.Add(At(file, error.Start), $"not YAML: {error.InnerException?.Message ?? error.Message}");
            return null;
        }
        catch (InvalidOperationException)
        {
            // The scanner loses its footing on some broken flow collections and says so without a place: the last thing it understood is
            // the place.
            problems.Add(
                parser.Current is { } last ? At(file, last.End) : new Place(file),
                "not YAML: a list or map in brackets is broken after this"
            );
            return null;
        }
    }

    /// <summary>Reads one YAML file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">How problems call it.</param>
    /// <param name="problems">Where problems go.</param>
    public static YamlTree? ReadFile(string path, string name, Problems problems)
    {
        if (!File.Exists(path))
        {
            problems.Add(new Place(name), "there is no such file");
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

    static YamlTree Node(Parser parser, string file, Problems problems)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            problems.Add(At(file, alias.Start), "an alias", "write the value out: every file must read on its own");
            return new YamlText(At(file, alias.Start), "");
        }
        if (parser.Accept<NodeEvent>(out var node) && (!node.Anchor.IsEmpty || (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)))
            problems.Add(
                At(file, node.Start),
                node.Anchor.IsEmpty ? "a tag" : "an anchor",
                "write the value out: every file must read on its own"
            );

        if (parser.TryConsume<Scalar>(out var scalar))
            return new YamlText(At(file, scalar.Start), scalar.Value);
        if (parser.TryConsume<SequenceStart>(out var list))
        {
            var items = new List<YamlTree>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Node(parser, file, problems));
            return new YamlList(At(file, list.Start), items);
        }
        var map = parser.Consume<MappingStart>();
        var entries = new List<(YamlText Key, YamlTree Value)>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(parser, file, problems);
            var value = Node(parser, file, problems);
            if (key is not YamlText name)
                problems.Add(key.Place, "a key that is not text");
            else if (entries.Exists(entry => entry.Key.Text == name.Text))
                problems.Add(name.Place, $"duplicate key `{name.Text}`");
            else
                entries.Add((name, value));
        }
        return new YamlMap(At(file, map.Start), entries);
    }

    static Place At(string file, Mark mark) => new(file, (int)mark.Line, (int)mark.Column);
}

/// <summary>A scalar, as text; an empty one is blank.</summary>
public sealed record YamlText(Place Place, string Text) : YamlTree(Place);

/// <summary>A list.</summary>
public sealed record YamlList(Place Place, IReadOnlyList<YamlTree> Items) : YamlTree(Place);

/// <summary>A map, in the order of the file.</summary>
public sealed record YamlMap(Place Place, IReadOnlyList<(YamlText Key, YamlTree Value)> Entries) : YamlTree(Place);
