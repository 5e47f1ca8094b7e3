using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using MaySend.Console.Access;

namespace MaySend.Console.Tests;

public sealed class CallScriptTests(Site site)
{
    static readonly HtmlParser Parser = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_to_do_and_to_say_in_a_call_stands_on_a_page_for_a_country_a_channel_and_a_day()
    {
        using var page = await PageAsync("country=fr&channel=live-call&day=2026-11-24");
        page.QuerySelector("h1")!.TextContent.ShouldContain("France");
        page.QuerySelectorAll(".script li").Select(line => line.TextContent).ShouldContain(line => line.Contains("10-13, 14-20"));
        page.QuerySelector("section[aria-labelledby=say]")!.TextContent.ShouldContain("on whose behalf you call");
        page.QuerySelector("section[aria-labelledby=after]")!.TextContent.ShouldContain("60 days");
        using var before = await PageAsync("country=fr&channel=live-call&day=2016-01-04");
        before.QuerySelector("section[aria-labelledby=before]")!.TextContent.ShouldNotContain("14-20");
    }

    [Fact]
    public async Task What_is_no_country_no_way_of_calling_and_no_day_is_said_and_something_is_shown()
    {
        using var page = await PageAsync("country=atlantis&channel=fax&day=soon");
        var text = page.Body!.TextContent;
        text.ShouldContain("No law is on file for `atlantis`");
        text.ShouldContain("`fax` is not a kind of call");
        text.ShouldContain("`soon` is not a day");
        page.QuerySelectorAll(".script li").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_law_of_a_country_leads_to_what_to_say_there()
    {
        using var visitor = await Visitor.SignInAsync(site.Url, Role.Auditor);
        using var law = await Parser.ParseDocumentAsync(await visitor.Http.GetStringAsync("/console/law?country=es&day=2026-11-24", Stop));
        var way = law.QuerySelector("a[href^='/console/law/calls']")!.GetAttribute("href")!;
        using var page = await Parser.ParseDocumentAsync(await visitor.Http.GetStringAsync(way, Stop));
        page.QuerySelector("h1")!.TextContent.ShouldContain("Spain");
    }

    async Task<IHtmlDocument> PageAsync(string query)
    {
        using var visitor = await Visitor.SignInAsync(site.Url, Role.Developer);
        using var answer = await visitor.Http.GetAsync($"/console/law/calls?{query}", Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await Parser.ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Stop));
    }
}
