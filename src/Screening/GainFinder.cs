using System.Collections.Immutable;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Conditions;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Screening.Columns;

namespace MaySend.Screening;

/// <summary>What the sender's own acts would do for somebody who is not shown.</summary>
/// <param name="IsGained">True where all kinds of act together would turn both keys.</param>
/// <param name="Alone">Each kind that would do so alone, with the first limb that it mends.</param>
/// <param name="Lacking">Where none would alone, the conditions that fall short, in one text; null where one would.</param>
/// <param name="Needed">Where none would alone, the kinds without which it does not work.</param>
/// <param name="Firsts">And the first limb that each of them mends.</param>
sealed record PossibleGain(
    bool IsGained,
    ImmutableArray<(RemedyKind Kind, LimbOf First)> Alone,
    string? Lacking,
    ImmutableArray<RemedyKind> Needed,
    ImmutableDictionary<RemedyKind, LimbOf> Firsts
)
{
    /// <summary>Nothing that the sender can do would certainly gain them.</summary>
    public static readonly PossibleGain None = new(false, [], null, [], ImmutableDictionary<RemedyKind, LimbOf>.Empty);
}

/// <summary>
/// Finds for a person who is not shown which kinds of act would turn both keys. A consent or a sale is never assumed, a low-confidence
/// reading is never assumed away, and what a record contradicts is not mended by proving the contrary. People who are the same to the
/// decision are looked at once (<see cref="TruthSignature"/>). One thread at a time.
/// </summary>
sealed class GainFinder(CampaignFacts campaign)
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

    /// <summary>What a form shows only together with what the person made of it.</summary>
    static readonly Condition[] OfAnswers = [CollectionConditions.NotRefusedThen, CollectionConditions.ConsentNotAskedInVain];

    /// <summary>So many different people of one law are remembered.</summary>
    const int MostRemembered = 1 << 16;

    readonly CampaignFacts supposed = campaign.Assessments.IsEmpty
        ? campaign with
        {
            Assessments = [new FactSheet(Scope.Assessment, "a new assessment")],
        }
        : campaign;
    readonly Dictionary<DecisionFormula, Looked> looked = new(ReferenceEqualityComparer.Instance);

    /// <summary>True while the person at hand is one of whose every form only their own answer is not known.</summary>
    bool lacksAnswers;

    /// <summary>One law: the formula with what the campaign settles folded away, and who was looked at under it.</summary>
    sealed record Looked(
        DecisionFormula Folded,
        TruthSignature? Signature,
        Dictionary<string, PossibleGain> Known,
        Dictionary<string, PossibleGain> OfAnswers
    )
    {
        public Dictionary<string, PossibleGain> Remembered(bool lacksAnswers) => lacksAnswers ? OfAnswers : Known;
    }

    /// <summary>
    /// True where nobody's signature can be had from columns: of a campaign without an assessment, since columns know nothing of one that
    /// is only supposed.
    /// </summary>
    public bool NeedsFacts => !ReferenceEquals(supposed, campaign);

    /// <summary>
    /// True of somebody of whose every form only their own answer is not known: what would gain them differs by it, and no signature says
    /// it.
    /// </summary>
    public static bool LacksAnswers(RecipientFacts recipient)
    {
        foreach (var record in recipient.Collections)
            if (!record.LacksOnlyAnAnswer)
                return false;
        return !recipient.Collections.IsEmpty;
    }

    /// <summary>What would gain a person, where somebody like them was looked at; null where not.</summary>
    /// <param name="formula">The law they are under.</param>
    /// <param name="ofColumns">Their signature as columns say it; empty where they do not.</param>
    /// <param name="lacksAnswers"><see cref="LacksAnswers"/>.</param>
    public PossibleGain? Known(DecisionFormula formula, ReadOnlySpan<char> ofColumns, bool lacksAnswers)
    {
        if (NeedsFacts || ofColumns.IsEmpty || !looked.TryGetValue(formula, out var law))
            return null;
        var remembered = law.Remembered(lacksAnswers).GetAlternateLookup<ReadOnlySpan<char>>();
        return remembered.TryGetValue(ofColumns, out var gain) ? gain : null;
    }

    /// <summary>What would gain a person.</summary>
    /// <param name="formula">The law they are under.</param>
    /// <param name="recipient">The person.</param>
    /// <param name="ofColumns">Their signature as columns say it; empty where they do not.</param>
    public PossibleGain Find(DecisionFormula formula, RecipientFacts recipient, ReadOnlySpan<char> ofColumns)
    {
        if (!looked.TryGetValue(formula, out var law))
        {
            var folded = formula.Folded(new Folder(supposed));
            looked[formula] = law = new(folded, TruthSignature.For(folded), new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        }
        lacksAnswers = LacksAnswers(recipient);
        if (law.Signature is null)
            return Look(law.Folded, new Evaluator(supposed, recipient));
        var signature = ofColumns.IsEmpty || NeedsFacts ? law.Signature.Of(new Evaluator(supposed, recipient), recipient) : ofColumns;
        var remembered = law.Remembered(lacksAnswers);
        var known = remembered.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(signature, out var gain))
            return gain;
        if (remembered.Count == MostRemembered)
            remembered.Clear();
        return known[signature] = Look(law.Folded, new Evaluator(supposed, recipient));
    }

    PossibleGain Look(DecisionFormula folded, Evaluator evaluator)
    {
        var isCautious = folded.Policy.Has(HousePolicy.LowConfidence);
        LimbOf? any = null;
        var lacking = new SortedSet<string>(StringComparer.Ordinal);
        var firsts = ImmutableDictionary.CreateBuilder<RemedyKind, LimbOf>();
        evaluator.Override = (limb, own) =>
        {
            var mended = Mended(limb, own, Kinds, isCautious, ref any);
            if (mended != own)
            {
                lacking.Add(limb.Condition.Name);
                firsts.TryAdd(KindOf(limb), limb);
            }
            return mended;
        };
        // Whom everything together would not gain, nothing alone does.
        if (!Turns(folded, evaluator))
            return PossibleGain.None;
        var turning = ImmutableArray.CreateBuilder<(RemedyKind, LimbOf)>();
        foreach (var kind in Kinds)
        {
            LimbOf? first = null;
            RemedyKind[] alone = [kind];
            evaluator.Override = (limb, own) => Mended(limb, own, alone, isCautious, ref first);
            if (Turns(folded, evaluator) && first is not null)
                turning.Add((kind, first));
        }
        return turning.Count > 0
            ? PossibleGain.None with
            {
                IsGained = true,
                Alone = turning.ToImmutable(),
            }
            : new(
                true,
                [],
                string.Join(' ', lacking),
                [.. Kinds.Where(kind => !TurnsWith([.. Kinds.Where(other => other != kind)]))],
                firsts.ToImmutable()
            );

        bool TurnsWith(RemedyKind[] some)
        {
            LimbOf? hit = null;
            evaluator.Override = (limb, own) => Mended(limb, own, some, isCautious, ref hit);
            return Turns(folded, evaluator);
        }
    }

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
        // Nobody can prove a form that is on record with its boxes: whether this person ticked them is what is missing.
        if (lacksAnswers && kind == RemedyKind.ProveCollectionPoint && OfAnswers.Contains(limb.Condition))
            return own;
        first ??= limb;
        return Truth.Satisfied;
    }
}
