using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MaySend.Reading;

/// <summary>
/// Reads one document from a text whose length is known, node by node, and stops where it goes beyond its limits: the depth is counted
/// before the next level is entered, so that no text can use up the stack.
/// </summary>
sealed class YamlDocument(string text, string file, Problems problems, YamlLimits limits)
{
    readonly Parser parser = new(new StringReader(text));
    int nodes;
    int faults;

    internal YamlTree? Read()
    {
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                problems.Add(new Place(file), "the file is empty");
                return null;
            }
            parser.Consume<DocumentStart>();
            var root = Node(depth: 0);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
                problems.Add(At(second.Start), "a second document", "put one document in each file");
            return root;
        }
        catch (BeyondLimitsException beyond)
        {
            problems.Add(beyond.Place, beyond.Message, "the rest was left unread");
            return null;
        }
        catch (YamlException error)
        {
            problems.Add(At(error.Start), $"not YAML: {error.InnerException?.Message ?? error.Message}");
            return null;
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // The scanner loses its footing on some broken flow collections and says so without a place: the last thing it understood is
            // the place.
            problems.Add(
                parser.Current is { } last ? At(last.End) : new Place(file),
                "not YAML: a list or map in brackets breaks off after this"
            );
            return null;
        }
    }

    YamlTree Node(int depth)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            Fault(At(alias.Start), "an alias", "write the value out: every file must read on its own");
            return new YamlText(At(alias.Start), "");
        }
        if (!parser.Accept<NodeEvent>(out var node))
            throw new YamlException(parser.Current?.Start ?? default, parser.Current?.End ?? default, "a value is missing here");
        if (!node.Anchor.IsEmpty || (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific))
            Fault(At(node.Start), node.Anchor.IsEmpty ? "a tag" : "an anchor", "write the value out: every file must read on its own");
        if (++nodes > limits.Nodes)
            throw new BeyondLimitsException(At(node.Start), Inv($"this file has more than {limits.Nodes:N0} values"));
        if (parser.TryConsume<Scalar>(out var scalar))
            return new YamlText(At(scalar.Start), scalar.Value);
        if (depth >= limits.Depth)
            throw new BeyondLimitsException(At(node.Start), Inv($"lists and maps are nested more than {limits.Depth} deep"));
        return parser.TryConsume<SequenceStart>(out var list) ? List(list, depth) : Map(parser.Consume<MappingStart>(), depth);
    }

    YamlList List(SequenceStart start, int depth)
    {
        var items = new List<YamlTree>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(Node(depth + 1));
        return new YamlList(At(start.Start), items);
    }

    YamlMap Map(MappingStart start, int depth)
    {
        var entries = new List<(YamlText Key, YamlTree Value)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(depth + 1);
            var value = Node(depth + 1);
            if (key is not YamlText name)
                Fault(key.Place, "a key that is not text");
            else if (!names.Add(name.Text))
                Fault(name.Place, $"duplicate key `{name.Text}`");
            else
                entries.Add((name, value));
        }
        return new YamlMap(At(start.Start), entries);
    }

    void Fault(Place place, string what, string? help = null)
    {
        problems.Add(place, what, help);
        if (++faults >= limits.Problems)
            throw new BeyondLimitsException(place, Inv($"this file has {limits.Problems} faults like these"));
    }

    Place At(Mark mark) => new(file, (int)mark.Line, (int)mark.Column);

    static string Inv(FormattableString said) => said.ToString(CultureInfo.InvariantCulture);

    sealed class BeyondLimitsException(Place place, string what) : Exception(what)
    {
        internal Place Place { get; } = place;
    }
}
