using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using MaySend.Server.OpenApi;
using Microsoft.Playwright;

namespace MaySend.Server.Tests;

public partial class DescriptionTests(OptOut.Chromium chromium)
{
    [Fact]
    public async Task The_description_is_OpenAPI_3_1_and_says_what_every_operation_is_for()
    {
        await using var server = await Running.StartAsync();
        var (status, document) = await Running.ReadAsync(await server.Public.GetAsync("/openapi/v1.json"));
        status.ShouldBe(200);
        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        var operations = document
            .GetProperty("paths")
            .EnumerateObject()
            .Where(path => path.Name.StartsWith("/v1/", StringComparison.Ordinal))
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (Name: $"{operation.Name} {path.Name}", operation.Value)))
            .ToList();
        operations.Count.ShouldBeGreaterThan(50);
        foreach (var (name, operation) in operations)
            operation.TryGetProperty("summary", out _).ShouldBeTrue(name);
        // Generators of clients make a method of each.
        var ids = operations.Select(operation => operation.Value.GetProperty("operationId").GetString()!).ToList();
        ids.ShouldBeUnique();
        ids.ShouldAllBe(id => id.All(char.IsAsciiLetterOrDigit));
        ids.ShouldContain("putSendersById");
        foreach (var (name, operation) in operations)
            if (operation.TryGetProperty("parameters", out var parameters))
                parameters.EnumerateArray().Select(one => $"{one.GetProperty("in")} {one.GetProperty("name")}").ShouldBeUnique(name);
        operations.ShouldNotContain(operation => operation.Name.Contains("console", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_description_shows_the_JSON_as_it_is_and_how_each_operation_answers_and_says_no()
    {
        await using var server = await Running.StartAsync(isStocked: false);
        var (_, document) = await Running.ReadAsync(await server.Public.GetAsync("/openapi/v1.json"));
        var schemas = document.GetProperty("components").GetProperty("schemas");
        schemas
            .GetProperty("NameSet")
            .GetProperty("anyOf")
            .EnumerateArray()
            .Select(kind => kind.GetProperty("type").GetString())
            .ShouldBe(["string", "array"]);
        schemas.GetProperty("When").GetProperty("type").GetString().ShouldBe("string");
        schemas
            .GetProperty("StatementKind")
            .GetProperty("enum")
            .EnumerateArray()
            .Select(word => word.GetString())
            .ShouldContain("refusals-complete");
        schemas.GetProperty("SenderDeclared").GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
        // What only the source knows is written out.
        schemas
            .GetProperty("ContactEntryDetailsCollected")
            .GetProperty("properties")
            .GetProperty("context")
            .GetProperty("description")
            .GetString()!
            .ShouldContain("`sale`, `cancelled-sale`");
        foreach (var inside in new[] { "&lt;", "§", "ImmutableArray", "WordFact" })
            document.ToString().ShouldNotContain(inside);
        foreach (
            var path in document
                .GetProperty("paths")
                .EnumerateObject()
                .Where(path => path.Name.StartsWith("/v1/", StringComparison.Ordinal))
        )
        foreach (var operation in path.Value.EnumerateObject())
        {
            var answers = operation.Value.GetProperty("responses").EnumerateObject().ToDictionary(one => one.Name, one => one.Value);
            answers["default"].GetProperty("content").TryGetProperty("application/problem+json", out _).ShouldBeTrue(path.Name);
            answers.Keys.ShouldContain(status => status.StartsWith('2'), $"{operation.Name} {path.Name}");
            operation.Value.TryGetProperty("security", out _).ShouldBe(path.Name == "/v1/inbound/{platform}", path.Name);
        }
        var asks = document
            .GetProperty("paths")
            .GetProperty("/v1/evidence/{address}")
            .GetProperty("post")
            .GetProperty("parameters")
            .EnumerateArray()
            .Select(one => one.GetProperty("name").GetString());
        asks.ShouldBe(["address", "Idempotency-Key"]);
    }

    [Fact]
    public async Task Every_example_of_the_description_works_as_it_stands()
    {
        await using var server = await Running.StartAsync(isStocked: false);
        var (_, document) = await Running.ReadAsync(await server.Public.GetAsync("/openapi/v1.json"));
        string? draft = null;
        foreach (var (name, text) in RequestExamples.Bodies.OrderBy(pair => Order(pair.Key)))
        {
            var (method, path) = (name.Split(' ')[0], "/" + name.Split(' ')[1]);
            var operation = document.GetProperty("paths").GetProperty(path).GetProperty(method.ToLowerInvariant());
            operation
                .GetProperty("requestBody")
                .GetProperty("content")
                .GetProperty("application/json")
                .TryGetProperty("example", out var example)
                .ShouldBeTrue($"{name}: {operation}");
            var id = example.TryGetProperty("id", out var given) ? given.GetString() : draft;
            var to = path.Replace("{id}", id, StringComparison.Ordinal).Replace("{address}", "anna@example.com", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(new HttpMethod(method), to) { Content = Running.Json(example.ToString()) };
            var (status, body) = await Running.ReadAsync(await server.Client.SendAsync(request));
            status.ShouldBeInRange(200, 202, $"{name}: {body}");
            if (name == "POST v1/assessments")
                draft = body.GetProperty("id").GetString();
            JsonDocument.Parse(text).RootElement.ToString().Length.ShouldBeGreaterThan(2);
        }
    }

    [Fact]
    public async Task The_page_to_browse_it_loads_nothing_from_elsewhere()
    {
        await using var server = await Running.StartAsync();
        var page = await server.Public.GetAsync("/docs/");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var html = await page.Content.ReadAsStringAsync();
        var sources = Source().Matches(html).Select(match => match.Groups[1].Value).ToList();
        sources.ShouldNotBeEmpty();
        sources.ShouldAllBe(source => !source.Contains("//", StringComparison.Ordinal));
        foreach (var source in sources)
            (await server.Public.GetAsync(new Uri(new Uri(server.Url, "/docs/"), source))).StatusCode.ShouldBe(HttpStatusCode.OK, source);
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("connect-src 'self'");
    }

    [Fact]
    public async Task A_browser_shows_what_to_send_and_what_comes_back_and_asks_nobody_else()
    {
        await using var server = await Running.StartAsync(isStocked: false);
        var page = await chromium.OpenAsync(server.Url, width: 1400);
        var (asked, wrong) = (new List<Uri>(), new List<string>());
        page.Request += (_, request) => asked.Add(new Uri(request.Url));
        page.PageError += (_, fault) => wrong.Add(fault);
        await page.GotoAsync("/docs/#tag/decisions/POST/v1/decisions");
        foreach (var shown in new[] { "May this message go to this person, and why?", "How much of the reasons", "spring-2026" })
            await page.GetByText(shown).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        if (Environment.GetEnvironmentVariable("CONSOLE_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "api.png") });
        wrong.ShouldBeEmpty();
        asked.ShouldAllBe(url => url.Scheme == "data" || url.Scheme == "blob" || url.Authority == server.Url.Authority);
    }

    /// <summary>The sender first, questions next, and what ends something last.</summary>
    static int Order(string name) =>
        name.StartsWith("PUT", StringComparison.Ordinal) ? 0
        : name.Contains("evidence", StringComparison.Ordinal) ? 1
        : name.Contains("refusals", StringComparison.Ordinal) || name.EndsWith("/remarks", StringComparison.Ordinal) ? 3
        : 2;

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Source();
}
