using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using MaySend.Console.Access;
using MaySend.Console.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;
using MaySend.Records.Inbound;
using MaySend.Records.SignUps;
using Microsoft.Extensions.DependencyInjection;

namespace MaySend.Console.Tests;

/// <summary>Domains, sign-up pages, webhooks, the product map, first passwords: pages on which few words do much.</summary>
public sealed partial class SmallPageTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_domain_is_left_alone_once_somebody_has_seen_whom_that_hits_and_two_people_end_it()
    {
        await using var own = await OwnConsole.StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        KeyValuePair<string, string>[] firm = [new("domain", "*@firm.example"), new("how", "letter")];
        (await PostAsync(marketer, "/console/domains", "add-domain", [.. firm, new("then", "look")])).ShouldContain(
            "0 addresses on record get"
        );
        (await own.Store.ControllerAsync(cancellation: Stop)).RefusedDomains.ShouldBeEmpty();
        await PostAsync(marketer, "/console/domains", "add-domain", [.. firm, new("then", "record")]);
        var asked = await PostAsync(
            marketer,
            "/console/domains",
            "add-domain",
            new("domain", "gmail.com"),
            new("how", "phone"),
            new("then", "record")
        );
        asked.ShouldContain("This domain gives mailboxes to the public");
        (await own.Store.ControllerAsync(cancellation: Stop)).RefusedDomains.Keys.ShouldBe(["firm.example"]);

        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        await PostAsync(
            officer,
            "/console/domains",
            "end-firm.example",
            new KeyValuePair<string, string>("reason", "the firm changed its mind")
        );
        (await officer.Http.GetStringAsync("/console/domains", Stop)).ShouldContain("You proposed it, so");
        (await own.Store.ControllerAsync(cancellation: Stop)).RefusedDomains.ShouldNotBeEmpty();
        await own.AddUserAsync("second", Role.DataProtectionOfficer);
        using var second = await own.SignInAsync("second");
        var page = await second.Http.GetStringAsync("/console/domains", Stop);
        var start = page.IndexOf("value=\"agree-", StringComparison.Ordinal) + "value=\"".Length;
        await PostAsync(second, "/console/domains", page[start..page.IndexOf('"', start)]);
        (await own.Store.ControllerAsync(cancellation: Stop)).RefusedDomains.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sign_up_page_is_opened_and_closed_by_whoever_may_sign()
    {
        await using var own = await OwnConsole.StartAsync();
        await own.Store.RecordAsync(
            new SenderDeclared("shop") { Name = "Shop Ltd", Topics = NameSet.Of("offers") },
            Actor.Runner("set-up"),
            cancellation: Stop
        );
        using var marketer = await own.SignInAsync(Role.Marketer);
        (await marketer.Http.GetStringAsync("/console/sign-up-pages", Stop)).ShouldContain(
            "A data protection officer may open and close pages."
        );
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        var wrong = await PostAsync(
            officer,
            "/console/sign-up-pages",
            "open-page",
            new("id", "News!"),
            new("sender", "shop"),
            new("notice", "http://x")
        );
        foreach (var said in new[] { "beginning with a letter", "not an https address", "no name or no reason" })
            wrong.ShouldContain(said);
        await PostAsync(
            officer,
            "/console/sign-up-pages",
            "open-page",
            new("id", "news"),
            new("sender", "shop"),
            new("signature", "agreed in May")
        );
        var pages = own.Services.GetRequiredService<SignUpPages>();
        (await pages.FindAsync("news", Stop))!.Signature.By.ShouldBe(Role.DataProtectionOfficer);
        var shown = await officer.Http.GetStringAsync("/console/sign-up-pages", Stop);
        shown.ShouldContain("/s/news");
        shown.ShouldContain("Confirmation mails cannot go out yet");
        await PostAsync(officer, "/console/sign-up-pages", "close-news");
        (await pages.FindAsync("news", Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task Webhooks_show_what_came_and_what_failed()
    {
        await using var own = await OwnConsole.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(own.Data, "inbound.json"), """{"mailgun": {"secret": "a secret of theirs"}}""", Stop);
        using (var stranger = new HttpClient())
        using (var body = new StringContent("{}", Encoding.UTF8, "application/json"))
            (await stranger.PostAsync($"{own.Url}/v1/inbound/mailgun", body, Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        own.Services.GetRequiredService<HookCalls>().Count("mailgun", new IntakeCounts(3, 0, 0, 1, 0), ["event 2: no address"]);
        using var marketer = await own.SignInAsync(Role.Marketer);
        var page = WebUtility.HtmlDecode(await marketer.Http.GetStringAsync("/console/webhooks", Stop));
        foreach (var said in new[] { "mailgun", "1 not proved", "1 event could not be read", "event 2: no address" })
            page.ShouldContain(said);
        page.ShouldNotContain("a secret of theirs");
        await File.WriteAllTextAsync(Path.Combine(own.Data, "inbound.json"), "{", Stop);
        File.SetLastWriteTimeUtc(Path.Combine(own.Data, "inbound.json"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        (await marketer.Http.GetStringAsync("/console/webhooks", Stop)).ShouldContain("inbound.json has errors");
    }

    [Fact]
    public async Task A_mailbox_of_answers_that_is_not_read_is_said_on_the_overview_and_in_the_inbox()
    {
        await using var own = await OwnConsole.StartAsync();
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        (await officer.Http.GetStringAsync("/console/inbox", Stop)).ShouldNotContain("Mailbox of answers");
        var upkeep = own.Services.GetRequiredService<MailboxUpkeep>();
        var password = Path.Combine(own.Data, "password");
        await File.WriteAllTextAsync(password, "x", Stop);
        await File.WriteAllTextAsync(
            Path.Combine(own.Data, "inbound.json"),
            """{"mail": {"imap": "imap://answers@127.0.0.1:1/INBOX", "passwordFile": "password"} }""",
            Stop
        );
        // Once more from the beginning, so that nobody waits for the next round.
        await upkeep.StopAsync(Stop);
        await upkeep.StartAsync(Stop);
        while (upkeep.State?.Fault is null)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
        var inbox = WebUtility.HtmlDecode(await officer.Http.GetStringAsync("/console/inbox", Stop));
        foreach (
            var said in new[]
            {
                "Mailbox of answers",
                "not read since the server started",
                "0 mails since the start",
                "127.0.0.1:1 " + "cannot be",
            }
        )
            inbox.ShouldContain(said);
        (await officer.Http.GetStringAsync("/console", Stop)).ShouldContain("MaySend cannot read the mailbox for replies.");
    }

    [Fact]
    public async Task A_run_of_the_inbox_is_settled_by_two_people_and_by_nobody_alone()
    {
        await using var own = await OwnConsole.StartAsync();
        var inbox = own.Services.GetRequiredService<Inbox>();
        for (var number = 0; number < 3; number++)
            await inbox.KeepAsync(
                new Arrival($"m{number}", "sms", "message", "may be a request", new ArrivedText("+441632960001", "stop?"), MayBeStop: true),
                Actor.Runner("set-up").AsSystem(),
                Stop
            );
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        await PostAsync(
            officer,
            "/console/inbox",
            "propose-run",
            new("Source", "sms"),
            new("Outcome", "nothing"),
            new("Reason", "a test of ours")
        );
        (await officer.Http.GetStringAsync("/console/inbox", Stop)).ShouldContain("You proposed it, so somebody else has to agree.");
        (await inbox.SummaryAsync(Stop)).Waiting.ShouldBe(3);
        await own.AddUserAsync("second", Role.DataProtectionOfficer);
        using var second = await own.SignInAsync("second");
        var page = await second.Http.GetStringAsync("/console/inbox", Stop);
        var start = page.IndexOf("value=\"agree-", StringComparison.Ordinal) + "value=\"".Length;
        (await PostAsync(second, "/console/inbox", page[start..page.IndexOf('"', start)])).ShouldContain("3 messages settled");
        (await inbox.SummaryAsync(Stop)).Waiting.ShouldBe(0);
    }

    [Fact]
    public void A_map_that_drops_or_moves_products_is_a_loss_and_one_that_only_adds_is_none()
    {
        var before = new ProductMapSigned("m1", [new("A", "soap", "bath"), new("B", "candles", "home"), new("C", "towels", "bath")]);
        var change = MapChange.Of(before, [new("A", "soap", "bath"), new("B", "lights", "home"), new("D", "soap", "bath")]);
        (change.Added, change.Moved, change.IsLoss).ShouldBe((1, 1, true));
        change.Dropped.ShouldBe(["C"]);
        MapChange.Of(before, [.. before.Products, new("D", "soap", "bath")]).IsLoss.ShouldBeFalse();
    }

    [Fact]
    public async Task A_password_that_an_administrator_chose_opens_nothing_but_the_page_on_which_another_is_chosen()
    {
        await using var own = await OwnConsole.StartAsync();
        using var administrator = await own.SignInAsync(Role.Administrator);
        await PostAsync(
            administrator,
            "/console/settings",
            "add-user",
            new("Form.Name", "nora"),
            new("Form.Roles", Role.Marketer),
            new("Form.Password", Site.Password)
        );
        using var nora = await own.SignInAsync("nora");
        foreach (var path in new[] { "/console", "/console/record", "/console/campaigns" })
            (await nora.Http.GetAsync(path, Stop)).Headers.Location!.ToString().ShouldContain("/console/account");
        (await nora.Http.GetStringAsync("/console/account", Stop)).ShouldContain("Somebody else chose your password");
        (
            await PostAsync(nora, "/console/account", "password", new("Form.Old", Site.Password), new("Form.New", Site.Password))
        ).ShouldContain("The new password is the same as the old one");
        (await nora.Http.GetAsync("/console/campaigns", Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect, "it is still no secret");
        await PostAsync(nora, "/console/account", "password", new("Form.Old", Site.Password), new("Form.New", "nine quiet harbour boats"));
        (await nora.Http.GetAsync("/console/campaigns", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_sender_keeps_its_name_and_nobody_overwrites_one_or_what_they_have_not_seen()
    {
        await using var own = await OwnConsole.StartAsync();
        foreach (var (id, name) in new[] { ("shop", "Shop Ltd"), ("charity", "Harbour Trust") })
            await own.Store.RecordAsync(
                new SenderDeclared(id) { Name = name, Establishment = "gb" },
                Actor.Runner("set-up"),
                cancellation: Stop
            );
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        async Task<string> ChangeAsync(string id, string name, string seen) =>
            await PostAsync(
                officer,
                "/console/senders?change=shop",
                "sender",
                new("id", id),
                new("name", name),
                new("establishment", "gb"),
                new("reason", "from the company register"),
                new("seen", seen)
            );
        async Task<string> SeenAsync() =>
            Value().Match(await officer.Http.GetStringAsync("/console/senders?change=shop", Stop)).Groups[1].Value;
        async Task<string> NameOfAsync(string id) => (await own.Store.ControllerAsync(cancellation: Stop)).Senders[id].Name;

        var seen = await SeenAsync();
        (await ChangeAsync("charity", "Taken over", seen)).ShouldContain("can't be changed: it stays shop");
        (await NameOfAsync("charity")).ShouldBe("Harbour Trust");
        (await ChangeAsync("shop", "Shop and Sons Ltd", seen)).ShouldContain("is signed and on record");
        (await ChangeAsync("shop", "Old page Ltd", seen)).ShouldContain("Somebody else changed this sender in the meantime");
        (await NameOfAsync("shop")).ShouldBe("Shop and Sons Ltd");
        (await ChangeAsync("shop", "Shop & Daughters Ltd", await SeenAsync())).ShouldContain("is signed and on record");
        (await NameOfAsync("shop")).ShouldBe("Shop & Daughters Ltd");

        using var marketer = await own.SignInAsync(Role.Marketer);
        var page = await marketer.Http.GetStringAsync("/console/senders?change=shop", Stop);
        var refused = await PostAsync(
            marketer,
            "/console/senders?change=shop",
            "sender",
            new("id", "shop"),
            new("name", "Marketing Ltd"),
            new("establishment", "gb"),
            new("seen", Value().Match(page).Groups[1].Value)
        );
        refused.ShouldContain("The version with that name is signed: only a data protection officer or an administrator may replace it.");
        (await NameOfAsync("shop")).ShouldBe("Shop & Daughters Ltd");
    }

    [GeneratedRegex("name=\"seen\" value=\"([^\"]*)\"")]
    private static partial Regex Value();

    static async Task<string> PostAsync(Visitor visitor, string path, string form, params KeyValuePair<string, string>[] fields) =>
        WebUtility.HtmlDecode(await (await visitor.PostAsync(path, form, fields)).Content.ReadAsStringAsync(Stop));
}
