using System.Net;
using MaySend.Console.Access;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

public sealed class StoreAwayTests(Site site)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_store_is_away_each_page_says_so_and_it_works_again_once_the_store_is_back()
    {
        await using var shop = await OwnConsole.StartAsync();
        using var visitor = await shop.SignInAsync(Role.DataProtectionOfficer);
        (await visitor.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        shop.Ledger.IsAway = true;
        foreach (
            var path in new[]
            {
                "/console",
                "/console/ask",
                "/console/assessments",
                "/console/ledger",
                "/console/settings?tab=keys",
                "/console/points",
                "/console/screen",
            }
        )
        {
            var answer = await visitor.Http.GetAsync(path, Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, path);
            answer.Headers.RetryAfter.ShouldNotBeNull(path);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html", path);
            var html = await answer.Content.ReadAsStringAsync(Stop);
            html.ShouldContain("The store cannot answer now");
            html.ShouldContain("nothing may be sent");
            foreach (var inward in new[] { "   at ", "Exception", ".cs:", "db.internal", "maysend_app" })
                html.ShouldNotContain(inward, Case.Sensitive, path);
        }
        shop.Ledger.IsAway = false;
        var again = await visitor.Http.GetAsync("/console", Stop);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await again.Content.ReadAsStringAsync(Stop)).ShouldContain("<h1>Overview</h1>");
    }

    [Fact]
    public async Task Whoever_sent_a_form_while_the_store_is_away_is_told_to_look_before_sending_it_again()
    {
        await using var shop = await OwnConsole.StartAsync();
        using var visitor = await shop.SignInAsync(Role.DataProtectionOfficer);
        var token = await visitor.TokenAsync("/console/ask");
        shop.Ledger.IsAway = true;
        var answer = await visitor.Http.PostAsync(
            "/console/ask",
            new FormUrlEncodedContent([
                new("_handler", "ask"),
                new("__RequestVerificationToken", token),
                new("Form.Address", "anna@example.com"),
            ]),
            Stop
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("look before you send it again");
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task The_page_fits_a_phone_and_axe_finds_nothing_serious(int width, ColorScheme scheme)
    {
        await using var shop = await OwnConsole.StartAsync();
        var page = await shop.SignInAsync(site.Browser, Role.DataProtectionOfficer, width, scheme);
        shop.Ledger.IsAway = true;
        (await page.GotoAsync("/console/settings?tab=keys"))!.Status.ShouldBe(503);
        await Looks.GoodAsync(page, "unavailable");
        await Keyboard.WalksAsync(page, "unavailable");
        shop.Ledger.IsAway = false;
        await page.GetByRole(AriaRole.Link, new() { Name = "Try again" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Settings");
        await page.Context.DisposeAsync();
    }
}
