using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using MaySend.Reading;

namespace MaySend.Evidence.Files;

/// <summary>What a cell says about somebody, whatever its column is called.</summary>
public enum StateSaid
{
    /// <summary>Nothing that stops anybody.</summary>
    Nothing,

    /// <summary>A request to stop.</summary>
    Stop,

    /// <summary>The address does not work: no request to stop.</summary>
    Failed,
}

/// <summary>What the name of a column says its cells are about.</summary>
public enum ColumnSense
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>Requests to stop: whatever is not a no is one, a date too.</summary>
    Stops,

    /// <summary>Whether somebody subscribed: a no may be a request to stop, and is read as one.</summary>
    Subscription,
}

/// <summary>
/// The words by which exports say that somebody asked to stop, in the languages of the exports people bring (<c>state-words.yaml</c>). They
/// restrict and never permit: a row that says <c>unsubscribed</c> in a column nobody reads is not passed over.
/// </summary>
public static class StateWords
{
    /// <summary>Stands for every cell of a column that says in these words that somebody asked to stop.</summary>
    public const string WhateverSaysSo = "said";

    static readonly (string Name, YamlTree Words)[] Lists = Load();
    static readonly Phrases Stop = new(Texts("stop"));
    static readonly Phrases Doubtful = new(Texts("doubtful"));
    static readonly Phrases Marketing = new(Texts("marketing"));
    static readonly Phrases Refusing = new(Texts("refusing"));
    static readonly Phrases Measured = new(Texts("measured"));
    static readonly FrozenSet<string> Alone = Set("alone");
    static readonly FrozenSet<string> Failed = Set("failed");
    static readonly FrozenSet<string> Subscription = Set("subscription");
    static readonly string[] SubscriptionBeginnings =
    [
        .. Texts("subscription").Where(text => text.EndsWith('*')).Select(text => $"{Folded.Of(text)} "),
    ];
    static readonly FrozenSet<string> Blank = Set("blank");
    static readonly FrozenSet<string> Open = Set("open");
    static readonly FrozenSet<string> Yes = Set("yes");
    static readonly FrozenSet<string> No = Set("no");
    static readonly FrozenSet<string> Withheld = Set("withheld");
    static readonly FrozenSet<string> Not = Set("not");
    static readonly SearchValues<char> Ticks = SearchValues.Create("✓✔☑✅+");
    static readonly SearchValues<char> EmptyBoxes = SearchValues.Create("☐□▢❌⬜");
    static readonly FrozenSet<string> NoWords = FrozenSet<string>.Empty;

    // Most cells hold nothing of the kind, and a list may have millions: they are told from the others without being folded.
    static readonly SearchValues<string> Hints = SearchValues.Create(
        [
            .. Texts("stop")
                .Select(phrase => phrase.TrimEnd('*').Split(' ').MaxBy(word => word.Length)!)
                .Concat(Texts("alone"))
                .Concat(Texts("failed"))
                .SelectMany(word => new[] { word, Folded.Of(word) })
                .Select(word => word.Split('-', ' ').MaxBy(part => part.Length)!)
                .Where(word => word.Length > 1)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ],
        StringComparison.OrdinalIgnoreCase
    );

    /// <summary>What the name of a column says its cells are about.</summary>
    public static ColumnSense SenseOf(string column)
    {
        var name = Folded.Of(column);
        return Alone.Contains(name) || Stop.IsIn(name, Not) || (Marketing.IsIn(name, NoWords) && Refusing.IsIn(name, Not))
                ? ColumnSense.Stops
            : IsOfSubscription(name) ? ColumnSense.Subscription
            : ColumnSense.Any;
    }

    /// <summary>
    /// A name that is listed, or begins as one that is: <c>newsletter sign up*</c> begins <c>newsletter sign ups</c>. Other names in which
    /// marketing or consent to it is a word ask the same, unless they count something or say when.
    /// </summary>
    static bool IsOfSubscription(string name) =>
        Subscription.Contains(name)
        || (Marketing.IsIn(name, NoWords) && !Measured.IsIn(name, NoWords))
        || Array.Exists(
            SubscriptionBeginnings,
            begin => name.StartsWith(begin.TrimEnd(), StringComparison.Ordinal) && name.Length > begin.Length - 1
        );

    /// <summary>What a cell of such a column says.</summary>
    public static StateSaid Said(ColumnSense sense, ReadOnlySpan<char> characters)
    {
        if (characters.Length == 0 || (sense == ColumnSense.Any && IsPlain(characters)))
            return StateSaid.Nothing;
        var cell = characters.ToString();
        var text = Folded.Of(cell);
        if (text.Length == 0)
            return OfMark(sense, cell);
        if (Open.Contains(text) || Blank.Contains(text))
            return StateSaid.Nothing;
        if (Alone.Contains(text) || Stop.IsIn(text, Not))
            return StateSaid.Stop;
        if (Failed.Contains(text))
            return StateSaid.Failed;
        // With its day behind it: "withdrawn 2025-03-01".
        if (text.Any(char.IsAsciiDigit) && Alone.Contains(WithoutNumbers(text)))
            return StateSaid.Stop;
        foreach (var tag in cell.Split([',', ';', '|', '\n'], StringSplitOptions.RemoveEmptyEntries))
            if (tag.Length < cell.Length && Alone.Contains(Folded.Of(tag)))
                return StateSaid.Stop;
        return sense switch
        {
            ColumnSense.Stops => No.Contains(text) || Stop.IsTurnedRound(text, Not) ? StateSaid.Nothing : StateSaid.Stop,
            ColumnSense.Subscription when No.Contains(text) || Withheld.Contains(text) || HasNoByName(cell) => StateSaid.Stop,
            _ => StateSaid.Nothing,
        };
    }

    /// <summary>A no beside the name of what is asked: <c>email: no; post: yes</c>.</summary>
    static bool HasNoByName(string cell)
    {
        foreach (var part in cell.Split([',', ';', '|', '\n', '{', '}'], StringSplitOptions.RemoveEmptyEntries))
            if (
                part.IndexOfAny([':', '=']) is > 0 and var at
                && No.Contains(Folded.Of(part[(at + 1)..]))
                && (ChannelOf(part[..at]) == "email" || IsOfSubscription(Folded.Of(part[..at])))
            )
                return true;
        return false;
    }

    /// <summary>
    /// A cell with a mark and no word: a tick, a cross, a dot. A cross may stand for yes or for no; an empty box is a no.
    /// </summary>
    static StateSaid OfMark(ColumnSense sense, string cell) =>
        sense == ColumnSense.Any || !HasMark(cell) ? StateSaid.Nothing
        : sense == ColumnSense.Stops ? (Flag(cell) == false ? StateSaid.Nothing : StateSaid.Stop)
        : Flag(cell) == true ? StateSaid.Nothing
        : StateSaid.Stop;

    /// <summary>True for signs such as ✓ and ●; a dash, a dot or a question mark stands for nothing.</summary>
    static bool HasMark(string cell) =>
        cell.EnumerateRunes().Any(sign => Rune.GetUnicodeCategory(sign) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol);

    /// <summary>True for what programs write where nothing stands: <c>NULL</c>, <c>0000-00-00</c>.</summary>
    public static bool IsBlank(string cell) => Folded.Of(cell) is var text && (text.Length == 0 ? !HasMark(cell) : Blank.Contains(text));

    /// <summary>True for a word of a state that is none of those known and sounds like a no.</summary>
    public static bool MayBeNo(string word) =>
        Folded.Of(word) is var text
        && !Open.Contains(text)
        && (No.Contains(text) || Withheld.Contains(text) || Doubtful.IsIn(text, NoWords));

    static string WithoutNumbers(string text) => string.Join(' ', text.Split(' ').Where(word => !word.All(char.IsAsciiDigit)));

    /// <summary>Yes or no, in any of the languages; null when it is neither.</summary>
    public static bool? Flag(string cell)
    {
        var text = Folded.Of(cell);
        return Yes.Contains(text) || (text.Length == 0 && cell.AsSpan().ContainsAny(Ticks)) ? true
            : No.Contains(text) || (text.Length == 0 && cell.AsSpan().ContainsAny(EmptyBoxes)) ? false
            : null;
    }

    /// <summary>The word in a file's name that says its people asked to stop, or that their addresses failed; null where there is
    /// none.</summary>
    public static string? InFileName(string fileName)
    {
        var name = Folded.Of(Path.GetFileName(fileName).Replace('.', ' '));
        return Stop.FirstIn(name, Not)
            ?? name.Split(' ').FirstOrDefault(word => word is "cleaned" or "bounced" or "bounces" or "refusals" or "complaints" or "bajas");
    }

    /// <summary>The channel that a column's name names; null, which is every one, where it names none.</summary>
    public static string? ChannelOf(string column)
    {
        var words = Folded.Of(column).Split(' ');
        return words.Any(word => word is "sms" or "text" or "mms") ? "sms"
            : words.Any(word => word is "whatsapp") ? "direct-message"
            : words.Any(word => word is "email" or "emails" or "mail" or "mails" or "newsletter") ? "email"
            : null;
    }

    static bool IsPlain(ReadOnlySpan<char> cell)
    {
        if (cell.ContainsAny(Hints))
            return false;
        foreach (var c in cell)
            if (c > '\u007f')
                return false;
        return true;
    }

    static FrozenSet<string> Set(string list) => Texts(list).Select(Folded.Of).Where(word => word.Length > 0).ToFrozenSet();

    static IEnumerable<string> Texts(string list) => Texts(Lists.Single(pair => pair.Name == list).Words);

    static IEnumerable<string> Texts(YamlTree words) =>
        words switch
        {
            YamlText text => [text.Text],
            YamlList several => several.Items.SelectMany(Texts),
            YamlMap languages => languages.Entries.SelectMany(language => Texts(language.Value)),
            _ => [],
        };

    static (string, YamlTree)[] Load()
    {
        using var stream = typeof(StateWords).Assembly.GetManifestResourceStream("MaySend.Evidence.Files.state-words.yaml")!;
        var problems = new Problems();
        var root = (YamlMap)YamlTree.Read(new StreamReader(stream), "state-words.yaml", problems)!;
        problems.ThrowIfAny();
        return [.. root.Entries.Select(entry => (entry.Key.Text, entry.Value))];
    }

    /// <summary>Phrases to be found as whole words; one that ends in <c>*</c> is found at the beginning of a word.</summary>
    sealed class Phrases
    {
        readonly (string Text, bool IsWhole)[] phrases;

        public Phrases(IEnumerable<string> texts) =>
            phrases = [
                .. texts
                    .Select(text => (Text: Folded.Of(text.TrimEnd('*')), IsWhole: !text.EndsWith('*')))
                    .Where(phrase => phrase.Text.Length > 0)
                    .Distinct(),
            ];

        public bool IsIn(string text, FrozenSet<string> not) => FirstIn(text, not) is not null;

        public string? FirstIn(string text, FrozenSet<string> not) =>
            Find(text).Where(hit => !IsTurned(text, hit.At, not)).Select(hit => hit.Phrase).FirstOrDefault();

        public bool IsTurnedRound(string text, FrozenSet<string> not) => Find(text).Any() && !IsIn(text, not);

        IEnumerable<(string Phrase, int At)> Find(string text)
        {
            foreach (var (phrase, isWhole) in phrases)
                for (var at = text.IndexOf(phrase, StringComparison.Ordinal); at >= 0; )
                {
                    var end = at + phrase.Length;
                    // Scripts that write no spaces have no word to begin or end.
                    var isOpen = phrase[0] > '\u2e7f';
                    if (isOpen || ((at == 0 || text[at - 1] == ' ') && (!isWhole || end == text.Length || text[end] == ' ')))
                        yield return (phrase, at);
                    at = at + 1 < text.Length ? text.IndexOf(phrase, at + 1, StringComparison.Ordinal) : -1;
                }
        }

        static bool IsTurned(string text, int at, FrozenSet<string> not) =>
            at > 1 && text[..(at - 1)].Split(' ')[^1] is var before && not.Contains(before);
    }
}
