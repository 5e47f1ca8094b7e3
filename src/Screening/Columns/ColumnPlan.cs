using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Screening.Columns;

/// <summary>
/// A decision compiled for screening many recipients of one campaign under one reach: what the campaign settles is folded away, and only
/// facts that are still asked about get a column. Immutable and safe for many threads; each thread takes a <see cref="ColumnEvaluator"/> of
/// its own.
/// </summary>
public sealed class ColumnPlan
{
    /// <summary>Rows that go well into a block: columns of a few facts stay in the processor's cache.</summary>
    public const int UsualRows = 4096;

    ColumnPlan(DecisionFormula formula, CampaignFacts campaign)
    {
        Campaign = campaign;
        Formula = formula.Folded(new Folder(campaign));
        evaluators.Push(new(this, Compile()));
        Reasons = [.. Layout.Reasons];
    }

    // Nodes remember, so an evaluator serves one thread at a time; the first was made to find the reasons.
    readonly Stack<ColumnEvaluator> evaluators = [];

    /// <summary>Compiles a decision for one campaign.</summary>
    /// <param name="formula">The decision as composed for one reach; folded or not.</param>
    /// <param name="campaign">The facts of the campaign.</param>
    public static ColumnPlan For(DecisionFormula formula, CampaignFacts campaign) => new(formula, campaign);

    /// <summary>The decision with the campaign folded away.</summary>
    public DecisionFormula Formula { get; }

    /// <summary>The campaign it was folded for.</summary>
    public CampaignFacts Campaign { get; }

    /// <summary>Every reason code there can be; verdicts give places in it.</summary>
    public IReadOnlyList<string> Reasons { get; }

    /// <summary>How many bits hold a place in <see cref="Reasons"/>.</summary>
    internal int ReasonBits => int.Log2(Math.Max(1, Reasons.Count - 1)) + 1;

    internal ColumnLayout Layout { get; } = new();

    /// <summary>An empty block for this plan.</summary>
    /// <param name="rows">How many recipients it can hold.</param>
    public ColumnBlock NewBlock(int rows = UsualRows) => new(this, rows);

    /// <summary>An evaluator that nobody else has until it is given back; who keeps it need not give it back.</summary>
    public ColumnEvaluator TakeEvaluator()
    {
        lock (evaluators)
            if (evaluators.TryPop(out var free))
                return free;
        return new(this, Compile());
    }

    /// <summary>Gives an evaluator of this plan back.</summary>
    public void GiveBack(ColumnEvaluator evaluator)
    {
        lock (evaluators)
            evaluators.Push(evaluator);
    }

    /// <summary>What one thread evaluates.</summary>
    /// <param name="Send">The send key.</param>
    /// <param name="Process">The process key.</param>
    /// <param name="Signature">What tells recipients apart; null where that cannot be said from columns.</param>
    internal sealed record Compiled(KeyColumns Send, KeyColumns Process, SignatureColumns? Signature);

    Compiled Compile()
    {
        var compiler = new NodeCompiler(Layout, Campaign.Sender[Sender.RefusalsComplete].IsRecorded);
        var hasAssessments = !Campaign.Assessments.IsEmpty;
        return new(
            new KeyColumns(Formula.Send, compiler, Layout, hasAssessments),
            new KeyColumns(Formula.Process, compiler, Layout, hasAssessments),
            hasAssessments && TruthSignature.For(Formula) is { } signature ? new SignatureColumns(signature, compiler) : null
        );
    }
}
