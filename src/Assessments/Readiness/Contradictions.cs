using MaySend.Assessments.Documents;
using MaySend.Assessments.Questions;

namespace MaySend.Assessments.Readiness;

/// <summary>Where an assessment that passes all three tests contradicts its own answers, scope and safeguards.</summary>
static class Contradictions
{
    /// <summary>
    /// House policy: from this many messages to one person in 30 days on, a limit must be stated. One a week is what people who bought
    /// something are used to.
    /// </summary>
    const int OftenIn30Days = 5;

    public static IEnumerable<Finding> Find(AssessmentDocument document, DateOnly day)
    {
        var content = document.Content;
        return AgainstTheOutcome(content)
            .Concat(People(content))
            .Concat(Data(content))
            .Concat(Safeguards(content))
            .Concat(Frequency(content.Scope, content))
            .Concat(Retro(content.Scope, day));
    }

    static IEnumerable<Finding> AgainstTheOutcome(AssessmentContent content)
    {
        foreach (
            var question in QuestionBook.All.Where(question =>
                question.Against is not null && Choice(content, question.Id) == question.Against
            )
        )
        {
            var chosen = question.Against == true ? "yes" : "no";
            var test = question.Test.ToString().ToLowerInvariant();
            yield return question.Decides
                ? new Finding(
                    "outcome-contradicted",
                    $"answers.{question.Id}",
                    $"question {question.Number} is answered {chosen}, but the {test} test is passed: {question.Asks}",
                    $"either the {test} test fails, or the answer is wrong",
                    Blocks: true
                )
                : new Finding(
                    "speaks-against",
                    $"answers.{question.Id}",
                    $"question {question.Number} is answered {chosen}, which speaks against relying on it: {question.Asks}",
                    $"the reason of the {test} test should deal with it",
                    Blocks: false
                );
        }
    }

    static IEnumerable<Finding> People(AssessmentContent content)
    {
        var scope = content.Scope;
        if (Choice(content, "children") == true && scope.Children != true)
            yield return Contradicts(
                "children-not-weighed",
                "scope.children",
                "children or others who need protection are among the recipients, but its scope says that this was not weighed",
                "weigh their interests and say children: yes, or keep them out of the audience"
            );
        if (Choice(content, "children") == false && scope.Children == true)
            yield return Contradicts(
                "children-not-weighed",
                "answers.children",
                "its scope includes children, but question `children` is answered no",
                "answer the question for them, or say children: no"
            );
        if (scope.Children == true && !HasInPlace(content, "age-screen", "less-data", "other"))
            yield return Contradicts(
                "children-without-safeguard",
                "safeguards",
                "its scope includes children, but no safeguard is about them",
                "age-screen, less-data or other, and what is done"
            );
        if (scope.Profiling == true && Choice(content, "profiling") != true)
            yield return Contradicts(
                "profiling-not-weighed",
                "answers.profiling",
                "its scope includes profiling, but question `profiling` does not weigh it",
                "say how people are profiled and what was weighed, or say profiling: no"
            );
        if (scope.Profiling == false && Choice(content, "profiling") == true)
            yield return Contradicts(
                "profiling-not-weighed",
                "scope.profiling",
                "people are profiled, but its scope says that this was not weighed",
                "weigh it and say profiling: yes, or do not profile"
            );
        if (
            Choice(content, "relationship") == false
            && scope.Audiences.Names.FirstOrDefault(name => name is "customers" or "members" or "supporters") is { } audience
        )
            yield return Contradicts(
                "relationship",
                "answers.relationship",
                $"it says that there is no relationship, but its audience is {audience}",
                "one of the two is wrong"
            );
    }

    static IEnumerable<Finding> Data(AssessmentContent content)
    {
        var special = content.Scope.Data.FirstOrDefault(data => data.IsSpecial == true);
        if (special is not null)
            yield return Contradicts(
                "special-category",
                "scope.data",
                $"`{special.What}` is special-category or criminal-offence data, which legitimate interests cannot justify (Art 9, 10)",
                "leave these data out, or ask for explicit consent"
            );
        var elsewhere = content.Scope.Data.FirstOrDefault(data => data.Source != "recipient");
        if (elsewhere is not null && Choice(content, "direct") == true)
            yield return Contradicts(
                "source",
                "answers.direct",
                $"it says that people gave the data themselves, but `{elsewhere.What}` comes from {elsewhere.Source}",
                "one of the two is wrong"
            );
    }

    static IEnumerable<Finding> Safeguards(AssessmentContent content)
    {
        if (!HasInPlace(content, SafeguardKinds.OptOut))
            yield return Contradicts(
                "no-opt-out",
                "safeguards",
                "no safeguard gives people a way out of every message (Art 21(2)-(3); the soft opt-in requires it too)",
                $"put the safeguard `{SafeguardKinds.OptOut}` in place"
            );
        foreach (var safeguard in content.Safeguards.Where(safeguard => safeguard.InPlace == false))
            yield return Contradicts(
                "safeguard-not-in-place",
                "safeguards",
                $"the balancing test is passed, but its safeguard `{safeguard.Kind}` is not in place",
                "put it in place, take it out and weigh again, or let the test fail"
            );
    }

    static IEnumerable<Finding> Frequency(AssessmentScope scope, AssessmentContent content)
    {
        if (scope.MessagesIn30Days is null && scope.PlannedIn30Days >= OftenIn30Days)
            yield return Contradicts(
                "no-cap",
                "scope.planned_in_30_days",
                $"{scope.PlannedIn30Days} messages in 30 days are planned, but no limit is stated",
                "state the limit that was weighed (messages_in_30_days)"
            );
        if (scope.MessagesIn30Days is null && HasInPlace(content, SafeguardKinds.FrequencyCap))
            yield return Contradicts(
                "no-cap",
                "safeguards",
                "a limit on messages is named as a safeguard, but the scope states none, so no decision can apply it",
                "state the limit (messages_in_30_days)"
            );
        if (scope.PlannedIn30Days > scope.MessagesIn30Days)
            yield return Contradicts(
                "above-cap",
                "scope.planned_in_30_days",
                $"{scope.PlannedIn30Days} messages in 30 days are planned, but the limit is {scope.MessagesIn30Days}",
                "plan fewer, or weigh more"
            );
    }

    static IEnumerable<Finding> Retro(AssessmentScope scope, DateOnly day)
    {
        if (scope.FirstSend < day)
            yield return Contradicts(
                "signed-after-first-send",
                "scope.first_send",
                $"the first message relied on it on {scope.FirstSend:yyyy-MM-dd}, before it could be signed on {day:yyyy-MM-dd}",
                "an assessment covers only what is sent after it was signed: name the first day from now on, and deal "
                    + "separately with what went out before"
            );
    }

    static bool? Choice(AssessmentContent content, string question) => content.Answers.GetValueOrDefault(question)?.Choice;

    static bool HasInPlace(AssessmentContent content, params string[] kinds) =>
        content.Safeguards.Any(safeguard => safeguard.InPlace == true && kinds.Contains(safeguard.Kind));

    static Finding Contradicts(string rule, string subject, string text, string help) => new(rule, subject, text, help, Blocks: true);
}
