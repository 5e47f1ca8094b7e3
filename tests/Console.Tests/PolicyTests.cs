using System.Net;
using MaySend.Console.Access;
using MaySend.Evidence.Entries;
using MaySend.Law.Provisions;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

public sealed class PolicyTests(Site site)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Role.DataProtectionOfficer, 1280, ColorScheme.Light)]
    [InlineData(Role.Administrator, 360, ColorScheme.Dark)]
    public async Task House_policy_is_set_with_a_reason_holds_at_once_and_is_on_record_with_who_set_it(
        string role,
        int width,
        ColorScheme scheme
    )
    {
        await using var shop = await OwnConsole.StartAsync();
        var page = await shop.SignInAsync(site.Browser, role, width, scheme);
        await page.GotoAsync("/console/policy");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("can only make an answer stricter than the law");
        (await page.Locator("[name=switches][value=two-keys]").IsCheckedAsync()).ShouldBeTrue();
        await page.Locator("[name=switches][value=no-children]").CheckAsync();
        await page.Locator("[name=switches][value=two-keys]").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Sign as {role} and set" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("why");
        (await page.Locator("[name=switches][value=no-children]").IsCheckedAsync()).ShouldBeTrue("what was chosen stays chosen");
        (await SetsAsync(shop)).ShouldBeEmpty();
        await Looks.GoodAsync(page, $"policy-wrong-{scheme}");

        await page.GetByLabel("Why").FillAsync("toys are advertised from now on");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Sign as {role} and set" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToContainTextAsync("House policy is set");
        await Looks.GoodAsync(page, $"policy-{scheme}");
        var set = (await SetsAsync(shop)).ShouldHaveSingleItem();
        set.Signature!.By.ShouldBe(role);
        set.Signature.Reason.ShouldBe("toys are advertised from now on");
        (await shop.Store.ControllerAsync(cancellation: Stop))
            .PolicyOn(DateOnly.MaxValue)
            .On.Select(one => one.Name)
            .ShouldBe(["low-confidence", "assessment-review", "organisation-refusals", "no-children"]);
        await Assertions.Expect(page.Locator(".facts")).ToContainTextAsync($"Set by {role}");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Of_two_people_who_change_the_same_policy_the_second_is_told()
    {
        await using var shop = await OwnConsole.StartAsync();
        using var first = await shop.SignInAsync(Role.DataProtectionOfficer);
        using var second = await shop.SignInAsync(Role.Administrator);
        (await SetAsync(first, "0", "first", HousePolicy.TwoKeys)).ShouldContain("House policy is set");
        (await SetAsync(second, "0", "second", "no-children")).ShouldContain("Somebody else changed it in the meantime");
        (await SetsAsync(shop)).ShouldHaveSingleItem().Signature!.Reason.ShouldBe("first");
    }

    [Fact]
    public async Task A_switch_that_there_is_not_is_refused()
    {
        await using var shop = await OwnConsole.StartAsync();
        using var visitor = await shop.SignInAsync(Role.Administrator);
        (await SetAsync(visitor, "0", "because", "send-anyway")).ShouldContain("is not one of the choices");
        (await SetAsync(visitor, "0", "because", "all")).ShouldContain("one by one");
        (await SetsAsync(shop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_the_token_of_the_form_or_without_the_role_nothing_is_set()
    {
        await using var shop = await OwnConsole.StartAsync();
        using var officer = await shop.SignInAsync(Role.DataProtectionOfficer);
        (
            await officer.Http.PostAsync("/console/policy", new FormUrlEncodedContent(Fields("0", "forged", "no-children")), Stop)
        ).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        using var marketer = await shop.SignInAsync(Role.Marketer);
        var page = await marketer.Http.GetStringAsync("/console/policy", Stop);
        page.ShouldContain("can only make an answer stricter than the law");
        page.ShouldNotContain("name=\"switches\"");
        var token = await marketer.TokenAsync("/console/campaigns");
        var answer = await marketer.Http.PostAsync(
            "/console/policy",
            new FormUrlEncodedContent([.. Fields("0", "forged", "no-children"), new("__RequestVerificationToken", token)]),
            Stop
        );
        answer.IsSuccessStatusCode.ShouldBeFalse();
        (await SetsAsync(shop)).ShouldBeEmpty();
    }

    static async Task<IReadOnlyList<PolicySet>> SetsAsync(OwnConsole shop) =>
        [.. (await shop.Store.ControllerEntriesAsync(cancellation: Stop)).Select(recorded => recorded.Entry).OfType<PolicySet>()];

    static KeyValuePair<string, string>[] Fields(string seen, string reason, string on) =>
        [new("_handler", "policy"), new("seen", seen), new("reason", reason), new("switches", on)];

    static async Task<string> SetAsync(Visitor visitor, string seen, string reason, string on) =>
        await (await visitor.PostAsync("/console/policy", "policy", [.. Fields(seen, reason, on)[1..]])).Content.ReadAsStringAsync(Stop);
}
