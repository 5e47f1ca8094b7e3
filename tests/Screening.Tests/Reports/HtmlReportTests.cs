using System.Globalization;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using MaySend.Decisions;
using MaySend.Screening.Reports;
using MaySend.Screening.Tests.Files;
using Microsoft.Playwright;

namespace MaySend.Screening.Tests.Reports;

public sealed partial class HtmlReportTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public void The_report_contains_no_address()
    {
        var (html, outcome) = Report();
        html.ShouldNotContain("@example.com");
        foreach (var row in outcome.Rows.Take(20))
            html.ShouldNotContain(row.Person.Address);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_report_draws_in_a_browser_without_faults_asks_for_nothing_else_and_is_accessible(ColorScheme colours)
    {
        var faults = new List<string>();
        var page = await browser.OpenAsync(Written(Report().Html), colours, faults);
        (
            await page.Locator("#funnel")
                .EvaluateAsync<bool>(
                    "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(byte => byte > 0)"
                )
        ).ShouldBeTrue();
        var found = await page.RunAxe();
        faults.ShouldBeEmpty();
        found
            .Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}")
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task The_numbers_in_the_report_are_those_of_the_summary()
    {
        var (html, (summary, _)) = Report();
        var page = await browser.OpenAsync(Written(html), ColorScheme.Light, []);
        (await page.Locator(".card b").AllInnerTextsAsync()).ShouldBe([
            Text(summary.Counts[Verdict.Permitted]),
            Text(summary.Counts[Verdict.NotShown]),
            Text(summary.Counts[Verdict.Refused]),
        ]);
        var steps = await Numbers(page, "Steps in order");
        steps[0].ShouldBe([summary.People]);
        steps.Skip(1).Sum(step => step[0]).ShouldBe(summary.Counts[Verdict.Refused]);
        steps.Skip(1).Sum(step => step[1]).ShouldBe(summary.Counts[Verdict.NotShown]);
        steps[^1][2].ShouldBe(summary.Counts[Verdict.Permitted]);
        var countries = await Numbers(page, "Countries");
        countries.Select(country => country.Sum()).ShouldBe(summary.Countries.Select(country => country.Total));
        (await Numbers(page, "Ground of the send key")).Sum(ground => ground[0]).ShouldBe(summary.Counts[Verdict.Permitted]);
    }

    [Theory]
    [InlineData("live-call", "may be called", "do not call")]
    [InlineData("fax", "may be sent a fax", "do not fax")]
    public void The_report_of_a_campaign_on_another_channel_never_speaks_of_mail(string channel, string may, string doNot)
    {
        var (_, (summary, _)) = Report();
        var html = HtmlReport.Write(summary with { Channel = channel, Gains = [], Named = [], Reasons = [] }, AudienceBench.Law);
        var page = html[..html.IndexOf("<script>", StringComparison.Ordinal)];
        page.ShouldContain($"who {may}");
        page.ShouldContain($"half or more {may}");
        page.ShouldContain(doNot);
        html[html.LastIndexOf("<script>", StringComparison.Ordinal)..].ShouldContain($"label: \"{may}\"");
        page.ShouldNotContain("mailed");
    }

    [Fact]
    public void What_a_campaign_is_called_cannot_become_markup()
    {
        var (_, (summary, _)) = Report();
        var html = HtmlReport.Write(summary with { Campaign = "<script>alert(1)</script>", Notes = ["<b>note</b>"] }, AudienceBench.Law);
        html.ShouldNotContain("<script>alert");
        html.ShouldNotContain("<b>note");
    }

    static async Task<List<int[]>> Numbers(IPage page, string caption)
    {
        var rows = page.Locator("table", new() { Has = page.Locator("caption", new() { HasText = caption }) }).Locator("tbody tr");
        var numbers = new List<int[]>();
        foreach (var row in await rows.AllAsync())
            numbers.Add([
                .. (await row.Locator("td.n").AllInnerTextsAsync())
                    .Where(text => text.Trim().Length > 0)
                    .Select(text => int.Parse(NotDigits().Replace(text, ""), CultureInfo.InvariantCulture)),
            ]);
        return numbers;
    }

    static (string Html, Outcome Outcome) Report()
    {
        using var bench = new AudienceBench();
        string[] countries = ["gb", "gb", "de", "fr", "au", ""];
        var all = Enumerable.Range(0, 300).Select(i => string.Create(CultureInfo.InvariantCulture, $"p{i}@example.com")).ToList();
        bench.Write(
            "people.csv",
            "address,country,subscriber\n"
                + string.Concat(all.Select((address, i) => $"{address},{countries[i % countries.Length]},individual\n"))
        );
        bench.Write(
            "orders.csv",
            "address,id,when,obtained_by,from,context,point,products,refused\n"
                + string.Concat(
                    all.Where((_, i) => i % 5 != 0)
                        .Select(address => $"{address},order,2025-06-02,lantern-ltd,recipient,sale,checkout,C1,no\n")
                )
        );
        bench.Write("refusals.csv", "address\n" + string.Concat(all.Where((_, i) => i % 7 == 0).Select(address => $"{address}\n")));
        var outcome = bench.Screen();
        outcome.Summary.Counts.Values.ShouldAllBe(count => count > 0);
        return (HtmlReport.Write(outcome.Summary, AudienceBench.Law), outcome);
    }

    static string Written(string html)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("maysend-report-").FullName, "report.html");
        File.WriteAllText(path, html);
        return path;
    }

    static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    [GeneratedRegex("[^0-9]")]
    private static partial Regex NotDigits();
}
