using System.Runtime.InteropServices;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Screening;

/// <summary>
/// What a decision can see of a recipient: the truths of everything it asks, of the recipient and of each record. Two with the same are
/// the same to it, whatever days and names stand in their facts, and millions of people have a few hundred of them. One thread at a time.
/// </summary>
sealed class TruthSignature
{
    static readonly Scope[] Kinds = [Scope.Collection, Scope.Consent, Scope.Refusal, Scope.Check];

    readonly List<Formula> ofRecipient = [];
    readonly Dictionary<Scope, List<Formula>> ofRecords = [];
    char[] key = new char[256];
    int length;

    TruthSignature() { }

    /// <summary>
    /// Makes what reads signatures for a decision; null where something it asks is about several records at once, and then each recipient
    /// is to be looked at alone.
    /// </summary>
    public static TruthSignature? For(DecisionFormula formula)
    {
        var signature = new TruthSignature();
        foreach (var leaf in formula.Keys.SelectMany(key => Leaves.Of(key.Whole)).Distinct())
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
        length = 0;
        Append(ofRecipient, evaluator);
        foreach (var kind in Kinds)
        {
            var records = recipient.Of(kind);
            // That there is a record at all says something, and so does their order: the first of several as near is named.
            Put(records.IsEmpty ? '0' : '1');
            if (!ofRecords.TryGetValue(kind, out var leaves))
                continue;
            var from = length;
            foreach (var record in records)
                using (evaluator.At(record))
                    AppendOnce(from, leaves, evaluator);
            Put(char.MaxValue);
        }
        return key.AsSpan(0, length);
    }

    /// <summary>A record that is like an earlier one changes nothing.</summary>
    void AppendOnce(int from, List<Formula> leaves, Evaluator evaluator)
    {
        var before = length;
        Append(leaves, evaluator);
        var size = length - before;
        var own = key.AsSpan(before, size);
        for (var at = from; at < before; at += size)
            if (key.AsSpan(at, size).SequenceEqual(own))
            {
                length = before;
                return;
            }
    }

    void Append(List<Formula> leaves, Evaluator evaluator)
    {
        var (bits, used) = (0, 0);
        foreach (var leaf in CollectionsMarshal.AsSpan(leaves))
        {
            bits = (bits << 2) | (int)evaluator.Of(leaf);
            if (++used % 7 == 0)
            {
                Put((char)bits);
                bits = 0;
            }
        }
        Put((char)bits);
    }

    void Put(char one)
    {
        if (length == key.Length)
            Array.Resize(ref key, length * 2);
        key[length++] = one;
    }

    /// <summary>What a formula asks in the end: its limbs' tests, and tests that stand in no limb.</summary>
    sealed class Leaves : IFormulaReader<IEnumerable<Formula>>
    {
        static readonly Leaves Reader = new();

        public static IEnumerable<Formula> Of(Formula formula) => formula.Read(Reader);

        public IEnumerable<Formula> Constant(Constant node) => [];

        public IEnumerable<Formula> All(All node) => node.Parts.SelectMany(part => part.Read(this));

        public IEnumerable<Formula> Any(Any node) => node.Parts.SelectMany(part => part.Read(this));

        public IEnumerable<Formula> Not(Not node) => node.Part.Read(this);

        public IEnumerable<Formula> Some(Some node) => node.Kind == Scope.Assessment ? [node] : node.Body.Read(this);

        public IEnumerable<Formula> OneOf(OneOf node) => [node];

        public IEnumerable<Formula> Same(Same node) => [node];

        public IEnumerable<Formula> Compare(Compare node) => [node];

        public IEnumerable<Formula> Within(Within node) => [node];

        public IEnumerable<Formula> Covers(Covers node) => [node];

        public IEnumerable<Formula> Overlaps(Overlaps node) => [node];

        public IEnumerable<Formula> SendStandsWithoutConsent(SendStandsWithoutConsent node) => [];

        public IEnumerable<Formula> Limb(Limb node) => [node.Test];
    }

    /// <summary>
    /// Whose facts a test asks of what is being looked at: of a record that it looks for itself it asks whatever is looked at. What a
    /// campaign has settled is folded away, and an assessment that nobody looks at says nothing to anybody.
    /// </summary>
    sealed class LookedAt : IFormulaReader<IEnumerable<Scope>>
    {
        static readonly LookedAt Reader = new();

        public static IEnumerable<Scope> In(Formula formula) => formula.Read(Reader);

        public IEnumerable<Scope> Constant(Constant node) => [];

        public IEnumerable<Scope> All(All node) => node.Parts.SelectMany(part => part.Read(this));

        public IEnumerable<Scope> Any(Any node) => node.Parts.SelectMany(part => part.Read(this));

        public IEnumerable<Scope> Not(Not node) => node.Part.Read(this);

        public IEnumerable<Scope> Some(Some node) =>
            node.Kind == Scope.Assessment ? [Scope.Assessment] : node.Body.Read(this).Where(scope => scope != node.Kind);

        public IEnumerable<Scope> OneOf(OneOf node) => Facts(node);

        public IEnumerable<Scope> Same(Same node) => Facts(node);

        public IEnumerable<Scope> Compare(Compare node) => Facts(node);

        public IEnumerable<Scope> Within(Within node) => Facts(node);

        public IEnumerable<Scope> Covers(Covers node) => Facts(node);

        public IEnumerable<Scope> Overlaps(Overlaps node) => Facts(node);

        public IEnumerable<Scope> SendStandsWithoutConsent(SendStandsWithoutConsent node) => [];

        public IEnumerable<Scope> Limb(Limb node) => node.Test.Read(this);

        static IEnumerable<Scope> Facts(Formula leaf) =>
            FactsIn.Of(leaf).Select(fact => fact.Scope).Where(scope => scope != Scope.Assessment);
    }
}
