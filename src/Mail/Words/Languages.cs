using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace MaySend.Mail.Words;

/// <summary>What a phrase of a language file means; the headings of those files.</summary>
enum PhraseKind
{
    /// <summary>Whoever writes this wants no more messages.</summary>
    Stop,

    /// <summary>May be such a wish: a person reads it.</summary>
    Unclear,

    /// <summary>Holds words of the first two and is no such wish.</summary>
    Not,

    /// <summary>A message that says this offers to stop.</summary>
    Offer,

    /// <summary>"Click here": words of a link that say nothing by themselves.</summary>
    Here,

    /// <summary>A message that asks for a reply to stop.</summary>
    Reply,

    /// <summary>A message that says that one cannot stop it.</summary>
    Cannot,

    /// <summary>A message that asks its reader to stay: "do not unsubscribe" offers nothing.</summary>
    Stay,
}

/// <summary>The phrases of every language file, read once.</summary>
static class Languages
{
    /// <summary>A file as a native speaker writes it.</summary>
    sealed class LanguageFile
    {
        public string Language { get; set; } = "";
        public Dictionary<string, List<string>> Groups { get; set; } = [];
        public List<string> Stop { get; set; } = [];
        public List<string> Alone { get; set; } = [];
        public List<string> Unclear { get; set; } = [];
        public List<string> Not { get; set; } = [];
        public List<string> Start { get; set; } = [];
        public List<string> Help { get; set; } = [];
        public List<string> Polite { get; set; } = [];
        public List<string> Offer { get; set; } = [];
        public List<string> Here { get; set; } = [];
        public List<string> Reply { get; set; } = [];
        public List<string> Cannot { get; set; } = [];
        public List<string> Stay { get; set; } = [];
    }

    sealed record Read(
        PhraseBook Asked,
        PhraseBook Offered,
        HashSet<string> Alone,
        HashSet<string> Start,
        HashSet<string> Help,
        HashSet<string> Polite
    );

    const string Prefix = "words/";

    static readonly Lazy<Read> All = new(ReadAll);

    /// <summary>The codes of the languages, as their files are named.</summary>
    public static IEnumerable<string> Codes =>
        typeof(Languages)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..]);

    /// <summary>What people write: <see cref="PhraseKind.Stop"/>, <see cref="PhraseKind.Unclear"/>, <see
    /// cref="PhraseKind.Not"/>.</summary>
    public static PhraseBook Asked => All.Value.Asked;

    /// <summary>What messages offer: the other kinds.</summary>
    public static PhraseBook Offered => All.Value.Offered;

    /// <summary>Whole replies that mean stop, folded.</summary>
    public static HashSet<string> Alone => All.Value.Alone;

    /// <summary>Whole replies that mean start.</summary>
    public static HashSet<string> Start => All.Value.Start;

    /// <summary>Whole replies that ask for help.</summary>
    public static HashSet<string> Help => All.Value.Help;

    /// <summary>Words of politeness around a reply.</summary>
    public static HashSet<string> Polite => All.Value.Polite;

    static Read ReadAll()
    {
        var yaml = new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).Build();
        var asked = new List<(PhraseKind, Phrase)>();
        var offered = new List<(PhraseKind, Phrase)>();
        var (alone, start, help, polite) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        foreach (var code in Codes)
        {
            using var stream = typeof(Languages).Assembly.GetManifestResourceStream(Prefix + code)!;
            using var reader = new StreamReader(stream);
            var file = yaml.Deserialize<LanguageFile>(reader);
            var groups = file.Groups.ToDictionary(group => group.Key, group => WordChoice.Of(group.Value, $"{code} {group.Key}"));
            void Add(List<(PhraseKind, Phrase)> book, PhraseKind kind, List<string> phrases) =>
                book.AddRange(phrases.Select(phrase => (kind, Phrase.Read(phrase, groups, $"{code} {kind}"))));
            Add(asked, PhraseKind.Stop, file.Stop);
            Add(asked, PhraseKind.Unclear, file.Unclear);
            Add(asked, PhraseKind.Not, file.Not);
            Add(offered, PhraseKind.Offer, file.Offer);
            Add(offered, PhraseKind.Here, file.Here);
            Add(offered, PhraseKind.Reply, file.Reply);
            Add(offered, PhraseKind.Cannot, file.Cannot);
            Add(offered, PhraseKind.Stay, file.Stay);
            alone.UnionWith(file.Alone.Select(Folded));
            start.UnionWith(file.Start.Select(Folded));
            help.UnionWith(file.Help.Select(Folded));
            polite.UnionWith(file.Polite.SelectMany(word => FoldedText.Of(word).Tokens).Select(token => token.Word));
        }
        // A reply is compared without its words of politeness, so the known ones are kept without them as well.
        foreach (var words in alone.Select(text => text.Split(' ')).Where(words => words.Length > 1).ToList())
            if (words.Where(word => !polite.Contains(word)).ToList() is { Count: > 0 } bare)
                alone.Add(string.Join(' ', bare));
        return new(new(asked), new(offered), alone, start, help, polite);
    }

    static string Folded(string text) => string.Join(' ', FoldedText.Of(text).Tokens.Select(token => token.Word));
}
