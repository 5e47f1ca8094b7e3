using System.Globalization;
using System.Text;
using MaySend.Console.Access;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;
using MaySend.Records.Signing;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

/// <summary>
/// A marketer and somebody who may sign, from an empty store to the first person who may be written to, with nothing but the console.
/// </summary>
public sealed class WalkTests(Site site)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_marketer_and_a_signer_reach_the_first_permitted_person_without_a_terminal()
    {
        await using var own = await OwnConsole.StartAsync();
        var (today, page) = (DayInFrance(own.Store.Clock.GetUtcNow()), await own.SignInAsync(site.Browser, Role.Marketer));
        await Assertions.Expect(page.Locator("#first")).ToContainTextAsync("Start here");
        await Looks.PictureAsync(page, "first-steps");

        await page.GetByRole(AriaRole.Link, new() { Name = "Say which business sends" }).ClickAsync();
        await page.GetByLabel("Short name").FillAsync("phare");
        await page.GetByLabel("Legal name").FillAsync("Phare SARL");
        await page.GetByLabel("Established in").SelectOptionAsync("fr");
        await page.GetByLabel("Topics", new() { Exact = true }).FillAsync("offers");
        await RecordAsync(page, "Record it for somebody to sign");

        await page.GotoAsync("/console/templates");
        await page.GetByLabel("Template", new() { Exact = true }).FillAsync("newsletter");
        await page.GetByLabel("Sender", new() { Exact = true }).SelectOptionAsync("phare");
        await page.GetByLabel("Channel").SelectOptionAsync("email");
        await page.GetByLabel("First day", new() { Exact = true }).FillAsync("2026-01-01");
        foreach (var flag in await page.Locator("fieldset .flags select").AllAsync())
            if (await flag.Locator("option[value=yes]").CountAsync() > 0)
                await flag.SelectOptionAsync("yes");
        await page.GetByLabel("It tracks").SelectOptionAsync("none");
        await RecordAsync(page, "Record it for somebody to sign");

        await StateAsync(page, "refusals-complete", isSo: true);
        await StateAsync(page, "offers-to-children", isSo: false);

        await ImportAsync(page, "list.csv", "address,country\nlea@example.org,fr\nmax@example.org,fr\n", "contacts");
        await ImportAsync(
            page,
            "sign-ups.csv",
            "address,when,to,channels,topics,act,condition_of_service,informed,separate_request,told_of_withdrawal,wording,"
                + "obtained_through,confirmed,purpose_ended\n"
                + "lea@example.org,2026-02-10T10:00+01:00,phare,email,offers,unticked-box,no,yes,yes,yes,Our offers by email,sender,"
                + "2026-02-10T12:00+01:00,no\n",
            "consents"
        );

        await DescribeAsync(page, today);
        await Assertions.Expect(page.Locator(".counts .permitted dd")).ToHaveTextAsync("0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Record the campaign" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToContainTextAsync("first-mailing is on record");

        var officer = await own.SignInAsync(site.Browser, Role.DataProtectionOfficer);
        await officer.GotoAsync("/console/to-sign");
        await Looks.PictureAsync(officer, "to-sign");
        await officer.SetViewportSizeAsync(360, 800);
        await Looks.GoodAsync(officer, "to-sign");
        for (var left = 4; left > 0; left--)
        {
            await Assertions.Expect(officer.Locator("section.card")).ToHaveCountAsync(left);
            await officer.GetByLabel("How you know that it is true").First.FillAsync("compared with the original");
            await officer.GetByRole(AriaRole.Button, new() { Name = $"Sign as {Role.DataProtectionOfficer}" }).First.ClickAsync();
        }
        await Assertions.Expect(officer.GetByText("Nothing is waiting for a signature.")).ToBeVisibleAsync();
        (await new SigningDesk(own.Store).WaitingAsync(Stop)).ShouldBeEmpty();

        await page.GotoAsync("/console/campaigns/write?change=first-mailing");
        await Assertions.Expect(page.Locator(".counts .permitted dd")).ToHaveTextAsync("1");
        await Assertions.Expect(page.Locator(".counts .not-shown dd")).ToHaveTextAsync("1");

        await page.GotoAsync("/console/ask");
        await page.GetByLabel("Person").FillAsync("lea@example.org");
        await page.GetByLabel("Campaign").SelectOptionAsync("first-mailing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".answer.permitted")).ToBeVisibleAsync();
        var decided = (await own.Store.FindAsync(Address.Read("lea@example.org").Required(), cancellation: Stop))
            .Entries.Select(one => one.Entry)
            .OfType<DecisionMade>()
            .ShouldHaveSingleItem();
        (decided.Campaign, decided.Verdict).ShouldBe(("first-mailing", "permitted"));
        await page.Context.DisposeAsync();
        await officer.Context.DisposeAsync();
    }

    static async Task RecordAsync(IPage page, string button)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToContainTextAsync("on record");
    }

    static async Task StateAsync(IPage page, string what, bool isSo)
    {
        await page.GotoAsync("/console/statements");
        await page.GetByLabel("For which sender?").SelectOptionAsync("phare");
        await page.GetByLabel("What is it about?").SelectOptionAsync(what);
        await page.GetByLabel(isSo ? "yes" : "no", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("all channels").CheckAsync();
        await page.GetByLabel("Since when?").FillAsync("2026-01-01");
        await RecordAsync(page, "Record it for somebody to sign");
    }

    static async Task ImportAsync(IPage page, string name, string content, string format)
    {
        await page.GotoAsync("/console/imports");
        await page.GetByLabel("An export")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = name,
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(content),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
        await page.GetByLabel("What it is", new() { Exact = true }).SelectOptionAsync(format);
        await page.GetByLabel("Whose account or shop it comes from").SelectOptionAsync("phare");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Assertions.Expect(page.Locator("#preview")).ToBeVisibleAsync();
        await Looks.PictureAsync(page, $"import-{format}");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Record ") }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("It is on record");
    }

    static async Task DescribeAsync(IPage page, string today)
    {
        await page.GotoAsync("/console/campaigns/write");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("first-mailing");
        await page.GetByLabel("Sender", new() { Exact = true }).SelectOptionAsync("phare");
        await page.GetByLabel("How it goes out").SelectOptionAsync("email");
        await page.GetByLabel("First day", new() { Exact = true }).FillAsync(today);
        await page.GetByLabel("Template", new() { Exact = true }).SelectOptionAsync("newsletter");
        await page.GetByLabel("Topics that are not in the list").FillAsync("offers");
        await page.GetByLabel("Single products, by their codes").FillAsync("CAN-1");
        foreach (var fact in new[] { "third-party", "profiling", "special", "charitable" })
            await page.Locator($"select[name={fact}]").SelectOptionAsync("no");
        await page.GetByRole(AriaRole.Button, new() { Name = "Only count" }).ClickAsync();
    }

    /// <summary>
    /// A campaign's day is the recipients' day: from 23:00 UTC in winter it is tomorrow in France, and a mailing of "today" is over.
    /// </summary>
    static string DayInFrance(DateTimeOffset at) =>
        TimeZoneInfo
            .ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"))
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
