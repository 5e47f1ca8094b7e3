using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Law.Tests.Samples;

/// <summary>Facts put to some law under some policy.</summary>
public sealed record Question(LawBook Law, FactsDraft Facts, HousePolicy Policy)
{
    /// <summary>What makes sense, changed a little, under the real law and a policy left to chance.</summary>
    public static Question Random(RandomFacts facts) =>
        new(RealLaw.Book, facts.Changed(facts.Pick(RealLaw.Drafts), Enum.GetValues<Scope>()), RealLaw.Policy(facts));

    /// <summary>The decision as a formula.</summary>
    public DecisionFormula Decision =>
        RealLaw.Decision(Law, new Composer(Law), Facts.Campaign, Facts.Recipient.Recipient[Recipient.Countries].Set?.Names ?? [], Policy);

    /// <summary>The truth of both keys.</summary>
    public (Truth Send, Truth Process) Keys
    {
        get
        {
            var decision = Decision;
            var evaluator = new Evaluator(Facts.Campaign, Facts.Recipient);
            return (evaluator.Of(decision.Send.Whole), evaluator.Of(decision.Process.Whole));
        }
    }

    /// <summary>True when both keys turn.</summary>
    public bool IsPermitted => Keys == (Truth.Satisfied, Truth.Satisfied);
}

/// <summary>How near a truth is to letting a message out.</summary>
public static class Openness
{
    /// <summary>0 refused, 1 not shown, 2 permitted.</summary>
    public static int Rank(this Truth truth) =>
        truth switch
        {
            Truth.Satisfied => 2,
            Truth.NotEvidenced => 1,
            _ => 0,
        };
}
