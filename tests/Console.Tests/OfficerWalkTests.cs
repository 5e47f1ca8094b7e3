using System.IO.Compression;
using MaySend.Console.Access;
using MaySend.Decisions.Packs;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Records;
using MaySend.Records.Requests;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

/// <summary>
/// A data protection officer through an access, an erasure and a regulator's question, and an auditor after them, with nothing but the
/// console; what each act did is read back from the store.
/// </summary>
public sealed class OfficerWalkTests(Site site)
{
    static readonly Address Anna = Address.Read("anna@example.com").Required();
    static readonly Address Ben = Address.Read("ben@example.com").Required();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_officer_answers_an_access_erases_a_person_and_answers_a_regulator()
    {
        await using var own = await StartAsync();
        var page = await own.SignInAsync(site.Browser, Role.DataProtectionOfficer);
        var requests = new RightsRequests(own.Store, new ServerRecords(own.Store));

        var access = await PutDownAsync(page, "A copy of their data", "anna@example.com");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("A copy of their data");
        await Looks.GoodAsync(page, "walk-request");
        await page.GetByLabel("Who answers, with the postal address").FillAsync("Shop Ltd, 1 Quay Street, Bristol");
        await page.GetByLabel("Who receives the data").FillAsync("our mail platform");
        await page.GetByLabel("How long it is kept").FillAsync("three years");
        var letter = await DownloadAsync(page, "Download the answer");
        (await File.ReadAllTextAsync(letter, Stop)).ShouldContain("with the consent you gave on 4 May 2026");
        await CloseAsync(page, "letter of today");
        (await requests.AllAsync(Stop))
            .Single(one => access.EndsWith(one.Received.Id, StringComparison.Ordinal))
            .Answer!.Outcome.ShouldBe("done");

        var erasure = await PutDownAsync(page, "Erasure", "anna@example.com");
        (await own.Store.StandingAsync(Anna, Stop)).ShouldHaveSingleItem().Kind.ShouldBe("erasure", "it stops at once");
        await page.GetByRole(AriaRole.Link, new() { Name = "Erase the person" }).ClickAsync();
        await page.Locator("details.danger summary").ClickAsync();
        await Looks.GoodAsync(page, "walk-erase");
        await page.GetByLabel("Type the address to confirm").FillAsync("anna@example.com");
        await page.Locator("details.danger").GetByLabel("The reason, without naming").FillAsync("asked by letter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase for good" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Erased");
        (await own.Store.FindAsync(Anna, cancellation: Stop)).State.ShouldBe(DossierState.Suppressed);
        await page.GotoAsync(erasure);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("somebody who has been erased since");
        await CloseAsync(page, "erased today");
        (await requests.AllAsync(Stop)).ShouldAllBe(one => one.Answer != null);

        await page.GotoAsync("/console/ask");
        await page.GetByLabel("Person").FillAsync("ben@example.com");
        await page.GetByLabel("Campaign").SelectOptionAsync("spring");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".answer h2")).ToContainTextAsync("Not shown");
        await page.GotoAsync("/console/requests");
        await page.GetByLabel("About a person").FillAsync("ben@example.com");
        var pack = await page.RunAndWaitForDownloadAsync(() =>
            page.Locator("form")
                .Filter(new() { HasText = "About a person" })
                .GetByRole(AriaRole.Button, new() { Name = "Download" })
                .ClickAsync()
        );
        var folder = Directory.CreateTempSubdirectory("maysend-walk-").FullName;
        await ZipFile.ExtractToDirectoryAsync(await pack.PathAsync(), folder, Stop);
        foreach (var one in Directory.GetDirectories(folder))
            PackCheck.Run(one).Faults.ShouldBeEmpty();
        Directory.Delete(folder, recursive: true);
        await page.Context.DisposeAsync();

        await own.AddUserAsync("auditor", Role.Auditor);
        await AuditAsync(own, await own.SignInAsync(site.Browser, "auditor"));
    }

    /// <summary>The auditor finds the decision, replays it, verifies the ledger, and can change nothing.</summary>
    static async Task AuditAsync(OwnConsole own, IPage page)
    {
        await page.GotoAsync("/console/requests");
        await page.Locator("summary", new() { HasText = "2 answered" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Erasure, received");
        (await page.GetByRole(AriaRole.Button, new() { Name = "Add to the register" }).CountAsync()).ShouldBe(0);
        await Looks.GoodAsync(page, "walk-auditor-requests");

        await page.GotoAsync("/console/people");
        await page.GetByLabel("Address").FillAsync("ben@example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await page.WaitForURLAsync("**/console/people/*");
        foreach (var act in new[] { "Erase for good", "Place it" })
            (await page.GetByRole(AriaRole.Button, new() { Name = act, IncludeHidden = true }).CountAsync()).ShouldBe(0);
        await page.SetViewportSizeAsync(360, 800);
        await Looks.GoodAsync(page, "walk-auditor-person");
        await page.SetViewportSizeAsync(1280, 800);
        await page.Locator("a[href*='/console/replay?decision=']").First.ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToContainTextAsync("The same.");
        await Looks.GoodAsync(page, "walk-auditor-replay");

        var before = (await own.Store.ControllerEntriesAsync(cancellation: Stop)).Length;
        await page.GotoAsync("/console/ledger");
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify every chain" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToContainTextAsync("Sound.");
        (await own.Store.ControllerEntriesAsync(cancellation: Stop)).Length.ShouldBe(before, "looking leaves nothing behind");

        // A checkpoint that she keeps is what the chains are held against later; one that is not theirs is found out.
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a checkpoint" }).ClickAsync();
        var note = await page.Locator("details pre").First.TextContentAsync() ?? "";
        await page.GetByLabel("The note").FillAsync(note);
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToContainTextAsync("Nothing that your checkpoint covers was changed");
        var lines = note.Split('\n');
        lines[1] = "1";
        await page.GetByLabel("The note").FillAsync(string.Join('\n', lines));
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.bad")).ToContainTextAsync("Changed after it was written");
        await page.Context.DisposeAsync();
    }

    static async Task<string> PutDownAsync(IPage page, string right, string address)
    {
        await page.GotoAsync("/console/requests");
        var form = page.Locator("form").Filter(new() { HasText = "What do they ask for?" });
        await form.GetByLabel("Whose: an email address").FillAsync(address);
        await form.GetByLabel("What do they ask for?").SelectOptionAsync(new SelectOptionValue { Label = right });
        await form.GetByLabel("In their words").FillAsync("What do you know about me?");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add to the register" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToContainTextAsync("The request is in the register");
        await page.GetByRole(AriaRole.Link, new() { Name = right, Exact = true }).First.ClickAsync();
        await page.WaitForURLAsync("**/console/requests/*");
        return new Uri(page.Url).AbsolutePath;
    }

    static async Task CloseAsync(IPage page, string reason)
    {
        await page.GetByLabel("it was done").CheckAsync();
        await page.GetByLabel("What was done, or why not").FillAsync(reason);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("close it$") }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToContainTextAsync("The answer is on record");
    }

    static async Task<string> DownloadAsync(IPage page, string button)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync());
        return await download.PathAsync();
    }

    static async Task<OwnConsole> StartAsync()
    {
        var own = await OwnConsole.StartAsync();
        var today = DateOnly.FromDateTime(own.Store.Clock.GetUtcNow().UtcDateTime);
        var campaign = new Campaign("spring", "shop", "email", today) { Topics = ["offers"] };
        await own.Store.RecordAsync(
            [new SenderDeclared("shop") { Name = "Shop Ltd", Establishment = "gb" }, new CampaignRegistered(campaign.Digest, campaign)],
            Actor.Runner("set-up"),
            Stop
        );
        foreach (var address in new[] { Anna, Ben })
            await own.Store.RecordAsync(
                address,
                new ConsentAnswered(When.Of(new DateOnly(2026, 5, 4)), "form 7")
                {
                    To = NameSet.Of("shop"),
                    Channels = NameSet.Of("email"),
                    Act = "unticked-box",
                },
                Actor.Runner("set-up"),
                cancellation: Stop
            );
        return own;
    }
}
