using MaySend.Console.Access;
using MaySend.Records.Screenings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

/// <summary>Who may be sent a campaign on the next Fridays, from its page; and a screening that is stopped.</summary>
public sealed class FridaysTests(Site site)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_its_campaign_one_sees_week_by_week_who_may_be_sent_it()
    {
        var page = await site.SignInAsync(Role.Marketer);
        await page.GotoAsync("/console/campaigns/fridays?campaign=spring-2026");
        await Looks.GoodAsync(page, "fridays-asked");
        await page.GetByLabel("First day").FillAsync("2026-03-13");
        await page.GetByLabel("Weeks").FillAsync("4");
        await page.GetByRole(AriaRole.Button, new() { Name = "Count", Exact = true }).ClickAsync();
        await Assertions
            .Expect(page.Locator("h1"))
            .ToContainTextAsync("spring-2026: who may be mailed in the next 4 weeks", new() { Timeout = 30_000 });
        (await page.Locator("tbody tr").CountAsync()).ShouldBe(4);
        await Assertions.Expect(page.Locator("canvas").First).ToBeVisibleAsync();
        await Looks.GoodAsync(page, "fridays");
        await page.SetViewportSizeAsync(360, 800);
        await Looks.GoodAsync(page, "fridays");
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = "fridays.csv" }).ClickAsync()
        );
        (await File.ReadAllTextAsync(await download.PathAsync(), Stop)).ShouldStartWith(
            "address,2026-03-13,2026-03-20,2026-03-27,2026-04-03,"
        );
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_list_one_brings_is_counted_week_by_week_and_files_beside_everybody_are_asked_about()
    {
        using var marketer = await Visitor.SignInAsync(site.Url, Role.Marketer);
        const string Place = "/console/campaigns/fridays?campaign=spring-2026";
        async Task<HttpResponseMessage> AskAsync(string audience)
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent("fridays"), "_handler" },
                { new StringContent(await marketer.TokenAsync(Place)), "__RequestVerificationToken" },
                { new StringContent("2026-03-13"), "Form.From" },
                { new StringContent("2"), "Form.Weeks" },
                { new StringContent(audience), "Form.Audience" },
                { new StringContent("address\nnobody-of-the-list@example.com\n"), "Form.Files", "my-list.csv" },
            };
            return await marketer.Http.PostAsync(Place, form, Stop);
        }
        (await (await AskAsync("store")).Content.ReadAsStringAsync(Stop)).ShouldContain("Everyone in the store");
        var asked = await AskAsync("upload");
        asked.StatusCode.ShouldBe(System.Net.HttpStatusCode.Redirect, await asked.Content.ReadAsStringAsync(Stop));
        var runs = site.Services.GetRequiredService<ScreeningRuns>();
        var id = asked.Headers.Location!.OriginalString.Split('/')[^1];
        ScreeningRun run;
        do
        {
            await Task.Delay(50, Stop);
            run = runs.Find(id)!;
        } while (!run.IsOver);
        run.Problems.ShouldBeEmpty();
        (run.Audience, run.InWeeks!.People).ShouldBe(("people.csv", 1));
    }

    [Fact]
    public async Task An_auditor_reads_a_dry_run_but_asks_for_none_and_takes_no_list()
    {
        using var auditor = await Visitor.SignInAsync(site.Url, Role.Auditor);
        var said = await auditor.Http.GetStringAsync("/console/campaigns/fridays?campaign=spring-2026", Stop);
        said.ShouldNotContain("<form method=\"post\" action=\"/console/campaigns/fridays");
        said.ShouldNotContain(">Count<");
    }

    [Fact]
    public async Task Weeks_that_cannot_be_and_a_campaign_that_is_none_are_said()
    {
        using var marketer = await Visitor.SignInAsync(site.Url, Role.Marketer);
        var answer = await marketer.PostAsync(
            "/console/campaigns/fridays?campaign=spring-2026",
            "fridays",
            new("Form.From", "soon"),
            new("Form.Weeks", "99")
        );
        var said = await answer.Content.ReadAsStringAsync(Stop);
        said.ShouldContain("Write the first day like");
        said.ShouldContain("Choose from 1 to 53 weeks");
        (await marketer.Http.GetAsync("/console/campaigns/fridays?campaign=no-such", Stop)).StatusCode.ShouldBe(
            System.Net.HttpStatusCode.NotFound
        );
    }

    [Fact]
    public async Task A_screening_that_waits_is_stopped_from_its_page_without_scripts()
    {
        using var marketer = await Visitor.SignInAsync(site.Url, Role.Marketer);
        var runs = site.Services.GetRequiredService<ScreeningRuns>();
        // Set, but not asked for: it waits for as long as the test looks at it.
        var run = runs.Prepare("marketer", "spring-2026", null, "everyone", isUploaded: false);
        runs.Set(run);
        (await marketer.Http.GetStringAsync($"/console/screen/{run.Id}", Stop)).ShouldContain(">Cancel<");
        await marketer.PostAsync($"/console/screen/{run.Id}", "cancel-screening");
        runs.Find(run.Id)!.State.ShouldBe(ScreeningState.Cancelled);
        (await marketer.Http.GetStringAsync($"/console/screen/{run.Id}", Stop)).ShouldContain("stopped it before it finished");
        runs.Remove(run);
    }
}
