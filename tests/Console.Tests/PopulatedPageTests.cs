using MaySend.Console.Access;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

/// <summary>Pages with much on them fit a phone, and axe finds nothing serious there either.</summary>
public sealed class PopulatedPageTests(Site site, PopulatedConsole populated) : IClassFixture<PopulatedConsole>
{
    [Theory]
    [InlineData("/console", "Requests to answer")]
    [InlineData("/console/to-sign", "newsletter")]
    [InlineData("/console/senders", "Nautical Antiques")]
    [InlineData("/console/points", "Our news by email")]
    [InlineData("/console/templates", "newsletter")]
    [InlineData("/console/statements", "not signed")]
    [InlineData("/console/campaigns?page=2", "mailing")]
    [InlineData("/console/domains", "firm.example")]
    [InlineData("/console/sign-up-pages", "/s/news")]
    [InlineData("/console/inbox", "1 to 10 of 23")]
    [InlineData("/console/webhooks", "event 2: no address")]
    [InlineData("/console/imports", "proposes to take its opt-outs back")]
    [InlineData("import", "A question is open")]
    [InlineData("/console/requests", "overdue since")]
    [InlineData("/console/requests?answered-page=2", "21 answered")]
    [InlineData("request", "it stops nothing")]
    [InlineData("person", "Asked for a copy of their data")]
    [InlineData("/console/ledger", "entries")]
    [InlineData("/console/settings?tab=keys", "not used on this server")]
    [InlineData("/console/law/beside?one=gb&other=de", "differs")]
    public async Task A_page_with_much_on_it_fits_a_phone_and_axe_finds_nothing_serious(string path, string holds)
    {
        var address = populated.Pages.GetValueOrDefault(path, path);
        var page = await populated.Own.SignInAsync(site.Browser, Role.DataProtectionOfficer);
        foreach (var (width, scheme) in new[] { (1280, ColorScheme.Light), (360, ColorScheme.Dark) })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            (await page.GotoAsync(address))!.Status.ShouldBe(200);
            await Assertions.Expect(page.Locator("main")).ToContainTextAsync(holds);
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = true)");
            await Looks.GoodAsync(page, $"full-{path.Replace("/console", "", StringComparison.Ordinal).Trim('/')}");
        }
        await page.Context.DisposeAsync();
    }
}
