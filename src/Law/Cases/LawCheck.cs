using MaySend.Law.Composition;
using MaySend.Law.Conditions;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.Cases;

/// <summary>
/// Checks law files beyond their form: every case passes, every condition is used, and every limb decides some case: forced the other way,
/// a key's verdict changes. A limb that no case depends on could be wrong without anybody noticing. No limb is older than what it cites
/// (<see cref="DatedCitations"/>).
/// </summary>
public static class LawCheck
{
    /// <summary>Notes what is wrong.</summary>
    /// <returns>The outcome of every case.</returns>
    public static IReadOnlyList<CaseOutcome> Run(LawBook law, IReadOnlyList<LawCase> cases, Problems problems)
    {
        var runner = new CaseRunner(law);
        var outcomes = cases.Select(runner.Run).ToList();
        foreach (var outcome in outcomes.Where(outcome => !outcome.Passed))
            problems.Add(outcome.Case.Place, $"the case `{outcome.Case.Name}` fails: {string.Join("; ", outcome.Failures)}");
        DatedCitations.Check(law, problems);
        UnusedConditions(law, problems);
        UntestedLimbs(law, runner, cases, problems);
        return outcomes;
    }

    static void UnusedConditions(LawBook law, Problems problems)
    {
        var used = Limbs(law).Select(limb => limb.Of.Condition.Name).ToHashSet();
        foreach (var condition in ConditionBook.All.Where(condition => !used.Contains(condition.Name)))
            problems.Add(new Place("law"), $"no provision uses the condition `{condition.Name}`");
    }

    static void UntestedLimbs(LawBook law, CaseRunner runner, IReadOnlyList<LawCase> cases, Problems problems)
    {
        var untested = Limbs(law).Select(limb => limb.Of).DistinctBy(of => of.Id).ToDictionary(of => of.Id);
        foreach (var lawCase in cases)
        {
            var formula = runner.Compose(lawCase);
            var evaluator = new Evaluator(lawCase.Facts.Campaign, lawCase.Facts.Recipient);
            foreach (var asserted in Asserted(lawCase, formula))
            {
                var truth = evaluator.Of(asserted);
                foreach (var id in FirstLimb.LimbsIn(asserted).Select(limb => limb.Of.Id).Distinct().Where(untested.ContainsKey).ToList())
                    if (Decides(id, asserted, truth, evaluator))
                        untested.Remove(id);
            }
        }
        foreach (var limb in untested.Values)
            problems.Add(
                limb.Place,
                $"no case depends on `{limb.Id}`",
                "add a case whose verdict changes when this limb is met or not met"
            );
    }

    /// <summary>Only what a case expects can vouch for a limb.</summary>
    static IEnumerable<Formula> Asserted(LawCase lawCase, DecisionFormula formula)
    {
        if (lawCase.Send is not null)
            yield return formula.Send.Whole;
        if (lawCase.Process is not null)
            yield return formula.Process.Whole;
        if (lawCase.Separate is null)
            yield break;
        foreach (var permission in formula.Separate)
            yield return permission.Whole;
    }

    static bool Decides(string id, Formula asserted, Truth truth, Evaluator evaluator)
    {
        try
        {
            foreach (var forced in new[] { Truth.Satisfied, Truth.NotSatisfied })
            {
                evaluator.Override = (limb, own) => limb.Id == id ? forced : own;
                if (evaluator.Of(asserted) != truth)
                    return true;
            }
            return false;
        }
        finally
        {
            evaluator.Override = null;
        }
    }

    static IEnumerable<Limb> Limbs(LawBook law) =>
        law.Provisions.SelectMany(p =>
            p.Grounds.Select(ground => ground.Body).Append(p.AppliesWhen).Append(p.Body).OfType<Formula>().SelectMany(FirstLimb.LimbsIn)
        );
}
