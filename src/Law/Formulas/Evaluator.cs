using System.Collections.Immutable;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;

namespace MaySend.Law.Formulas;

/// <summary>
/// The reading of formulas for one recipient: gives the truth over what is on record. Holds the record it is looking at while inside
/// <see cref="Some"/>, so one evaluator serves one thread.
/// </summary>
public sealed class Evaluator : IFormulaReader<Truth>
{
    readonly FactSheet?[] sheets = new FactSheet?[Scopes.Count];
    readonly CampaignFacts campaign;
    readonly RecipientFacts recipient;

    // What no record looked at can change is worked out once: the elements of a key, its grounds, what falls short and the words for it all
    // ask the same few questions about records again and again.
    Remembered<Truth> known;
    int looks;

    /// <summary>A reading over one campaign and one recipient.</summary>
    public Evaluator(CampaignFacts campaign, RecipientFacts recipient)
    {
        this.campaign = campaign;
        this.recipient = recipient;
        sheets[(int)Scope.Message] = campaign.Message;
        sheets[(int)Scope.Sender] = campaign.Sender;
        sheets[(int)Scope.Recipient] = recipient.Recipient;
    }

    /// <summary>
    /// Sets the truth of limbs from outside, to see what depends on them: given a limb and its own truth, gives the one to use. Null for
    /// none.
    /// </summary>
    public Func<LimbOf, Truth, Truth>? Override { get; set; }

    /// <summary>
    /// True while no record is looked at and nothing is set from outside: what a formula gives then, it gives whenever asked.
    /// </summary>
    public bool IsAtRest => looks == 0 && Override is null;

    /// <summary>The truth of a formula.</summary>
    public Truth Of(Formula formula) => formula.Read(this);

    /// <summary>The records of a kind, newest first.</summary>
    public ImmutableArray<FactSheet> Records(Scope kind) => kind == Scope.Assessment ? campaign.Assessments : recipient.Of(kind);

    /// <summary>The truth of a formula while looking at one record.</summary>
    public Truth Of(Formula formula, FactSheet record)
    {
        using (At(record))
            return formula.Read(this);
    }

    /// <summary>Looks at one record until the look is over.</summary>
    public Look At(FactSheet record)
    {
        var look = new Look(this, record.Scope, sheets[(int)record.Scope]);
        sheets[(int)record.Scope] = record;
        looks++;
        return look;
    }

    /// <summary>A look at one record; when it is over, what was looked at before is looked at again.</summary>
    public readonly ref struct Look(Evaluator evaluator, Scope scope, FactSheet? before)
    {
        /// <summary>Ends the look.</summary>
        public void Dispose()
        {
            evaluator.sheets[(int)scope] = before;
            evaluator.looks--;
        }
    }

    /// <summary>What having no matching record says: none only where our own register is complete.</summary>
    public Truth SilenceOf(Scope kind) =>
        kind.SilenceOf() == Silence.NoneIfOurRegisterIsComplete && campaign.Sender[Sender.RefusalsComplete].IsRecorded
            ? Truth.NotSatisfied
            : Truth.NotEvidenced;

    /// <summary>The value of a fact of what is being looked at; not recorded where nothing is.</summary>
    public FactValue Value(Fact fact) => sheets[(int)fact.Scope] is { } sheet ? sheet[fact] : FactValue.NotRecorded;

    Truth IFormulaReader<Truth>.Constant(Constant node) => node.Truth;

    Truth IFormulaReader<Truth>.All(All node)
    {
        var truth = Truth.Satisfied;
        foreach (var part in node.Parts)
        {
            truth = truth.And(part.Read(this));
            if (truth == Truth.NotSatisfied)
                return truth;
        }
        return node.Parts.IsEmpty ? Truth.NotEvidenced : truth;
    }

    Truth IFormulaReader<Truth>.Any(Any node)
    {
        var truth = Truth.NotSatisfied;
        foreach (var part in node.Parts)
        {
            truth = truth.Or(part.Read(this));
            if (truth == Truth.Satisfied)
                return truth;
        }
        return node.Parts.IsEmpty ? Truth.NotEvidenced : truth;
    }

    Truth IFormulaReader<Truth>.Not(Not node) => node.Part.Read(this).Negated();

    Truth IFormulaReader<Truth>.Some(Some node)
    {
        if (!IsAtRest)
            return OfSome(node);
        return known.TryGet(node, out var truth) ? truth : known.Add(node, OfSome(node));
    }

    Truth OfSome(Some node)
    {
        var records = Records(node.Kind);
        var closes = node.Kind.SilenceOf() == Silence.NoneIfOurRegisterIsComplete;
        if (records.IsEmpty)
            return SilenceOf(node.Kind);
        var truth = closes ? SilenceOf(node.Kind) : Truth.NotSatisfied;
        foreach (var record in records)
        {
            truth = truth.Or(Of(node.Body, record));
            if (truth == Truth.Satisfied)
                return truth;
        }
        return truth;
    }

    Truth IFormulaReader<Truth>.OneOf(OneOf node) => LeafTests.OneOf(node, Value(node.Fact));

    Truth IFormulaReader<Truth>.Same(Same node) => LeafTests.Same(Value(node.Left), Value(node.Right));

    Truth IFormulaReader<Truth>.Compare(Compare node) =>
        LeafTests.Compare(node, Value(node.Left), node.Right is null ? default : Value(node.Right));

    Truth IFormulaReader<Truth>.Within(Within node) => LeafTests.Within(node, Value(node.Earlier), Value(node.Later));

    Truth IFormulaReader<Truth>.Covers(Covers node) =>
        LeafTests.Covers(node, Value(node.Whole), node.Part is null ? default : Value(node.Part));

    Truth IFormulaReader<Truth>.Overlaps(Overlaps node) =>
        LeafTests.Overlaps(node, Value(node.One), node.Other is null ? default : Value(node.Other));

    Truth IFormulaReader<Truth>.SendStandsWithoutConsent(SendStandsWithoutConsent node) => Truth.NotEvidenced;

    Truth IFormulaReader<Truth>.Limb(Limb node) => Override is null ? node.Test.Read(this) : Override(node.Of, node.Test.Read(this));
}
