using System.Collections.Immutable;
using MaySend.Evidence.Files;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;

namespace MaySend.Evidence.Import;

/// <summary>
/// Reads a mapping file (YAML): which format, whose file, and for the generic formats which of the file's columns is which of ours.
/// Everything wrong with it is said at once, with its place.
/// </summary>
public static partial class MappingFile
{
    static readonly IReadOnlyDictionary<string, bool> YesNo = new Dictionary<string, bool> { ["yes"] = true, ["no"] = false };

    /// <summary>What a file may be whose name speaks of opt-outs.</summary>
    public static readonly IReadOnlyDictionary<string, NamedFile?> FileKinds = new Dictionary<string, NamedFile?>
    {
        ["opt-outs"] = NamedFile.OptOuts,
        ["list"] = NamedFile.List,
    };

    static readonly IReadOnlyDictionary<string, char> DelimiterNames = new Dictionary<string, char>
    {
        [","] = ',',
        [";"] = ';',
        ["|"] = '|',
        ["tab"] = '\t',
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="BadInputException">It cannot be used.</exception>
    public static ImportOptions Read(string path)
    {
        var problems = new Problems();
        var options = YamlTree.ReadFile(path, path, problems) is { } root
            ? Read(MapReader.Open(root, problems, new Place(path)))
            : new ImportOptions();
        problems.ThrowIfAny();
        return options;
    }

    static ImportOptions Read(MapReader map)
    {
        var name = map.Text("format");
        var format = ImportFormats.Find(name);
        if (name.Length > 0 && format is null)
            map.Problem(
                "format",
                $"`{name}` is an unknown format",
                $"one of {string.Join(", ", ImportFormats.All.Select(known => known.Name))}"
            );
        var delimiter = map.Word("delimiter", DelimiterNames, '\0');
        var options = new ImportOptions
        {
            Format = name,
            Sender = map.OptionalText("sender"),
            Point = map.OptionalText("point"),
            TillPoint = map.OptionalText("till_point"),
            Zone = Zone(map),
            Delimiter = delimiter == '\0' ? null : delimiter,
            Encoding = map.OptionalText("encoding") ?? "utf-8",
            Topics = Pairs(map, "topics"),
            LeaveOutBadAddresses = map.Word("leave_out_bad_addresses", YesNo, false),
            SetsAsideBadRows = map.Word("set_aside_bad_rows", YesNo, false),
            Stops = WordLists(map, "stops"),
            Only = WordLists(map, "only"),
            Ignored = [.. map.Texts("ignore")],
            FileIs = map.Word("file_is", FileKinds, null),
            Layout = Layout(map),
        };
        map.OptionalText("note");
        map.Done();
        if (format is not null)
            Check(format, options.Layout, map);
        return options;
    }

    static CsvLayout Layout(MapReader map) =>
        new()
        {
            Columns = Pairs(map, "columns"),
            Constants = Pairs(map, "constants"),
            Countries = Pairs(map, "countries"),
            Dates = [.. map.Texts("dates")],
            Values = map.Entries("values")
                .ToImmutableDictionary(entry => entry.Key.Text, entry => Words(entry.Value, map), StringComparer.OrdinalIgnoreCase),
        };

    static void Check(ImportFormat format, CsvLayout layout, MapReader map)
    {
        if (!format.IsGeneric && map.Has("constants"))
            map.Problem(
                "constants",
                $"`constants` are for orders, consents, refusals, sends, checks, bounces and contacts; `{format.Name}` has its columns"
            );
        var known = (ImportFormats.ColumnsOf(format.Name)?.Select(column => column.Name) ?? format.Columns).ToHashSet(
            StringComparer.OrdinalIgnoreCase
        );
        foreach (
            var (key, names) in new[]
            {
                ("columns", layout.Columns.Keys),
                ("constants", layout.Constants.Keys),
                ("values", layout.Values.Keys),
            }
        )
        foreach (var name in names.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal))
            map.Problem(key, $"`{format.Name}` has no column `{name}`", $"one of {string.Join(", ", known)}");
        foreach (var both in layout.Columns.Keys.Where(layout.Constants.ContainsKey).Order(StringComparer.Ordinal))
            map.Problem("constants", $"`{both}` is both a column and a constant", "a blank cell stays blank: blank is neither yes nor no");
        foreach (
            var twice in layout.Columns.GroupBy(pair => pair.Value, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
        )
            map.Problem(
                "columns",
                $"the file's column `{twice.Key}` is given to "
                    + $"{string.Join(" and ", twice.Select(pair => pair.Key).Order(StringComparer.Ordinal))}"
            );
    }

    /// <summary>By column of the file: words, or <c>any</c> for whatever is not a no.</summary>
    static ImmutableDictionary<string, ImmutableArray<string>> WordLists(MapReader map, string key)
    {
        var lists = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (column, value) in map.Entries(key))
        {
            ImmutableArray<string> words = value switch
            {
                YamlText { Text: "any" } when key == "stops" => [],
                YamlText text => [text.Text.Trim()],
                YamlList list => [.. list.Items.OfType<YamlText>().Select(item => item.Text.Trim())],
                _ => [],
            };
            if (value is YamlMap || (value is YamlList { Items: var items } && (items.Count == 0 || words.Length < items.Count)))
                map.Problem(key, $"`{column.Text}` takes a word or a list of words", $"{key}: {{{column.Text}: [unsubscribed, cleaned]}}");
            lists[column.Text.Trim()] = words;
        }
        return lists.ToImmutable();
    }

    static TimeZoneInfo? Zone(MapReader map)
    {
        if (map.OptionalText("zone") is not { } id)
            return null;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
            return zone;
        map.Problem("zone", $"`{id}` is an unknown time zone", "Europe/London, Europe/Berlin, UTC, ...");
        return null;
    }

    static ImmutableDictionary<string, string> Pairs(MapReader map, string key) => Words(map.Entries(key), text => map.Problem(key, text));

    static ImmutableDictionary<string, string> Words(YamlTree node, MapReader map) =>
        node is YamlMap words ? Words(words.Entries, text => map.Problem("values", text)) : Wrong(map);

    static ImmutableDictionary<string, string> Words(IReadOnlyList<(YamlText Key, YamlTree Value)> entries, Action<string> problem)
    {
        var pairs = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in entries)
        {
            if (value is YamlText text)
                pairs[key.Text.Trim()] = text.Text.Trim();
            else
                problem($"`{key.Text}` must be text");
        }
        return pairs.ToImmutable();
    }

    static ImmutableDictionary<string, string> Wrong(MapReader map)
    {
        map.Problem("values", "under each column, give the file's words and MaySend's");
        return [];
    }
}
