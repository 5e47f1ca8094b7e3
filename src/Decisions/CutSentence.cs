using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Decisions;

/// <summary>A sentence of a condition, cut at its places once: <c>{law}</c>, and <c>{collection.day}</c> for what is on record.</summary>
sealed partial class CutSentence
{
    // The sentences are those of our conditions: a few hundred, each the same string every time.
    static readonly ConditionalWeakTable<string, CutSentence> Known = [];

    readonly record struct Part(string Text, Fact? Fact, bool IsLaw);

    readonly string whole;
    readonly List<Part> parts = [];

    CutSentence(string sentence)
    {
        whole = sentence;
        var from = 0;
        foreach (Match place in Places().Matches(sentence))
        {
            if (place.Index > from)
                parts.Add(new(sentence[from..place.Index], null, false));
            var name = place.Groups[1].Value;
            parts.Add(name == "law" ? new("", null, true) : new(name, Vocabulary.Find(name), false));
            from = place.Index + place.Length;
        }
        if (from < sentence.Length)
            parts.Add(new(sentence[from..], null, false));
        SaysTheRecord = parts.Exists(part => part.Fact is not null);
        isWhole = parts is [] or [{ Fact: null, IsLaw: false }] && from == 0;
    }

    readonly bool isWhole;

    /// <summary>The sentence with its places found.</summary>
    public static CutSentence Of(string sentence) => Known.GetValue(sentence, static text => new(text));

    /// <summary>True when it says something of the record, so that it is another sentence for each recipient.</summary>
    public bool SaysTheRecord { get; }

    /// <summary>The sentence with its places filled.</summary>
    /// <param name="of">What the law adds.</param>
    /// <param name="value">How a fact on record is put.</param>
    public string Fill(LimbOf of, Func<Fact, string> value)
    {
        if (isWhole)
            return whole;
        var filled = new StringBuilder(whole.Length + 32);
        foreach (var part in parts)
            filled.Append(
                part.IsLaw ? of.With.ToString()
                : part.Fact is { } fact ? value(fact)
                : part.Text
            );
        return filled.ToString();
    }

    [GeneratedRegex(@"\{([a-z0-9.-]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Places();
}
