using System.Net;
using AngleSharp.Html.Parser;
using MaySend.Console.Access;

namespace MaySend.Console.Tests;

public sealed class LawBesideTests(Site site)
{
    static readonly HtmlParser Parser = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_countries_stand_side_by_side_and_what_differs_is_marked()
    {
        var rows = await RowsAsync("one=gb&one-day=2026-03-10&other=de&other-day=2026-03-10");
        rows["A company's general mailbox"].Differs.ShouldBeTrue("a company's line is free in one of them");
        rows["Exception for customers"].One.ShouldContain("22");
        rows["Exception for customers"].Other.ShouldContain("7");
        (await RowsAsync("one=fr&one-day=2026-03-10&other=fr&other-day=2026-03-10")).Values.ShouldAllBe(row => !row.Differs);
    }

    [Fact]
    public async Task Two_days_of_one_country_show_what_an_amendment_added()
    {
        using var page = await PageAsync("one=gb&one-day=2026-02-04&other=gb&other-day=2026-02-06");
        var halves = page.QuerySelectorAll(".halves section").Select(half => half.TextContent).ToList();
        halves[0].ShouldNotContain("charitable purposes soft opt in");
        halves[1].ShouldContain("charitable purposes soft opt in");
    }

    [Fact]
    public async Task A_page_of_law_says_which_events_a_condition_accepts_how_its_parts_join_and_names_no_fact_in_braces()
    {
        using var gb = await PageAsync("country=gb&day=2026-03-10", "/console/law");
        var said = string.Join(' ', gb.Body!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        said.ShouldContain("an event the rule accepts (sale or service or quote)");
        said.ShouldContain("all of these, for one occasion on which the details were given:");
        said.ShouldContain("one of these:");
        said.ShouldNotContain("{");
    }

    [Fact]
    public async Task What_is_no_country_and_no_day_is_said_and_something_is_shown()
    {
        using var page = await PageAsync("one=zz&one-day=soon&other=it");
        page.Body!.TextContent.ShouldContain("No law is on file for `zz`");
        page.Body.TextContent.ShouldContain("`soon` is not a day");
        page.QuerySelectorAll(".beside-table tbody tr").Length.ShouldBeGreaterThan(8);
    }

    async Task<AngleSharp.Html.Dom.IHtmlDocument> PageAsync(string query, string path = "/console/law/beside")
    {
        using var visitor = await Visitor.SignInAsync(site.Url, Role.Developer);
        using var answer = await visitor.Http.GetAsync($"{path}?{query}", Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await Parser.ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Stop));
    }

    async Task<Dictionary<string, (string One, string Other, bool Differs)>> RowsAsync(string query)
    {
        using var page = await PageAsync(query);
        return page.QuerySelectorAll(".beside-table tbody tr")
            .ToDictionary(
                row => row.QuerySelector("th")!.ChildNodes[0].TextContent.Trim(),
                row =>
                {
                    var cells = row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()).ToList();
                    return (cells[0], cells[1], row.QuerySelector(".tag") is not null);
                }
            );
    }
}
