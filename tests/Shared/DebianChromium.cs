using Microsoft.Playwright;

namespace MaySend.Shared;

/// <summary>
/// Debian's Chromium without a window: as the shell that draws pages and nothing else where that is installed, which asks half of the
/// machine, else the whole browser.
/// </summary>
static class DebianChromium
{
    static readonly string Program = File.Exists("/usr/bin/chromium-headless-shell")
        ? "/usr/bin/chromium-headless-shell"
        : "/usr/bin/chromium";

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        // A busy machine is slow, not wrong: what is never there fails all the same, only later.
        Assertions.SetDefaultExpectTimeout(30_000);
        return playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Program,
                Headless = true,
                Args = ["--no-sandbox"],
            }
        );
    }
}
