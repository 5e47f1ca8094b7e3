using System.Net;
using MaySend.Console.Access;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

public sealed class SettingsTests(Site site)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_shown_once_opens_the_api_and_opens_nothing_once_revoked()
    {
        var page = await site.SignInAsync(Role.Administrator);
        await page.GotoAsync("/console/settings");
        var form = page.Locator("form").Filter(new() { HasText = "Who or what will use it" });
        await form.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("Choose at least one thing the key may do.");
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("who or what will use the key");
        await form.GetByLabel("Who or what will use it").FillAsync("web shop");
        await form.GetByLabel("Read").CheckAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        var key = await page.Locator("code.secret").InnerTextAsync();
        await Looks.GoodAsync(page, "settings-key");
        await page.GotoAsync("/console/settings");
        (await page.ContentAsync()).ShouldNotContain(key);

        (await AskAsync(key)).ShouldBe(HttpStatusCode.OK);
        await page.Locator("summary[aria-label='Revoke web shop']").ClickAsync();
        (await AskAsync(key)).ShouldBe(HttpStatusCode.OK, "a first press revokes nothing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke web shop for good" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToContainTextAsync("revoked");
        (await AskAsync(key)).ShouldBe(HttpStatusCode.Unauthorized);
        await page.Context.DisposeAsync();
    }

    async Task<HttpStatusCode> AskAsync(string key)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{site.Url}/v1/campaigns");
        request.Headers.Authorization = new("Bearer", key);
        return (await http.SendAsync(request, Stop)).StatusCode;
    }
}
