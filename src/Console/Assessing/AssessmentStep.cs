using System.Collections.Immutable;
using MaySend.Assessments.Documents;
using MaySend.Assessments.Questions;

namespace MaySend.Console.Assessing;

/// <summary>One page of the guided assessment.</summary>
/// <param name="Id">Its name in addresses.</param>
/// <param name="Short">Its name in the list of steps.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Lead">What it is about, in a sentence or two.</param>
/// <param name="Questions">The questions it asks.</param>
/// <param name="Concludes">The test whose outcome is chosen at its end; null for none.</param>
public sealed record AssessmentStep(string Id, string Short, string Title, string Lead, ImmutableArray<Question> Questions, Test? Concludes)
{
    const string ScopeStep = "scope";
    const string SafeguardStep = "safeguards";

    /// <summary>The steps in order.</summary>
    public static readonly ImmutableArray<AssessmentStep> All =
    [
        new(
            ScopeStep,
            "Scope",
            "What it covers",
            "No message outside this scope can rely on the assessment, so everything here is a choice that a decision can test.",
            [],
            null
        ),
        new("purpose", "Purpose", "Purpose test", "Is there a lawful, precise and present interest?", Of(Test.Purpose), Test.Purpose),
        new(
            "necessity",
            "Necessity",
            "Necessity test",
            "Is using these data necessary for it, or would something less intrusive do?",
            Of(Test.Necessity),
            Test.Necessity
        ),
        new(
            "expectations",
            "People",
            "Balancing test: the people and their data",
            "Whose data are they, and what do these people expect?",
            Of(Test.Balancing, "data", "expectations"),
            null
        ),
        new(
            "effects",
            "Effects",
            "Balancing test: effects and outcome",
            "What may it do to them, and do their interests, rights and freedoms override yours?",
            Of(Test.Balancing, "impact", "decision"),
            Test.Balancing
        ),
        new(
            SafeguardStep,
            "Safeguards",
            "Safeguards and review",
            "What makes the effects smaller, and when will you review all this?",
            [],
            null
        ),
    ];

    /// <summary>True for the page of the scope.</summary>
    public bool IsScope => Id == ScopeStep;

    /// <summary>True for the page of safeguards and review.</summary>
    public bool IsSafeguards => Id == SafeguardStep;

    /// <summary>Its number, from 1.</summary>
    public int Number => All.IndexOf(this) + 1;

    /// <summary>The step after it; null after the last.</summary>
    public AssessmentStep? Next => Number < All.Length ? All[Number] : null;

    /// <summary>The step before it; null before the first.</summary>
    public AssessmentStep? Previous => Number > 1 ? All[Number - 2] : null;

    /// <summary>Finds a step by its name; null when there is none.</summary>
    public static AssessmentStep? Find(string? id) => All.FirstOrDefault(step => step.Id == id);

    /// <summary>The step on which a finding is mended.</summary>
    public static AssessmentStep Of(Finding finding) => All.First(step => step.Holds(finding.Subject));

    bool Holds(string subject) =>
        subject.Split('.') switch
        {
            ["answers", var question, ..] => Questions.Any(one => one.Id == question),
            ["tests", var test, ..] => string.Equals(Concludes?.ToString(), test, StringComparison.OrdinalIgnoreCase),
            ["safeguards" or "review", ..] => IsSafeguards,
            _ => IsScope,
        };

    static ImmutableArray<Question> Of(Test test, params string[] parts) =>
        [.. QuestionBook.Of(test).Where(question => parts.Length == 0 || parts.Contains(question.Part))];
}
