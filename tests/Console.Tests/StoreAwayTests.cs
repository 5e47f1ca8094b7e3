using System.Net;
using MaySend.Evidence.Store;
using MaySend.Server.Console.Access;
using MaySend.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

public sealed class StoreAwayTests(Site site)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_store_is_away_each_page_says_so_and_it_works_again_once_the_store_is_back()
    {
        await using var shop = await Away.StartAsync();
        using var visitor = await shop.SignInAsync();
        (await visitor.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        shop.Store.IsAway = true;
        foreach (var path in new[] { "/console", "/console/ask", "/console/assessments", "/console/ledger", "/console/settings", "/console/points", "/console/screen" })
        {
            var answer = await visitor.Http.GetAsync(path, Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, path);
            answer.Headers.RetryAfter.ShouldNotBeNull(path);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html", path);
            var html = await answer.Content.ReadAsStringAsync(Stop);
            html.ShouldContain("The store cannot answer now");
            html.ShouldContain("nothing may be sent");
            foreach (var inward in new[] { "   at ", "Exception", ".cs:", "db.internal", "maysend_app" }) html.ShouldNotContain(inward, Case.Sensitive, path);
        }
        shop.Store.IsAway = false;
        var again = await visitor.Http.GetAsync("/console", Stop);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await again.Content.ReadAsStringAsync(Stop)).ShouldContain("<h1>Overview</h1>");
    }

    [Fact]
    public async Task Whoever_sent_a_form_while_the_store_is_away_is_told_to_look_before_sending_it_again()
    {
        await using var shop = await Away.StartAsync();
        using var visitor = await shop.SignInAsync();
        var token = await visitor.TokenAsync("/console/ask");
        shop.Store.IsAway = true;
        var answer = await visitor.Http.PostAsync("/console/ask", new FormUrlEncodedContent([new("_handler", "ask"), new("__RequestVerificationToken", token), new("Form.Address", "anna@example.com")]), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("look before you send it again");
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task The_page_fits_a_phone_and_axe_finds_nothing_serious(int width, ColorScheme scheme)
    {
        await using var shop = await Away.StartAsync();
        await using var context = await site.Browser.NewContextAsync(new() { BaseURL = shop.Url, ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/console/sign-in");
        await page.GetByLabel("Name").FillAsync(Role.DataProtectionOfficer);
        await page.GetByLabel("Password").FillAsync(Site.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync("**/console");
        shop.Store.IsAway = true;
        (await page.GotoAsync("/console/settings"))!.Status.ShouldBe(503);
        await Looks.GoodAsync(page, "unavailable");
        await Keyboard.WalksAsync(page, "unavailable");
        shop.Store.IsAway = false;
        await page.GetByRole(AriaRole.Link, new() { Name = "Try again" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Settings");
    }

    /// <summary>A console of its own on a store that can go away.</summary>
    sealed class Away : IAsyncDisposable
    {
        readonly string folder = Directory.CreateTempSubdirectory("maysend-away-").FullName;
        WebApplication app = null!;
        EvidenceStore store = null!;

        public string Url { get; private set; } = "";

        public Faltering Store { get; private set; } = null!;

        public static async Task<Away> StartAsync()
        {
            var away = new Away();
            (var ledger, away.Store) = Faltering.Over((await EvidenceStores.CreateAsync(away.folder)).Ledger);
            away.store = new EvidenceStore(ledger, TimeProvider.System);
            away.app = Site.Build(away.folder, away.store);
            await away.app.StartAsync(Stop);
            away.Url = Site.AddressOf(away.app);
            await Site.AddUserAsync(away.app, Role.DataProtectionOfficer, Role.DataProtectionOfficer, Role.Administrator);
            return away;
        }

        public Task<Visitor> SignInAsync() => Visitor.SignInAsync(Url, Role.DataProtectionOfficer);

        public async ValueTask DisposeAsync()
        {
            Store.IsAway = false;
            await app.DisposeAsync();
            await store.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
