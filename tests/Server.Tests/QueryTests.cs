using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MaySend.Server.Tests;

/// <summary>Query parameters that an operation does not have.</summary>
public sealed class QueryTests
{
    const string Mailgun = """{"id": "mailgun", "secret": "a key of ours"}""";
    const string Settings = "/v1/inbound-settings/mailgun";
    const string Stop =
        """{"kind": "refusal-made", "id": "call 4", "when": "2026-03-02", "channels": ["email"], "colour": "objection", "how": "phone"}""";
    const string Order =
        """{"kind": "details-collected", "id": "order 9", "when": "2025-06-01", "obtainedBy": "lantern-ltd", "from": "recipient", "context": "sale"}""";

    static async Task<(int Status, JsonElement Body)> SendAsync(Running server, string method, string path, string? type = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (type is not null)
            request.Content = new ByteArrayContent([]) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        return await Running.ReadAsync(await server.Client.SendAsync(request));
    }

    /// <summary>The faults of an answer, as field and remedy.</summary>
    static IReadOnlyList<(string Field, string Help)> Faults(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("errors", out var errors)
            ?
            [
                .. errors
                    .EnumerateArray()
                    .Select(one =>
                        (one.GetProperty("field").GetString()!, one.TryGetProperty("help", out var help) ? help.ToString() : "")
                    ),
            ]
            : [];

    [Fact]
    public async Task A_misspelt_preview_changes_nothing_and_neither_does_one_without_a_word_or_said_twice()
    {
        await using var server = await Running.StartAsync();
        foreach (var query in new[] { "preveiw=true", "preview", "preview=", "preview=false&preview=true", "Preview=false&preview=true" })
        {
            var (status, body) = await server.PutAsync($"{Settings}?{query}", Mailgun);
            status.ShouldBe(400, $"{query}: {body}");
            Faults(body).ShouldHaveSingleItem().Help.ShouldNotBeEmpty(query);
        }
        (await server.GetAsync(Settings)).Status.ShouldBe(404);
        var (_, wrong) = await server.PutAsync($"{Settings}?preveiw=true&dry-run=1", Mailgun);
        Faults(wrong).ShouldBe([("preveiw", "did you mean preview?"), ("dry-run", "did you mean preview?")]);
        (await server.PutAsync($"{Settings}?PREVIEW=true", Mailgun)).Body.GetProperty("outcome").GetString().ShouldBe("preview");
        (await server.PutAsync($"{Settings}?", Mailgun)).Status.ShouldBe(201);
        (await SendAsync(server, "DELETE", $"{Settings}?previw=true")).Status.ShouldBe(400);
        (await server.GetAsync(Settings)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Every_operation_reads_the_parameters_of_its_description_and_refuses_any_other_by_name()
    {
        await using var server = await Running.StartAsync(isStocked: false);
        var (_, document) = await Running.ReadAsync(await server.Public.GetAsync("/openapi/v1.json"));
        var tried = 0;
        foreach (
            var path in document.GetProperty("paths").EnumerateObject().Where(one => one.Name.StartsWith("/v1/", StringComparison.Ordinal))
        )
        foreach (var operation in path.Value.EnumerateObject())
        {
            var name = $"{operation.Name} {path.Name}";
            // A platform's hook takes what the platform sends.
            if (path.Name == "/v1/inbound/{platform}")
                continue;
            var at = path.Name.Replace("{address}", "nobody@example.net", StringComparison.Ordinal).Replace('{', 'x').Replace('}', 'x');
            var known = operation.Value.TryGetProperty("parameters", out var parameters)
                ? parameters.EnumerateArray().Where(one => one.GetProperty("in").GetString() == "query").ToList()
                : [];
            var query = string.Join('&', known.Select(one => $"{one.GetProperty("name")}={Sample(one.GetProperty("schema"))}"));
            var type = operation.Value.TryGetProperty("requestBody", out var sent)
                ? sent.GetProperty("content").EnumerateObject().First().Name
                : null;
            var (_, good) = await SendAsync(server, operation.Name.ToUpperInvariant(), $"{at}?{query}", type);
            good.ToString().ShouldNotContain("is not a known parameter", Case.Sensitive, name);
            var (status, bad) = await SendAsync(server, operation.Name.ToUpperInvariant(), $"{at}?{query}&utm_source=a&zone=b", type);
            status.ShouldBe(400, $"{name}: {bad}");
            Faults(bad).Select(fault => fault.Field).ShouldBe(["utm_source", "zone"], ignoreOrder: true, $"{name}: {bad}");
            tried++;
        }
        tried.ShouldBeGreaterThan(60);
    }

    [Fact]
    public async Task What_asks_to_stop_is_recorded_whatever_the_query_says_and_nothing_else_is()
    {
        await using var server = await Running.StartAsync();
        var (status, body) = await server.PostAsync("/v1/evidence/dan@example.com?idempotency=9", Order);
        (status, body.TryGetProperty("recorded", out _)).ShouldBe((400, false), body.ToString());
        (await server.EntriesAsync("dan@example.com")).ShouldBeEmpty();

        (status, body) = await server.PostAsync("/v1/evidence/dan@example.com?idempotency=9", Stop);
        (status, body.GetProperty("recorded").GetBoolean()).ShouldBe((400, true), body.ToString());
        body.GetProperty("detail").GetString()!.ShouldContain("was recorded nevertheless");
        Faults(body).ShouldHaveSingleItem().Field.ShouldBe("idempotency");
        (await server.RefusalsAsync("dan@example.com")).ShouldBe(1);

        (status, body) = await server.PostAsync("/v1/refusals?dryrun=1&x=2", """{"address": "anna@example.com", "how": "phone"}""");
        (status, body.GetProperty("recorded").GetBoolean(), Faults(body).Count).ShouldBe((400, true, 2), body.ToString());
        (await server.VerdictAsync()).ShouldBe("refused");
        // What cannot be read is not recorded, and all of it is said at once.
        (status, body) = await server.PostAsync("/v1/refusals?dryrun=1", """{"address": "anna", "how": "phone"}""");
        (status, body.TryGetProperty("recorded", out _)).ShouldBe((400, false), body.ToString());
        Faults(body).Select(fault => fault.Field).ShouldBe(["dryrun", "address"]);

        (status, body) = await server.PostAsync("/v1/domains?preview=true", """{"domain": "firm.example", "how": "letter"}""");
        (status, body.GetProperty("recorded").GetBoolean()).ShouldBe((400, true), body.ToString());
        (await server.GetAsync("/v1/domains")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("Please stop sending me these offers.", true, "not-shown")]
    [InlineData("Thank you for the candles, they burn well.", false, "permitted")]
    public async Task A_mail_that_came_back_is_taken_whatever_the_query_says(string words, bool isStop, string verdict)
    {
        await using var server = await Running.StartAsync();
        using var mail = new StringContent(
            "From: Anna <anna@example.com>\r\nTo: offers@shop.example\r\nSubject: Re: Spring\r\nMessage-ID: <q1@example.com>\r\n"
                + $"Content-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n",
            Encoding.UTF8,
            new MediaTypeHeaderValue("message/rfc822")
        );
        var path = "/v1/inbound/mail?form=anna@example.com&to=offers@shop.example&to=second@shop.example";
        var (status, body) = await Running.ReadAsync(await server.Client.PostAsync(path, mail));
        (status, body.TryGetProperty("recorded", out var recorded) && recorded.GetBoolean()).ShouldBe((400, isStop), body.ToString());
        Faults(body).ShouldHaveSingleItem().Help.ShouldContain("did you mean from?");
        (await server.VerdictAsync()).ShouldBe(verdict);
    }

    [Fact]
    public async Task What_a_screening_is_asked_is_held_to_its_names_in_the_query_in_a_form_and_beside_JSON()
    {
        await using var server = await Running.StartAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("spring-2026"), "campaign" },
            { new StringContent("2026-03-11"), "days" },
            { new StringContent("address\nanna@example.com\n"), "files", "people.csv" },
        };
        var (status, body) = await Running.ReadAsync(await server.Client.PostAsync("/v1/screenings", form));
        status.ShouldBe(400, body.ToString());
        Faults(body).ShouldHaveSingleItem().Help.ShouldStartWith("did you mean day?");
        (status, body) = await server.PostAsync("/v1/screenings?day=2026-03-11", """{"campaign": "spring-2026"}""");
        status.ShouldBe(400, body.ToString());
        Faults(body).ShouldBe([("day", "put it into the body")]);
    }

    [Fact]
    public async Task Links_in_messages_hooks_and_the_description_keep_what_others_add_to_their_addresses()
    {
        await using var server = await Running.StartAsync(inbound: """{"mailgun": {"secret": "a key of ours"}}""");
        var link = await server.LinkAsync();
        (await server.Public.GetAsync($"{link}?utm_source=spring&utm_medium=email")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.Public.GetAsync("/v1/inbound/mailgun?tracking=1")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.Public.GetAsync("/health/live?probe=7")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var click = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        (await server.Public.PostAsync($"{link}?utm_campaign=spring", click)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.VerdictAsync()).ShouldBe("refused");
        // Without a key nobody is told what a route reads.
        (await server.Public.GetAsync("/v1/campaigns?limmit=3")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    static string Sample(JsonElement schema) =>
        schema.TryGetProperty("enum", out var words) ? words[0].GetString()!
        : schema.GetProperty("type").ToString().Contains("integer", StringComparison.Ordinal) ? "1"
        : schema.TryGetProperty("format", out var format) && format.GetString() == "date" ? "2026-03-10"
        : "x";
}
