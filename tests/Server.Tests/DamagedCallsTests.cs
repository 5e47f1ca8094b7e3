using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaySend.Server.OpenApi;

namespace MaySend.Server.Tests;

/// <summary>
/// Every operation of the description, called with its own example damaged in each place: whatever is wrong is the caller's to hear, never
/// a fault of the server and never a permission.
/// </summary>
public class DamagedCallsTests
{
    /// <summary>
    /// What may stand in the place of a value, as JSON. Half a character and octet zero can be written in JSON and are in no text.
    /// </summary>
    static readonly string[] Values =
    [
        "null",
        "true",
        "0",
        "-1",
        "1e400",
        "99999999999999999999",
        "0.5",
        "\"\"",
        "\" \"",
        "[]",
        "{}",
        "[null]",
        "[[[[[[]]]]]]",
        "{\"a\":{\"a\":1}}",
        "\"all\"",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "\"a\\r\\nb\"",
        "\"\\u202egnp.exe\"",
        "\"e\\u0301\"",
        "\"0001-01-01\"",
        "\"9999-12-31\"",
        "\"2026-02-30\"",
        "\"9999-12-31T23:59:59-14:00\"",
        "\"0001-01-01T00:00:00+14:00\"",
        "\"../../etc\"",
        "\"=1+1\"",
        "\"'; drop table entry--\"",
        "\"anna@example.com\"",
    ];

    /// <summary>What may stand in a path or a query, written as in a URL.</summary>
    static readonly string[] Words =
    [
        "x",
        "%00",
        "%2F",
        "..",
        "%2e%2e%2f",
        "%ED%A0%80",
        "%FF",
        "%F0%9F%A6%84",
        "-1",
        "0",
        "99999999999999999999",
        "9999-12-31",
        "0001-01-01",
        "2026-02-30",
        "null",
        "%22",
        "%27",
        "a%0d%0ab",
        "%E2%80%AE",
        "1e9",
        "true",
        "%20",
        "anna@example.com",
        "spring-2026",
    ];

    [Fact]
    public async Task No_damage_to_a_body_is_a_fault_or_a_permission()
    {
        await using var server = await Running.StartAsync(with: Unlimited);
        foreach (var (name, example) in RequestExamples.Bodies)
        {
            var (method, path) = (name.Split(' ')[0], "/" + name.Split(' ')[1]);
            foreach (var body in Damaged(example))
                await AnsweredWellAsync(server, method, PathOf(path), body);
        }
        await EverythingStillAnswersAsync(server);
    }

    [Fact]
    public async Task No_word_in_a_path_or_a_query_is_a_fault_or_a_permission()
    {
        await using var server = await Running.StartAsync(with: Unlimited);
        foreach (var (method, path, operation) in await OperationsAsync(server))
        foreach (var word in Words.Append(new string('x', 3000)))
        {
            var to = string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? word : part));
            var queries = operation.TryGetProperty("parameters", out var parameters)
                ? parameters
                    .EnumerateArray()
                    .Where(one => one.GetProperty("in").GetString() == "query")
                    .Select(one => $"{one.GetProperty("name").GetString()}={word}")
                    .ToList()
                : [];
            foreach (var query in queries.Append("").Append(string.Join('&', queries)))
                await AnsweredWellAsync(server, method, $"{to}?{query}", null);
        }
        await EverythingStillAnswersAsync(server);
    }

    [Fact]
    public async Task No_damage_to_a_body_with_every_member_is_a_fault_or_a_permission()
    {
        await using var server = await Running.StartAsync(with: Unlimited);
        var (_, document) = await Running.ReadAsync(await server.Public.GetAsync("/openapi/v1.json"));
        foreach (var (method, path, operation) in await OperationsAsync(server))
        {
            if (
                !operation.TryGetProperty("requestBody", out var asked)
                || !asked.GetProperty("content").TryGetProperty("application/json", out var json)
            )
                continue;
            var wholes = Wholes(document, json.GetProperty("schema"), 0)
                .OfType<JsonObject>()
                .Select(whole => whole.ToJsonString())
                .ToList();
            wholes.ShouldNotBeEmpty(path);
            foreach (var body in wholes.SelectMany(whole => Damaged(whole).Prepend(whole)))
                await AnsweredWellAsync(server, method, PathOf(path), body);
        }
        await EverythingStillAnswersAsync(server);
    }

    /// <summary>Whatever was taken of all that must be fit to be read, decided on, screened and exported.</summary>
    static async Task EverythingStillAnswersAsync(Running server)
    {
        foreach (
            var path in new[]
            {
                "/health/ready",
                "/health/opt-outs",
                $"/v1/evidence/{Running.Anna}",
                $"/v1/people/{Running.Anna}/export",
                $"/v1/people/{Running.Anna}/export?format=html",
            }
        )
            ((int)(await server.Client.GetAsync(path)).StatusCode).ShouldBe(200, path);
        foreach (
            var (_, path, _) in (await OperationsAsync(server)).Where(one =>
                one.Method == "GET" && !one.Path.Contains('{') && one.Path is not ("/v1/law/diff" or "/v1/ledger/proof")
            )
        )
            (await server.GetAsync(path)).Status.ShouldBe(200, path);
        foreach (var explain in new[] { "none", "brief", "full" })
            (await server.PostAsync($"/v1/decisions?explain={explain}", RequestExamples.Bodies["POST v1/decisions"])).Status.ShouldBe(
                200,
                explain
            );
        var (_, asked) = await server.PostAsync("/v1/screenings", RequestExamples.Bodies["POST v1/screenings"]);
        (await ScreeningTests.DoneAsync(server, asked.GetProperty("id").GetString()!))
            .GetProperty("files")
            .GetArrayLength()
            .ShouldBeInRange(4, 5, "undeliverable.csv where a bounce was recorded");
    }

    static async Task<List<(string Method, string Path, JsonElement Described)>> OperationsAsync(Running server)
    {
        var (_, document) = await Running.ReadAsync(await server.Public.GetAsync("/openapi/v1.json"));
        return
        [
            .. document
                .GetProperty("paths")
                .EnumerateObject()
                .Where(path => path.Name.StartsWith("/v1/", StringComparison.Ordinal))
                .SelectMany(path =>
                    path.Value.EnumerateObject().Select(operation => (operation.Name.ToUpperInvariant(), path.Name, operation.Value))
                ),
        ];
    }

    static string PathOf(string route) =>
        route.Replace("{id}", "some-id", StringComparison.Ordinal).Replace("{address}", Running.Anna, StringComparison.Ordinal);

    /// <summary>Values of a schema with every member there is; one for each kind where it is one of several.</summary>
    static IEnumerable<JsonNode?> Wholes(JsonElement document, JsonElement schema, int depth)
    {
        if (depth > 6)
            return [JsonValue.Create("x")];
        if (schema.TryGetProperty("$ref", out var reference))
            return Wholes(
                document,
                reference.GetString()!.Split('/').Skip(1).Aggregate(document, (at, step) => at.GetProperty(step)),
                depth + 1
            );
        foreach (var several in new[] { "oneOf", "anyOf" })
            if (schema.TryGetProperty(several, out var kinds))
                return [.. kinds.EnumerateArray().SelectMany(kind => Wholes(document, kind, depth + 1))];
        foreach (var given in new[] { "enum", "examples" })
            if (schema.TryGetProperty(given, out var values))
                return [JsonNode.Parse(values[0].GetRawText())];
        var type = schema.TryGetProperty("type", out var types)
            ? types.ValueKind == JsonValueKind.Array
                ? types.EnumerateArray().Select(one => one.GetString()).First(one => one != "null")
                : types.GetString()
            : null;
        if (schema.TryGetProperty("properties", out var members))
        {
            var whole = new JsonObject();
            foreach (var member in members.EnumerateObject())
                whole[member.Name] = Wholes(document, member.Value, depth + 1).FirstOrDefault()?.DeepClone();
            return [whole];
        }
        return
        [
            type switch
            {
                "boolean" => true,
                "integer" or "number" => 1,
                "array" => new JsonArray(
                    schema.TryGetProperty("items", out var items) ? Wholes(document, items, depth + 1).FirstOrDefault()?.DeepClone() : "x"
                ),
                "object" => new JsonObject
                {
                    ["x"] =
                        schema.TryGetProperty("additionalProperties", out var each) && each.ValueKind == JsonValueKind.Object
                            ? Wholes(document, each, depth + 1).FirstOrDefault()?.DeepClone()
                            : "x",
                },
                _ => schema.TryGetProperty("format", out var format) && format.GetString() == "date" ? "2026-03-10" : "x",
            },
        ];
    }

    static ServerOptions Unlimited(ServerOptions options) => options with { RequestsPerSecond = 1_000_000 };

    static async Task AnsweredWellAsync(Running server, string method, string to, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), to);
        if (body is not null)
            request.Content = Running.Json(body);
        using var answer = await server.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var what = $"{method} {Shortened(to)} {Shortened(body ?? "")}: {(int)answer.StatusCode} {Shortened(text)}";
        ((int)answer.StatusCode).ShouldBeLessThan(500, what);
        if (answer.IsSuccessStatusCode)
            return;
        text.ShouldNotContain("\"send\":true", Case.Sensitive, what);
        // What is no HTTP (an octet zero in a path, a path beyond all measure) is turned away before anything of ours sees it, with a
        // status alone.
        if (text.Length > 0)
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json", what);
    }

    static string Shortened(string text) => text.Length <= 300 ? text : string.Concat(text.AsSpan(0, 300), "...");

    /// <summary>The example with one value after another damaged, left out, doubled, and with one member too many.</summary>
    static IEnumerable<string> Damaged(string example)
    {
        yield return "";
        yield return "{";
        yield return example + example;
        yield return "\uFEFF" + example;
        yield return "[" + example + "]";
        foreach (var value in Values)
            yield return value;
        foreach (var path in Paths(JsonNode.Parse(example)!, []))
        {
            // A value that no JsonNode can hold is put in as text.
            var marked = JsonNode.Parse(example)!;
            Put(marked, path, "here-goes-the-value");
            foreach (var value in Values)
                yield return marked.ToJsonString().Replace("\"here-goes-the-value\"", value, StringComparison.Ordinal);
            yield return marked.ToJsonString().Replace("here-goes-the-value", new string('x', 20_000), StringComparison.Ordinal);
            if (path[^1] is not string name)
                continue;
            var without = JsonNode.Parse(example)!;
            At(without, path[..^1]).AsObject().Remove(name);
            yield return without.ToJsonString();
            var more = JsonNode.Parse(example)!;
            At(more, path[..^1]).AsObject().Add("not-known", 1);
            yield return more.ToJsonString();
            yield return more.ToJsonString().Replace("\"not-known\":1", $"{JsonSerializer.Serialize(name)}:1", StringComparison.Ordinal);
        }
    }

    static IEnumerable<object[]> Paths(JsonNode node, object[] above) =>
        node switch
        {
            JsonObject members => members.SelectMany(member => Below(member.Key, member.Value, above)),
            JsonArray items => items.SelectMany((item, index) => Below(index, item, above)),
            _ => [],
        };

    static IEnumerable<object[]> Below(object step, JsonNode? node, object[] above)
    {
        object[] path = [.. above, step];
        return node is null ? [path] : Paths(node, path).Prepend(path);
    }

    static JsonNode At(JsonNode root, object[] path) =>
        path.Aggregate(root, (node, step) => step is int index ? node[index]! : node[(string)step]!);

    static void Put(JsonNode root, object[] path, string value)
    {
        var parent = At(root, path[..^1]);
        if (path[^1] is int index)
            parent[index] = value;
        else
            parent[(string)path[^1]] = value;
    }
}
