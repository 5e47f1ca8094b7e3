using System.Net;
using System.Text.RegularExpressions;
using MaySend.Console.Access;
using MaySend.Evidence.Store;
using MaySend.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace MaySend.Console.Tests;

public sealed partial class AccessTests(Site site)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static readonly TheoryData<string, string> Doors = new()
    {
        { "/console", Permit.Enter },
        { "/console/ask", Permit.Ask },
        { "/console/screen", Permit.ReadScreenings },
        { "/console/campaigns", Permit.ReadEvidence },
        { "/console/campaigns/opt-outs", Permit.ReadEvidence },
        { "/console/people", Permit.ReadPeople },
        { "/console/people/00000000000000000000000000000001", Permit.ReadPeople },
        { "/console/people/00000000000000000000000000000001/export.json", Permit.ReadPeople },
        { "/console/assessments", Permit.ReadEvidence },
        { "/console/assessments/LIA-1", Permit.ReadEvidence },
        { "/console/assessments/LIA-9.v1/write/scope", Permit.WriteAssessments },
        { "/console/assessments/LIA-9.v1/export.html", Permit.ReadEvidence },
        { "/console/inbox", Permit.ReadPeople },
        { "/console/replay", Permit.ReadPeople },
        { "/console/points", Permit.ReadEvidence },
        { "/console/map", Permit.ReadEvidence },
        { "/console/campaigns/write", Permit.WriteEvidence },
        { "/console/record", Permit.RecordPeople },
        { "/console/imports", Permit.ReadEvidence },
        { "/console/imports/00000000000000000000000000000001", Permit.WriteEvidence },
        { "/console/imports/00000000000000000000000000000001/mapping.yaml", Permit.WriteEvidence },
        { "/console/imports/00000000000000000000000000000001/progress", Permit.WriteEvidence },
        { "/console/requests", Permit.ReadPeople },
        { "/console/requests/letter-1", Permit.ReadPeople },
        { "/console/domains", Permit.ReadEvidence },
        { "/console/sign-up-pages", Permit.ReadEvidence },
        { "/console/webhooks", Permit.ReadEvidence },
        { "/console/webhooks/mail", Permit.Settings },
        { "/console/gate", Permit.ReadEvidence },
        { "/console/to-sign", Permit.ReadEvidence },
        { "/console/senders", Permit.ReadEvidence },
        { "/console/templates", Permit.ReadEvidence },
        { "/console/statements", Permit.ReadEvidence },
        { "/console/policy", Permit.ReadEvidence },
        { "/console/law", Permit.Enter },
        { "/console/law/diff", Permit.Enter },
        { "/console/law/cases", Permit.Enter },
        { "/console/law/beside", Permit.Enter },
        { "/console/law/calls", Permit.Enter },
        { "/console/ledger", Permit.ReadLedger },
        { "/console/settings", Permit.Settings },
        { "/console/sign-ins", Permit.ReadSignIns },
        { "/console/audit", Permit.ReadAudit },
        { "/console/lists/audit.csv", Permit.ReadAudit },
        { "/console/account/second-factor", Permit.Enter },
        { "/console/screen/00000000000000000000000000000001", Permit.ReadScreenings },
        { "/console/screen/00000000000000000000000000000001/permitted.csv", Permit.Screen },
        { "/console/screen/00000000000000000000000000000001/progress", Permit.ReadScreenings },
        { "/console/screen/00000000000000000000000000000001/report.html", Permit.ReadScreenings },
        { "/console/screen/00000000000000000000000000000001/map.svg", Permit.ReadScreenings },
        { "/console/screen/people?id=00000000000000000000000000000001", Permit.Screen },
        { "/console/law/provisions", Permit.Enter },
        { "/console/assessments/reviews.ics", Permit.ReadEvidence },
        { "/console/attachments/00000000000000000000000000000001", Permit.ReadEvidence },
        { "/console/points/screenshots/0000000000000000000000000000000000000000000000000000000000000001", Permit.ReadEvidence },
        { "/console/lists/campaigns.csv", Permit.ReadEvidence },
        { "/console/lists/screenings.csv", Permit.ReadScreenings },
        { "/console/lists/screened.csv", Permit.Screen },
        { "/console/lists/people.csv", Permit.ReadPeople },
        { "/console/lists/inbox.csv", Permit.ReadPeople },
        { "/console/lists/open-requests.csv", Permit.ReadPeople },
        { "/console/lists/answered-requests.csv", Permit.ReadPeople },
        { "/console/lists/checkpoints.csv", Permit.ReadLedger },
        { "/console/lists/entries.csv", Permit.ReadLedger },
        { "/console/lists/sign-ins.csv", Permit.ReadSignIns },
    };

    [Fact]
    public async Task Doors_are_shut_for_whoever_has_not_signed_in()
    {
        using var nobody = Visitor.New(site.Url);
        foreach (var (path, _) in Doors.Select(row => row.Data))
        {
            var answer = await nobody.Http.GetAsync(path, Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            answer.Headers.Location!.ToString().ShouldContain("/console/sign-in");
        }
    }

    [Theory]
    [InlineData(Role.Marketer)]
    [InlineData(Role.DataProtectionOfficer)]
    [InlineData(Role.Developer)]
    [InlineData(Role.Auditor)]
    [InlineData(Role.Administrator)]
    public async Task A_door_opens_for_the_roles_of_its_permit_and_for_nobody_else(string role)
    {
        using var visitor = await Visitor.SignInAsync(site.Url, role);
        foreach (var (path, permit) in Doors.Select(row => row.Data))
        {
            var got = await visitor.Http.GetAsync(path, Stop);
            if (Permit.Roles[permit].Contains(role))
                got.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);
            else
                got.Headers.Location?.ToString().ShouldContain("/console/denied", Case.Sensitive, $"{role} at {path}");
        }
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        using var visitor = await Visitor.SignInAsync(site.Url, Role.DataProtectionOfficer);
        foreach (
            var path in new[]
            {
                "/console/ask",
                "/console/screen",
                "/console/people",
                "/console/sign-in",
                "/console/setup",
                "/console/sign-out",
                "/console/points",
                "/console/campaigns",
                "/console/assessments",
                "/console/policy",
            }
        )
        {
            var answer = await visitor.Http.PostAsync(
                path,
                new FormUrlEncodedContent([new("_handler", "ask"), new("Form.Address", "anna@example.com")]),
                Stop
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, path);
        }
        (await visitor.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK, "still signed in");
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        using var visitor = await Visitor.SignInAsync(site.Url, Role.Auditor);
        var answer = await visitor.Http.PostAsync(
            "/console/sign-out",
            new FormUrlEncodedContent([new("__RequestVerificationToken", await visitor.TokenAsync("/console"))]),
            Stop
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldContain("/console/sign-in");
        (await visitor.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect, "not signed in any more");
    }

    [Fact]
    public async Task A_token_of_somebody_else_is_refused()
    {
        using var one = await Visitor.SignInAsync(site.Url, Role.DataProtectionOfficer);
        using var other = await Visitor.SignInAsync(site.Url, Role.Marketer);
        var stolen = await other.TokenAsync("/console/ask");
        var answer = await one.Http.PostAsync(
            "/console/ask",
            new FormUrlEncodedContent([
                new("_handler", "ask"),
                new("__RequestVerificationToken", stolen),
                new("Form.Address", "anna@example.com"),
            ]),
            Stop
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_a_name_and_the_answer_is_the_same_as_for_no_such_name()
    {
        await site.AddUserAsync("locked-out", Role.Auditor);
        using var visitor = Visitor.New(site.Url);
        for (var tries = 0; tries < 5; tries++)
            (await visitor.TryAsync("locked-out", "wrong password")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var locked = Text(await (await visitor.TryAsync("locked-out", Site.Password)).Content.ReadAsStringAsync(Stop));
        var unknown = Text(await (await visitor.TryAsync("no-such-name", "wrong password")).Content.ReadAsStringAsync(Stop));
        locked.ShouldBe(unknown);
        locked.ShouldContain("too many tries");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("/console/\\evil.example")]
    [InlineData("/consoles")]
    public async Task Signing_in_never_leads_to_another_site(string next)
    {
        using var visitor = Visitor.New(site.Url);
        var answer = await visitor.TryAsync(Role.Auditor, Site.Password, $"?next={Uri.EscapeDataString(next)}");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        new Uri(new Uri(site.Url), answer.Headers.Location!).ShouldBe(new Uri($"{site.Url}/console"));
    }

    [Fact]
    public async Task Pages_carry_headers_that_keep_other_scripts_and_sites_out()
    {
        using var visitor = await Visitor.SignInAsync(site.Url, Role.Auditor);
        var (first, second) = (await visitor.Http.GetAsync("/console", Stop), await visitor.Http.GetAsync("/console", Stop));
        var policy = first.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        policy.ShouldNotBe(second.Headers.GetValues("Content-Security-Policy").Single(), "a nonce is good for one answer");
        var html = await first.Content.ReadAsStringAsync(Stop);
        var nonce = NonceIn().Match(policy).Groups[1].Value;
        ScriptTags().Matches(html).Select(tag => WebUtility.HtmlDecode(tag.Value)).ShouldAllBe(tag => tag.Contains($"nonce=\"{nonce}\""));
        first.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        first.Headers.CacheControl!.NoStore.ShouldBeTrue();
        visitor.Cookies.ShouldAllBe(cookie => cookie.HttpOnly);
    }

    [Fact]
    public async Task A_closed_account_is_out_at_its_next_request()
    {
        await site.AddUserAsync("leaver", Role.Auditor);
        using var visitor = await Visitor.SignInAsync(site.Url, "leaver");
        (await visitor.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var scope = site.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<ConsoleUser>>();
        (await users.DeleteAsync((await users.FindByNameAsync("leaver"))!)).Succeeded.ShouldBeTrue();
        (await visitor.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Of_many_people_at_first_run_on_two_processes_only_one_becomes_administrator()
    {
        var folder = Directory.CreateTempSubdirectory("maysend-first-run-").FullName;
        await using var store = await EvidenceStores.CreateAsync(folder);
        await using var one = await StartAsync(folder, store);
        await using var two = await StartAsync(folder, store);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async number =>
                {
                    var app = number % 2 == 0 ? one : two;
                    using var visitor = Visitor.New(Site.AddressOf(app));
                    return await visitor.PostAsync(
                        "/console/setup",
                        "setup",
                        new("Form.Code", app.Services.GetRequiredService<AdministratorSetup>().Code),
                        new("Form.Name", $"admin-{number}"),
                        new("Form.Password", Site.Password)
                    );
                })
        );
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Redirect).ShouldBe(1);
        one.Services.GetRequiredService<UserFile>().All().Count.ShouldBe(1);
        await one.DisposeAsync();
        await two.DisposeAsync();
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task First_run_without_the_printed_code_makes_nobody_administrator()
    {
        var folder = Directory.CreateTempSubdirectory("maysend-first-run-").FullName;
        await using var store = await EvidenceStores.CreateAsync(folder);
        await using var app = await StartAsync(folder, store);
        using var visitor = Visitor.New(Site.AddressOf(app));
        var answer = await visitor.PostAsync(
            "/console/setup",
            "setup",
            new("Form.Code", "AAAAAA-AAAAAA-AAAAAA-AAAAAA"),
            new("Form.Name", "mallory"),
            new("Form.Password", Site.Password)
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Services.GetRequiredService<UserFile>().IsEmpty.ShouldBeTrue();
        await app.DisposeAsync();
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    static async Task<WebApplication> StartAsync(string folder, EvidenceStore store)
    {
        var app = Site.Build(folder, store);
        await app.StartAsync(Stop);
        return app;
    }

    static string Text(string html) =>
        Tags().Replace(html[html.IndexOf("<h1", StringComparison.Ordinal)..html.IndexOf("<form", StringComparison.Ordinal)], "");

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex ScriptTags();

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex NonceIn();
}
