using MaySend.Assessments.Documents;
using MaySend.Assessments.Questions;
using MaySend.Law.Facts;

namespace MaySend.Assessments.Readiness;

/// <summary>What is missing. An assessment that fails a test is complete too: it says why the sender does not rely on it.</summary>
static class Completeness
{
    /// <summary>House policy: the longest time until a review. The law sets none (Art 24(1) asks for review where necessary).</summary>
    const int LongestReviewInMonths = 12;

    public static IEnumerable<Finding> Find(AssessmentDocument document, DateOnly day) =>
        Answers(document.Content)
            .Concat(Outcomes(document.Content))
            .Concat(Scope(document.Content.Scope))
            .Concat(Safeguards(document.Content))
            .Concat(Review(document.Content.Review, day))
            .Concat(document.Content.Title.Length == 0 ? [Missing("title", "it has no title", "say in a few words what it is about")] : []);

    static IEnumerable<Finding> Answers(AssessmentContent content)
    {
        foreach (var question in QuestionBook.All)
        {
            var answer = content.Answers.GetValueOrDefault(question.Id);
            if (answer is null || answer.IsEmpty)
                yield return Missing(
                    $"answers.{question.Id}",
                    $"question {question.Number} is not answered: {question.Asks}",
                    "if it does not apply, say why"
                );
            else if (question.AsksForChoice && answer.Choice is null)
                yield return Missing(
                    $"answers.{question.Id}",
                    $"question {question.Number} asks for yes or no as well: {question.Asks}",
                    "choice: yes, or choice: no"
                );
        }
    }

    static IEnumerable<Finding> Outcomes(AssessmentContent content)
    {
        foreach (var test in Enum.GetValues<Test>())
        {
            var name = test.ToString().ToLowerInvariant();
            if (content.OutcomeOf(test).Passed is null)
                yield return Missing($"tests.{name}", $"the {name} test has no outcome", "outcome: passed, or outcome: failed");
            if (content.OutcomeOf(test).Reason.Length == 0)
                yield return Missing(
                    $"tests.{name}",
                    $"the outcome of the {name} test has no reason",
                    "reason: which answers decide it, and why"
                );
        }
    }

    static IEnumerable<Finding> Scope(AssessmentScope scope)
    {
        if (scope.Sender.Length == 0)
            yield return Missing("scope.sender", "no sender is named", "the controller it is for, as sender.yaml names it");
        if (scope.Establishment is null)
            yield return Missing("scope.establishment", "the sender's country is not named", "establishment: gb");
        if (!scope.Purposes.Has("direct-marketing"))
            yield return Missing(
                "scope.purposes",
                "direct-marketing is not among its purposes",
                "purposes: [direct-marketing]; decisions about marketing need it"
            );
        (string, NameSet)[] sets =
        [
            ("channels", scope.Channels),
            ("audiences", scope.Audiences),
            ("families", scope.Families),
            ("countries", scope.Countries),
        ];
        foreach (var (name, set) in sets)
            if (set.IsEmpty)
                yield return Missing($"scope.{name}", $"it names no {name}, so it covers nobody", $"{name}: [...], or all");
        if (scope.Data.IsEmpty)
            yield return Missing(
                "scope.data",
                "it does not say which data are used",
                "data: [{what: email address, source: recipient, special: no}]"
            );
        foreach (var data in scope.Data.Where(data => data.IsSpecial is null))
            yield return Missing(
                "scope.data",
                $"it does not say whether `{data.What}` is special-category or criminal-offence data",
                "special: no, or special: yes"
            );
        if (scope.Profiling is null)
            yield return Missing("scope.profiling", "it does not say whether people are profiled", "profiling: no, or profiling: yes");
        if (scope.Children is null)
            yield return Missing(
                "scope.children",
                "it does not say whether children may be among the recipients",
                "children: no, or children: yes"
            );
        if (scope.PlannedIn30Days is null)
            yield return Missing("scope.planned_in_30_days", "it does not say how often you write to people", "planned_in_30_days: 2");
        if (scope.FirstSend is null)
            yield return Missing("scope.first_send", "it does not say when the first message will rely on it", "first_send: 2026-03-10");
    }

    static IEnumerable<Finding> Safeguards(AssessmentContent content)
    {
        if (content.Safeguards.IsEmpty)
            yield return Missing(
                "safeguards",
                "it names no safeguards",
                "safeguards: [{kind: opt-out-in-every-message, in_place: yes, says: ...}]"
            );
        foreach (var safeguard in content.Safeguards)
        {
            if (safeguard.InPlace is null)
                yield return Missing(
                    "safeguards",
                    $"it does not say whether `{safeguard.Kind}` is in place",
                    "in_place: yes, or in_place: " + "no"
                );
            if (safeguard.Says.Length == 0)
                yield return Missing("safeguards", $"it does not say what is done about `{safeguard.Kind}`", "says: what exactly is done");
        }
    }

    static IEnumerable<Finding> Review(ReviewPlan review, DateOnly day)
    {
        if (review.Due is not { } due)
            yield return Missing("review.due", "no date for the review is set", "due: a day within 12 months of signing");
        else if (due <= day)
            yield return new Finding(
                "review-overdue",
                "review.due",
                $"its review is due on {due:yyyy-MM-dd}, not after {day:yyyy-MM-dd}",
                "set a later day, within 12 months of signing",
                Blocks: true
            );
        else if (due > day.AddMonths(LongestReviewInMonths))
            yield return new Finding(
                "review-too-late",
                "review.due",
                $"its review is due on {due:yyyy-MM-dd}, more than {LongestReviewInMonths} months after {day:yyyy-MM-dd}",
                "house policy allows 12 months",
                Blocks: true
            );
        if (review.Triggers.IsEmpty)
            yield return Missing(
                "review.triggers",
                "nothing brings its review forward",
                $"triggers: all, or some of {string.Join(", ", ReviewTriggers.All)}"
            );
        if (review.Triggers.Has(ReviewTriggers.ObjectionRate) && review.ObjectionsPerThousand is null)
            yield return Missing(
                "review.objections_per_thousand",
                "the objection rate that brings the review forward is not given",
                "objections_per_thousand: 5"
            );
    }

    static Finding Missing(string subject, string text, string help) => new("missing", subject, text, help, Blocks: true);
}
