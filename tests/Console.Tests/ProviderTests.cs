using System.Net;
using MaySend.Console.Access;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MaySend.Console.Tests;

/// <summary>A console whose people may sign in with a provider; a second factor is asked of everybody else.</summary>
public sealed class ProvidedConsole : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("maysend-provider-").FullName;
    EvidenceStore store = null!;

    internal LoginProvider Provider { get; private set; } = null!;

    public WebApplication App { get; private set; } = null!;

    public string Folder => folder;

    public async ValueTask InitializeAsync()
    {
        Provider = await LoginProvider.StartAsync();
        store = await EvidenceStores.CreateAsync(folder);
        App = Site.Build(folder, store, SecondFactorFor.Everybody, oidc: Provider.FileIn(folder));
        await App.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await store.DisposeAsync();
        await Provider.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>Signing in with a provider: who is let in, as what, and what else opens their account.</summary>
public sealed class ProviderTests : IClassFixture<ProvidedConsole>
{
    static int people;

    readonly LoginProvider provider;
    readonly WebApplication app;
    readonly string folder;
    readonly string url;
    readonly string name;

    public ProviderTests(ProvidedConsole console)
    {
        (provider, app, folder, url) = (console.Provider, console.App, console.Folder, Site.AddressOf(console.App));
        // Somebody new for each test, who is a data protection officer.
        var number = Interlocked.Increment(ref people);
        name = $"Frida Falk {number}";
        (provider.Subject, provider.Name, provider.Groups) = ($"subject-{number}", name, ["privacy"]);
    }

    [Fact]
    public async Task Whoever_has_a_role_at_the_provider_is_let_in_as_that_and_signs_out_here_and_there()
    {
        using var visitor = Visitor.New(url);
        (await visitor.Http.GetStringAsync("/console/sign-in", TestContext.Current.CancellationToken)).ShouldContain(
            "Sign in with Shop login"
        );
        (await ComeAsync(visitor, "/console/account")).ShouldBe("/console/account");
        // A second factor is the provider's to ask, though this server asks everybody else for one.
        var account = await visitor.Http.GetStringAsync("/console/account", TestContext.Current.CancellationToken);
        account.ShouldContain(name);
        account.ShouldContain("Data protection officer");
        account.ShouldNotContain("Change your password");
        (await visitor.Http.GetStringAsync("/console/account/second-factor", TestContext.Current.CancellationToken)).ShouldNotContain(
            "Set up an app"
        );
        (await visitor.Http.GetAsync("/console/settings", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(
            HttpStatusCode.Redirect,
            "an administrator's page"
        );
        Lines()[0].ShouldBe((name, "signed in with the provider", true));
        Account().Roles.ShouldBe([Role.DataProtectionOfficer]);

        var left = await visitor.Http.PostAsync(
            "/console/sign-out",
            new FormUrlEncodedContent([new("__RequestVerificationToken", await visitor.TokenAsync("/console/account"))]),
            TestContext.Current.CancellationToken
        );
        left.Headers.Location!.ToString().ShouldBe("/console/sign-in?provider=out");
        (await visitor.Http.GetAsync("/console/account", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(
            HttpStatusCode.Redirect
        );
        (await visitor.Http.GetStringAsync("/console/sign-in?provider=out", TestContext.Current.CancellationToken)).ShouldContain(
            "Sign out at Shop login too"
        );
        var there = (
            await visitor.Http.GetAsync("/console/sign-out/provider", TestContext.Current.CancellationToken)
        ).Headers.Location!.ToString();
        there.ShouldStartWith($"{provider.Url}/logout?");
        there.ShouldContain($"client_id={LoginProvider.ClientId}");
        Lines()[0].ShouldBe((name, "signed out", false));
    }

    [Fact]
    public async Task Whoever_has_no_role_there_or_somebody_elses_name_here_is_not_let_in()
    {
        await Site.AddUserAsync(app, "ines", Role.DataProtectionOfficer);
        using var visitor = Visitor.New(url);
        provider.Groups = ["staff", "data-protection-officer", "PRIVACY"];
        await IsRefusedAsync(visitor, "refused: none of the provider's groups or roles counts here");
        (provider.Groups, provider.Name) = (["privacy"], "Ines");
        await IsRefusedAsync(visitor, "refused: somebody else already has this name here");
        provider.Name = null;
        await IsRefusedAsync(visitor, "refused: the provider gives no name that a signature could use");
        All()
            .ShouldNotContain(user =>
                user.ProvidedBy != null && user.ProvidedBy.EndsWith(" " + provider.Subject, StringComparison.Ordinal)
            );
        (await visitor.Http.GetStringAsync("/console/sign-in?provider=no", TestContext.Current.CancellationToken)).ShouldContain(
            "nothing it says about you lets you in here"
        );
    }

    [Fact]
    public async Task Roles_are_the_providers_at_every_sign_in_and_sessions_with_other_roles_end()
    {
        using var first = Visitor.New(url);
        using var second = Visitor.New(url);
        await ComeAsync(first);
        (await first.Http.GetAsync("/console/people", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        // The same person under another name there: the account, and what is signed, keeps the first.
        (provider.Groups, provider.Name) = (["shop-admins"], "Frida Falk-Berg");
        await ComeAsync(second);
        (await second.Http.GetAsync("/console/settings", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await first.Http.GetAsync("/console/people", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        Account().Name.ShouldBe(name);

        provider.Groups = [];
        using var third = Visitor.New(url);
        await IsRefusedAsync(third, "refused: none of the provider's groups or roles counts here");
        (await second.Http.GetAsync("/console/settings", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(
            HttpStatusCode.Redirect,
            "every session of theirs has ended"
        );
    }

    [Fact]
    public async Task No_password_opens_an_account_of_the_providers_and_a_closed_one_stays_closed()
    {
        using var visitor = Visitor.New(url);
        await ComeAsync(visitor);
        var file = app.Services.GetRequiredService<UserFile>();
        var user = Account();
        user.PasswordHash = new Microsoft.AspNetCore.Identity.PasswordHasher<ConsoleUser>().HashPassword(user, Site.Password);
        file.Save(user).ShouldBeTrue();
        (await Visitor.New(url).TryAsync(name, Site.Password)).StatusCode.ShouldBe(HttpStatusCode.OK, "the page again, with an error");
        Lines()[0].ShouldBe((name, "this account signs in with the provider", false));
        user.IsClosed = true;
        file.Save(user).ShouldBeTrue();
        await IsRefusedAsync(Visitor.New(url), "refused: the account is closed");
    }

    [Fact]
    public async Task An_answer_that_this_browser_did_not_ask_for_is_not_taken_and_nobody_is_led_to_another_site()
    {
        using var asks = Visitor.New(url);
        using var gets = Visitor.New(url);
        var back = await AnswerAsync(asks, "https://evil.example/");
        (await gets.Http.GetAsync(back, TestContext.Current.CancellationToken))
            .Headers.Location!.ToString()
            .ShouldBe("/console/sign-in?provider=away");
        Lines()[0].Outcome.ShouldBe("the provider's answer was not accepted");
        (await asks.Http.GetAsync(back, TestContext.Current.CancellationToken)).Headers.Location!.ToString().ShouldBe("/console");
        (await asks.Http.GetAsync(back, TestContext.Current.CancellationToken))
            .Headers.Location!.ToString()
            .ShouldBe("/console/sign-in?provider=away", "each answer is good once");
    }

    [Fact]
    public async Task With_the_provider_away_the_page_says_so_and_accounts_of_this_console_sign_in()
    {
        var away = Directory.CreateTempSubdirectory("maysend-provider-").FullName;
        File.WriteAllText(
            Path.Combine(away, "oidc.json"),
            $$"""
            {"authority": "http://127.0.0.1:9", "clientId": "x", "secretFile": "{{Path.Combine(
                folder,
                "oidc.secret"
            )}}", "roles": {"x": ["auditor"]}
            }
            """
        );
        await using var store = await EvidenceStores.CreateAsync(away);
        await using var alone = Site.Build(away, store, oidc: Path.Combine(away, "oidc.json"));
        await alone.StartAsync(TestContext.Current.CancellationToken);
        await Site.AddUserAsync(alone, "ines", Role.Auditor);
        using var visitor = Visitor.New(Site.AddressOf(alone));
        (await visitor.Http.GetAsync("/console/sign-in/provider", TestContext.Current.CancellationToken))
            .Headers.Location!.ToString()
            .ShouldBe("/console/sign-in?provider=away");
        (await visitor.Http.GetStringAsync("/console/sign-in?provider=away", TestContext.Current.CancellationToken)).ShouldContain(
            "127.0.0.1 did not answer"
        );
        (await visitor.TryAsync("ines", Site.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public void Wrong_settings_are_named_all_at_once()
    {
        var path = Path.Combine(folder, "wrong.json");
        File.WriteAllText(path, """{"authority": "http://login.example", "roles": {"x": ["boss"], "y": []}, "secretFile": "/none"}""");
        var said = Should.Throw<BadInputException>(() => ProviderFile.Read(path)).Message;
        foreach (
            var one in new[] { "is not an https address", "clientId is missing", "secretFile", "`boss`, which is not a role", "roles: `y`" }
        )
            said.ShouldContain(one);
        File.WriteAllText(path, """{"issuer": "https://login.example"}""");
        Should.Throw<BadInputException>(() => ProviderFile.Read(path)).Message.ShouldContain("authority, clientId");
        Should.Throw<BadInputException>(() => ProviderFile.Read(path + ".none"));
    }

    IReadOnlyList<ConsoleUser> All() => app.Services.GetRequiredService<UserFile>().All();

    ConsoleUser Account() =>
        All().Where(user => user.ProvidedBy?.EndsWith(" " + provider.Subject, StringComparison.Ordinal) == true).ShouldHaveSingleItem();

    List<(string? Name, string Outcome, bool IsIn)> Lines() =>
        [.. app.Services.GetRequiredService<SignInLog>().Latest().Select(line => (line.Name, line.Outcome, line.IsIn))];

    async Task IsRefusedAsync(Visitor visitor, string outcome)
    {
        (await ComeAsync(visitor)).ShouldBe("/console/sign-in?provider=no");
        (Lines()[0].Outcome, Lines()[0].IsIn).ShouldBe((outcome, false));
        (await visitor.Http.GetAsync("/console", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    /// <summary>Goes to the provider and comes back; where to.</summary>
    static async Task<string> ComeAsync(Visitor visitor, string next = "/console") =>
        (await visitor.Http.GetAsync(await AnswerAsync(visitor, next), TestContext.Current.CancellationToken)).Headers.Location!.ToString();

    /// <summary>The address that the provider sends the browser back to.</summary>
    static async Task<Uri> AnswerAsync(Visitor visitor, string next)
    {
        var there = (
            await visitor.Http.GetAsync(
                $"/console/sign-in/provider?next={Uri.EscapeDataString(next)}",
                TestContext.Current.CancellationToken
            )
        )
            .Headers
            .Location!;
        return (await visitor.Http.GetAsync(there, TestContext.Current.CancellationToken)).Headers.Location.ShouldNotBeNull(
            there.ToString()
        );
    }
}
