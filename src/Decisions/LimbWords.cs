using System.Globalization;
using System.Runtime.CompilerServices;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Decisions;

/// <summary>
/// Puts limbs into sentences: fills <c>{law}</c> with what the law adds and <c>{collection.day}</c> with what is on record.
/// </summary>
sealed class LimbWords(ShortfallReader lacks, HousePolicy policy)
{
    readonly Evaluator evaluator = lacks.Evaluator;

    // What is said of a limb without a word of the record is the same for every recipient.
    static readonly ConditionalWeakTable<LimbOf, LimbExplanation?[]> Said = [];

    /// <summary>What falls short, for all who put it into words.</summary>
    public ShortfallReader Lacks => lacks;

    /// <summary>The limb as people read it.</summary>
    /// <param name="limb">The limb.</param>
    /// <param name="truth">Its own truth.</param>
    /// <param name="isNegated">The ground asks for its contrary: what is so then stands in the way.</param>
    public LimbExplanation Explain(Limb limb, Truth truth, bool isNegated)
    {
        var of = limb.Of;
        var met = isNegated ? truth.Negated() : truth;
        var remedy = met == Truth.Satisfied ? null : CutSentence.Of(of.Condition.Remedy.Text);
        if (
            CutSentence.Of(of.Condition.Sentence(truth)).SaysTheRecord
            || remedy is { SaysTheRecord: true }
            || NotReliedOn(limb, truth) is not null
        )
            return Put(limb, truth, met);
        var said = Said.GetValue(of, static _ => new LimbExplanation?[2 * 3]);
        return said[(2 * (int)truth) + (isNegated ? 1 : 0)] ??= ExplanationJson.Keep(Put(limb, truth, met));
    }

    LimbExplanation Put(Limb limb, Truth truth, Truth met)
    {
        var of = limb.Of;
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

    static string Fill(LimbOf of, string sentence, Func<Fact, string> value) => CutSentence.Of(sentence).Fill(of, value);

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
}
