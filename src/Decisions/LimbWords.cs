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
    public LimbExplanation Explain(Limb limb, Truth truth)
    {
        var of = limb.Of;
        return new LimbExplanation(
            TruthWords.Of(truth),
            of.Cite,
            Sentence(of, truth),
            Word(of.Authority),
            TruthWords.Of(of.Confidence),
            of.Note,
            truth == Truth.Satisfied ? null : Remedy(of),
            of.Id,
            IsMendable(of, truth)
        );
    }

    /// <summary>What is shown, or not.</summary>
    public string Sentence(LimbOf of, Truth truth)
    {
        var sentence = Fill(of, of.Condition.Sentence(truth));
        return truth == Truth.NotEvidenced && of.Confidence == Confidence.Low && policy.Has(HousePolicy.LowConfidence)
            ? $"{sentence} (low confidence: house policy does not rely on this reading)"
            : sentence;
    }

    /// <summary>What would change it.</summary>
    public string Remedy(LimbOf of) => Fill(of, of.Condition.Remedy.Text);

    /// <summary>
    /// A record that contradicts is not mended by proving the contrary; a message or an assessment that falls short can be made anew.
    /// </summary>
    public static bool IsMendable(LimbOf of, Truth truth) =>
        truth == Truth.NotEvidenced
        || (truth == Truth.NotSatisfied && of.Condition.Remedy.Kind is RemedyKind.ChangeMessage or RemedyKind.SignAssessment);

    /// <summary>A sentence with its places filled from what is being looked at.</summary>
    public string Fill(LimbOf of, string sentence) =>
        Places()
            .Replace(
                sentence,
                match =>
                    match.Groups[1].Value switch
                    {
                        "law" => of.With.ToString(),
                        var name when Vocabulary.Find(name) is { } fact => Value(fact),
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
