using System.Globalization;
using AngleSharp.Html.Parser;
using MaySend.Console.Access;
using Microsoft.Playwright;
using Sylvan.Data.Csv;

namespace MaySend.Console.Tests;

/// <summary>Pages with much on them fit a phone, and axe finds nothing serious there either.</summary>
public sealed class PopulatedPageTests(Site site, PopulatedConsole populated) : IClassFixture<PopulatedConsole>
{
    [Theory]
    [InlineData("/console", "Requests to answer")]
    [InlineData("/console/to-sign", "newsletter")]
    [InlineData("/console/senders", "Nautical Antiques")]
    [InlineData("/console/points", "Our news by email")]
    [InlineData("/console/templates", "newsletter")]
    [InlineData("/console/statements", "not signed")]
    [InlineData("/console/campaigns?page=2", "mailing")]
    [InlineData("/console/domains", "firm.example")]
    [InlineData("/console/sign-up-pages", "/s/news")]
    [InlineData("/console/inbox", "1 to 10 of 23")]
    [InlineData("/console/webhooks", "event 2: no address")]
    [InlineData("/console/imports", "proposes to take its opt-outs back")]
    [InlineData("import", "A question is open")]
    [InlineData("/console/requests", "overdue since")]
    [InlineData("/console/requests?answered-page=2", "21 answered")]
    [InlineData("request", "stops nothing")]
    [InlineData("person", "Asked for a copy of their data")]
    [InlineData("/console/ledger", "entries")]
    [InlineData("/console/people", "asked to stop")]
    [InlineData("/console/audit", "refused")]
    [InlineData("assessment", "Who says so?")]
    [InlineData("/console/map", "lanterns")]
    [InlineData("/console/settings?tab=keys", "not used on this server")]
    [InlineData("/console/law/beside?one=gb&other=de", "differs")]
    [InlineData("/console/law/calls?country=fr", "On the line")]
    public async Task A_page_with_much_on_it_fits_a_phone_and_axe_finds_nothing_serious(string path, string holds)
    {
        var address = populated.Pages.GetValueOrDefault(path, path);
        var page = await populated.Own.SignInAsync(site.Browser, Role.DataProtectionOfficer);
        await Looks.GoodFromAllSidesAsync(
            page,
            $"full-{path.Replace("/console", "", StringComparison.Ordinal).Trim('/')}",
            async () =>
            {
                (await page.GotoAsync(address))!.Status.ShouldBe(200);
                await Assertions.Expect(page.Locator("main")).ToContainTextAsync(holds);
            }
        );
        await page.Context.DisposeAsync();
    }

    [Theory]
    [InlineData("/console/campaigns", "campaigns", 25)]
    [InlineData("/console/people", "people", 2)]
    [InlineData("/console/inbox", "inbox", 23)]
    [InlineData("/console/requests", "open-requests", 2)]
    [InlineData("/console/requests", "answered-requests", 21)]
    [InlineData("/console/imports", "imports", 1)]
    [InlineData("/console/ledger", "checkpoints", 1)]
    [InlineData("/console/webhooks", "webhooks", 1)]
    [InlineData("/console/points", "collection-points", 1)]
    [InlineData("/console/templates", "templates", 1)]
    [InlineData("/console/map", "products", 6)]
    [InlineData("/console/law/cases?country=ie", "cases", null)]
    [InlineData("/console/law/provisions?find=soft", "provisions", null)]
    public async Task A_list_sorts_by_each_column_by_link_and_its_file_holds_all_of_it_in_that_order(string path, string list, int? lines)
    {
        using var officer = await populated.Own.SignInAsync(Role.DataProtectionOfficer);
        using var page = await Parser.ParseDocumentAsync(await officer.Http.GetStringAsync(path, Stop));
        var file = page.QuerySelector($"a[href^='/console/lists/{list}.csv'][download]")!.GetAttribute("href")!;
        var (heads, kept) = await FileAsync(officer, file);
        kept.Count.ShouldBe(lines ?? kept.Count);
        kept.Count.ShouldBeGreaterThan(0);
        var sort = list.Split('-')[0] is "open" or "answered" ? $"{list.Split('-')[0]}-sort" : "sort";
        var links = page.QuerySelectorAll($"a[href*='{sort}=']").Where(link => heads.Contains(link.TextContent.Trim())).ToList();
        links.Count.ShouldBeGreaterThan(kept.Count > 1 ? 1 : -1);
        foreach (var link in links)
        {
            var (title, href) = (link.TextContent.Trim(), link.GetAttribute("href")!);
            using var sorted = await Parser.ParseDocumentAsync(await officer.Http.GetStringAsync(href, Stop));
            var again = sorted.QuerySelector($"a[href*='{sort}=-']").ShouldNotBeNull($"{href}: a second click turns it round");
            again.TextContent.Trim().ShouldBe($"{title} ▲, ascending");
            var ordered = sorted.QuerySelector($"a[href^='/console/lists/{list}.csv']")!.GetAttribute("href")!;
            var cells = (await FileAsync(officer, ordered)).Rows.Select(row => row[heads.IndexOf(title)]).ToList();
            cells.Count.ShouldBe(kept.Count, href);
            cells.ShouldBe([.. cells.OrderBy(cell => cell.Length == 0).ThenBy(cell => cell, AsPeopleSort)], href);
        }
    }

    static readonly HtmlParser Parser = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly Comparer<string> AsPeopleSort = Comparer<string>.Create(
        (one, other) =>
            long.TryParse(one, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(other, CultureInfo.InvariantCulture, out var with)
                ? number.CompareTo(with)
                : StringComparer.InvariantCultureIgnoreCase.Compare(one, other)
    );

    static async Task<(List<string> Heads, List<string[]> Rows)> FileAsync(Visitor visitor, string address)
    {
        using var answer = await visitor.Http.GetAsync(address, Stop);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv", address);
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        using var text = new StringReader(await answer.Content.ReadAsStringAsync(Stop));
        await using var rows = await CsvDataReader.CreateAsync(text, cancel: Stop);
        var read = new List<string[]>();
        while (await rows.ReadAsync(Stop))
            read.Add([.. Enumerable.Range(0, rows.FieldCount).Select(rows.GetString)]);
        return ([.. Enumerable.Range(0, rows.FieldCount).Select(rows.GetName)], read);
    }
}
