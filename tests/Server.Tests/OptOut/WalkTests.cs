using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace MaySend.Server.Tests.OptOut;

/// <summary>
/// The whole way of a recipient in a real browser: on a phone, in the dark, with a keyboard alone, and with scripts switched off.
/// </summary>
public sealed class WalkTests(Chromium chromium) : IDisposable
{
    readonly Mailroom mailroom = new();

    public void Dispose() => mailroom.Dispose();

    [Fact]
    public async Task Out_undo_back_out_again_and_access_with_a_keyboard_on_a_phone_without_scripts()
    {
        await using var server = await mailroom.StartAsync();
        var link = await server.LinkAsync();
        var page = await chromium.OpenAsync(server.Url, width: 360, scripts: false, scheme: ColorScheme.Dark);
        async Task MinuteAsync()
        {
            server.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }
        // Out.
        await page.GotoAsync(link);
        // Nobody is asked to come back who has not gone.
        await Assertions.Expect(page.GetByText("Sign up again")).ToHaveCountAsync(0);
        await PressAsync(page, "Stop these messages");
        await HeadedAsync(page, "These messages have been stopped");
        await Assertions.Expect(page.GetByText("Just stopped: Email")).ToBeVisibleAsync();
        (await server.VerdictAsync()).ShouldBe("refused");
        // Undo.
        await PressAsync(page, "Undo");
        await HeadedAsync(page, "Your request has been undone");
        (await server.VerdictAsync()).ShouldBe("permitted");
        // Out of everything, and back by the page that it leads to.
        await page.GotoAsync(link);
        await PressAsync(page, "Stop all marketing");
        await HeadedAsync(page, "All marketing has been stopped");
        (await server.VerdictAsync()).ShouldBe("refused");
        await MinuteAsync();
        await PressAsync(page, "Changed your mind? Sign up again", AriaRole.Link);
        await HeadedAsync(page, "Get messages from Lantern Ltd");
        await TabToAsync(page, page.GetByRole(AriaRole.Checkbox));
        await page.Keyboard.PressAsync("Space");
        await TabToAsync(page, page.GetByLabel("Your email address"));
        await page.Keyboard.TypeAsync(Running.Anna);
        await page.Keyboard.PressAsync("Enter");
        await HeadedAsync(page, "Please look in your mailbox");
        (await server.VerdictAsync()).ShouldBe("refused");
        await MinuteAsync();
        await page.GotoAsync(await mailroom.LinkAsync(Running.Anna));
        await PressAsync(page, "Yes, I would like these messages");
        await HeadedAsync(page, "You are signed up");
        (await server.VerdictAsync()).ShouldBe("permitted");
        // Out again, by the link of that page.
        await MinuteAsync();
        await PressAsync(page, "Stop marketing messages", AriaRole.Link);
        await HeadedAsync(page, "Stop marketing messages");
        await PressAsync(page, "Stop these messages");
        await HeadedAsync(page, "These messages have been stopped");
        (await server.VerdictAsync()).ShouldBe("refused");
        // What is held.
        await page.GotoAsync(link);
        await PressAsync(page, "Send me the link");
        await HeadedAsync(page, "Please look in your mailbox");
        await page.GotoAsync(await mailroom.LinkAsync(Running.Anna, 2));
        await TabToAsync(page, page.GetByLabel("A copy of my data"));
        await page.Keyboard.PressAsync("Space");
        await PressAsync(page, "Send the request");
        await HeadedAsync(page, "Your request has been received");
        (await server.Part<Records.Requests.RightsRequests>().AllAsync()).ShouldHaveSingleItem();
        await page.Context.DisposeAsync();
    }

    [Theory, InlineData(ColorScheme.Light), InlineData(ColorScheme.Dark)]
    public async Task Every_new_page_is_sound_for_a_screen_reader_and_fits_a_phone(ColorScheme scheme)
    {
        await using var server = await mailroom.StartAsync("", "homeware", "garden");
        await server.Part<Records.SignUps.SignUpPages>().LookAsync(Shop.Name, "#ffe066", default, Evidence.Actors.Actor.Runner("officer"));
        await server.Public.PostAsync("/s/news", new FormUrlEncodedContent([new("address", Running.Anna), new("topic", "garden")]));
        var confirm = await mailroom.LinkAsync(Running.Anna);
        var link = await server.LinkAsync();
        await server.Public.PostAsync($"{link}/choose", new FormUrlEncodedContent([new("topic", "garden")]));
        await server.Public.PostAsync($"{link}/held", null);
        var held = await mailroom.LinkAsync(Running.Anna, 2);
        // Another alphabet in each, as a page is long to look through.
        var language = scheme == ColorScheme.Light ? "en" : "el";
        foreach (var path in new[] { link, "/s/news", confirm, held, "/s/none", "/h/none" })
        {
            var page = await chromium.OpenAsync(server.Url, width: 360, scheme: scheme);
            var requests = 0;
            page.Request += (_, _) => requests++;
            await page.GotoAsync($"{path}?lang={language}");
            requests.ShouldBe(1, path);
            (
                await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            ).ShouldBeLessThanOrEqualTo(0, $"{path} {language}");
            (await page.RunAxe())
                .Violations.Select(found => $"{found.Id}: {found.Help}: {found.Nodes[0].Html}")
                .ShouldBeEmpty($"{path} {language}");
            await page.Context.DisposeAsync();
        }
    }

    /// <summary>Goes to a button or link with the Tab key alone, and presses it.</summary>
    static async Task PressAsync(IPage page, string name, AriaRole role = AriaRole.Button)
    {
        await TabToAsync(page, page.GetByRole(role, new() { Name = name, Exact = true }));
        await page.Keyboard.PressAsync("Enter");
    }

    static async Task TabToAsync(IPage page, ILocator wanted)
    {
        var box = await wanted.First.BoundingBoxAsync() ?? throw new InvalidOperationException("it is not on the page");
        for (var presses = 0; presses < 60; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await wanted.First.EvaluateAsync<bool>("each => each === document.activeElement"))
                return;
        }
        throw new InvalidOperationException($"Tab does not reach what stands at {box.X}, {box.Y}");
    }

    /// <summary>
    /// Waits for the page that a press leads to: by what it says, since its loading may be over before anybody waits for it.
    /// </summary>
    static Task HeadedAsync(IPage page, string heading) =>
        Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(heading, new() { Timeout = 60_000 });
}
