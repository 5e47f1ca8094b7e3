using System.Collections.Immutable;

namespace MaySend.Law.Formulas;

/// <summary>Builds a formula anew from the leaves up, giving every node to a change on the way.</summary>
public sealed class Rewrite : IFormulaReader<Formula>
{
    readonly Func<Formula, Formula> change;

    Rewrite(Func<Formula, Formula> change) => this.change = change;

    /// <summary>
    /// The formula with every node, its parts already rewritten, replaced by what <paramref name="change"/> gives for it.
    /// </summary>
    public static Formula Each(Formula formula, Func<Formula, Formula> change) => formula.Read(new Rewrite(change));

    /// <summary>The formula without its limbs: only what is tested.</summary>
    public static Formula WithoutLimbs(Formula formula) => Each(formula, node => node is Limb limb ? limb.Test : node);

    Formula IFormulaReader<Formula>.Constant(Constant node) => change(node);

    Formula IFormulaReader<Formula>.All(All node) => change(new All(Parts(node.Parts)));

    Formula IFormulaReader<Formula>.Any(Any node) => change(node with { Parts = Parts(node.Parts) });

    Formula IFormulaReader<Formula>.Not(Not node) => change(new Not(node.Part.Read(this)));

    Formula IFormulaReader<Formula>.Some(Some node) => change(node with { Body = node.Body.Read(this) });

    Formula IFormulaReader<Formula>.OneOf(OneOf node) => change(node);

    Formula IFormulaReader<Formula>.Same(Same node) => change(node);

    Formula IFormulaReader<Formula>.Compare(Compare node) => change(node);

    Formula IFormulaReader<Formula>.Within(Within node) => change(node);

    Formula IFormulaReader<Formula>.Covers(Covers node) => change(node);

    Formula IFormulaReader<Formula>.Overlaps(Overlaps node) => change(node);

    Formula IFormulaReader<Formula>.SendStandsWithoutConsent(SendStandsWithoutConsent node) => change(node);

    Formula IFormulaReader<Formula>.Limb(Limb node) => change(node with { Test = node.Test.Read(this) });

    ImmutableArray<Formula> Parts(ImmutableArray<Formula> parts) => [.. parts.Select(part => part.Read(this))];
}
