using System.Text.Json;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

/// <summary>Walks a page with the tab key, as people do who use no mouse.</summary>
static class Keyboard
{
    const int MostStops = 400;

    const string Where = """
        () => {
          const at = document.activeElement;
          if (!at || at === document.body || at.dataset.walked) return null;
          at.dataset.walked = 'yes';
          const style = getComputedStyle(at), box = at.getBoundingClientRect();
          const last = window.walkedLast;
          const isForward = !last || !!(last.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING);
          window.walkedLast = at;
          return {
            what: at.outerHTML.slice(0, 120),
            isForward,
            isSeen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
            isMarked: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none' || at.matches('a.skip'),
          };
        }
        """;

    /// <summary>Every stop comes after the one before it in the page, is on screen, and shows that it has the focus.</summary>
    public static async Task WalksAsync(IPage page, string name)
    {
        for (var stops = 0; stops < MostStops; stops++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<JsonElement?>(Where) is not { ValueKind: JsonValueKind.Object } stop)
            {
                stops.ShouldBeGreaterThan(0, $"{name} has nothing to reach");
                return;
            }
            var what = $"{name}: {stop.GetProperty("what").GetString()}";
            stop.GetProperty("isForward").GetBoolean().ShouldBeTrue($"{what} comes out of order");
            stop.GetProperty("isSeen").GetBoolean().ShouldBeTrue($"{what} has the focus and is not on screen");
            stop.GetProperty("isMarked").GetBoolean().ShouldBeTrue($"{what} does not show the focus");
        }
        throw new ShouldAssertException($"{name} holds the focus or has more than {MostStops} stops");
    }
}
