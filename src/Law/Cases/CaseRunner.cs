using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Law.Cases;

/// <summary>What became of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Send">The send key.</param>
/// <param name="Process">The process key.</param>
/// <param name="Failures">What is not as expected; empty when it passes.</param>
public sealed record CaseOutcome(LawCase Case, KeyReason Send, KeyReason Process, IReadOnlyList<string> Failures)
{
    /// <summary>True when everything is as expected.</summary>
    public bool Passed => Failures.Count == 0;
}

/// <summary>Runs cases against a law book, by the explaining reader.</summary>
public sealed class CaseRunner(LawBook law)
{
    readonly Composer composer = new(law);

    /// <summary>The formula of a case.</summary>
    public DecisionFormula Compose(LawCase lawCase)
    {
        var campaign = lawCase.Facts.Campaign;
        var channel = campaign.Message[Message.Channel];
        var day = campaign.Message[Message.Day] is { IsRecorded: true } value ? value.Day : DateOnly.MinValue;
        var countries = lawCase.Facts.Recipient.Recipient[Recipient.Countries].Set?.Names ?? [];
        var reach = law.Reach(campaign.Sender[Sender.Establishment].Name, countries);
        return composer.Compose(
            reach,
            channel.IsRecorded ? Message.Channel.Words[(int)channel.Number] : null,
            day,
            lawCase.KnownAt ?? day,
            lawCase.Policy
        );
    }

    /// <summary>Runs one case.</summary>
    public CaseOutcome Run(LawCase lawCase)
    {
        var formula = Compose(lawCase);
        var evaluator = new Evaluator(lawCase.Facts.Campaign, lawCase.Facts.Recipient);
        var send = KeyReason.Of(formula.Send, evaluator);
        var process = KeyReason.Of(formula.Process, evaluator);
        var failures = new List<string>();
        Expect("send", lawCase.Send, send, failures);
        Expect("process", lawCase.Process, process, failures);
        if (lawCase.Separate is { } separate && KeyVerdicts.Of(SeparateTruth(formula, evaluator)) is var actual && actual != separate)
            failures.Add($"separate: expected {separate.Word()}, got {actual.Word()}");
        foreach (var condition in lawCase.Because.Where(condition => !Decides(condition, formula, evaluator)))
            failures.Add($"`{condition}` is not among the unmet conditions");
        return new CaseOutcome(lawCase, send, process, failures);
    }

    static Truth SeparateTruth(DecisionFormula formula, Evaluator evaluator) =>
        formula.Separate.IsEmpty
            ? Truth.NotEvidenced
            : formula.Separate.Select(permission => evaluator.Of(permission.Whole)).Aggregate(TruthTables.And);

    static void Expect(string key, KeyVerdict? expected, KeyReason actual, List<string> failures)
    {
        if (expected is { } verdict && verdict != KeyVerdicts.Of(actual.Truth))
            failures.Add($"{key}: expected {verdict.Word()}, got {KeyVerdicts.Of(actual.Truth).Word()} ({actual.Code})");
    }

    /// <summary>A named condition decides when it is unmet in some ground, duty or bar of a key that does not turn.</summary>
    static bool Decides(string condition, DecisionFormula formula, Evaluator evaluator) =>
        formula
            .Keys.SelectMany(key => key.Elements)
            .Where(element => evaluator.Of(element.Clear) != Truth.Satisfied)
            .SelectMany(element =>
                element
                    .Grounds.Select(ground => ground.Body)
                    .Append(element.Kind == ElementKind.Bar && element.Body is { } bar ? new Not(bar) : element.Body)
                    .OfType<Formula>()
            )
            .Any(body => IsUnmetIn(body, condition, evaluator));

    static bool IsUnmetIn(Formula formula, string condition, Evaluator evaluator) =>
        formula switch
        {
            Limb limb => limb.Of.Condition.Name == condition && evaluator.Of(limb) != Truth.Satisfied,
            All all => all.Parts.Any(part => IsUnmetIn(part, condition, evaluator)),
            Any any => any.Parts.Any(part => IsUnmetIn(part, condition, evaluator)),
            Not not => FirstLimb.LimbsIn(not.Part).Any(limb => limb.Of.Condition.Name == condition),
            Some some => evaluator.Records(some.Kind) is { IsEmpty: false } records
                ? records.Any(record => IsUnmetOn(record, some.Body, condition, evaluator))
                : FirstLimb.LimbsIn(some.Body).Any(limb => limb.Of.Condition.Name == condition),
            _ => false,
        };

    static bool IsUnmetOn(FactSheet record, Formula body, string condition, Evaluator evaluator)
    {
        using (evaluator.At(record))
            return IsUnmetIn(body, condition, evaluator);
    }
}
