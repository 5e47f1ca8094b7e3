using MaySend.Console.Access;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Records;
using MaySend.Records.Screenings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

public sealed class OverviewTests(Site site)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task The_overview_shows_the_last_screening_of_each_campaign_and_names_those_without_one(int width, ColorScheme scheme)
    {
        var (often, once, never) = ($"often-{width}-{scheme}", $"once-{width}-{scheme}", $"never-{width}-{scheme}");
        foreach (var id in new[] { often, once, never })
            await DescribeAsync(id);
        await ScreenAsync(often, "anna@example.com", "ben@example.com", "cleo@example.com");
        var earlier = await ScreenAsync(once, "anna@example.com");
        var later = await ScreenAsync(often, "anna@example.com", "ben@example.com");

        var page = await site.SignInAsync(Role.Auditor, width, scheme);
        await page.GotoAsync("/console");
        var rows = page.GetByRole(AriaRole.Region, new() { Name = "Last screening of each campaign" }).Locator("tbody tr");
        foreach (var (campaign, people, run) in new[] { (often, 2, later), (once, 1, earlier) })
        {
            var row = rows.Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = campaign, Exact = true }) });
            (await row.CountAsync()).ShouldBe(1);
            var numbers = await row.Locator("td.number")
                .EvaluateAllAsync<string[]>("cells => cells.map(cell => cell.firstChild.textContent.trim())");
            numbers.ShouldBe(["0", $"{people}", "0"]);
            (await row.GetByRole(AriaRole.Link).GetAttributeAsync("href")).ShouldBe($"/console/screen/{run}");
        }
        var section = page.GetByRole(AriaRole.Region, new() { Name = "Who may be reached, campaign by campaign" });
        await Assertions.Expect(section).ToContainTextAsync(never);
        (await rows.Filter(new() { HasText = never }).CountAsync()).ShouldBe(0);
        await Looks.GoodAsync(page, $"overview-{scheme}");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_may_not_read_screenings_does_not_learn_their_numbers_from_the_overview()
    {
        await DescribeAsync("kept-from-developers");
        await ScreenAsync("kept-from-developers", "anna@example.com");
        using var visitor = await Visitor.SignInAsync(site.Url, Role.Developer);
        var html = await visitor.Http.GetStringAsync("/console", Stop);
        html.ShouldContain("<h1>Overview</h1>");
        html.ShouldNotContain("kept-from-developers");
    }

    async Task DescribeAsync(string id)
    {
        var records = site.Services.GetRequiredService<ServerRecords>();
        var day = DateOnly.FromDateTime(site.Store.Clock.GetUtcNow().UtcDateTime).AddDays(30);
        await records.AddAsync(
            new CampaignDescribed(id, new Campaign(id, "no-such-sender", "email", day)),
            Actor.Runner("test"),
            cancellation: Stop
        );
    }

    async Task<string> ScreenAsync(string campaign, params string[] addresses)
    {
        var runs = site.Services.GetRequiredService<ScreeningRuns>();
        var run = runs.Prepare("test", campaign, null, "people.csv", isUploaded: true);
        await File.WriteAllTextAsync(
            Path.Combine(runs.UploadFolder(run), "people.csv"),
            $"address,country\n{string.Concat(addresses.Select(address => $"{address},gb\n"))}",
            Stop
        );
        runs.Ask(run).ShouldBeTrue();
        for (var tries = 0; tries < 600 && runs.Find(run.Id) is { State: ScreeningState.Waiting or ScreeningState.Running }; tries++)
            await Task.Delay(50, Stop);
        runs.Find(run.Id)!.Result.ShouldNotBeNull(string.Join("; ", runs.Find(run.Id)!.Problems));
        return run.Id;
    }
}
