using MaySend.Assessments.Documents;
using MaySend.Law.Provisions;

namespace MaySend.Assessments.Readiness;

/// <summary>
/// Says what an assessment still lacks and where its answers contradict each other or the law. What blocks must be mended before the document is handed in or signed;
/// the rest is for a person to weigh. It never says that an assessment is right: that is what the second person and the signature are for.
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
        return [.. document.IsReliedOn ? findings.Concat(Contradictions.Find(document, day)).Concat(SendRule.Find(document, law, day)) : findings];
    }

    /// <summary>Every finding about a document file, with places.</summary>
    public static IReadOnlyList<Finding> Run(AssessmentFile file, LawBook law, DateOnly today) => file.Locate(Run(file.Document, law, today));
}
