using System.Runtime.InteropServices;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Screening.Columns;

/// <summary>
/// What a decision can see of a recipient: the truths of everything it asks, of the recipient and of each record. Two with the same are
/// the same to it, whatever days and names stand in their facts, and millions of people have a few hundred of them. One thread at a time.
/// </summary>
sealed class TruthSignature
{
    /// <summary>The kinds of record, in the order in which a signature tells of them.</summary>
    public static readonly Scope[] Kinds = [Scope.Collection, Scope.Consent, Scope.Refusal, Scope.Check];

    readonly List<Formula> ofRecipient = [];
    readonly Dictionary<Scope, List<Formula>> ofRecords = [];
    readonly SignatureText text = new();

    TruthSignature() { }

    /// <summary>What is asked of the recipient.</summary>
    public IReadOnlyList<Formula> OfRecipient => ofRecipient;

    /// <summary>What is asked of each record of a kind.</summary>
    public IReadOnlyList<Formula> OfRecords(Scope kind) => ofRecords.GetValueOrDefault(kind) ?? [];

    /// <summary>
    /// Makes what reads signatures for a decision; null where something it asks is about several records at once, and then each recipient
    /// is to be looked at alone.
    /// </summary>
    public static TruthSignature? For(DecisionFormula formula)
    {
        var signature = new TruthSignature();
        foreach (var leaf in formula.Keys.SelectMany(key => Leaves.In(key.Whole)).Distinct())
        {
            List<Scope> kinds = [.. LookedAt.In(leaf).Where(scope => scope.IsRecord()).Distinct()];
            if (kinds.Count > 1 || kinds is [Scope.Assessment])
                return null;
            if (kinds.Count == 0)
                signature.ofRecipient.Add(leaf);
            else if (signature.ofRecords.TryGetValue(kinds[0], out var list))
                list.Add(leaf);
            else
                signature.ofRecords[kinds[0]] = [leaf];
        }
        return signature;
    }

    /// <summary>The signature of a recipient; good until the next one is read.</summary>
    public ReadOnlySpan<char> Of(Evaluator evaluator, RecipientFacts recipient)
    {
        text.Begin();
        Append(ofRecipient, evaluator);
        foreach (var kind in Kinds)
        {
            var records = recipient.Of(kind);
            text.OpenKind(!records.IsEmpty);
            if (!ofRecords.TryGetValue(kind, out var leaves))
                continue;
            foreach (var record in records)
                using (evaluator.At(record))
                {
                    text.OpenRecord();
                    Append(leaves, evaluator);
                    text.CloseRecord();
                }
            text.CloseKind();
        }
        return text.Written;
    }

    void Append(List<Formula> leaves, Evaluator evaluator)
    {
        foreach (var leaf in CollectionsMarshal.AsSpan(leaves))
            text.Put((int)evaluator.Of(leaf));
        text.End();
    }

    /// <summary>What a formula asks in the end: its limbs' tests, and tests that stand in no limb.</summary>
    sealed class Leaves : Gathering<Formula>
    {
        static readonly Leaves Reader = new();

        public static IEnumerable<Formula> In(Formula formula) => formula.Read(Reader);

        protected override IEnumerable<Formula> Of(Formula end) => [end];

        public override IEnumerable<Formula> Some(Some node) => node.Kind == Scope.Assessment ? [node] : base.Some(node);

        public override IEnumerable<Formula> Limb(Limb node) => [node.Test];
    }

    /// <summary>
    /// Whose facts a test asks of what is being looked at: of a record that it looks for itself it asks whatever is looked at. What a
    /// campaign has settled is folded away, and an assessment that nobody looks at says nothing to anybody.
    /// </summary>
    sealed class LookedAt : Gathering<Scope>
    {
        static readonly LookedAt Reader = new();

        public static IEnumerable<Scope> In(Formula formula) => formula.Read(Reader);

        protected override IEnumerable<Scope> Of(Formula end) =>
            FactsIn.Of(end).Select(fact => fact.Scope).Where(scope => scope != Scope.Assessment);

        public override IEnumerable<Scope> Some(Some node) =>
            node.Kind == Scope.Assessment ? [Scope.Assessment] : base.Some(node).Where(scope => scope != node.Kind);
    }
}
