using MaySend.Decisions;
using MaySend.Law.Formulas;
using MaySend.Screening.Reports;
using MaySend.Screening.Tests.Files;

namespace MaySend.Screening.Tests.Reports;

/// <summary>The report and the answer about one person name the same way on.</summary>
public sealed class RemedyTests : IDisposable
{
    readonly AudienceBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Where_an_answer_names_a_way_on_the_report_names_it_too()
    {
        // Somebody of whom nothing is on record: no order that could be completed, only one that could be recorded.
        bench.Write("people.csv", "address,country,subscriber\nanna@example.com,gb,individual\nben@example.com,gb,individual\n");
        bench.Write("orders.csv", "address,id,when\n");
        var outcome = bench.Screen();
        outcome.Rows.ShouldAllBe(row => row.Verdict == Verdict.NotShown);
        outcome.Summary.Gains.ShouldBeEmpty();
        outcome.Summary.Named.ShouldNotBeEmpty();
        outcome.Summary.Named.ShouldAllBe(named => named.People == 2);
        var order = outcome.Summary.Named.Single(named => named.Text.StartsWith("record the order", StringComparison.Ordinal));
        // What leads to the page or the command that mends it: the kind of act, and what it would meet.
        (order.Kind, order.Condition).ShouldBe((RemedyKind.RecordIfTrue, "collection.by-the-sender-from-the-recipient"));
        outcome.Summary.Named.ShouldAllBe(named => named.Kind != null);
        var report = HtmlReport.Write(outcome.Summary, AudienceBench.Law);
        report.ShouldContain(outcome.Summary.Named[0].Text);
        report.ShouldNotContain("would gain anybody");
    }

    [Fact]
    public void Whom_an_act_of_the_sender_would_gain_is_counted_there_and_not_twice()
    {
        bench.Assess("");
        var summary = bench.Screen().Summary;
        var gain = summary.Gains.ShouldHaveSingleItem();
        gain.Gained.ShouldBe(1);
        gain.Kinds.Length.ShouldBe(gain.Conditions.Length);
        gain.Conditions.ShouldAllBe(condition => condition.StartsWith("assessment.", StringComparison.Ordinal));
        summary.Named.ShouldBeEmpty();
    }

    [Fact]
    public void What_only_works_together_is_named_as_one_step()
    {
        bench.Delete("assessments.yaml");
        bench.Write("templates.yaml", "templates: {}\n");
        bench.Plan("-template:");
        var gain = bench.Screen().Summary.Gains.ShouldHaveSingleItem();
        gain.Gained.ShouldBe(1);
        gain.Text.ShouldStartWith("together: ");
        gain.Text.ShouldContain("assessment");
        gain.Kinds.ShouldContain(Law.Formulas.RemedyKind.SignAssessment);
        gain.Kinds.Length.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Where_only_the_assessment_is_missing_writing_it_is_the_whole_step()
    {
        bench.Delete("assessments.yaml");
        var gain = bench.Screen().Summary.Gains.ShouldHaveSingleItem();
        (gain.Gained, gain.Kinds.Single()).ShouldBe((1, Law.Formulas.RemedyKind.SignAssessment));
    }
}
