using System.Globalization;
using System.Text.RegularExpressions;
using MaySend.Law;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Decisions;

/// <summary>
/// Puts limbs into sentences: fills <c>{law}</c> with what the law adds and <c>{collection.day}</c> with what is on record.
/// </summary>
sealed partial class LimbWords(Evaluator evaluator, HousePolicy policy)
{
    /// <summary>The limb as people read it.</summary>
    /// <param name="limb">The limb.</param>
    /// <param name="truth">Its own truth.</param>
    /// <param name="isNegated">The ground asks for its contrary: what is so then stands in the way.</param>
    public LimbExplanation Explain(Limb limb, Truth truth, bool isNegated)
    {
        var of = limb.Of;
        var met = isNegated ? truth.Negated() : truth;
        return new LimbExplanation(
            TruthWords.Of(met),
            of.Cite,
            Sentence(limb, truth),
            Word(of.Authority),
            TruthWords.Of(of.Confidence),
            of.Note,
            met == Truth.Satisfied ? null : Remedy(of),
            of.Id,
            IsMendable(of, met)
        );
    }

    /// <summary>What is shown, or not. What is shown by a reading on which house policy does not rely says so.</summary>
    public string Sentence(Limb limb, Truth truth) =>
        NotReliedOn(limb, truth) is { } own
            ? $"{Fill(limb.Of, limb.Of.Condition.Sentence(own))} (shown, but we do not rely on this reading: low confidence)"
            : Fill(limb.Of, limb.Of.Condition.Sentence(truth));

    /// <summary>
    /// What the record says of a limb whose reading house policy does not rely on; null where it shows nothing, or where the reading is
    /// relied on.
    /// </summary>
    public Truth? NotReliedOn(Limb limb, Truth truth) =>
        truth == Truth.NotEvidenced
        && limb.Of.Confidence == Confidence.Low
        && policy.Has(HousePolicy.LowConfidence)
        && AsRead(limb.Test) is { } test
        && evaluator.Of(test) is var own
        && own != Truth.NotEvidenced
            ? own
            : null;

    /// <summary>The test as the law reads, out of what policy made of it.</summary>
    static Formula? AsRead(Formula test) =>
        test switch
        {
            All { Parts: [var read, Constant] } => read,
            Any { Parts: [var read, Constant] } => read,
            _ => null,
        };

    /// <summary>What would change it.</summary>
    public string Remedy(LimbOf of) => Fill(of, of.Condition.Remedy.Text);

    /// <summary>
    /// A record that contradicts is not mended by proving the contrary; a message or an assessment that falls short can be made anew.
    /// </summary>
    public static bool IsMendable(LimbOf of, Truth truth) =>
        truth == Truth.NotEvidenced
        || (truth == Truth.NotSatisfied && of.Condition.Remedy.Kind is RemedyKind.ChangeMessage or RemedyKind.SignAssessment);

    /// <summary>An everyday sentence with its places filled: words of our lists without their hyphens.</summary>
    public string FillPlainly(LimbOf of, string sentence) =>
        Fill(of, sentence, fact => fact is WordFact ? Value(fact).Replace('-', ' ') : Value(fact));

    /// <summary>A sentence with its places filled from what is being looked at.</summary>
    public string Fill(LimbOf of, string sentence) => Fill(of, sentence, Value);

    static string Fill(LimbOf of, string sentence, Func<Fact, string> value) =>
        Places()
            .Replace(
                sentence,
                match =>
                    match.Groups[1].Value switch
                    {
                        "law" => of.With.ToString(),
                        var name when Vocabulary.Find(name) is { } fact => value(fact),
                        var other => other,
                    }
            );

    string Value(Fact fact)
    {
        var value = evaluator.Value(fact);
        if (!value.IsRecorded)
            return "a value not on record";
        if (fact is DayFact)
            return value.Day == DateOnly.MinValue ? "a day not on record" : value.Day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        return fact is SetFact && value.Set is { } set ? (set.IsEverything ? "all" : string.Join(", ", set.Names)) : fact.Write(value);
    }

    static string Word(Authority authority) =>
        authority switch
        {
            Authority.Statute => "statute",
            Authority.CaseLaw => "case-law",
            Authority.Guidance => "guidance",
            Authority.House => "house",
            _ => throw new ArgumentOutOfRangeException(nameof(authority)),
        };

    [GeneratedRegex(@"\{([a-z0-9.-]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Places();
}
