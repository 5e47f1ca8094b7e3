using System.Globalization;
using System.Text;
using MaySend.Console.Access;
using MaySend.Reading;
using MaySend.Records.Screenings;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

public sealed class ScreeningTests(Site site)
{
    [Fact]
    public async Task Everyone_in_the_store_is_screened_while_the_page_follows()
    {
        var page = await site.SignInAsync(Role.Marketer);
        await page.GotoAsync("/console/screen");
        await page.GetByLabel("Campaign").SelectOptionAsync("spring-2026");
        await page.GetByRole(AriaRole.Button, new() { Name = "Screen", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("permitted for 10 Mar 2026", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator(".alert.mild")).ToContainTextAsync("Its day has passed");
        (await page.Locator(".card.permitted, .badge.permitted").CountAsync()).ShouldBe(0, "green is only what may go out now");
        var screening = new Uri(page.Url).AbsolutePath;
        await Looks.GoodFromAllSidesAsync(page, "screening", () => page.GotoAsync(screening));
        var bars = await page.Locator(".funnel .share rect.refused").CountAsync();
        bars.ShouldBeGreaterThan(1, "each country and reason has its bar, without a script");

        // From a number to the people behind it, and on by link: sorted, and taken away as a file.
        var reason = page.Locator("table.funnel").First.Locator("tbody tr", new() { Has = page.Locator("a") }).First;
        var (said, left) = (await reason.Locator("a").InnerTextAsync(), await reason.Locator("td.number").AllInnerTextsAsync());
        await reason.Locator("a").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(said, new() { IgnoreCase = true });
        var people = left.Take(2).Sum(number => int.Parse(number, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(Amount.Of(people, "person", "people"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Address", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("th[aria-sort=ascending]")).ToHaveCountAsync(1);
        var sorted = page.Url;
        await Looks.GoodFromAllSidesAsync(page, "screening-people", () => page.GotoAsync(sorted));
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("a.fetch").ClickAsync());
        var rows = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        rows.Length.ShouldBe(people + 1);
        page.Url.ShouldNotContain("%40", Case.Insensitive, "no address stands in the address of a page");
        await page.Context.DisposeAsync();

        await WeightTests.LightAsync(await site.SignInAsync(Role.Marketer), screening, "a screening of everybody");
    }

    [Fact]
    public async Task An_uploaded_list_is_screened_without_scripts_and_its_formulas_are_harmless_in_the_download()
    {
        var page = await site.SignInAsync(Role.DataProtectionOfficer, scripts: false);
        await UploadAsync(
            page,
            "list.csv",
            "address,country,comment,phone\nanna@example.com,gb,\"=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\",+441632960000\n"
                + "ben@example.com,gb,@SUM(A1),-5\n"
        );
        for (var tries = 0; tries < 60 && await page.Locator(".cards").CountAsync() == 0; tries++)
        {
            await Task.Delay(250, TestContext.Current.CancellationToken);
            await page.ReloadAsync();
        }
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = "not-shown.csv" }).Or(page.Locator("a[href$='not-shown.csv']")).First.ClickAsync()
        );
        var text = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        text.ShouldContain("anna@example.com");
        text.ShouldContain("\"'=HYPERLINK(");
        text.ShouldContain("'@SUM(A1)");
        text.ShouldContain(",+441632960000,");
        text.ShouldNotContain(",=");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Files_that_were_chosen_are_never_ignored_because_everyone_stands_selected()
    {
        var page = await site.SignInAsync(Role.Marketer);
        await page.GotoAsync("/console/screen");
        await page.GetByLabel("Campaign").SelectOptionAsync("spring-2026");
        await page.GetByLabel("Files", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "list.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes("address\nanna@example.com\n"),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Screen", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("You chose files");
        page.Url.ShouldEndWith("/console/screen");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_bad_row_is_named_with_its_place_and_nothing_is_written()
    {
        var page = await site.SignInAsync(Role.Marketer);
        await UploadAsync(page, "list.csv", "address,country\nanna@example.com,gb\nno address,gb\n");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("ended without a result", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("people.csv:3");
        (await page.Locator("a[href$='.csv']").CountAsync()).ShouldBe(0);
        (await page.ContentAsync()).ShouldNotContain(site.Data);
        await page.Context.DisposeAsync();
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+cmd|'/C calc'!A0", "'+cmd|'/C calc'!A0")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("+44 1632 960000", "+44 1632 960000")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("anna@example.com", "anna@example.com")]
    [InlineData("", "")]
    public void A_cell_is_a_formula_only_when_a_spreadsheet_would_run_it(string cell, string expected) =>
        HarmlessCsv.Harmless(cell).ShouldBe(expected);

    [Fact]
    public async Task A_download_keeps_every_row_and_cell()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                path,
                "a;b\n\"x;1\";\"say \"\"hi\"\"\"\n=2;\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i};=A{i}\n")),
                TestContext.Current.CancellationToken
            );
            using var target = new MemoryStream();
            await HarmlessCsv.CopyAsync(path, target, cancellation: TestContext.Current.CancellationToken);
            var lines = Encoding.UTF8.GetString(target.ToArray()).Split('\n');
            lines.Length.ShouldBe(5004);
            lines[1].ShouldBe("x;1,\"say \"\"hi\"\"\"");
            lines[2].ShouldBe("'=2,");
            lines[5002].ShouldBe("4999,'=A4999");
        }
        finally
        {
            File.Delete(path);
        }
    }

    static async Task UploadAsync(IPage page, string name, string content)
    {
        await page.GotoAsync("/console/screen");
        await page.GetByLabel("Campaign").SelectOptionAsync("spring-2026");
        await page.GetByLabel("The files I choose here").CheckAsync();
        await page.GetByLabel("Files", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = name,
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(content),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Screen", Exact = true }).ClickAsync();
    }
}
