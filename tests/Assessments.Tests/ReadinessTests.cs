using MaySend.Assessments.Documents;
using MaySend.Assessments.Questions;
using MaySend.Assessments.Readiness;
using MaySend.Law.Facts;

namespace MaySend.Assessments.Tests;

public class ReadinessTests
{
    [Fact]
    public void The_worked_example_with_every_question_answered_is_ready()
    {
        Sample.Signed.Content.Answers.Keys.ShouldBe(QuestionBook.All.Select(question => question.Id), ignoreOrder: true);
        Sample.Blocking(Sample.Draft).ShouldBeEmpty();
    }

    [Fact]
    public void Every_question_has_guidance_and_two_examples_that_differ()
    {
        foreach (var question in QuestionBook.All)
        {
            var (think, carries, falls) = (question.Guidance.Think, question.Guidance.Carries, question.Guidance.Falls);
            foreach (var text in new[] { think, carries, falls })
                text.Length.ShouldBeInRange(3, 300, question.Id);
            carries.ShouldNotBe(falls, question.Id);
            if (question.Against is { } against)
                carries
                    .StartsWith(against ? "Yes" : "No", StringComparison.Ordinal)
                    .ShouldBeFalse($"{question.Id}: that speaks against it");
        }
    }

    [Fact]
    public void Every_question_left_empty_is_named_with_its_place()
    {
        foreach (var question in QuestionBook.All)
        {
            var document = Sample.Changed(content => content with { Answers = content.Answers.Remove(question.Id) });
            var finding = Sample.Blocking(document).ShouldHaveSingleItem();
            finding.Subject.ShouldBe($"answers.{question.Id}");
            finding.Text.ShouldContain(question.Asks);
        }
    }

    [Fact]
    public void Every_choice_left_open_is_named()
    {
        foreach (var question in QuestionBook.All.Where(question => question.AsksForChoice))
        {
            var document = Sample.Changed(content =>
                content with
                {
                    Answers = content.Answers.SetItem(question.Id, content.Answers[question.Id] with { Choice = null }),
                }
            );
            Sample.Blocking(document).ShouldContain(finding => finding.Subject == $"answers.{question.Id}" && finding.Rule == "missing");
        }
    }

    [Fact]
    public void An_answer_that_decides_a_test_contradicts_its_being_passed()
    {
        foreach (var question in QuestionBook.All.Where(question => question.Decides))
            Sample
                .Blocking(Sample.Choosing(question.Id, question.Against!.Value))
                .ShouldContain(finding => finding.Rule == "outcome-contradicted" && finding.Subject == $"answers.{question.Id}");
    }

    [Fact]
    public void A_failed_test_needs_a_reason_and_contradicts_nothing()
    {
        var document = Sample.Choosing("less-data", true);
        document = document with { Content = document.Content with { Necessity = new TestOutcome(false, "fewer data would do") } };
        Sample.Blocking(document).ShouldBeEmpty();
        Sample
            .Blocking(document with { Content = document.Content with { Necessity = new TestOutcome(false, "") } })
            .ShouldHaveSingleItem()
            .Subject.ShouldBe("tests.necessity");
    }

    [Theory]
    [InlineData("pl", "email", "customers", true)]
    [InlineData("it", "sms", "customers", true)]
    [InlineData("it", "email", "customers", false)]
    [InlineData("gb", "email", "customers", false)]
    [InlineData("gb", "email", "prospects", false)]
    [InlineData("gb", "email", "others", true)]
    [InlineData("gb", "email", "subscribers", false)] // a charity may write to those who signed up for its news
    [InlineData("gb", "email", "business-contacts", false)]
    [InlineData("gb", "post", "others", false)]
    [InlineData("gb", "automated-call", "customers", true)]
    public void The_law_is_asked_whether_the_send_key_wants_consent(string country, string channel, string audience, bool needsConsent)
    {
        var document = Sample.Scoped(scope =>
            scope with
            {
                Countries = NameSet.Of(country),
                Channels = NameSet.Of(channel),
                Audiences = NameSet.Of(audience),
            }
        );
        Sample.Blocking(document).Any(finding => finding is { Rule: "needs-consent", Subject: "scope.channels" }).ShouldBe(needsConsent);
    }

    [Fact]
    public void A_scope_of_all_countries_names_those_that_want_consent()
    {
        var finding = Sample
            .Blocking(Sample.Scoped(scope => scope with { Countries = NameSet.Everything }))
            .First(finding => finding.Rule == "needs-consent" && finding.Text.Contains("Poland", StringComparison.Ordinal));
        finding.Text.ShouldNotContain("United Kingdom");
    }

    [Fact]
    public void A_country_without_law_on_file_is_to_be_weighed() =>
        ReadinessCheck
            .Run(Sample.Scoped(scope => scope with { Countries = NameSet.Of("gb", "br") }), Sample.Law, Sample.Day)
            .ShouldContain(finding => finding.Rule == "no-law" && !finding.Blocks);

    public static TheoryData<string, AssessmentDocument> Contradictions =>
        new()
        {
            { "children-not-weighed", Sample.Choosing("children", true) },
            { "children-not-weighed", Sample.Scoped(scope => scope with { Children = true }) },
            { "profiling-not-weighed", Sample.Choosing("profiling", true) },
            { "profiling-not-weighed", Sample.Scoped(scope => scope with { Profiling = true }) },
            { "relationship", Sample.Choosing("relationship", false) },
            { "special-category", Sample.Scoped(scope => scope with { Data = [new DataUsed("diet", "recipient", true)] }) },
            { "source", Sample.Scoped(scope => scope with { Data = [new DataUsed("email address", "third-party", false)] }) },
            { "no-opt-out", Sample.Changed(content => content with { Safeguards = [new Safeguard("other", true, "something")] }) },
            {
                "safeguard-not-in-place",
                Sample.Changed(content =>
                    content with
                    {
                        Safeguards = content.Safeguards.Add(new Safeguard("less-data", false, "planned")),
                    }
                )
            },
            { "no-cap", Sample.Scoped(scope => scope with { MessagesIn30Days = null, PlannedIn30Days = 5 }) },
            { "above-cap", Sample.Scoped(scope => scope with { PlannedIn30Days = 4 }) },
            { "signed-after-first-send", Sample.Scoped(scope => scope with { FirstSend = new DateOnly(2026, 2, 5) }) },
            {
                "review-too-late",
                Sample.Changed(content => content with { Review = content.Review with { Due = new DateOnly(2027, 2, 7) } })
            },
            { "review-overdue", Sample.Changed(content => content with { Review = content.Review with { Due = Sample.Day } }) },
            { "children-without-safeguard", Sample.Scoped(scope => scope with { Children = true }) },
        };

    [Theory, MemberData(nameof(Contradictions), DisableDiscoveryEnumeration = true)]
    public void A_contradiction_is_found(string rule, AssessmentDocument document) =>
        Sample.Blocking(document).ShouldContain(finding => finding.Rule == rule);

    [Fact]
    public void Children_that_were_weighed_and_screened_for_are_no_contradiction()
    {
        var document = Sample.Choosing("children", true);
        document = document with
        {
            Content = document.Content with
            {
                Scope = document.Content.Scope with { Children = true },
                Safeguards = document.Content.Safeguards.Add(new Safeguard("age-screen", true, "a birthday is asked for")),
            },
        };
        Sample.Blocking(document).ShouldBeEmpty();
    }

    [Fact]
    public void Findings_name_the_place_in_the_file()
    {
        var file = Sample.Parse(DocumentWriter.Write(Sample.Choosing("children", true)));
        var finding = ReadinessCheck.Run(file, Sample.Law, Sample.Day).First(finding => finding.Rule == "children-not-weighed");
        finding.Place.File.ShouldBe("lia.yaml");
        var line = DocumentWriter.Write(file.Document).Split('\n')[finding.Place.Line - 1];
        line.ShouldStartWith("  children: no");
    }

    [Fact]
    public void Contradictions_are_foreseen_before_the_outcomes_are_chosen()
    {
        var open = Sample.Changed(content =>
            content with
            {
                Purpose = new TestOutcome(null, ""),
                Necessity = new TestOutcome(null, ""),
                Balancing = new TestOutcome(null, ""),
                Scope = content.Scope with { Countries = NameSet.Of("pl") },
            }
        );
        ReadinessCheck.Run(open, Sample.Law, Sample.Day).ShouldNotContain(finding => finding.Rule == "needs-consent");
        ReadinessCheck.Foresee(open, Sample.Law, Sample.Day).ShouldContain(finding => finding.Rule == "needs-consent");
    }
}
