using System.Net;
using System.Text.RegularExpressions;
using MaySend.Console.Access;
using MaySend.Records;
using MaySend.Stores;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

public sealed partial class SecondFactorTests(Site site)
{
    const string Page = "/console/account/second-factor";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_an_app_set_up_a_password_alone_opens_nothing_and_each_code_is_good_once()
    {
        await site.AddUserAsync("with an app", Role.DataProtectionOfficer);
        using var owner = await Visitor.SignInAsync(site.Url, "with an app");
        var (app, recovery) = await SetUpAsync(owner);
        recovery.Count.ShouldBe(10);
        (await owner.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK, "this session goes on");

        using var thief = Visitor.New(site.Url);
        (await thief.TryAsync("with an app", Site.Password)).Headers.Location!.ToString().ShouldContain("/console/sign-in/second");
        (await thief.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await EnterAsync(thief, "000000")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await EnterAsync(thief, app.Code())).StatusCode.ShouldBe(HttpStatusCode.OK, "it was used when the app was set up");
        (await thief.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var next = app.Code(later: 1);
        (await EnterAsync(thief, next)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await thief.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var again = Visitor.New(site.Url);
        await again.TryAsync("with an app", Site.Password);
        (await EnterAsync(again, next)).StatusCode.ShouldBe(HttpStatusCode.OK, "a code that was seen is worth nothing");
        (await EnterAsync(again, recovery[3].ToLowerInvariant())).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var third = Visitor.New(site.Url);
        await third.TryAsync("with an app", Site.Password);
        (await EnterAsync(third, recovery[3])).StatusCode.ShouldBe(HttpStatusCode.OK, "it is used up");
    }

    [Fact]
    public async Task After_five_wrong_codes_the_right_one_is_not_taken_either()
    {
        await site.AddUserAsync("guessed at", Role.Auditor);
        using var owner = await Visitor.SignInAsync(site.Url, "guessed at");
        var (app, _) = await SetUpAsync(owner);
        using var guesser = Visitor.New(site.Url);
        await guesser.TryAsync("guessed at", Site.Password);
        for (var tries = 0; tries < 5; tries++)
            (await EnterAsync(guesser, $"00000{tries}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await EnterAsync(guesser, app.Code(later: 1))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await guesser.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Whoever_may_sign_and_has_no_second_factor_is_led_to_it_where_that_is_asked()
    {
        var folder = Directory.CreateTempSubdirectory("maysend-asked-").FullName;
        await using var store = await EvidenceStores.CreateAsync(folder);
        await using (var app = Site.Build(folder, store, SecondFactorFor.Signers))
        {
            await app.StartAsync(Stop);
            foreach (var role in new[] { Role.DataProtectionOfficer, Role.Marketer })
                await Site.AddUserAsync(app, role, role);
            using var marketer = await Visitor.SignInAsync(Site.AddressOf(app), Role.Marketer);
            (await marketer.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
            using var signer = await Visitor.SignInAsync(Site.AddressOf(app), Role.DataProtectionOfficer);
            foreach (var path in new[] { "/console", "/console/people", "/console/to-sign" })
                (await signer.Http.GetAsync(path, Stop)).Headers.Location?.ToString().ShouldContain(Page, Case.Sensitive, path);
            await SetUpAsync(signer);
            (await signer.Http.GetAsync("/console/people", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await signer.Http.GetStringAsync(Page, Stop)).ShouldNotContain("Turn the second factor off");
        }
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session_but_this_one()
    {
        await site.AddUserAsync("everywhere", Role.Auditor);
        using var here = await Visitor.SignInAsync(site.Url, "everywhere");
        using var there = await Visitor.SignInAsync(site.Url, "everywhere");
        (await here.PostAsync(Page, "end")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await there.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await here.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Every_try_to_sign_in_stands_in_the_log_and_what_was_typed_for_a_name_does_not()
    {
        await site.AddUserAsync("logged", Role.Marketer);
        using var visitor = Visitor.New(site.Url);
        await visitor.TryAsync("a password typed in the wrong field", "x");
        await visitor.TryAsync("logged", "wrong password");
        await visitor.TryAsync("logged", Site.Password);
        (await visitor.Http.GetAsync("/console/sign-ins", Stop)).Headers.Location!.ToString().ShouldContain("denied");
        using var reader = await Visitor.SignInAsync(site.Url, Role.Auditor);
        var log = await reader.Http.GetStringAsync("/console/sign-ins", Stop);
        log.ShouldNotContain("typed in the wrong field");
        foreach (var said in new[] { "nobody with that name", "no such account", "wrong password", "signed in", "logged", "127.0.0.1" })
            log.ShouldContain(said);
        log.ShouldNotContain("End every session", Case.Sensitive, "an auditor changes nothing");
    }

    [Fact]
    public async Task An_administrator_takes_a_lost_second_factor_away_and_ends_the_sessions()
    {
        await site.AddUserAsync("lost", Role.Auditor);
        using var owner = await Visitor.SignInAsync(site.Url, "lost");
        await SetUpAsync(owner);
        using var administrator = await Visitor.SignInAsync(site.Url, Role.Administrator);
        var page = await administrator.Http.GetStringAsync("/console/sign-ins", Stop);
        // The accounts of the other tests stand on the page as well.
        var form = FactorForm().Match(page[page.IndexOf("<strong>lost</strong>", StringComparison.Ordinal)..]).Groups[1].Value;
        await administrator.PostAsync("/console/sign-ins", form);
        (await Visitor.New(site.Url).TryAsync("lost", Site.Password))
            .Headers.Location!.ToString()
            .ShouldContain("second", Case.Sensitive, "unsure");
        await administrator.PostAsync("/console/sign-ins", form, new KeyValuePair<string, string>("Form.IsSure", "true"));
        (await owner.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Visitor.New(site.Url).TryAsync("lost", Site.Password)).Headers.Location!.ToString().ShouldEndWith("/console");
    }

    [Fact]
    public async Task A_passkey_signs_in_without_a_password_and_a_password_without_it_no_more()
    {
        await site.AddUserAsync("with a passkey", Role.DataProtectionOfficer);
        // A passkey belongs to a host with a name; the browser takes this one without TLS.
        await using var context = await site.Browser.NewContextAsync(
            new() { BaseURL = site.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) }
        );
        var page = await context.NewPageAsync();
        var devices = await context.NewCDPSessionAsync(page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new()
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
        await SignInAsync(page, "with a passkey");
        await page.WaitForURLAsync("**/console");
        await page.GotoAsync(Page);
        await page.GetByLabel("Name of the passkey").FillAsync("laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.WaitForURLAsync("**passkey=added");
        (await page.ContentAsync()).ShouldContain("laptop");

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await page.WaitForURLAsync("**/console");
        (await page.Locator(".who .name").InnerTextAsync()).ShouldBe("with a passkey");

        using var elsewhere = Visitor.New(site.Url);
        (await elsewhere.TryAsync("with a passkey", Site.Password)).Headers.Location!.ToString().ShouldContain("/console/sign-in/second");
        (await elsewhere.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task What_is_no_answer_of_a_passkey_lets_nobody_in_and_adds_none()
    {
        using var stranger = Visitor.New(site.Url);
        using var owner = await Visitor.SignInAsync(site.Url, Role.Auditor);
        foreach (
            var answer in new[]
            {
                "",
                "x",
                "{}",
                """{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}""",
                new string('[', 500),
            }
        )
        {
            (await SendAsync(stranger, "/console/sign-in", "/console/sign-in/passkey", answer)).ShouldContain("passkey=no");
            (await SendAsync(owner, Page, "/console/account/passkey", answer)).ShouldContain("passkey=no");
        }
        (await stranger.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    static async Task<string> SendAsync(Visitor visitor, string page, string to, string credential)
    {
        var token = await visitor.TokenAsync(page);
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("credential", credential)]);
        var answer = await visitor.Http.PostAsync(to, form, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, credential);
        return answer.Headers.Location!.ToString();
    }

    static async Task SignInAsync(IPage page, string name)
    {
        await page.GotoAsync("/console/sign-in");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Password").FillAsync(Site.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    static Task<HttpResponseMessage> EnterAsync(Visitor visitor, string code) =>
        visitor.PostAsync("/console/sign-in/second", "second", new KeyValuePair<string, string>("Form.Code", code));

    static async Task<(AuthenticatorApp App, IReadOnlyList<string> Recovery)> SetUpAsync(Visitor visitor)
    {
        var begun = await (await visitor.PostAsync(Page, "begin")).Content.ReadAsStringAsync(Stop);
        var app = new AuthenticatorApp(ShownKey().Match(begun).Groups[1].Value);
        var done = await (
            await visitor.PostAsync(Page, "confirm", new KeyValuePair<string, string>("Form.Code", app.Code()))
        ).Content.ReadAsStringAsync(Stop);
        done.ShouldContain("The app is set up");
        return (app, [.. ShownCode().Matches(done).Select(match => match.Groups[1].Value)]);
    }

    [GeneratedRegex("Key: <code>([A-Z2-7]+)</code>")]
    private static partial Regex ShownKey();

    [GeneratedRegex("<li><code>([A-Z0-9-]+)</code></li>")]
    private static partial Regex ShownCode();

    [GeneratedRegex("(factor-[0-9a-f]{32})")]
    private static partial Regex FactorForm();
}
