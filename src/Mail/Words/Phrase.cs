namespace MaySend.Mail.Words;

/// <summary>
/// A phrase of a language file, ready to be looked for. In the file: a word, <c>word*</c> for all that begin so, <c>one/other</c>,
/// <c>two_words</c>, <c>(maybe)</c>, <c>&lt;group&gt;</c>, <c>..</c> for up to three words, <c>...</c> for up to eight, <c>^</c> and
/// <c>$</c> for the ends of a clause.
/// </summary>
sealed class Phrase
{
    abstract record Element;

    sealed record Gap(int Most) : Element;

    sealed record ClauseStart : Element;

    sealed record ClauseEnd : Element;

    sealed record Choice(WordChoice Words, bool MayBeMissing) : Element;

    readonly Element[] elements;

    Phrase(Element[] elements, string place) => (this.elements, Place) = (elements, place);

    /// <summary>File and line of thought, for messages.</summary>
    public string Place { get; }

    /// <summary>The words that it can begin with.</summary>
    public IEnumerable<WordChoice> Beginnings
    {
        get
        {
            foreach (var element in elements)
                switch (element)
                {
                    case Choice choice:
                        yield return choice.Words;
                        if (!choice.MayBeMissing)
                            yield break;
                        break;
                    case Gap or ClauseEnd:
                        throw new InvalidDataException($"{Place}: a phrase begins with words that must stand there");
                }
            throw new InvalidDataException($"{Place}: nothing in the phrase must stand there");
        }
    }

    /// <exception cref="InvalidDataException">The phrase cannot be read.</exception>
    public static Phrase Read(string text, IReadOnlyDictionary<string, WordChoice> groups, string place)
    {
        var elements = new List<Element>();
        foreach (var part in Parts(text))
            elements.Add(
                part switch
                {
                    ".." => new Gap(3),
                    "..." => new Gap(8),
                    "^" => new ClauseStart(),
                    "$" => new ClauseEnd(),
                    ['(', .. var maybe, ')'] => new Choice(WordChoice.Read(maybe, groups, place), true),
                    _ => new Choice(WordChoice.Read(part, groups, place), false),
                }
            );
        return new([.. elements], $"{place}: {text}");
    }

    // Words in a bracket belong together.
    static IEnumerable<string> Parts(string text)
    {
        for (var at = 0; at < text.Length; )
        {
            if (text[at] == ' ')
            {
                at++;
                continue;
            }
            var end = text[at] == '(' ? text.IndexOf(')', at) + 1 : text.IndexOf(' ', at);
            end = end <= at ? text.Length : end;
            yield return text[at..end];
            at = end;
        }
    }

    /// <summary>The word after the phrase if it stands at a word, else -1.</summary>
    public int EndAt(IReadOnlyList<FoldedText.Token> tokens, int at) => EndAt(tokens, at, 0);

    int EndAt(IReadOnlyList<FoldedText.Token> tokens, int at, int from)
    {
        for (var i = from; i < elements.Length; i++)
            switch (elements[i])
            {
                case ClauseStart when at >= tokens.Count || !tokens[at].Clause:
                case ClauseEnd when at < tokens.Count && !tokens[at].Clause:
                    return -1;
                case Gap gap:
                    for (var skipped = 0; skipped <= gap.Most && at + skipped < tokens.Count; skipped++)
                    {
                        if (skipped > 0 && tokens[at + skipped].Sentence)
                            return -1;
                        if (EndAt(tokens, at + skipped, i + 1) is >= 0 and var end)
                            return end;
                    }
                    return -1;
                case Choice choice:
                    foreach (var length in choice.Words.LengthsAt(tokens, at, at > 0 && i > 0))
                        if (i + 1 == elements.Length)
                            return at + length;
                        else if (EndAt(tokens, at + length, i + 1) is >= 0 and var rest)
                            return rest;
                    if (!choice.MayBeMissing)
                        return -1;
                    break;
            }
        return at;
    }
}
