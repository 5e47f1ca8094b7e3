using System.Text.RegularExpressions;
using MaySend.Console.Access;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

public sealed class DraftTests(Site site)
{
    // Asked again and again: a page that came before anybody waited for it is not missed.
    static readonly Regex SignIn = new("/console/sign-in");

    const string Text = "Customers tell us that they look for the next collection.";

    [Fact]
    public async Task What_was_typed_when_the_session_ended_is_offered_again_and_gone_once_it_is_saved()
    {
        await using var own = await OwnConsole.StartAsync();
        await own.Store.RecordAsync(
            new SenderDeclared("shop") { Name = "Shop Ltd", Establishment = "gb" },
            Actor.Runner("set-up"),
            cancellation: TestContext.Current.CancellationToken
        );
        var page = await own.SignInAsync(site.Browser, Role.DataProtectionOfficer);
        var id = await AssessmentPages.BeginAsync(page, "Kept while the session ends");
        await page.GotoAsync($"/console/assessments/{id}/write/purpose");
        var field = page.Locator(".question textarea").First;
        await field.FillAsync(Text);
        await page.Context.ClearCookiesAsync();
        await field.PressAsync("Tab");
        await page.EvaluateAsync("document.querySelector('form.writing').requestSubmit()");
        await Assertions.Expect(page).ToHaveURLAsync(SignIn);
        await SignInAsync(page, Role.Marketer);
        (await field.InputValueAsync()).ShouldBe("");
        (await page.GetByText("What you typed here last time").CountAsync()).ShouldBe(0, "somebody else typed it");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync($"/console/assessments/{id}/write/purpose");
        await SignInAsync(page, Role.DataProtectionOfficer);
        (await field.InputValueAsync()).ShouldBe("", "it never reached the server");
        await Assertions.Expect(page.GetByText("What you typed here last time was not saved.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Put it back" }).ClickAsync();
        (await field.InputValueAsync()).ShouldBe(Text);
        await page.EvaluateAsync("document.querySelector('form.writing').requestSubmit()");
        await Assertions.Expect(page.Locator(".alert.good")).ToBeVisibleAsync();
        await page.GotoAsync($"/console/assessments/{id}/write/purpose");
        (await field.InputValueAsync()).ShouldBe(Text);
        (await page.GetByText("What you typed here last time").CountAsync()).ShouldBe(0);
        await field.FillAsync("Something else.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(SignIn);
        (await page.EvaluateAsync<int>("Object.keys(localStorage).length")).ShouldBe(0, "the next one at this machine finds nothing");
        await page.Context.DisposeAsync();
    }

    static async Task SignInAsync(IPage page, string name)
    {
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(Site.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync("**/write/purpose**");
    }
}
