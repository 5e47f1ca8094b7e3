using System.Net;
using AngleSharp.Html.Parser;
using MaySend.Console.Access;
using MaySend.Stores;

namespace MaySend.Console.Tests;

/// <summary>
/// Somebody of each role follows every link and presses every button: whatever comes back is a page of the console that leads on, or a
/// file.
/// </summary>
public sealed class CrawlTests
{
    static readonly HtmlParser Parser = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Role.Marketer, 20)]
    [InlineData(Role.DataProtectionOfficer, 24)]
    [InlineData(Role.Developer, 15)]
    [InlineData(Role.Auditor, 22)]
    [InlineData(Role.Administrator, 15)]
    public async Task Every_link_and_every_button_leads_to_a_page_or_a_file(string role, int fewestPages)
    {
        var folder = Directory.CreateTempSubdirectory("maysend-crawl-").FullName;
        var store = await EvidenceStores.CreateAsync(folder);
        await Site.FillAsync(store);
        await using (var app = Site.Build(folder, store))
        {
            await Site.AddCampaignsAsync(app, store);
            await app.StartAsync(Stop);
            await Site.AddUserAsync(app, role, role);
            await Site.AddUserAsync(app, "somebody else", Role.Marketer);
            using var visitor = await Visitor.SignInAsync(Site.AddressOf(app), role);
            var (pages, forms) = await WalkAsync(visitor);
            pages.ShouldBeGreaterThanOrEqualTo(fewestPages);
            foreach (var form in forms)
                await PressAsync(visitor, form);
            // What the buttons left behind is fit to be shown, too.
            await WalkAsync(visitor);
        }
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task On_an_empty_store_no_link_leads_to_a_page_that_its_reader_may_not_open()
    {
        await using var own = await OwnConsole.StartAsync();
        foreach (var (role, _, _) in Role.All)
        {
            await own.AddUserAsync($"new {role}", role);
            using var visitor = await own.SignInAsync($"new {role}");
            (await WalkAsync(visitor)).Pages.ShouldBeGreaterThan(10, role);
        }
    }

    [Fact]
    public async Task Every_page_waits_for_a_store_whose_answers_take_time()
    {
        await using var own = await OwnConsole.StartAsync();
        await Site.FillAsync(own.Store);
        await own.AddUserAsync("audrey", Role.Auditor);
        own.Ledger.IsSlow = true;
        foreach (var name in new[] { Role.DataProtectionOfficer, Role.Marketer, "audrey" })
        {
            using var visitor = await own.SignInAsync(name);
            (await WalkAsync(visitor)).Pages.ShouldBeGreaterThan(15, name);
        }
    }

    static async Task<(int Pages, IReadOnlyList<PageForm> Forms)> WalkAsync(Visitor visitor)
    {
        var (waiting, seen) = (new Queue<string>(["/console"]), new Dictionary<string, int>(StringComparer.Ordinal));
        var (pages, forms) = (0, new Dictionary<string, PageForm>(StringComparer.Ordinal));
        while (waiting.TryDequeue(out var path))
        {
            var kind = PageForm.KindOf(path);
            if ((seen[kind] = seen.GetValueOrDefault(kind) + 1) > 1)
                continue;
            using var answer = await visitor.Http.GetAsync(path, Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{path} is linked");
            if (IsFile(answer))
                continue;
            pages++;
            using var page = await Parser.ParseDocumentAsync(await PageAsync(answer, path));
            foreach (
                var link in page
                    .Links.Where(link => !link.HasAttribute("download"))
                    .Select(link => (link.GetAttribute("href") ?? "").Split('#')[0])
                    .Where(link => link.StartsWith("/console", StringComparison.Ordinal))
            )
                waiting.Enqueue(link);
            foreach (var form in page.Forms.Where(form => form.Method == "post").Select(form => PageForm.Read(form, path)))
                // Whoever presses all this must not end their own session.
                if (
                    !form.Name.StartsWith("/console/settings user-", StringComparison.Ordinal)
                    && !form.Action.EndsWith("sign-out", StringComparison.Ordinal)
                )
                    forms.TryAdd(form.Name, form);
        }
        return (pages, [.. forms.Values]);
    }

    static async Task PressAsync(Visitor visitor, PageForm form)
    {
        using var answer = await visitor.Http.PostAsync(form.Action, new FormUrlEncodedContent(form.Fields), Stop);
        ((int)answer.StatusCode).ShouldBeLessThan(500, form.Name);
        if (answer.StatusCode is HttpStatusCode.Redirect)
        {
            var to = answer.Headers.Location!.ToString();
            to.ShouldContain("/console", Case.Sensitive, form.Name);
            to.ShouldNotContain("/console/denied", Case.Sensitive, $"{form.Name} is offered and not allowed");
            to.ShouldNotContain("/console/sign-in", Case.Sensitive, form.Name);
            return;
        }
        if (!IsFile(answer))
            await PageAsync(answer, form.Name);
    }

    /// <summary>What a page of the console always is: HTML with one heading and a way on.</summary>
    static async Task<string> PageAsync(HttpResponseMessage answer, string what)
    {
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("text/html", what);
        var html = await answer.Content.ReadAsStringAsync(Stop);
        using var page = await Parser.ParseDocumentAsync(html);
        page.QuerySelectorAll("h1").Length.ShouldBe(1, what);
        page.QuerySelectorAll("a[href^='/console']").Length.ShouldBeGreaterThan(0, $"{what} leads nowhere");
        return html;
    }

    static bool IsFile(HttpResponseMessage answer) => answer.Content.Headers.ContentDisposition?.DispositionType == "attachment";
}
