namespace MaySend.Mail.Words;

/// <summary>Words of which one stands at a place: whole words, beginnings of words, or a few words together.</summary>
sealed class WordChoice
{
    readonly HashSet<string> whole = new(StringComparer.Ordinal);
    readonly List<string> beginnings = [];
    readonly List<(string Word, bool Begins)[]> several = [];

    public IReadOnlyCollection<string> Whole => whole;

    public IReadOnlyList<string> Beginnings => beginnings;

    public IReadOnlyList<(string Word, bool Begins)[]> Several => several;

    /// <summary>Reads <c>one/other/two_words/begin*/&lt;group&gt;</c>.</summary>
    /// <exception cref="InvalidDataException">A group is not known, or nothing is left of a word.</exception>
    public static WordChoice Read(string text, IReadOnlyDictionary<string, WordChoice> groups, string place)
    {
        var choice = new WordChoice();
        foreach (var alternative in text.Split('/'))
            if (alternative is ['<', .. var name, '>'])
                choice.Take(groups.GetValueOrDefault(name) ?? throw new InvalidDataException($"{place}: there is no group <{name}>"));
            else
                choice.Add(alternative.Replace('_', ' '), place);
        return choice;
    }

    /// <summary>A group of words and phrases.</summary>
    public static WordChoice Of(IEnumerable<string> entries, string place)
    {
        var choice = new WordChoice();
        foreach (var entry in entries)
            choice.Add(entry, place);
        return choice;
    }

    void Take(WordChoice other)
    {
        whole.UnionWith(other.whole);
        beginnings.AddRange(other.beginnings);
        several.AddRange(other.several);
    }

    void Add(string text, string place)
    {
        var begins = text.EndsWith('*');
        var tokens = FoldedText.Of(text).Tokens;
        if (tokens.Count == 0)
            throw new InvalidDataException($"{place}: nothing is left of \"{text}\"");
        if (tokens.Count > 1)
            several.Add([.. tokens.Select((token, index) => (token.Word, begins && index == tokens.Count - 1))]);
        else if (begins)
            beginnings.Add(tokens[0].Word);
        else
            whole.Add(tokens[0].Word);
    }

    /// <summary>How many words each alternative takes that stands here, longer ones first; inside a sentence only, if asked.</summary>
    public IEnumerable<int> LengthsAt(IReadOnlyList<FoldedText.Token> tokens, int at, bool sameSentence)
    {
        if (at >= tokens.Count || (sameSentence && tokens[at].Sentence))
            yield break;
        foreach (var words in several)
            if (at + words.Length <= tokens.Count && Stand(words, tokens, at))
                yield return words.Length;
        if (Holds(tokens[at].Word) || (tokens[at].Alike is { } alike && Holds(alike)))
            yield return 1;
    }

    bool Holds(string word)
    {
        if (whole.Contains(word))
            return true;
        foreach (var beginning in beginnings)
            if (word.StartsWith(beginning, StringComparison.Ordinal))
                return true;
        return false;
    }

    static bool Stand((string Word, bool Begins)[] words, IReadOnlyList<FoldedText.Token> tokens, int at)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var token = tokens[at + i];
            if (i > 0 && token.Sentence)
                return false;
            if (!(words[i].Begins ? token.Word.StartsWith(words[i].Word, StringComparison.Ordinal) : token.Word == words[i].Word))
                return false;
        }
        return true;
    }
}
