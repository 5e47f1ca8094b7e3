using MaySend.Assessments.Documents;
using MaySend.Law.Provisions;

namespace MaySend.Assessments.Readiness;

/// <summary>
/// Says what an assessment still lacks and where its answers contradict each other or the law. What blocks must be mended before the
/// document is handed in or signed; the rest is for a person to weigh. It never says that an assessment is right: that is what the second
/// person and the signature are for.
/// </summary>
public static class ReadinessCheck
{
    /// <summary>Every finding about a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="law">The law that is asked whether the send key wants consent.</param>
    /// <param name="today">The day on which it would be signed; for a signed document the day of its signature counts.</param>
    public static IReadOnlyList<Finding> Run(AssessmentDocument document, LawBook law, DateOnly today)
    {
        var day = document.Life.SignedBy?.On ?? today;
        var findings = Completeness.Find(document, day);
        return
        [
            .. document.IsReliedOn
                ? findings.Concat(Contradictions.Find(document, day)).Concat(SendRule.Find(document, law, day))
                : findings,
        ];
    }

    /// <summary>
    /// Every finding while the document is being written: contradictions are looked for as if the tests that are still open were passed, so
    /// that they show before the outcome is chosen.
    /// </summary>
    public static IReadOnlyList<Finding> Foresee(AssessmentDocument document, LawBook law, DateOnly today)
    {
        static TestOutcome Open(TestOutcome outcome) => outcome.Passed is null ? outcome with { Passed = true } : outcome;
        var content = document.Content;
        var foreseen = document with
        {
            Content = content with
            {
                Purpose = Open(content.Purpose),
                Necessity = Open(content.Necessity),
                Balancing = Open(content.Balancing),
            },
        };
        var gaps = Completeness.Find(document, today);
        return
        [
            .. foreseen.IsReliedOn
                ? gaps.Concat(Contradictions.Find(foreseen, today).Where(finding => !IsOnlyUnwritten(finding, content)))
                    .Concat(SendRule.Find(foreseen, law, today))
                : gaps,
        ];
    }

    /// <summary>
    /// That no safeguard does a thing is no contradiction while none is named at all; that none is named is a gap already.
    /// </summary>
    static bool IsOnlyUnwritten(Finding finding, AssessmentContent content) =>
        finding.Subject == "safeguards" && content.Safeguards.IsEmpty;

    /// <summary>Every finding about a document file, with places.</summary>
    public static IReadOnlyList<Finding> Run(AssessmentFile file, LawBook law, DateOnly today) =>
        file.Locate(Run(file.Document, law, today));
}
