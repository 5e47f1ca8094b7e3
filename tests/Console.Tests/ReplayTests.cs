using MaySend.Console.Access;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

public sealed class ReplayTests(Site site)
{
    [Fact]
    public async Task An_auditor_replays_what_was_answered_and_asks_what_if()
    {
        var officer = await site.SignInAsync(Role.DataProtectionOfficer, scripts: false);
        await officer.GotoAsync("/console/ask");
        await officer.GetByLabel("Person").FillAsync(Site.Permitted);
        await officer.GetByLabel("Campaign").SelectOptionAsync("spring-2026");
        await officer.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Assertions.Expect(officer.Locator(".answer h2")).ToContainTextAsync("Permitted");
        await officer.GetByRole(AriaRole.Link, new() { Name = "Replay this decision" }).ClickAsync();
        await officer.WaitForURLAsync("**/console/replay?decision=*");
        officer.Url.ShouldNotContain("customer", Case.Insensitive, "an address must not stand in an address of a page");

        var auditor = await site.SignInAsync(Role.Auditor);
        await auditor.GotoAsync(officer.Url);
        await Assertions.Expect(auditor.Locator(".alert.good")).ToContainTextAsync("The same.");
        await Assertions.Expect(auditor.Locator(".answer h2")).ToHaveTextAsync("Permitted");
        await Looks.GoodAsync(auditor, "replayed");
        await auditor.GotoAsync($"{officer.Url}&known=2020-01-01");
        await Assertions
            .Expect(auditor.Locator(".alert.mild"))
            .ToContainTextAsync("What if: only what was recorded by the end of 1 Jan 2020");
        await Assertions.Expect(auditor.Locator(".answer h2")).ToHaveTextAsync("Not shown: do not send");
        await officer.Context.DisposeAsync();
        await auditor.Context.DisposeAsync();
    }

    [Theory]
    [InlineData("nonsense", "not the name of a decision")]
    [InlineData("00000000000000000000000000000001.aaaaaaaaaaaa.20260310.20260310.cccccccccccc.dddddddddddd.1-1-1", "cannot be replayed")]
    public async Task What_cannot_be_replayed_is_said_with_the_reason(string decision, string why)
    {
        var page = await site.SignInAsync(Role.Auditor, width: 360);
        await page.GotoAsync($"/console/replay?decision={decision}&law=tomorrow");
        if (why.StartsWith("no", StringComparison.Ordinal))
            await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("`tomorrow` is not a day");
        await page.GotoAsync($"/console/replay?decision={decision}");
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync(why);
        await Looks.GoodAsync(page, "replay-wrong");
        await page.Context.DisposeAsync();
    }
}
