using MaySend.Console.Access;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

public sealed class PageTests(Site site)
{
    public static readonly TheoryData<string, string> Pages = new()
    {
        { "/console", Role.Auditor },
        { "/console", Role.Administrator },
        { "/console/ask", Role.Marketer },
        { "/console/screen", Role.Marketer },
        { "/console/campaigns", Role.Marketer },
        { "/console/campaigns/opt-outs", Role.Auditor },
        { "/console/people", Role.DataProtectionOfficer },
        { "/console/assessments", Role.DataProtectionOfficer },
        { "/console/points", Role.DataProtectionOfficer },
        { "/console/map", Role.DataProtectionOfficer },
        { "/console/campaigns/write", Role.Marketer },
        { "/console/record", Role.Marketer },
        { "/console/record?what=consent", Role.DataProtectionOfficer },
        { "/console/record?what=details", Role.Marketer },
        { "/console/imports", Role.Marketer },
        { "/console/requests", Role.DataProtectionOfficer },
        { "/console/domains", Role.Marketer },
        { "/console/sign-up-pages", Role.DataProtectionOfficer },
        { "/console/webhooks", Role.Developer },
        { "/console/gate", Role.Developer },
        { "/console/to-sign", Role.DataProtectionOfficer },
        { "/console/senders", Role.Marketer },
        { "/console/senders", Role.Auditor },
        { "/console/templates", Role.DataProtectionOfficer },
        { "/console/templates", Role.Auditor },
        { "/console/statements", Role.Marketer },
        { "/console/law", Role.Developer },
        { "/console/law?country=ro&day=2025-12-01", Role.Developer },
        { "/console/law/provisions?find=calls", Role.Developer },
        { "/console/law/diff?from=2026-02-04&to=2026-02-06", Role.Developer },
        { "/console/law/cases?country=gb", Role.Developer },
        { "/console/inbox", Role.DataProtectionOfficer },
        { "/console/replay", Role.Auditor },
        { "/console/assessments/LIA-1", Role.Auditor },
        { "/console/assessments", Role.Marketer },
        { "/console/screen", Role.Auditor },
        { "/console/no-such-page", Role.Marketer },
        { "/console/policy", Role.DataProtectionOfficer },
        { "/console/policy", Role.Developer },
        { "/console/ledger", Role.Auditor },
        { "/console/settings", Role.Administrator },
        { "/console/settings?tab=keys", Role.Administrator },
        { "/console/settings?tab=server", Role.Administrator },
        { "/console/sign-ins", Role.Administrator },
        { "/console/audit", Role.Auditor },
        { "/console/account/second-factor", Role.DataProtectionOfficer },
        { "/console/account", Role.Marketer },
        { "/console/denied", Role.Marketer },
    };

    [Theory, MemberData(nameof(Pages))]
    public async Task Every_page_loads_fits_a_phone_and_axe_finds_nothing_serious(string path, string role)
    {
        var page = await site.SignInAsync(role);
        await Looks.GoodFromAllSidesAsync(
            page,
            path,
            async () =>
            {
                (await page.GotoAsync(path))!.Status.ShouldBe(path.EndsWith("no-such-page", StringComparison.Ordinal) ? 404 : 200);
                await IsDoneAsync(page);
                (await page.Locator("h1").CountAsync()).ShouldBe(1);
            }
        );
        await page.Context.DisposeAsync();
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task Every_page_can_be_used_with_the_keyboard_alone(string path, string role)
    {
        var page = await site.SignInAsync(role);
        await page.GotoAsync(path);
        await IsDoneAsync(page);
        await Keyboard.WalksAsync(page, path);
        await page.Context.DisposeAsync();
    }

    /// <summary>A page that shows how far something is loads itself again at its end.</summary>
    static Task IsDoneAsync(IPage page) =>
        page.Locator("[data-progress]").First.WaitForAsync(new() { State = WaitForSelectorState.Detached });

    [Theory]
    [InlineData("/console/sign-in")]
    [InlineData("/console/setup")]
    public async Task Pages_for_everybody_look_good_on_a_phone_and_with_the_keyboard(string path)
    {
        await using var context = await site.Browser.NewContextAsync(
            new()
            {
                BaseURL = site.Url,
                ViewportSize = new() { Width = 360, Height = 800 },
                ColorScheme = ColorScheme.Dark,
            }
        );
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        await Looks.GoodAsync(page, path);
        await Keyboard.WalksAsync(page, path);
    }

    [Fact]
    public async Task An_answer_shows_verdict_reasons_and_the_way_to_the_evidence()
    {
        var page = await site.SignInAsync(Role.DataProtectionOfficer);
        await AskAsync(page, Site.Permitted);
        await Assertions.Expect(page.Locator(".answer h2")).ToHaveTextAsync("Permitted for its day, not to be sent now");
        (await page.Locator(".answer.permitted").CountAsync()).ShouldBe(0, "green is only what may go out now");
        await Looks.GoodAsync(page, "answer");
        await page.Locator("a.evidence").First.ClickAsync();
        await page.WaitForURLAsync("**/console/people/**");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(Site.Permitted);
        await Looks.GoodAsync(page, "timeline");
    }

    [Fact]
    public async Task Of_somebody_written_to_for_years_the_newest_entries_are_open_and_a_link_to_an_old_one_opens_the_rest()
    {
        await using var own = await OwnConsole.StartAsync();
        var anna = Address.Read("anna@example.com").Required();
        await own.Store.RecordAsync(
            [
                .. Enumerable
                    .Range(0, 450)
                    .Select(day => new NewEntry(
                        anna,
                        new MessageSent(When.Of(new DateOnly(2024, 1, 1).AddDays(day)), $"letter {day}", "shop", "email", true),
                        Actor.Runner("import")
                    )),
            ],
            cancellation: TestContext.Current.CancellationToken
        );
        var page = await own.SignInAsync(site.Browser, Role.DataProtectionOfficer);
        var dossier = await own.Store.FindAsync(anna, cancellation: TestContext.Current.CancellationToken);
        await page.GotoAsync($"/console/people/{dossier.Contact}");
        await Assertions.Expect(page.Locator("summary", new() { HasText = "250 earlier entries" })).ToBeVisibleAsync();
        (await page.Locator(".timeline > li").CountAsync()).ShouldBe(450);
        await Assertions.Expect(page.Locator("#e450")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#e4")).Not.ToBeVisibleAsync();
        await Looks.GoodAsync(page, "years");
        await page.GotoAsync("about:blank");
        await page.GotoAsync($"/console/people/{dossier.Contact}#e4");
        await Assertions.Expect(page.Locator("#e4")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Of_an_address_with_thousands_of_entries_the_page_holds_the_newest_and_says_where_the_rest_is()
    {
        await using var own = await OwnConsole.StartAsync();
        var anybody = Address.Read("counter@example.com").Required();
        var day = When.Of(new DateOnly(2025, 1, 1));
        await own.Store.RecordAsync(
            [
                .. Enumerable
                    .Range(0, 5_300)
                    .Select(number => new NewEntry(anybody, new DetailsCollected(day, $"order {number}"), Actor.Runner("import"))),
            ],
            cancellation: TestContext.Current.CancellationToken
        );
        var page = await own.SignInAsync(site.Browser, Role.DataProtectionOfficer);
        var dossier = await own.Store.FindAsync(anybody, cancellation: TestContext.Current.CancellationToken);
        await page.GotoAsync($"/console/people/{dossier.Contact}");
        await page.Locator("summary", new() { HasText = "5,100 earlier entries" }).ClickAsync();
        (await page.Locator(".timeline > li").CountAsync()).ShouldBe(5_200);
        await Assertions.Expect(page.GetByText("100 entries before these")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("customer-13248@example.org", "Refused: do not send")]
    [InlineData("customer-13328@example.org", "Not shown: do not send")]
    [InlineData("nobody-on-record@example.com", "Not shown: do not send")]
    public async Task Whoever_must_not_be_written_to_is_said_so_without_scripts_on_a_phone(string address, string heading)
    {
        var page = await site.SignInAsync(Role.Marketer, width: 360, scripts: false);
        await AskAsync(page, address);
        await Assertions.Expect(page.Locator(".answer h2")).ToHaveTextAsync(heading);
        (await page.Locator("a.evidence[href*='/people/']").CountAsync()).ShouldBe(0, "a marketer does not see people");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_text_that_is_no_address_is_refused_with_a_reason()
    {
        var page = await site.SignInAsync(Role.Marketer);
        await AskAsync(page, "<script>alert(1)</script>@x");
        await Assertions.Expect(page.Locator("[role=alert]")).ToBeVisibleAsync();
        (await page.Locator(".answer").CountAsync()).ShouldBe(0);
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task An_erased_person_is_gone_and_still_refused()
    {
        var page = await site.SignInAsync(Role.DataProtectionOfficer);
        var address = await AnybodyAsync(page);
        await page.Locator("details.danger summary").ClickAsync();
        await page.GetByLabel("Type the address to confirm").FillAsync("somebody-else@example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase for good" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("Nothing was erased");
        await page.GetByLabel("Type the address to confirm").FillAsync(address);
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase for good" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Erased");
        await AskAsync(page, address);
        await Assertions.Expect(page.Locator(".answer h2")).ToHaveTextAsync("Refused: do not send");
        await page.Context.DisposeAsync();
    }

    static async Task<string> AnybodyAsync(IPage page)
    {
        await page.GotoAsync("/console/people");
        await page.GetByLabel("Address").FillAsync("customer-13248@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await page.WaitForURLAsync("**/console/people/*");
        page.Url.ShouldNotContain("customer", Case.Insensitive, "an address must not stand in an address of a page");
        return "customer-13248@example.org";
    }

    static async Task AskAsync(IPage page, string address)
    {
        await page.GotoAsync("/console/ask");
        await page.GetByLabel("Person").FillAsync(address);
        await page.GetByLabel("Campaign").SelectOptionAsync("spring-2026");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
    }
}
