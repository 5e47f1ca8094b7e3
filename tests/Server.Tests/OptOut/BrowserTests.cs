using System.Collections.Frozen;
using System.Net;
using Deque.AxeCore.Playwright;
using MaySend.Evidence.Entries;
using MaySend.OptOut;
using MaySend.Records.OptOuts;
using MaySend.Shared;
using Microsoft.Playwright;
using Scriban.Runtime;

[assembly: AssemblyFixture(typeof(MaySend.Server.Tests.OptOut.Chromium))]

namespace MaySend.Server.Tests.OptOut;

/// <summary>One Chromium for all tests of the public pages.</summary>
public sealed class Chromium : IAsyncLifetime
{
    IPlaywright playwright = null!;
    IBrowser browser = null!;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await DebianChromium.LaunchAsync(playwright);
    }

    public async Task<IPage> OpenAsync(Uri? url = null, int width = 360, bool scripts = true, ColorScheme scheme = ColorScheme.Light) =>
        await (
            await browser.NewContextAsync(
                new()
                {
                    BaseURL = url?.ToString(),
                    ViewportSize = new() { Width = width, Height = 740 },
                    JavaScriptEnabled = scripts,
                    ColorScheme = scheme,
                    Locale = "en-GB",
                }
            )
        ).NewPageAsync();

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}

/// <summary>The pages as people meet them: on a phone, in the dark, with a keyboard, without scripts, in every language.</summary>
public sealed class BrowserTests(Chromium chromium)
{
    static readonly PageContent Some = new(PageState.Ask)
    {
        Token = new string('x', 70),
        Sender = "Lantern Ltd",
        Topics = ["homeware", new string('w', 60)],
    };

    static readonly PageContent[] States =
    [
        Some,
        Some with
        {
            State = PageState.NothingTicked,
        },
        Some with
        {
            State = PageState.Done,
            Undo = "proof",
        },
        Some with
        {
            State = PageState.Done,
            Extent = OptOutExtent.Topic,
        },
        Some with
        {
            State = PageState.Done,
            Extent = OptOutExtent.Everything,
            Undo = "proof",
        },
        Some with
        {
            State = PageState.Spooled,
        },
        Some with
        {
            State = PageState.Undone,
        },
        Some with
        {
            State = PageState.UndoLate,
        },
        Some with
        {
            State = PageState.NotSaved,
        },
        Some with
        {
            State = PageState.NotSaved,
            Undo = "proof",
        },
        new(PageState.Unknown),
    ];

    [Theory, InlineData(ColorScheme.Light), InlineData(ColorScheme.Dark)]
    public async Task In_every_state_axe_finds_nothing_and_a_phone_shows_it_whole(ColorScheme scheme)
    {
        var page = await chromium.OpenAsync(scheme: scheme);
        foreach (var content in States)
        {
            await page.SetContentAsync(OptOutPage.Render(OptOutTexts.All["en"], content, "n"));
            await GoodAsync(page, $"{content.State} {content.Extent}");
        }
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task In_every_language_a_phone_shows_every_state_whole()
    {
        var page = await chromium.OpenAsync();
        foreach (var words in OptOutTexts.InOrder)
        {
            foreach (var content in States)
            {
                await page.SetContentAsync(OptOutPage.Render(words, content, "n"));
                (await WiderAsync(page)).ShouldBeLessThanOrEqualTo(0, $"{words.Language} {content.State}");
            }
        }
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_language_written_from_right_to_left_mirrors_the_page()
    {
        var words = new OptOutWords(
            "he",
            OptOutTexts
                .All["en"]
                .Words.ToDictionary(
                    pair => pair.Key,
                    pair =>
                        pair.Key switch
                        {
                            "dir" => "rtl",
                            "name" => "עברית",
                            "from" => "ההודעות האלה נשלחות מאת {0}.",
                            _ => "הפסקת הודעות פרסום",
                        }
                )
                .ToFrozenDictionary()
        );
        var page = await chromium.OpenAsync();
        foreach (var content in States)
        {
            await page.SetContentAsync(OptOutPage.Render(words, content, "n"));
            await GoodAsync(page, $"rtl {content.State}");
        }
        foreach (var (body, said) in OtherPages)
        {
            await page.SetContentAsync(PublicPage.Render(words, new(body, "הפסקת הודעות פרסום", HasLanguages: true), said, "n"));
            await GoodAsync(page, $"rtl {body}");
            (await page.EvaluateAsync<bool>(BoxIsRight)).ShouldBeTrue($"{body}: the box stands to the right of its label");
        }
        await page.SetContentAsync(OptOutPage.Render(words, Some, "n"));
        (await page.EvaluateAsync<bool>(BoxIsRight)).ShouldBeTrue("the box stands to the right of its label");
        (await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('h1')).direction")).ShouldBe("rtl");
        await page.Context.DisposeAsync();
    }

    const string BoxIsRight =
        "(() => { const tick = document.querySelector('.tick'); return tick.querySelector('input').getBoundingClientRect().left > "
        + "tick.querySelector('span').getBoundingClientRect().left })()";

    static readonly (string Body, ScriptObject Said)[] OtherPages =
    [
        (
            "held",
            new()
            {
                ["asks"] = true,
                ["said"] = "",
                ["sender"] = "Lantern Ltd",
                ["note"] = "n",
                ["notices"] = new[] { "2025-05-02 · Tick if you want no offers by email" },
            }
        ),
        (
            "join",
            new()
            {
                ["asks"] = true,
                ["problem"] = "",
                ["said"] = "",
                ["good"] = false,
                ["page"] = "news",
                ["box"] = "חדשות והצעות",
                ["address"] = "",
                ["notice"] = "",
                ["topics"] = Array.Empty<string>(),
                ["wanted"] = Array.Empty<string>(),
                ["confirms"] = false,
                ["stop"] = "",
            }
        ),
    ];

    [Fact]
    public void No_style_of_the_page_names_a_side_that_would_be_wrong_from_right_to_left()
    {
        var page = OptOutPage.Render(OptOutTexts.All["en"], Some, "n");
        var style = page[page.IndexOf("<style", StringComparison.Ordinal)..page.IndexOf("</style>", StringComparison.Ordinal)];
        foreach (var word in new[] { "left", "right", "float" })
            style.ShouldNotContain(word);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_recipient_stops_undoes_chooses_and_stops_everything_with_and_without_scripts(bool scripts)
    {
        await using var server = await Running.StartAsync();
        var page = await chromium.OpenAsync(server.Url, scripts: scripts);
        await page.GotoAsync(await server.LinkAsync());
        await Assertions.Expect(page.GetByText("These messages come from Lantern Ltd.")).ToBeVisibleAsync();
        await PressAsync(page, "Stop these messages");
        await HeadedAsync(page, "These messages have been stopped");
        (await server.VerdictAsync()).ShouldBe("refused");
        await PressAsync(page, "Undo");
        await HeadedAsync(page, "Your request has been undone");
        (await server.VerdictAsync()).ShouldBe("permitted");
        await PressAsync(page, "Stop what I ticked");
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("Nothing is ticked yet");
        await page.GetByLabel("homeware").CheckAsync();
        await PressAsync(page, "Stop what I ticked");
        await HeadedAsync(page, "What you ticked has been stopped");
        (await server.VerdictAsync()).ShouldBe("refused");
        await PressAsync(page, "Stop all marketing");
        await HeadedAsync(page, "All marketing has been stopped");
        (await server.EntriesAsync()).OfType<RefusalMade>().Last().Kind.ShouldBe("objection");
        (await page.Context.CookiesAsync()).ShouldBeEmpty();
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task With_the_keyboard_alone_the_button_is_the_second_stop_and_its_focus_shows()
    {
        await using var server = await Running.StartAsync();
        var page = await chromium.OpenAsync(server.Url);
        await page.GotoAsync(await server.LinkAsync());
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator("summary")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stop these messages" })).ToBeFocusedAsync();
        (await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle")).ShouldBe("solid");
        await page.Keyboard.PressAsync("Enter");
        await HeadedAsync(page, "These messages have been stopped");
        (await server.VerdictAsync()).ShouldBe("refused");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Another_language_is_two_presses_away_and_stays()
    {
        await using var server = await Running.StartAsync();
        var page = await chromium.OpenAsync(server.Url, scripts: false);
        await page.GotoAsync(await server.LinkAsync());
        await page.Locator("summary").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Suomi" }).ClickAsync();
        await HeadedAsync(page, "Markkinointiviestien lopettaminen");
        await PressAsync(page, "Lopeta nämä viestit");
        await HeadedAsync(page, "Näiden viestien lähettäminen on lopetettu");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_link_opened_and_pressed_looks_right_on_a_phone_and_a_desk_in_light_and_dark()
    {
        await using var server = await Running.StartAsync();
        // For eyes, and for docs/opt-out.md.
        var folder = Environment.GetEnvironmentVariable("OPT_OUT_SCREENSHOTS");
        foreach (
            var (language, width, scheme) in new[]
            {
                ("en", 360, ColorScheme.Light),
                ("en", 1280, ColorScheme.Light),
                ("de", 360, ColorScheme.Dark),
                ("fi", 360, ColorScheme.Light),
                ("el", 1280, ColorScheme.Dark),
            }
        )
        {
            var page = await chromium.OpenAsync(server.Url, width, scheme: scheme);
            var answer = (await page.GotoAsync($"{await server.LinkAsync()}?lang={language}"))!;
            answer.Status.ShouldBe((int)HttpStatusCode.OK);
            await GoodAsync(page, $"{language} {width}");
            if (folder is not null)
                await page.ScreenshotAsync(new() { FullPage = width > 360, Path = Path.Combine(folder, $"ask-{language}-{width}.png") });
            await page.Locator("button.main").ClickAsync();
            await GoodAsync(page, $"done {language} {width}");
            if (folder is not null)
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"done-{language}-{width}.png") });
            if (await page.Locator("input[name=act]").CountAsync() > 0)
                await page.Locator("form[action*=undo] button").ClickAsync();
            await page.Context.DisposeAsync();
        }
    }

    static Task PressAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    static Task HeadedAsync(IPage page, string heading) => Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(heading);

    static Task<int> WiderAsync(IPage page) =>
        page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    static async Task GoodAsync(IPage page, string what)
    {
        (await WiderAsync(page)).ShouldBeLessThanOrEqualTo(0, $"{what} needs to be scrolled sideways");
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = true)");
        (await WiderAsync(page)).ShouldBeLessThanOrEqualTo(0, $"{what} with its languages needs to be scrolled sideways");
        var found = await page.RunAxe();
        found.Violations.Select(violation => $"{violation.Id}: {violation.Help}: {violation.Nodes[0].Html}").ShouldBeEmpty(what);
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = false)");
    }
}
