using MaySend.Assessments.Documents;
using MaySend.Assessments.Questions;
using MaySend.Evidence.Countries;
using MaySend.Law.Facts;
using MaySend.Records.Assessing;
using MaySend.Server.Api.Bodies;

namespace MaySend.Server.Api;

/// <summary>
/// The words that the content of an assessment is made of. What is not said yet is no mistake: the readiness check finds it.
/// </summary>
static class AssessmentChecks
{
    public static void Check(AssessmentContent content, Mistakes mistakes)
    {
        mistakes.Words("scope.purposes", content.Scope.Purposes, Message.Purpose.Words);
        mistakes.Words("scope.channels", content.Scope.Channels, Words.Channels);
        mistakes.Words("scope.audiences", content.Scope.Audiences, Words.Audiences);
        mistakes.Words("review.triggers", content.Review.Triggers, ReviewTriggers.All);
        foreach (var (data, index) in content.Scope.Data.Select((data, index) => (data, index)))
            mistakes.Word($"scope.data[{index}].source", data.Source, Collection.From.Words);
        foreach (var (safeguard, index) in content.Safeguards.Select((safeguard, index) => (safeguard, index)))
            mistakes.Word($"safeguards[{index}].kind", safeguard.Kind, SafeguardKinds.All);
        foreach (var id in content.Answers.Keys.Where(id => QuestionBook.Find(id) is null))
            mistakes.Add(
                $"answers.{id}",
                "is not a question",
                $"one of {string.Join(", ", QuestionBook.All.Select(question => question.Id))}"
            );
        if (content.Scope.Establishment is { } establishment)
            Country("scope.establishment", establishment, mistakes);
        foreach (var country in content.Scope.Countries.IsEverything ? [] : content.Scope.Countries.Names)
            Country("scope.countries", country, mistakes);
        if (!mistakes.IsEmpty)
            return;
        // The document is the last word on what it can hold.
        foreach (var problem in AssessmentDesk.Unreadable(content))
            mistakes.Add("", problem.Text, problem.Help);
    }

    static void Country(string field, string country, Mistakes mistakes)
    {
        if (!CountryNames.TryRead(country, out var read) || read.Names.Length != 1)
            mistakes.Add(field, "is not a country", "a code such as gb");
    }
}
