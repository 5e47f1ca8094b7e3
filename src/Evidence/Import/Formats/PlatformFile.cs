using System.Collections.Immutable;
using MaySend.Evidence.Files;
using MaySend.Reading;

namespace MaySend.Evidence.Import.Formats;

/// <summary>Reads <c>platforms.yaml</c>.</summary>
static class PlatformFile
{
    static readonly IReadOnlyDictionary<string, PlatformWord> Kinds = new Dictionary<string, PlatformWord>
    {
        ["stop"] = PlatformWord.Stop,
        ["complaint"] = PlatformWord.Complaint,
        ["failed"] = PlatformWord.Failed,
        ["nothing"] = PlatformWord.Nothing,
        ["yes"] = PlatformWord.Yes,
    };

    /// <summary>Every platform described.</summary>
    public static IReadOnlyList<Platform> Read()
    {
        using var stream = typeof(PlatformFile).Assembly.GetManifestResourceStream("MaySend.Evidence.Import.Formats.platforms.yaml")!;
        var problems = new Problems();
        var list = (YamlList)YamlTree.Read(new StreamReader(stream), "platforms.yaml", problems)!;
        var platforms = list.Items.Select(item => Read(MapReader.Open(item, problems))).ToList();
        problems.ThrowIfAny();
        return platforms;
    }

    static Platform Read(MapReader map)
    {
        var zone = map.OptionalText("zone");
        var platform = new Platform
        {
            Name = map.Text("format"),
            Says = map.Text("says"),
            Headers = [.. map.Items("header").Select(Words)],
            Names = map.Entries("names")
                .Select(entry => KeyValuePair.Create(entry.Key.Text, Words(entry.Value)))
                .Append(KeyValuePair.Create(Platform.AnyCountry, ColumnNames.Countries))
                .DistinctBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
                .ToImmutableDictionary(StringComparer.OrdinalIgnoreCase),
            FileNames = [.. map.Texts("file")],
            Layout = new CsvLayout
            {
                Dates = [.. map.Texts("dates"), "yyyy-MM-dd HH:mm:ss.FFF", "yyyy-MM-dd HH:mm:ss"],
                HasGuardingApostrophes = map.OptionalText("apostrophes") == "yes",
                Zone = zone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(zone),
            },
            Address = map.Text("address"),
            Phone = map.OptionalText("phone"),
            Country = map.OptionalText("country"),
            States = [.. map.Items("states").Select(item => State((YamlMap)item))],
            FileStates = [.. map.Entries("file_states").Select(entry => (Words(entry.Value), Kinds[entry.Key.Text]))],
            Claims = [.. map.Entries("claims").Select(entry => (entry.Key.Text, ((YamlText)entry.Value).Text))],
        };
        map.Done();
        return platform;
    }

    static PlatformState State(YamlMap map)
    {
        var entries = map.Entries.ToDictionary(entry => entry.Key.Text, entry => entry.Value);
        string? Text(string key) => entries.GetValueOrDefault(key) is YamlText text ? text.Text : null;
        var claims = entries.GetValueOrDefault("claim") is YamlMap said
            ? said.Entries.ToImmutableDictionary(entry => Folded.Of(entry.Key.Text), entry => ((YamlText)entry.Value).Text)
            : [];
        return new PlatformState
        {
            Column = Text("column")!,
            Channel = Text("channel") ?? "email",
            ChannelFrom = Text("channel_from"),
            At = Text("at"),
            Given = Text("given"),
            Confirmed = Text("confirmed"),
            ConfirmedIp = Text("confirmed_ip"),
            IfUnknown = Text("unknown") is { } unknown ? Kinds[unknown] : PlatformWord.Unknown,
            ClaimTexts = claims,
            Words = Kinds
                .SelectMany(kind => Words(entries.GetValueOrDefault(kind.Key)).Select(word => (Word: Folded.Of(word), kind.Value)))
                .Concat(claims.Keys.Select(word => (Word: word, Value: PlatformWord.Claim)))
                .ToImmutableDictionary(pair => pair.Word, pair => pair.Value),
        };
    }

    static ImmutableArray<string> Words(YamlTree? node) =>
        node switch
        {
            YamlText text => [text.Text],
            YamlList list => [.. list.Items.OfType<YamlText>().Select(text => text.Text)],
            _ => [],
        };
}
