using System.Globalization;
using MaySend.Evidence.Fold;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Screening;

/// <summary>
/// Finds which real fixes would gain most recipients: for each person not shown, which single kind of action would turn both keys. A
/// consent or a sale is never assumed,
/// a low-confidence reading is never assumed away, and what a record contradicts is not mended by proving the contrary. Not safe for
/// several threads.
/// </summary>
sealed class Gains(CampaignFacts campaign, ControllerRecord controller)
{
    static readonly RemedyKind[] Kinds =
    [
        RemedyKind.ProveCollectionPoint,
        RemedyKind.ProveTemplate,
        RemedyKind.SignProductMap,
        RemedyKind.SignAssessment,
        RemedyKind.ChangeMessage,
        RemedyKind.SignJudgement,
        RemedyKind.CheckRegister,
    ];

    readonly CampaignFacts supposed = campaign.Assessments.IsEmpty
        ? campaign with
        {
            Assessments = [new FactSheet(Scope.Assessment, "a new assessment")],
        }
        : campaign;
    readonly Dictionary<DecisionFormula, DecisionFormula> folds = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<string, int> found = [];
    int together;

    /// <summary>Looks at a person who is not shown; false when nothing that the sender can do would certainly gain them.</summary>
    public bool Add(DecisionFormula formula, RecipientFacts recipient)
    {
        var folded = Folded(formula);
        var evaluator = new Evaluator(supposed, recipient);
        var isCautious = formula.Policy.Has(HousePolicy.LowConfidence);
        LimbOf? any = null;
        evaluator.Override = (limb, own) => Mended(limb, own, Kinds, isCautious, ref any);
        // Whom everything together would not gain, nothing alone does.
        if (!Turns(folded, evaluator))
            return false;
        var single = false;
        foreach (var kind in Kinds)
        {
            LimbOf? first = null;
            evaluator.Override = (limb, own) => Mended(limb, own, [kind], isCautious, ref first);
            if (!Turns(folded, evaluator) || first is null)
                continue;
            single = true;
            var text = Text(kind, first, recipient);
            found[text] = found.GetValueOrDefault(text) + 1;
        }
        if (!single)
            together++;
        return true;
    }

    /// <summary>Adds what another found.</summary>
    public void Add(Gains other)
    {
        foreach (var (text, gained) in other.found)
            found[text] = found.GetValueOrDefault(text) + gained;
        together += other.together;
    }

    /// <summary>The formula with what the campaign settles folded away; there are few, and each serves many people.</summary>
    DecisionFormula Folded(DecisionFormula formula)
    {
        if (!folds.TryGetValue(formula, out var folded))
            folds[formula] = folded = formula.Folded(new Folder(supposed));
        return folded;
    }

    /// <summary>The fixes, most gain first.</summary>
    public IReadOnlyList<Gain> Best(int most)
    {
        var best = found
            .Select(pair => new Gain(pair.Key, pair.Value))
            .OrderByDescending(gain => gain.Gained)
            .ThenBy(gain => gain.Text, StringComparer.Ordinal)
            .Take(most)
            .ToList();
        if (together > 0)
            best.Add(new Gain("several of these together, or of their kind", together));
        return best;
    }

    static bool Turns(DecisionFormula formula, Evaluator evaluator) =>
        evaluator.Of(formula.Send.Whole) == Truth.Satisfied && evaluator.Of(formula.Process.Whole) == Truth.Satisfied;

    static Truth Mended(LimbOf limb, Truth own, RemedyKind[] kinds, bool isCautious, ref LimbOf? first)
    {
        var kind = limb.Condition.Remedy.Kind;
        if (own == Truth.Satisfied || !kinds.Contains(kind) || (isCautious && limb.Confidence == Confidence.Low))
            return own;
        if (own == Truth.NotSatisfied && kind is not (RemedyKind.ChangeMessage or RemedyKind.SignAssessment))
            return own;
        first ??= limb;
        return Truth.Satisfied;
    }

    string Text(RemedyKind kind, LimbOf first, RecipientFacts recipient) =>
        kind switch
        {
            RemedyKind.ProveCollectionPoint => ProvePoint(recipient),
            RemedyKind.ProveTemplate => "prove which message templates were in use since the details were collected",
            RemedyKind.SignProductMap => "map the products not yet in the signed product map, and sign it",
            RemedyKind.SignAssessment => AssessmentText(first),
            _ => PlainWords.Of(first, first.Condition.Remedy.Text),
        };

    /// <summary>Names the interval for which no version is on record: between the versions before and after the first collection.</summary>
    string ProvePoint(RecipientFacts recipient)
    {
        var first = recipient.Collections.LastOrDefault();
        if (first is null || !first[Collection.Day].IsRecorded)
            return "prove which form was shown when the details were collected";
        var day = first[Collection.Day].Day;
        var next = controller.Points.Where(version => version.From > day).Select(version => (DateOnly?)version.From).Min();
        return next is { } until
            ? string.Create(CultureInfo.InvariantCulture, $"prove which form was shown before {until:d MMMM yyyy}")
            : "complete the record of the form in use now: what it showed and offered";
    }

    static string AssessmentText(LimbOf first) =>
        first.Condition.Name switch
        {
            "assessment.covers-this-country" => "extend the assessment to these recipients' countries, and have it signed",
            _ => PlainWords.Of(first, first.Condition.Remedy.Text),
        };
}
