using System.Net;
using MaySend.Console.Access;
using MaySend.Console.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;
using MaySend.Mail.Inbound;
using MaySend.Records.Inbound;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

/// <summary>
/// <c>inbound.json</c> changed in the console: what each act did is read back from the file, from the running server and from the record.
/// </summary>
public sealed class InboundSettingsTests(Site site)
{
    const string Page = "/console/webhooks";
    const string Key = "a signing key of theirs";
    const string Mailgun = $$$"""{"mailgun": {"secret": "{{{Key}}}"}}""";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task A_platform_is_listened_to_changed_and_left_again_without_a_new_start(int width, ColorScheme scheme)
    {
        await using var own = await OwnConsole.StartAsync();
        await DeclareAsync(own);
        var page = await own.SignInAsync(site.Browser, Role.Administrator, width, scheme);
        await page.GotoAsync(Page);
        await page.GetByText("Listen to another platform").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "mailgun" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("/v1/inbound/mailgun");

        // Everything that is wrong is said at once, beside its field, and nothing is written.
        await page.GetByLabel("Its lists, groups and streams").FillAsync("list-7\nlist-8 = no such topic");
        await page.GetByRole(AriaRole.Button, new() { Name = "Listen to mailgun" }).ClickAsync();
        var alert = page.Locator("[role=alert]").First;
        await Assertions.Expect(alert).ToContainTextAsync("The secret is missing");
        await Assertions.Expect(alert).ToContainTextAsync("their name = your topic");
        await Assertions.Expect(alert).ToContainTextAsync("“no such topic” is not a topic on record");
        await Assertions.Expect(page.Locator("small.wrong")).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByLabel("Its lists, groups and streams")).ToHaveValueAsync("list-7\nlist-8 = no such topic");
        File.Exists(Settings(own)).ShouldBeFalse();
        await Looks.GoodAsync(page, "inbound-wrong");

        await page.Locator("[name=secret]").FillAsync(Key);
        await page.GetByLabel("Its lists, groups and streams").FillAsync("list-7 = offers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Listen to mailgun" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToContainTextAsync("It is in force now");
        await Looks.GoodAsync(page, "inbound-saved");
        (await page.ContentAsync()).ShouldNotContain(Key, Case.Insensitive, "a secret is never shown back");
        var hook = Hooks(own).Current.Hooks["mailgun"];
        (hook.Source.Secret, hook.Sender, hook.Topics["list-7"]).ShouldBe((Key, null, "offers"));
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Settings(own)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        // The secret stays while its field is left empty; a narrower stop is said before it is written.
        await page.GetByLabel("Whose messages it is about").SelectOptionAsync("shop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("stops marketing of shop only");
        Hooks(own).Current.Hooks["mailgun"].Sender.ShouldBeNull("looking changes nothing");
        await Looks.GoodAsync(page, "inbound-narrower");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save all the same" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToContainTextAsync("It is in force now");
        hook = Hooks(own).Current.Hooks["mailgun"];
        (hook.Source.Secret, hook.Sender).ShouldBe((Key, "shop"));

        await page.Locator("summary", new() { HasText = "Stop listening to mailgun" }).ClickAsync();
        await Assertions.Expect(page.Locator("details.danger")).ToContainTextAsync("reach it only when you import mailgun's list");
        await Looks.GoodAsync(page, "inbound-leaving");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop listening to mailgun" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToContainTextAsync("no longer listens");
        Hooks(own).Current.Hooks.ShouldBeEmpty();
        (await File.ReadAllTextAsync(Settings(own), Stop)).ShouldBe("{}\n");

        var said = (await own.Services.GetRequiredService<InboundDesk>().HistoryAsync(Stop)).ToList();
        said.Select(one => one.Id).ShouldBe(["mailgun", "mailgun", "mailgun"]);
        said.ShouldAllBe(one => one.By == Role.Administrator);
        said[2]
            .Changes.ShouldBe([
                "listening: no → yes",
                "secret: none → set",
                "it stops the marketing of: none → every sender",
                "“list-7” there: none → offers",
            ]);
        said[1].Changes.ShouldBe(["it stops the marketing of: every sender → shop"]);
        said.SelectMany(one => one.Changes).ShouldAllBe(line => !line.Contains(Key));
        await page.GotoAsync(Page);
        await Assertions.Expect(page.Locator("#history + ul")).ToContainTextAsync("it stops the marketing of: every sender → shop");
        await Looks.GoodAsync(page, "inbound-history");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_mailbox_is_set_its_password_lies_in_a_file_of_its_own_and_goes_to_no_other_server()
    {
        await using var own = await OwnConsole.StartAsync();
        var page = await own.SignInAsync(site.Browser, Role.Administrator);
        await page.GotoAsync($"{Page}/mail");
        await page.GetByLabel("Its server (IMAP)").FillAsync("127.0.0.1");
        await page.GetByLabel("Port").FillAsync("1");
        await page.GetByLabel("Encryption").SelectOptionAsync("starttls");
        await page.GetByLabel("Domain of opt-out mailboxes").FillAsync("no domain");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        var alert = page.Locator("[role=alert]").First;
        await Assertions.Expect(alert).ToContainTextAsync("The login is missing");
        await Assertions.Expect(alert).ToContainTextAsync("is not a domain");
        await page.GetByLabel("Login").FillAsync("answers@shop.example");
        await page.GetByLabel("Domain of opt-out mailboxes").FillAsync("u.shop.example");
        await page.GetByLabel("Your mail server's name").FillAsync("mx.shop.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(alert).ToContainTextAsync("has to be given");
        await page.Locator("[name=secret]").FillAsync("battery staple");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToContainTextAsync("It is in force now");
        await Looks.GoodAsync(page, "inbound-mailbox");
        var first = Hooks(own).Current.Mail;
        (first.Mailbox!.Host, first.Mailbox.Port, first.Mailbox.User, first.Domain, first.Server).ShouldBe(
            ("127.0.0.1", 1, "answers@shop.example", "u.shop.example", "mx.shop.example")
        );
        (await File.ReadAllTextAsync(first.Mailbox.PasswordFile!, Stop)).ShouldBe("battery staple");
        (await File.ReadAllTextAsync(Settings(own), Stop)).ShouldNotContain("battery");
        (await page.ContentAsync()).ShouldNotContain("battery staple");

        // Whoever may change settings must not have the password sent elsewhere.
        await page.GetByLabel("Its server (IMAP)").FillAsync("localhost");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(alert).ToContainTextAsync("has to be given again");
        Hooks(own).Current.Mail.Mailbox!.Host.ShouldBe("127.0.0.1");

        // A password that is typed is kept, sealed, while the page asks first.
        await page.Locator("[name=secret]").FillAsync("correct horse");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("no longer reads the mailbox answers@shop.example");
        (await page.ContentAsync()).ShouldNotContain("correct horse");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save all the same" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToContainTextAsync("It is in force now");
        var second = Hooks(own).Current.Mail.Mailbox!;
        (second.Host, await File.ReadAllTextAsync(second.PasswordFile!, Stop)).ShouldBe(("localhost", "correct horse"));
        File.Exists(first.Mailbox.PasswordFile).ShouldBeFalse("the old password is deleted");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Of_a_file_that_changed_meanwhile_nothing_is_lost_on_either_side()
    {
        await using var own = await OwnConsole.StartAsync();
        await File.WriteAllTextAsync(Settings(own), Mailgun, Stop);
        var page = await own.SignInAsync(site.Browser, Role.Administrator);
        await page.GotoAsync($"{Page}/brevo");
        await page.Locator("[name=secret]").FillAsync("mine");
        await page.GetByLabel("Time zone of the account").FillAsync("Europe/Paris");
        await File.WriteAllTextAsync(Settings(own), """{"mailgun": {"secret": "by hand"}, "twilio": {"secret": "t"}}""", Stop);
        await page.GetByRole(AriaRole.Button, new() { Name = "Listen to brevo" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("has changed since you opened this page");
        (await File.ReadAllTextAsync(Settings(own), Stop)).ShouldNotContain("brevo");
        await Assertions.Expect(page.GetByLabel("Time zone of the account")).ToHaveValueAsync("Europe/Paris");
        await page.GetByRole(AriaRole.Button, new() { Name = "Listen to brevo" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToContainTextAsync("It is in force now");
        var hooks = Hooks(own).Current.Hooks;
        hooks.Keys.Order().ShouldBe(["brevo", "mailgun", "twilio"]);
        (hooks["mailgun"].Source.Secret, hooks["brevo"].Source.Secret).ShouldBe(("by hand", "mine"));
        hooks["brevo"].Source.AccountZone!.Id.ShouldBe("Europe/Paris");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_broken_file_stays_untouched_until_somebody_puts_the_settings_in_use_back()
    {
        await using var own = await OwnConsole.StartAsync();
        await File.WriteAllTextAsync(Settings(own), Mailgun, Stop);
        Hooks(own).Current.Hooks.ShouldContainKey("mailgun");
        await File.WriteAllTextAsync(Settings(own), """{"mailgun": {"secret": "half""", Stop);
        Hooks(own).Current.Hooks["mailgun"].Source.Secret.ShouldBe(Key, "the last good settings stay");
        using var administrator = await own.SignInAsync(Role.Administrator);
        (await administrator.Http.GetStringAsync($"{Page}/brevo", Stop)).ShouldContain("Nothing can be changed here until");
        var answer = await administrator.PostAsync(Page, "source", new KeyValuePair<string, string>("secret", "x"));
        ((int)answer.StatusCode).ShouldBeInRange(400, 499);
        (await File.ReadAllTextAsync(Settings(own), Stop)).ShouldContain("half");

        var page = await own.SignInAsync(site.Browser, Role.Administrator);
        await page.GotoAsync(Page);
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("inbound.json has errors");
        await Looks.GoodAsync(page, "inbound-broken");
        await page.GetByRole(AriaRole.Button, new() { Name = "Put the settings in use back" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToContainTextAsync("are in inbound.json again");
        (await File.ReadAllTextAsync(Settings(own), Stop)).ShouldContain(Key);
        (await File.ReadAllTextAsync(Settings(own) + ".broken", Stop)).ShouldContain("half");
        Hooks(own).Faults.ShouldBeEmpty();
        await page.Context.DisposeAsync();
    }

    [Theory]
    [InlineData(Role.Marketer)]
    [InlineData(Role.DataProtectionOfficer)]
    [InlineData(Role.Developer)]
    [InlineData(Role.Auditor)]
    public async Task Whoever_may_not_change_settings_reads_who_may_and_changes_nothing(string role)
    {
        await using var own = await OwnConsole.StartAsync();
        await File.WriteAllTextAsync(Settings(own), Mailgun, Stop);
        await own.AddUserAsync($"only {role}", role);
        using var visitor = await own.SignInAsync($"only {role}");
        var page = await visitor.Http.GetStringAsync(Page, Stop);
        page.ShouldContain("An administrator may change it");
        page.ShouldNotContain(Key);
        page.ShouldNotContain($"{Page}/mailgun");
        var token = await visitor.TokenAsync("/console/account");
        foreach (var form in new[] { "source", "remove-source" })
        {
            var answer = await visitor.Http.PostAsync(
                $"{Page}/mailgun",
                new FormUrlEncodedContent([new("_handler", form), new("__RequestVerificationToken", token), new("secret", "mine")]),
                Stop
            );
            answer.Headers.Location!.ToString().ShouldContain("/console/denied");
            (await visitor.Http.GetStringAsync(answer.Headers.Location, Stop)).ShouldContain("What you tried is for an administrator");
        }
        Hooks(own).Current.Hooks["mailgun"].Source.Secret.ShouldBe(Key);
    }

    [Fact]
    public async Task Without_the_token_of_the_form_nothing_is_changed()
    {
        await using var own = await OwnConsole.StartAsync();
        await File.WriteAllTextAsync(Settings(own), Mailgun, Stop);
        using var administrator = await own.SignInAsync(Role.Administrator);
        foreach (var form in new[] { "source", "remove-source" })
            (
                await administrator.Http.PostAsync(
                    $"{Page}/mailgun",
                    new FormUrlEncodedContent([new("_handler", form), new("secret", "forged")]),
                    Stop
                )
            ).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (
            await administrator.PostAsync($"{Page}/mailgun", "remove-source", new KeyValuePair<string, string>("seen", "made up"))
        ).StatusCode.ShouldBe(HttpStatusCode.OK);
        Hooks(own).Current.Hooks["mailgun"].Source.Secret.ShouldBe(Key, "whoever has not seen the file changes nothing");
    }

    [Theory]
    [InlineData("""{"mailgun": null}""", "says nothing")]
    [InlineData("""{"mailgun": {"secret": "a"}, "Mailgun": {"secret": "b"}}""", "is there twice")]
    [InlineData("""{"mailgun": {"secret": "a", "secret": "b"}}""", "cannot be read")]
    [InlineData("""{"mailgun": {"secret": "a", "topics": {"x": null}}}""", "is translated into nothing")]
    [InlineData("""{"mailgun": {"secret": "a", "topics": null}}""", null)]
    [InlineData("null", "holds nothing")]
    [InlineData("", "cannot be read")]
    public async Task A_file_that_says_nothing_sure_is_not_in_force(string text, string? fault)
    {
        await using var own = await OwnConsole.StartAsync();
        Hooks(own).Current.Hooks.ShouldBeEmpty();
        await File.WriteAllTextAsync(Settings(own), text, Stop);
        if (fault is null)
            Hooks(own).Faults.ShouldBeEmpty();
        else
            Hooks(own).Faults.ShouldHaveSingleItem().ShouldContain(fault);
    }

    [Fact]
    public async Task Of_many_who_change_it_at_once_each_is_told_and_what_was_taken_is_whole()
    {
        await using var own = await OwnConsole.StartAsync();
        var desk = own.Services.GetRequiredService<InboundDesk>();
        var by = new Actor("somebody", Rights.None);
        var platforms = InboundDesk.Platforms.Where(name => name != "ses").ToList();
        var made = 0;
        await Task.WhenAll(
            platforms.Select(platform =>
                Task.Run(async () =>
                {
                    for (var outcome = InboundOutcome.Meanwhile; outcome == InboundOutcome.Meanwhile; )
                    {
                        var result = await desk.ChangeAsync(platform, new() { Secret = platform }, null, desk.Read().State, by, Stop);
                        outcome = result.Outcome;
                        if (outcome == InboundOutcome.Changed)
                            Interlocked.Increment(ref made);
                    }
                })
            )
        );
        made.ShouldBe(platforms.Count);
        Hooks(own).Current.Hooks.Values.Select(hook => hook.Source.Secret).Order().ShouldBe(platforms.Order());
        (await desk.HistoryAsync(Stop)).Count.ShouldBe(platforms.Count);
        Directory.GetFiles(own.Data, "inbound.json.draft").ShouldBeEmpty();
    }

    [Fact]
    public void Every_platform_has_words_for_its_secret() =>
        Enum.GetNames<WebhookPlatform>()
            .Select(name => name.ToLowerInvariant())
            .Where(name => !InboundForm.HasTopicArn(name))
            .ShouldAllBe(name => InboundForm.BringsSecret(name) == InboundForm.SecretOf(name).StartsWith("A long password"));

    static string Settings(OwnConsole own) => Path.Combine(own.Data, "inbound.json");

    static InboundHooks Hooks(OwnConsole own) => own.Services.GetRequiredService<InboundHooks>();

    static async Task DeclareAsync(OwnConsole own) =>
        await own.Store.RecordAsync(
            new SenderDeclared("shop")
            {
                Name = "Shop Ltd",
                Establishment = "gb",
                Topics = NameSet.Of("offers"),
            },
            Actor.Runner("set-up"),
            cancellation: Stop
        );
}
