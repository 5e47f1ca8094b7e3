using System.Net;
using AngleSharp.Html.Parser;
using MaySend.Console.Access;
using MaySend.Console.Lists;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

/// <summary>Lists that grow come in pages, and what is in them can be found.</summary>
public sealed class ListTests(Site site)
{
    static readonly HtmlParser Parser = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_and_fifty_campaigns_are_thirteen_pages_and_one_is_found_by_its_words()
    {
        await using var own = await OwnConsole.StartAsync();
        await own.Store.RecordAsync(
            [
                new SenderDeclared("shop") { Name = "Shop Ltd", Establishment = "gb" },
                .. Enumerable
                    .Range(1, 250)
                    .Select(number => new CampaignRegistered(
                        $"mailing-{number:000}",
                        new Campaign($"mailing-{number:000}", "shop", "email", new DateOnly(2026, 1, 1).AddDays(number))
                        {
                            Topics = [number == 77 ? "lanterns" : "offers"],
                        }
                    )),
            ],
            Actor.Runner("set-up"),
            Stop
        );
        using var marketer = await own.SignInAsync(Role.Marketer);
        async Task<(List<string> Names, string Text, List<string> Links)> PageAsync(string address)
        {
            using var page = await Parser.ParseDocumentAsync(await marketer.Http.GetStringAsync(address, Stop));
            return (
                [.. page.QuerySelectorAll("details.element summary strong").Select(one => one.TextContent)],
                page.Body!.TextContent,
                [.. page.QuerySelectorAll("nav.pages a").Select(one => one.GetAttribute("href")!)]
            );
        }
        var first = await PageAsync("/console/campaigns");
        first.Names.Count.ShouldBe(20);
        first.Text.ShouldContain("1 to 20 of 250");
        first.Links.ShouldContain("/console/campaigns?page=13");
        var seen = new HashSet<string>();
        for (var number = 1; number <= 13; number++)
            seen.UnionWith((await PageAsync($"/console/campaigns?page={number}")).Names);
        seen.Count.ShouldBe(250, "nothing is on no page");
        (await PageAsync("/console/campaigns?find=Lanterns+shop")).Names.ShouldBe(["mailing-077"]);
        var none = await PageAsync("/console/campaigns?find=nothing-of-that");
        none.Names.ShouldBeEmpty();
        none.Text.ShouldContain("None of 250");
        var tenth = await PageAsync("/console/campaigns?find=offers&page=2");
        tenth.Links.ShouldAllBe(link => link.Contains("find=offers", StringComparison.Ordinal), "the words go along");
        (await PageAsync("/console/campaigns?page=99999")).Names.Count.ShouldBe(10, "beyond the last there is the last");

        var shown = await own.SignInAsync(site.Browser, Role.Marketer, width: 360);
        await shown.GotoAsync("/console/campaigns?page=6");
        await Looks.GoodAsync(shown, "campaigns-many");
        await shown.SetViewportSizeAsync(1280, 900);
        await Looks.GoodAsync(shown, "campaigns-many");
        await shown.GetByLabel("Find among 250 campaigns").FillAsync("mailing-013");
        await shown.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await Assertions.Expect(shown.Locator("details.element")).ToHaveCountAsync(1);
        await shown.Context.DisposeAsync();
    }

    [Theory]
    [InlineData("?find=%3Cscript%3E&page=-1&sort=%27--")]
    [InlineData("?page=1e9&find=%00%01")]
    [InlineData("?page=2147483648&page=3&find=a&find=b")]
    public async Task Whatever_stands_in_the_address_of_a_list_it_is_a_page(string query)
    {
        using var officer = await Visitor.SignInAsync(site.Url, Role.DataProtectionOfficer);
        foreach (
            var path in new[]
            {
                "campaigns",
                "law/cases",
                "assessments",
                "screen",
                "ledger",
                "inbox",
                "requests",
                "people",
                "map",
                "webhooks",
                "imports",
                "points",
                "templates",
            }
        )
        {
            using var answer = await officer.Http.GetAsync($"/console/{path}{query}", Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            (await answer.Content.ReadAsStringAsync(Stop)).ShouldNotContain("<script>&");
        }
    }

    [Fact]
    public void Several_lists_of_one_page_do_not_turn_each_others_pages()
    {
        var http = new DefaultHttpContext();
        http.Request.Path = "/console/assessments";
        http.Request.QueryString = new("?open-page=2&past-find=old&past-page=3");
        List<string> all = [.. Enumerable.Range(1, 95).Select(number => $"old {number}")];
        GrowingList<string> Named(string name, bool isSearched = true) =>
            new(name, "lines", Permit.Enter, _ => new(all), [new("text", "Text", one => one) { IsSearched = isSearched }])
            {
                Name = name,
                Size = 10,
            };
        var (open, openAt) = Named("open").Show(http, all);
        var (past, pastAt) = Named("past").Show(http, all);
        (open[0], past[0], openAt.Says, pastAt.Says).ShouldBe(("old 11", "old 21", "11 to 20 of 95", "21 to 30 of 95 found among 95"));
        openAt.Href(1).ShouldBe("/console/assessments?past-find=old&past-page=3");
        pastAt.Href(10).ShouldBe("/console/assessments?open-page=2&past-find=old&past-page=10");
        pastAt.Near.ShouldBe([1, 2, 3, 4, 5, 10]);
        Named("past", isSearched: false).Show(http, all).Place.Find.ShouldBe("", "what may not be looked for is not");
    }

    [Theory]
    [InlineData("", "b|=1+1||A|c")]
    [InlineData("?sort=word", "'=1+1|A|b|c|")]
    [InlineData("?sort=-word", "c|b|A|'=1+1|")]
    [InlineData("?sort=secret", "b|=1+1||A|c")]
    [InlineData("?sort=day&find=2026", "A|b|c")]
    public async Task The_file_of_a_list_is_sorted_as_the_page_with_blanks_last_and_no_cell_runs(string query, string expected)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new(query);
        http.Response.Body = new MemoryStream();
        (string Word, DateOnly? Day)[] lines =
        [
            ("b", new(2026, 2, 1)),
            ("=1+1", new(2025, 1, 1)),
            ("", null),
            ("A", new(2026, 1, 1)),
            ("c", new(2026, 3, 1)),
        ];
        var list = new GrowingList<(string Word, DateOnly? Day)>(
            "words",
            "words",
            Permit.Enter,
            _ => new(lines),
            [
                new("word", "Word", one => one.Word),
                new("day", "Day", one => one.Day),
                new("secret", "Secret", _ => "2026") { IsSorted = false, IsSearched = false },
            ]
        );
        await list.WriteAsync(http);
        http.Response.Body.Position = 0;
        using var text = new StreamReader(http.Response.Body);
        var rows = (await text.ReadToEndAsync(Stop)).TrimEnd('\n').Split('\n');
        rows[0].ShouldBe("Word,Day,Secret");
        string.Join('|', rows[1..].Select(row => row.Split(',')[0])).ShouldBe(expected.Replace("|=", "|'=", StringComparison.Ordinal));
    }
}
