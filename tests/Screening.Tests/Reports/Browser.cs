using MaySend.Shared;
using Microsoft.Playwright;

namespace MaySend.Screening.Tests.Reports;

/// <summary>Debian's Chromium, started once for the tests of a class.</summary>
public sealed class Browser : IAsyncLifetime
{
    IPlaywright? playwright;
    IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await DebianChromium.LaunchAsync(playwright);
    }

    /// <summary>A page in light or dark colours that has loaded the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="colours">The colours the reader prefers.</param>
    /// <param name="faults">Gets whatever the page complains about, and every request for anything but itself.</param>
    public async Task<IPage> OpenAsync(string path, ColorScheme colours, ICollection<string> faults)
    {
        var page = await browser!.NewPageAsync(new() { ColorScheme = colours });
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                faults.Add(message.Text);
        };
        page.PageError += (_, error) => faults.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal) && request.Url != new Uri(path).AbsoluteUri)
                faults.Add($"asked for {request.Url}");
        };
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
