using System.Reflection;
using MaySend.Assessments.Documents;
using MaySend.Assessments.Life;
using MaySend.Assessments.Readiness;
using MaySend.Law.Files;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Assessments.Tests;

/// <summary>The worked example under <c>samples/assessments</c>, and the real law.</summary>
static class Sample
{
    static readonly Lazy<LawBook> RealLaw = new(() => LawReader.Read(Path.Combine(Root, "law")));

    public static string Root =>
        typeof(Sample).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static string FilePath => Path.Combine(Root, "samples", "assessments", "LIA-10.v1.yaml");

    public static LawBook Law => RealLaw.Value;

    public static readonly DateOnly Day = new(2026, 2, 6);

    /// <summary>As signed.</summary>
    public static AssessmentDocument Signed { get; } = Parse(File.ReadAllText(FilePath)).Document;

    /// <summary>The same words as a draft.</summary>
    public static AssessmentDocument Draft { get; } = Signed with { History = [Signed.History[0]] };

    public static AssessmentFile Parse(string text)
    {
        var problems = new Problems();
        var file = AssessmentFile.Parse(text, "lia.yaml", problems);
        problems.ThrowIfAny();
        return file!;
    }

    public static IReadOnlyList<Problem> ProblemsOf(string text)
    {
        var problems = new Problems();
        AssessmentFile.Parse(text, "lia.yaml", problems).ShouldBeNull();
        return problems.List;
    }

    public static AssessmentDocument Changed(Func<AssessmentContent, AssessmentContent> change) =>
        Draft with
        {
            Content = change(Draft.Content),
        };

    public static AssessmentDocument Scoped(Func<AssessmentScope, AssessmentScope> change) =>
        Changed(content => content with { Scope = change(content.Scope) });

    public static AssessmentDocument Choosing(string question, bool choice) =>
        Changed(content =>
            content with
            {
                Answers = content.Answers.SetItem(question, content.Answers[question] with { Choice = choice }),
            }
        );

    public static IReadOnlyList<Finding> Blocking(AssessmentDocument document) =>
        [.. ReadinessCheck.Run(document, Law, Day).Where(finding => finding.Blocks)];

    public static AssessmentDocument After(this AssessmentDocument document, LifeCommand command)
    {
        var outcome = LifeCycle.Answer(document, command, new DateOnly(2030, 1, 1));
        outcome.Refusal.ShouldBeNull();
        return document.After(outcome.Event!);
    }
}
