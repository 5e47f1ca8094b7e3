using Microsoft.Playwright;

namespace MaySend.Console.Tests;

/// <summary>
/// Puts the pictures that the walks took beside each other, a sheet for each page: wide and narrow, light and dark. eng/pictures runs it;
/// nothing else does.
/// </summary>
public sealed class SheetTests(Site site)
{
    const int Quality = 42;

    static readonly string? Pictures = Environment.GetEnvironmentVariable("CONSOLE_SCREENSHOTS");
    static readonly string? Sheets = Environment.GetEnvironmentVariable("CONSOLE_SHEETS");

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Each_page_has_a_sheet_with_its_four_views()
    {
        Directory.CreateDirectory(Sheets.ShouldNotBeNull("the folder of the sheets"));
        var names = Directory
            .EnumerateFiles(Pictures.ShouldNotBeNull("the folder of the pictures"), "*-1280-light.png")
            .Select(path => Path.GetFileName(path).Replace("-1280-light.png", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();
        names.ShouldNotBeEmpty();
        var page = await (
            await site.Browser.NewContextAsync(
                new()
                {
                    ViewportSize = new() { Width = 1600, Height = 900 },
                }
            )
        ).NewPageAsync();
        var session = await page.Context.NewCDPSessionAsync(page);
        foreach (var name in names)
        {
            await page.SetContentAsync(await HtmlAsync(name));
            await page.EvaluateAsync("Promise.all([...document.images].map(picture => picture.decode()))");
            var size = await page.EvaluateAsync<int[]>(
                "(() => { const box = document.body.getBoundingClientRect(); return [Math.ceil(box.width), Math.ceil(box.height)] })()"
            );
            var clip = new Dictionary<string, object>
            {
                ["x"] = 0,
                ["y"] = 0,
                ["width"] = size[0],
                ["height"] = size[1],
                ["scale"] = 1,
            };
            // The browser itself writes a format that is a third of a PNG's size.
            var taken = await session.SendAsync(
                "Page.captureScreenshot",
                new()
                {
                    ["format"] = "webp",
                    ["quality"] = Quality,
                    ["captureBeyondViewport"] = true,
                    ["clip"] = clip,
                }
            );
            var octets = Convert.FromBase64String(taken.ShouldNotBeNull().GetProperty("data").GetString()!);
            await File.WriteAllBytesAsync(Path.Combine(Sheets, $"{name}.webp"), octets, Stop);
        }
        await page.Context.DisposeAsync();
    }

    /// <summary>Whoever looks at a sheet wants the top of a page; of a long one the rest is cut off.</summary>
    static async Task<string> HtmlAsync(string name)
    {
        var views = "";
        foreach (
            var (view, kind) in new[] { ("1280-light", "wide"), ("1280-dark", "wide"), ("360-light", "narrow"), ("360-dark", "narrow") }
        )
        {
            var path = Path.Combine(Pictures!, $"{name}-{view}.png");
            if (!File.Exists(path))
                continue;
            var picture = Convert.ToBase64String(await File.ReadAllBytesAsync(path, Stop));
            views += $"<div class={kind}><img src=\"data:image/png;base64,{picture}\"></div>";
        }
        return "<style>body { margin: 0; padding: 8px; display: inline-flex; gap: 10px; align-items: start; background: #9aa3b2 } "
            + "div { max-height: 800px; overflow: hidden; border-radius: 4px } img { display: block; width: 100% } "
            + ".wide { width: 590px } .narrow { width: 176px }</style>"
            + views;
    }
}
