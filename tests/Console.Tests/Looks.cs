using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

/// <summary>What every page must be like.</summary>
static partial class Looks
{
    static readonly string? Pictures = Environment.GetEnvironmentVariable("CONSOLE_SCREENSHOTS");

    /// <summary>
    /// Wide and narrow, light and dark: it fits, and axe finds nothing serious. Of a view that differs in its colours alone only the
    /// colours are looked at again.
    /// </summary>
    public static async Task GoodFromAllSidesAsync(IPage page, string name, Func<Task> open)
    {
        foreach (var (width, first, second) in Views)
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(new() { ColorScheme = first, ReducedMotion = ReducedMotion.Reduce });
            await open();
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = true)");
            await GoodAsync(page, name);
            await page.EmulateMediaAsync(new() { ColorScheme = second, ReducedMotion = ReducedMotion.Reduce });
            await PictureAsync(page, name);
            await AxeAsync(page, $"{name}, {second}", new() { RunOnly = RunOnlyOptions.Rules("color-contrast") });
        }
    }

    static readonly (int Width, ColorScheme First, ColorScheme Second)[] Views =
    [
        (1280, ColorScheme.Light, ColorScheme.Dark),
        (360, ColorScheme.Dark, ColorScheme.Light),
    ];

    public static async Task GoodAsync(IPage page, string name)
    {
        var width = page.ViewportSize!.Width;
        // A page that a click has opened may have its words before its style.
        await page.WaitForLoadStateAsync(LoadState.Load);
        await PictureAsync(page, name);
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        overflow.ShouldBeLessThanOrEqualTo(0, $"{name} is wider than {width} px");
        // Axe waits for timers, which never come on a page without scripts; the same pages are looked at with scripts as well.
        if (await page.EvaluateAsync<bool>("matchMedia('(scripting: none)').matches"))
            return;
        await AxeAsync(page, name, new() { Rules = new Dictionary<string, RuleOptions> { ["target-size"] = new() { Enabled = true } } });
    }

    static async Task AxeAsync(IPage page, string name, AxeRunOptions options)
    {
        // What passes is counted by the thousand, and would be written out for nobody.
        options.ResultTypes = [ResultType.Violations];
        var found = await page.RunAxe(options);
        found
            .Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(Say)
            .ShouldBeEmpty($"{name} at {page.ViewportSize!.Width} px");
    }

    /// <summary>Keeps a picture of the page, where somebody wants to look at them.</summary>
    public static async Task PictureAsync(IPage page, string name)
    {
        if (Pictures is null)
            return;
        var file = NoLetters().Replace(name.Replace("/console", "", StringComparison.Ordinal), "-").Trim('-');
        var scheme = await page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches") ? "dark" : "light";
        await page.ScreenshotAsync(
            new()
            {
                FullPage = true,
                Path = Path.Combine(Pictures, $"{(file.Length == 0 ? "overview" : file)}-{page.ViewportSize!.Width}-{scheme}.png"),
            }
        );
    }

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NoLetters();

    static string Say(AxeResultItem violation) =>
        $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}";
}
