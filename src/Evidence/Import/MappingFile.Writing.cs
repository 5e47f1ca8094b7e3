using System.Collections.Immutable;
using MaySend.Evidence.Import.Formats;
using YamlDotNet.Serialization;

namespace MaySend.Evidence.Import;

/// <content>Writes what was chosen, so that the next export of the same kind is read in the same way.</content>
public static partial class MappingFile
{
    /// <summary>The choices as a mapping file (YAML): read again, they are the same.</summary>
    /// <param name="options">The choices.</param>
    /// <param name="format">What the file was read as.</param>
    public static string Write(ImportOptions options, string format)
    {
        var map = new Dictionary<string, object> { ["format"] = format };
        Add("sender", options.Sender);
        Add("point", options.Point);
        Add("till_point", options.TillPoint);
        Add("zone", options.Zone?.Id);
        Add("delimiter", options.Delimiter is { } delimiter ? DelimiterNames.First(pair => pair.Value == delimiter).Key : null);
        Add("encoding", options.Encoding == "utf-8" ? null : options.Encoding);
        Add("file_is", options.FileIs is { } kind ? FileKinds.First(pair => pair.Value == kind).Key : null);
        Add("leave_out_bad_addresses", options.LeaveOutBadAddresses ? "yes" : null);
        Add("set_aside_bad_rows", options.SetsAsideBadRows ? "yes" : null);
        AddAll("columns", options.Layout.Columns);
        AddAll("constants", options.Layout.Constants);
        AddAll("countries", options.Layout.Countries);
        AddAll("topics", options.Topics);
        if (!options.Layout.Values.IsEmpty)
            map["values"] = Sorted(options.Layout.Values).ToDictionary(pair => pair.Key, pair => Sorted(pair.Value).ToDictionary());
        if (!options.Layout.Dates.IsEmpty)
            map["dates"] = options.Layout.Dates.ToArray();
        // Without words, whatever is not a no.
        AddLists("stops", options.Stops, words => words.IsEmpty ? "any" : words.ToArray());
        AddLists("only", options.Only, words => words.ToArray());
        if (!options.Ignored.IsEmpty)
            map["ignore"] = options.Ignored.Order(StringComparer.Ordinal).ToArray();
        return "# How an export is read: maysend import FILE --mapping THIS (docs/imports.md).\n"
            + new SerializerBuilder().WithQuotingNecessaryStrings().Build().Serialize(map);

        void Add(string key, string? text)
        {
            if (text is not null)
                map[key] = text;
        }

        void AddAll(string key, ImmutableDictionary<string, string> pairs)
        {
            if (!pairs.IsEmpty)
                map[key] = Sorted(pairs).ToDictionary();
        }

        void AddLists(string key, ImmutableDictionary<string, ImmutableArray<string>> lists, Func<ImmutableArray<string>, object> words)
        {
            if (!lists.IsEmpty)
                map[key] = Sorted(lists).ToDictionary(pair => pair.Key, pair => words(pair.Value));
        }
    }

    static IEnumerable<KeyValuePair<string, T>> Sorted<T>(ImmutableDictionary<string, T> pairs) =>
        pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal);
}
