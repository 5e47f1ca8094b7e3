using System.Net;
using MaySend.Console.Access;
using MaySend.Records;
using MaySend.Records.Keys;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

public sealed class SettingsTests(Site site)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_shown_once_opens_the_api_and_opens_nothing_once_revoked()
    {
        var page = await site.SignInAsync(Role.Administrator);
        await page.GotoAsync("/console/settings?tab=keys");
        var form = page.Locator("form").Filter(new() { HasText = "Who or what will use it" });
        await form.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("Choose at least one thing the key may do.");
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("who or what will use the key");
        await form.GetByLabel("Who or what will use it").FillAsync("web shop");
        await form.GetByLabel("Read").CheckAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        var key = await page.Locator("code.secret").InnerTextAsync();
        await Looks.GoodAsync(page, "settings-key");
        await page.GotoAsync("/console/settings?tab=keys");
        (await page.ContentAsync()).ShouldNotContain(key);

        var line = page.Locator("li").Filter(new() { HasText = "web shop" });
        await Assertions.Expect(line).ToContainTextAsync("not used on this server");
        (await AskAsync(key)).ShouldBe(HttpStatusCode.OK);
        await page.ReloadAsync();
        await Assertions.Expect(line).ToContainTextAsync("last used here");
        await page.Locator("summary[aria-label='Revoke web shop']").ClickAsync();
        (await AskAsync(key)).ShouldBe(HttpStatusCode.OK, "a first press revokes nothing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke web shop for good" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToContainTextAsync("revoked");
        (await AskAsync(key)).ShouldBe(HttpStatusCode.Unauthorized);
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task When_a_key_was_last_used_is_known_after_the_server_was_started_anew_and_a_spoilt_file_stops_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("maysend-uses-").FullName;
        var clock = new FakeTimeProvider(new DateTimeOffset(2027, 1, 4, 9, 0, 0, TimeSpan.Zero));
        KeyUses Uses() => new(new RecordsOptions { DataFolder = folder }, clock, NullLogger<KeyUses>.Instance);
        using (var uses = Uses())
        {
            await uses.StartAsync(Stop);
            uses.Used("0123456789abcdef");
            await uses.StopAsync(Stop);
        }
        clock.Advance(TimeSpan.FromDays(120));
        using (var again = Uses())
        {
            again.LastOf("0123456789abcdef").ShouldBe(new DateTimeOffset(2027, 1, 4, 9, 0, 0, TimeSpan.Zero));
            again.LastOf("another").ShouldBeNull();
        }
        var file = Directory.GetFiles(folder).ShouldHaveSingleItem();
        await File.WriteAllTextAsync(file, "{", Stop);
        using (var spoilt = Uses())
            spoilt.LastOf("0123456789abcdef").ShouldBeNull();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Each_part_of_the_settings_has_a_tab_and_whoever_may_not_settle_them_has_none()
    {
        using var administrator = await Visitor.SignInAsync(site.Url, Role.Administrator);
        async Task<string> PageAsync(string tab) => await administrator.Http.GetStringAsync($"/console/settings?tab={tab}", Stop);
        (await PageAsync("people")).ShouldNotContain("Make a key");
        (await PageAsync("keys")).ShouldNotContain("First password");
        (await PageAsync("server")).ShouldContain(site.Store.Ledger.StoreId.ToString()!);
        (await PageAsync("no-such-tab")).ShouldContain("First password");
        using var marketer = await Visitor.SignInAsync(site.Url, Role.Marketer);
        (await marketer.Http.GetAsync("/console/settings?tab=server", Stop)).Headers.Location!.ToString().ShouldContain("/console/denied");
    }

    async Task<HttpStatusCode> AskAsync(string key)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{site.Url}/v1/campaigns");
        request.Headers.Authorization = new("Bearer", key);
        return (await http.SendAsync(request, Stop)).StatusCode;
    }
}
