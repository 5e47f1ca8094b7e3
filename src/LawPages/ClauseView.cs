using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using MaySend.Law;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.LawPages;

/// <summary>One condition of a provision as people read it in the law, before anybody's facts are looked at.</summary>
/// <param name="Condition">Its name, as law files spell it.</param>
/// <param name="Sentence">What must be so.</param>
/// <param name="With">What the law adds: words, a number, a period, a day; null for nothing.</param>
/// <param name="Cite">Where the law says so.</param>
/// <param name="Authority">statute, case-law, guidance or house.</param>
/// <param name="Confidence">high, medium or low.</param>
/// <param name="Note">Who reads it so, or what to mind.</param>
/// <param name="AddedBy">The house policy switch that adds it; null for law.</param>
/// <param name="Since">The first day of the condition where it is younger than the rest; null otherwise.</param>
/// <param name="Until">The first day on which it no longer holds; null for none on file.</param>
/// <param name="KnownFrom">The day from which this reading was known; null for always.</param>
/// <param name="Evidence">What would show it.</param>
public sealed record LimbView(
    string Condition,
    string Sentence,
    string? With,
    string Cite,
    string Authority,
    string Confidence,
    string? Note,
    string? AddedBy,
    DateOnly? Since,
    DateOnly? Until,
    DateOnly? KnownFrom,
    string Evidence
)
{
    /// <summary>True when the sentence itself says what the law adds.</summary>
    [JsonIgnore]
    public bool TakesPlaceInSentence { get; init; }

    /// <summary>What the law adds where the sentence does not say it: the events, kinds or channels it accepts; null otherwise.</summary>
    [JsonIgnore]
    public string? Added => TakesPlaceInSentence ? null : With;
}

/// <summary>A clause of the law as a tree of sentences.</summary>
/// <param name="Joins">"all", "any", "not", "some consent" (one record must meet the whole) or "limb".</param>
/// <param name="Parts">What is joined.</param>
/// <param name="Limb">The condition, where it is one.</param>
public sealed partial record ClauseView(string Joins, IReadOnlyList<ClauseView> Parts, LimbView? Limb)
{
    /// <summary>What of a clause was law on a day, as known then; null where nothing of it was.</summary>
    public static ClauseView? Of(Formula? formula, DateOnly day) =>
        formula switch
        {
            Limb { Of: var of } => IsLaw(of, day) ? new ClauseView("limb", [], View(of.On(day, day))) : null,
            All all => Join("all", all.Parts, day),
            Any any => Join("any", any.Parts, day),
            Not not => Of(not.Part, day) is { } part ? new ClauseView("not", [part], null) : null,
            Some some => Of(some.Body, day) is { } body
                ? new ClauseView($"some {some.Kind.Word()}", body.Joins == "all" ? body.Parts : [body], null)
                : null,
            _ => null,
        };

    /// <summary>What is said before its parts; null where they are simply listed, and for a single condition.</summary>
    [JsonIgnore]
    public string? Intro =>
        Joins switch
        {
            "all" or "limb" => null,
            "any" => "one of these:",
            "not" => "not this:",
            "some collection" => "all of these, for one occasion on which the details were given:",
            "some refusal" => "all of these, for one request to stop:",
            "some check" => "all of these, for one look-up in a register:",
            "some assessment" => "all of these, for one assessment:",
            _ => $"all of these, for one {Joins.Split(' ')[^1]}:",
        };

    /// <summary>The conditions of the clause, in law order.</summary>
    public IEnumerable<LimbView> Limbs() => Limb is not null ? [Limb] : Parts.SelectMany(part => part.Limbs());

    static bool IsLaw(LimbOf of, DateOnly day) => of.InForce.On(day) && (of.KnownFrom is null || of.KnownFrom <= day);

    static ClauseView? Join(string joins, IEnumerable<Formula> formulas, DateOnly day)
    {
        var parts = formulas.Select(part => Of(part, day)).OfType<ClauseView>().ToList();
        return parts.Count switch
        {
            0 => null,
            1 => parts[0],
            _ => new ClauseView(joins, parts, null),
        };
    }

    static LimbView View(LimbOf of) =>
        new(
            of.Condition.Name,
            Fill(of, of.Condition.Satisfied),
            of.With.Kind == ArgumentKind.None ? null : of.With.ToString(),
            of.Cite,
            Wording.Of(of.Authority),
            Wording.Of(of.Confidence),
            of.Note,
            of.AddedBy,
            of.InForce.From == DateOnly.MinValue ? null : of.InForce.From,
            of.InForce.Until,
            of.KnownFrom,
            Fill(of, of.Condition.Remedy.Text)
        )
        {
            TakesPlaceInSentence = Places().IsMatch(of.Condition.Satisfied),
        };

    /// <summary>
    /// The sentence of a condition as a provision uses it: what the law adds is filled in, what a record would say is left out.
    /// </summary>
    internal static string Fill(LimbOf of, string sentence)
    {
        var bare = of.Condition.Takes == ArgumentKind.None ? InBrackets().Replace(sentence, "") : sentence;
        return Places()
            .Replace(
                bare,
                match =>
                    match.Groups[1].Value switch
                    {
                        "law" => Added(of),
                        _ when of.Condition.Takes is ArgumentKind.Words or ArgumentKind.Names => Added(of),
                        var name when Vocabulary.Find(name) is { } fact => Unfilled(fact),
                        var other => other,
                    }
            );
    }

    static string Added(LimbOf of) =>
        of.With.Kind switch
        {
            ArgumentKind.Words => string.Join(" or ", of.With.Names).Replace('-', ' '),
            ArgumentKind.Names => string.Join(" or ", of.With.Names),
            _ => of.With.ToString(),
        };

    /// <summary>What stands in a sentence for a fact while nobody's facts are looked at.</summary>
    static string Unfilled(Fact fact) =>
        fact is DayFact ? "the day on record"
        : fact == Message.Channel ? "this channel"
        : fact == Recipient.Countries ? "the recipient's country"
        : fact == Collection.Audience ? "in this audience"
        : fact.Meaning.Split(';')[0];

    [GeneratedRegex(@" \(\{[a-z0-9.-]+\}\)", RegexOptions.CultureInvariant)]
    private static partial Regex InBrackets();

    [GeneratedRegex(@"\{([a-z0-9.-]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Places();
}

/// <summary>The words of law files for what the code holds as enumerations.</summary>
static class Wording
{
    public static string Of(Authority authority) => authority == Authority.CaseLaw ? "case-law" : authority.ToString().ToLowerInvariant();

    public static string Of(Confidence confidence) => confidence.ToString().ToLowerInvariant();

    public static string Of(ProvisionKind kind) => kind == ProvisionKind.NoRule ? "no-rule" : kind.ToString().ToLowerInvariant();

    public static string Of(RestsOn restsOn) => restsOn.ToString().ToLowerInvariant();

    /// <summary>A cite with the short name of the provision before it, where the cite does not say it itself: "PECR reg 22(3)".</summary>
    public static string Cited(string shortName, string cite)
    {
        if (cite.Length == 0 || cite.Contains(shortName, StringComparison.Ordinal))
            return cite.Length == 0 ? shortName : cite;
        var words = shortName.Split(' ');
        // "PECR reg 22" and "reg 22(3)" overlap in "reg 22".
        var overlap = Enumerable
            .Range(1, words.Length)
            .FirstOrDefault(skip => cite.StartsWith(string.Join(' ', words.Skip(skip)), StringComparison.Ordinal) && skip < words.Length);
        return overlap > 0 ? $"{string.Join(' ', words.Take(overlap))} {cite}" : $"{shortName}: {cite}";
    }
}
