using System.Collections.Immutable;
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
    readonly Dictionary<string, ImmutableArray<RemedyKind>> kinds = [];
    readonly Dictionary<string, (string Text, ImmutableArray<RemedyKind> Kinds)> combined = [];

    /// <summary>Looks at a person who is not shown; false when nothing that the sender can do would certainly gain them.</summary>
    public bool Add(DecisionFormula formula, RecipientFacts recipient)
    {
        var folded = Folded(formula);
        var evaluator = new Evaluator(supposed, recipient);
        var isCautious = formula.Policy.Has(HousePolicy.LowConfidence);
        LimbOf? any = null;
        var lacking = new SortedSet<string>(StringComparer.Ordinal);
        evaluator.Override = (limb, own) =>
        {
            var mended = Mended(limb, own, Kinds, isCautious, ref any);
            if (mended != own)
                lacking.Add(limb.Condition.Name);
            return mended;
        };
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
            kinds.TryAdd(text, [kind]);
        }
        if (!single)
            AddTogether(string.Join(' ', lacking), folded, evaluator, recipient, isCautious);
        return true;
    }

    /// <summary>
    /// Whom no single kind of act gains, and all together do: the kinds without which it does not work, named as one step. People who lack
    /// the same things are told the same.
    /// </summary>
    void AddTogether(string lacking, DecisionFormula folded, Evaluator evaluator, RecipientFacts recipient, bool isCautious)
    {
        if (!combined.TryGetValue(lacking, out var step))
        {
            var firsts = new Dictionary<RemedyKind, LimbOf>();
            evaluator.Override = (limb, own) =>
            {
                LimbOf? hit = null;
                var mended = Mended(limb, own, Kinds, isCautious, ref hit);
                if (hit is not null)
                    firsts.TryAdd(KindOf(limb), hit);
                return mended;
            };
            Turns(folded, evaluator);
            var needed = Kinds.Where(kind => !TurnsWith([.. Kinds.Where(other => other != kind)])).ToImmutableArray();
            List<string> texts =
            [
                .. needed.Where(firsts.ContainsKey).Select(kind => Text(kind, firsts[kind], recipient)).Distinct(StringComparer.Ordinal),
            ];
            combined[lacking] = step = (
                texts.Count < 2 ? "several of these together, or of their kind" : $"together: {string.Join("; and ", texts)}",
                needed
            );
        }
        found[step.Text] = found.GetValueOrDefault(step.Text) + 1;
        kinds.TryAdd(step.Text, step.Kinds);

        bool TurnsWith(RemedyKind[] some)
        {
            LimbOf? any = null;
            evaluator.Override = (limb, own) => Mended(limb, own, some, isCautious, ref any);
            return Turns(folded, evaluator);
        }
    }

    /// <summary>Adds what another found.</summary>
    public void Add(Gains other)
    {
        foreach (var (text, gained) in other.found)
        {
            found[text] = found.GetValueOrDefault(text) + gained;
            kinds.TryAdd(text, other.kinds[text]);
        }
    }

    /// <summary>The formula with what the campaign settles folded away; there are few, and each serves many people.</summary>
    DecisionFormula Folded(DecisionFormula formula)
    {
        if (!folds.TryGetValue(formula, out var folded))
            folds[formula] = folded = formula.Folded(new Folder(supposed));
        return folded;
    }

    /// <summary>The fixes, most gain first.</summary>
    public IReadOnlyList<Gain> Best(int most) =>
        [
            .. found
                .Select(pair => new Gain(pair.Key, pair.Value) { Kinds = kinds[pair.Key] })
                .OrderByDescending(gain => gain.Gained)
                .ThenBy(gain => gain.Text, StringComparer.Ordinal)
                .Take(most),
        ];

    static bool Turns(DecisionFormula formula, Evaluator evaluator) =>
        evaluator.Of(formula.Send.Whole) == Truth.Satisfied && evaluator.Of(formula.Process.Whole) == Truth.Satisfied;

    /// <summary>What mends a limb: of an assessment that there is none of yet, everything is a matter of writing it.</summary>
    RemedyKind KindOf(LimbOf limb) =>
        campaign.Assessments.IsEmpty && limb.Condition.Name.StartsWith("assessment.", StringComparison.Ordinal)
            ? RemedyKind.SignAssessment
            : limb.Condition.Remedy.Kind;

    Truth Mended(LimbOf limb, Truth own, RemedyKind[] kinds, bool isCautious, ref LimbOf? first)
    {
        var kind = KindOf(limb);
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
