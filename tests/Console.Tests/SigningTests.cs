using System.Net;
using System.Text.RegularExpressions;
using MaySend.Console.Access;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Records.Signing;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

public sealed class SigningTests(Site site)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly DateOnly March = new(2026, 3, 1);

    [Fact]
    public async Task What_a_marketer_records_counts_once_somebody_else_has_signed_it()
    {
        await using var own = await OwnConsole.StartAsync();
        await SenderAsync(own);
        using var marketer = await own.SignInAsync(Role.Marketer);
        var said = await SaidAsync(await marketer.PostAsync("/console/templates", "add-template", Template("2026-03-01")));
        said.ShouldContain("on record, but not signed");
        said.ShouldContain("data protection officer");
        (await own.Store.ControllerAsync(cancellation: Stop))
            .TemplateOn("newsletter", March, March.AddDays(400))
            ?.RefusalOffered.ShouldBeNull();

        var seq = (await new SigningDesk(own.Store).WaitingAsync(Stop)).ShouldHaveSingleItem().Seq;
        var page = await marketer.Http.GetStringAsync("/console/to-sign", Stop);
        page.ShouldContain("A data protection officer may sign it.");
        page.ShouldNotContain("Sign as marketer");

        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        (
            await SaidAsync(await officer.PostAsync("/console/to-sign", $"sign-{seq}", new KeyValuePair<string, string>("reason", "")))
        ).ShouldContain("Nothing was signed");
        (
            await SaidAsync(
                await officer.PostAsync(
                    "/console/to-sign",
                    $"sign-{seq}",
                    new KeyValuePair<string, string>("reason", "compared with the archive")
                )
            )
        ).ShouldContain("is signed");
        var template = (await own.Store.ControllerAsync(cancellation: Stop)).TemplateOn("newsletter", March, March.AddDays(400))!;
        template.RefusalOffered.ShouldBe(true);
        template.Signature!.By.ShouldBe(Role.DataProtectionOfficer);
        (await new SigningDesk(own.Store).WaitingAsync(Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_may_not_sign_gets_a_page_that_says_so_and_nothing_is_signed()
    {
        await using var own = await OwnConsole.StartAsync();
        await SenderAsync(own);
        using var marketer = await own.SignInAsync(Role.Marketer);
        await marketer.PostAsync("/console/templates", "add-template", Template("2026-03-01"));
        var seq = (await new SigningDesk(own.Store).WaitingAsync(Stop)).ShouldHaveSingleItem().Seq;
        var answer = await marketer.PostAsync("/console/to-sign", $"sign-{seq}", new KeyValuePair<string, string>("reason", "trust me"));
        // The form is not on a marketer's page at all.
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await SaidAsync(answer)).ShouldContain("The page has changed in the meantime");
        (await new SigningDesk(own.Store).WaitingAsync(Stop)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Nobody_signs_what_they_recorded_themselves_and_of_two_signers_the_first_does()
    {
        await using var own = await OwnConsole.StartAsync();
        var desk = new SigningDesk(own.Store);
        var writer = new Actor("vera", Rights.Record);
        await own.Store.RecordAsync(
            new StatementSigned("s1", "shop", StatementKind.OffersToChildren) { Answer = false, Since = March },
            writer,
            cancellation: Stop
        );
        var seq = (await desk.WaitingAsync(Stop)).ShouldHaveSingleItem().Seq;
        (await desk.SignAsync(seq, "as I said", Actor.Runner("Vera"), Stop)).ShouldBe(SigningOutcome.OwnWriting);
        (await desk.SignAsync(seq, "asked the shop", Actor.Runner("dora"), Stop)).ShouldBe(SigningOutcome.Signed);
        (await desk.SignAsync(seq, "asked the shop", Actor.Runner("emil"), Stop)).ShouldBe(SigningOutcome.Changed);
        await Should.ThrowAsync<NotEntitledException>(async () => await desk.SignAsync(seq, "why not", writer, Stop));
    }

    [Fact]
    public async Task Signed_versions_of_one_template_never_overlap_in_whichever_order_they_are_signed()
    {
        await using var own = await OwnConsole.StartAsync();
        await SenderAsync(own);
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        foreach (var day in new[] { "2026-03-01", "2026-06-01", "2026-01-01" })
            (await SaidAsync(await officer.PostAsync("/console/templates", "add-template", Template(day)))).ShouldContain("is signed");
        var versions = (await own.Store.ControllerAsync(cancellation: Stop)).Templates.OrderBy(one => one.From).ToList();
        versions.Select(one => one.Until).ShouldBe([March, new DateOnly(2026, 6, 1), null]);
        var again = await SaidAsync(await officer.PostAsync("/console/templates", "add-template", Template("2026-06-01")));
        again.ShouldNotContain("A signed version begins", Case.Insensitive, "the same version is recorded anew");
        (await own.Store.ControllerAsync(cancellation: Stop)).Templates.Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_version_that_stands_is_replaced_only_by_somebody_who_has_read_it_and_says_so()
    {
        await using var own = await OwnConsole.StartAsync();
        await SenderAsync(own);
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        await officer.PostAsync("/console/templates", "add-template", Template("2026-03-01"));
        KeyValuePair<string, string>[] wording = [new("point", "till"), new("from", "2026-03-01"), new("reason", "seen there")];
        await officer.PostAsync("/console/points", "add-point", [.. wording, new("wording", "Our offers?")]);
        async Task<bool?> OfferedAsync() =>
            (await own.Store.ControllerAsync(cancellation: Stop)).TemplateOn("newsletter", March, March.AddDays(400))?.RefusalOffered;
        async Task<string> WordsAsync() => (await own.Store.ControllerAsync(cancellation: Stop)).Points.Single().Wording;
        async Task<string> PutAsync(string page, string form, params KeyValuePair<string, string>[] fields) =>
            await SaidAsync(await officer.PostAsync($"/console/{page}", form, fields));

        // The page begins on another day's choices: nothing of what stands is in its fields.
        KeyValuePair<string, string>[] without = [.. Template("2026-03-01").Where(field => field.Value != "yes")];
        var asked = await PutAsync("templates", "add-template", without);
        asked.ShouldContain("A version of newsletter already begins on 1 Mar 2026.");
        asked.ShouldContain($"Signed by {Role.DataProtectionOfficer}");
        asked.ShouldContain("Use this one as a pattern");
        (await OfferedAsync()).ShouldBe(true);
        var changed = await PutAsync("points", "add-point", [.. wording, new("wording", "News, too?")]);
        changed.ShouldContain("A version of till already begins on 1 Mar 2026.");
        (await WordsAsync()).ShouldBe("Our offers?");

        var tick = changed.Split("name=\"replaces\" value=\"")[1].Split('"')[0];
        (await PutAsync("points", "add-point", [.. wording, new("wording", "News, too?"), new("replaces", tick)])).ShouldContain(
            "is signed"
        );
        (await WordsAsync()).ShouldBe("News, too?");
        (await PutAsync("points", "add-point", [.. wording, new("wording", "A third"), new("replaces", tick)])).ShouldContain(
            "Read it below",
            Case.Sensitive,
            "the tick was for what stood before"
        );

        using var marketer = await own.SignInAsync(Role.Marketer);
        var refused = await SaidAsync(await marketer.PostAsync("/console/points", "add-point", [.. wording, new("wording", "Mine")]));
        refused.ShouldContain("only a data protection officer may replace it");
        refused.ShouldNotContain("name=\"replaces\"");
        (await WordsAsync()).ShouldBe("News, too?");
    }

    [Fact]
    public async Task A_sender_is_described_by_a_marketer_and_all_that_is_wrong_is_said_at_once()
    {
        await using var own = await OwnConsole.StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        var wrong = await SaidAsync(await marketer.PostAsync("/console/senders", "sender", new("id", "Quay Books!"), new("name", "")));
        wrong.ShouldContain("small letters");
        wrong.ShouldContain("legal name is missing");
        wrong.ShouldContain("Choose the country");
        wrong.ShouldContain("Quay Books!", Case.Sensitive, "what was typed stays");
        await marketer.PostAsync(
            "/console/senders",
            "sender",
            new("id", "quay-books-ltd"),
            new("name", "Quay Books Ltd"),
            new("establishment", "ie"),
            new("brands", "Quay Books, Pier"),
            new("topics", "offers")
        );
        var before = (await own.Store.ControllerAsync(cancellation: Stop)).Senders["quay-books-ltd"];
        before.Establishment.ShouldBeNull("nobody who may sign has said so");
        before.Brands!.Names.ShouldBe(["Pier", "Quay Books"], "a brand only widens an opt-out");
        using var administrator = await own.SignInAsync(Role.Administrator);
        var seq = (await new SigningDesk(own.Store).WaitingAsync(Stop)).ShouldHaveSingleItem().Seq;
        await administrator.PostAsync("/console/to-sign", $"sign-{seq}", new KeyValuePair<string, string>("reason", "company register"));
        var after = (await own.Store.ControllerAsync(cancellation: Stop)).Senders["quay-books-ltd"];
        (after.Establishment, after.Topics!.Names.Single()).ShouldBe(("ie", "offers"));
    }

    [Fact]
    public async Task Whoever_signs_a_product_map_is_told_first_what_falls_out_of_the_one_in_force()
    {
        await using var own = await OwnConsole.StartAsync();
        var today = DateOnly.FromDateTime(own.Store.Clock.GetUtcNow().UtcDateTime);
        await own.Store.RecordAsync(
            new ProductMapSigned(
                "map-1",
                [new("SOAP-1", "soap", "bath"), new("CANDLE-1", "candles", "home")],
                new("dora", today, "as sold")
            ),
            Actor.Runner("dora"),
            cancellation: Stop
        );
        await own.Store.RecordAsync(
            new ProductMapSigned("map-2", [new("SOAP-1", "soap", "home")]),
            new Actor("vera", Rights.Record),
            cancellation: Stop
        );
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        var page = await officer.Http.GetStringAsync("/console/to-sign", Stop);
        page.ShouldContain("1 product falls out: CANDLE-1");
        page.ShouldContain("1 product in another family");
        var counted = Regex.Match(page, "/console/to-sign\\?count=[0-9]+").Value;
        (await officer.Http.GetStringAsync(counted, Stop)).ShouldContain("No campaign is on record, so there is nobody to count");
    }

    [Fact]
    public async Task A_statement_is_made_and_ended_under_a_signature()
    {
        await using var own = await OwnConsole.StartAsync();
        await SenderAsync(own);
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        KeyValuePair<string, string>[] fields =
        [
            new("sender", "shop"),
            new("says", "refusals-complete"),
            new("channels", "all"),
            new("since", "2026-01-05"),
            new("reason", "the log was checked"),
        ];
        (await SaidAsync(await officer.PostAsync("/console/statements", "add-statement", fields))).ShouldContain("Choose yes or no");
        await officer.PostAsync("/console/statements", "add-statement", [.. fields, new("answer", "yes")]);
        var today = DateOnly.FromDateTime(own.Store.Clock.GetUtcNow().UtcDateTime);
        var stands = (await own.Store.ControllerAsync(cancellation: Stop)).Statement("shop", StatementKind.RefusalsComplete, today)!;
        stands.Since.ShouldBe(new DateOnly(2026, 1, 5));
        await officer.PostAsync(
            "/console/statements",
            $"end-{stands.Id}",
            new("end", today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
            new("reason", "a mailbox nobody read was found")
        );
        (await own.Store.ControllerAsync(cancellation: Stop)).Statement("shop", StatementKind.RefusalsComplete, today).ShouldBeNull();
    }

    [Fact]
    public async Task A_message_is_looked_at_and_what_it_lacks_is_marked_on_it()
    {
        var page = await site.SignInAsync(Role.Marketer);
        await page.GotoAsync("/console/templates");
        await page.GetByText("Paste its HTML or text instead").ClickAsync();
        await page.GetByLabel("It will come from").FillAsync("Harbour Gifts <news@harbour.example>");
        await page.GetByLabel("Its HTML or text")
            .FillAsync(
                "<p>Soap is 10% off.</p><p><a href=\"https://harbour.example/stop?u={{id}}\">Unsubscribe</a></p><script>alert(1)</script>"
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
        await Assertions.Expect(page.Locator("#found")).ToBeVisibleAsync();
        (await page.ContentAsync()).ShouldContain("placeholder");
        await Assertions.Expect(page.FrameLocator("iframe.message").GetByText("Soap is 10% off.")).ToBeVisibleAsync();
        (await page.Locator("iframe.message").GetAttributeAsync("srcdoc"))!.ShouldNotContain("<script");
        await Looks.PictureAsync(page, "message-check-framed");
        // Axe waits for timers in every frame, and a frame that runs nothing has none.
        await page.EvaluateAsync("document.querySelector('iframe.message').remove()");
        await Looks.GoodAsync(page, "message-check");
        await page.SetViewportSizeAsync(360, 800);
        await Looks.GoodAsync(page, "message-check");
        await page.Context.DisposeAsync();
    }

    static async Task SenderAsync(OwnConsole own) =>
        await own.Store.RecordAsync(
            new SenderDeclared("shop") { Name = "Shop Ltd", Establishment = "gb" },
            Actor.Runner("set-up"),
            cancellation: Stop
        );

    static KeyValuePair<string, string>[] Template(string from) =>
        [
            new("template", "newsletter"),
            new("sender", "shop"),
            new("channel", "email"),
            new("from", from),
            new("refusal-offered", "yes"),
            new("tracking", "none"),
            new("reason", "from the archive"),
        ];

    static async Task<string> SaidAsync(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
}
