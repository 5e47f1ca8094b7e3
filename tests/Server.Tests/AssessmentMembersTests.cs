using System.Collections.Immutable;
using System.Text.Json;
using MaySend.Assessments.Documents;
using MaySend.Assessments.Questions;
using MaySend.Console.Assessing;
using MaySend.Law.Facts;
using MaySend.Reading;
using MaySend.Server.Http;

namespace MaySend.Server.Tests;

/// <summary>
/// What an assessment says is written to a document and shown in forms; neither may leave a member out, or a signature would stand under
/// other words.
/// </summary>
public class AssessmentMembersTests
{
    static readonly DateOnly Day = new(2026, 3, 10);

    static AssessmentContent Full { get; } =
        new()
        {
            Title = "title",
            Note = "note",
            Scope = new()
            {
                Sender = "lantern-ltd",
                Establishment = "gb",
                Purposes = NameSet.Of("direct-marketing"),
                Channels = NameSet.Of("email", "sms"),
                Audiences = NameSet.Of("customers"),
                Families = NameSet.Of("candles"),
                Countries = NameSet.Of("fr", "gb"),
                Data = [new("email address", "recipient", true), new("orders", "recipient", false)],
                Profiling = true,
                Children = false,
                PlannedIn30Days = 2,
                MessagesIn30Days = 3,
                FirstSend = Day,
            },
            Answers = QuestionBook.All.ToImmutableSortedDictionary(
                question => question.Id,
                question => new GivenAnswer(
                    $"says {question.Id}",
                    question.AsksForChoice ? question.Number % 2 == 0 : null,
                    ["one", $"two of {question.Id}"]
                ),
                StringComparer.Ordinal
            ),
            Purpose = new(true, "purpose"),
            Necessity = new(false, "necessity"),
            Balancing = new(true, "balancing"),
            Safeguards = [.. SafeguardKinds.All.Select((kind, at) => new Safeguard(kind, at % 2 == 0, $"says {kind}"))],
            Review = new()
            {
                Due = Day.AddDays(300),
                Triggers = NameSet.Of(ReviewTriggers.All),
                ObjectionsPerThousand = 4,
            },
        };

    [Fact]
    public void The_example_of_these_tests_says_something_under_every_member()
    {
        SaysSomething(Full, new AssessmentContent());
        SaysSomething(Full.Scope, new AssessmentScope());
        SaysSomething(Full.Review, new ReviewPlan());
    }

    [Fact]
    public void Every_member_comes_back_from_the_document()
    {
        var written = DocumentWriter.Write(
            new AssessmentDocument("LIA-1", 1, Full, [new LifeEvent(LifeEventKind.Drafted, "writer", Day, "begun")])
        );
        var problems = new Problems();
        var read = AssessmentFile.Parse(written, "LIA-1", problems);
        problems.List.ShouldBeEmpty();
        Text(read!.Document.Content).ShouldBe(Text(Full));
    }

    [Fact]
    public void Every_member_comes_back_from_the_steps_of_the_console()
    {
        var words = new ScopeWords(["lantern-ltd"], ["candles"], ["fr", "gb"]);
        var content = new AssessmentContent();
        foreach (var step in AssessmentStep.All)
        {
            var form = StepFields.Fill(Full, step);
            content = StepFields.Read(form, content, step, words);
            form.Problems.ShouldBeEmpty();
        }
        Text(content).ShouldBe(Text(Full));
    }

    static void SaysSomething<T>(T full, T blank)
    {
        foreach (var member in typeof(T).GetProperties().Where(member => member.CanWrite))
            member.GetValue(full).ShouldNotBe(member.GetValue(blank), member.Name);
    }

    static string Text(AssessmentContent content) => JsonSerializer.Serialize(content, Http.Json.Web);
}
