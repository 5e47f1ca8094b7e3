using System.Collections.Frozen;

namespace MaySend.Mail.Words;

/// <summary>A phrase found.</summary>
/// <param name="Kind">The heading it stands under.</param>
/// <param name="From">Its first word.</param>
/// <param name="To">The word after it.</param>
readonly record struct FoundPhrase(PhraseKind Kind, int From, int To)
{
    public bool Touches(FoundPhrase other) => From < other.To && other.From < To;
}

/// <summary>Many phrases, found in one walk over a text: only those are tried that can begin with the word at hand.</summary>
sealed class PhraseBook
{
    readonly FrozenDictionary<string, (PhraseKind Kind, Phrase Phrase)[]> byWord;
    readonly FrozenDictionary<string, (PhraseKind Kind, Phrase Phrase)[]> byBeginning;
    readonly FrozenDictionary<string, (PhraseKind Kind, Phrase Phrase)[]>.AlternateLookup<ReadOnlySpan<char>> beginnings;

    // By the first two letters of a word, how long the beginnings are that it can have.
    readonly FrozenDictionary<(char, char), int[]> lengths;

    public PhraseBook(IEnumerable<(PhraseKind Kind, Phrase Phrase)> phrases)
    {
        var words = new Dictionary<string, List<(PhraseKind, Phrase)>>(StringComparer.Ordinal);
        var starts = new Dictionary<string, List<(PhraseKind, Phrase)>>(StringComparer.Ordinal);
        static void Put(Dictionary<string, List<(PhraseKind, Phrase)>> index, string key, (PhraseKind, Phrase) phrase)
        {
            if (!index.TryGetValue(key, out var list))
                index[key] = list = [];
            if (list.Count == 0 || list[^1] != phrase)
                list.Add(phrase);
        }
        foreach (var known in phrases)
        foreach (var choice in known.Phrase.Beginnings)
        {
            foreach (var word in choice.Whole)
                Put(words, word, known);
            foreach (var beginning in choice.Beginnings)
                Put(starts, beginning, known);
            foreach (var several in choice.Several)
                Put(words, several[0].Word, known);
        }
        byWord = words.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
        byBeginning = starts.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
        beginnings = byBeginning.GetAlternateLookup<ReadOnlySpan<char>>();
        if (starts.Keys.FirstOrDefault(key => key.Length < 2) is { } one)
            throw new InvalidDataException($"the beginning {one}* says too little");
        lengths = starts
            .Keys.GroupBy(key => (key[0], key[1]), key => key.Length)
            .ToFrozenDictionary(group => group.Key, group => group.Distinct().Order().ToArray());
    }

    /// <summary>Every phrase that stands in the text, in order of its first word.</summary>
    public List<FoundPhrase> In(FoldedText text)
    {
        var found = new List<FoundPhrase>();
        for (var at = 0; at < text.Tokens.Count; at++)
        {
            var token = text.Tokens[at];
            Try(token.Word, text, at, found);
            if (token.Alike is { } alike)
                Try(alike, text, at, found);
        }
        return found;
    }

    void Try(string word, FoldedText text, int at, List<FoundPhrase> found)
    {
        if (byWord.TryGetValue(word, out var exact))
            Try(exact, text, at, found);
        if (word.Length < 2 || !lengths.TryGetValue((word[0], word[1]), out var possible))
            return;
        foreach (var length in possible)
            if (length > word.Length)
                break;
            else if (beginnings.TryGetValue(word.AsSpan(0, length), out var begun))
                Try(begun, text, at, found);
    }

    static void Try((PhraseKind Kind, Phrase Phrase)[] phrases, FoldedText text, int at, List<FoundPhrase> found)
    {
        foreach (var (kind, phrase) in phrases)
            if (phrase.EndAt(text.Tokens, at) is > 0 and var end && end > at)
                found.Add(new(kind, at, end));
    }
}
