using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Server.OpenApi;

namespace MaySend.Server.Tests;

/// <summary>
/// The answers that the description shows are answers that were given. Each operation is asked again here, and must answer with the same
/// status, kind and members, which are those of its schema. With MAYSEND_UPDATE=1 in the environment <c>examples.json</c> is written anew.
/// </summary>
public partial class AnswersTests
{
    static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    readonly SortedDictionary<string, AnswerShown> given = new(StringComparer.Ordinal);

    readonly List<(string Name, int Status, string? Type, JsonNode? Body)> whole = [];

    [Fact]
    public async Task Every_operation_answers_as_the_description_shows()
    {
        await using var server = await Running.StartAsync(
            isStocked: false,
            inbound: PlatformCall.Hooks,
            with: options => options with { PublicUrl = new Uri("https://u.example") }
        );
        await RecordsAsync(server);
        await using (var stocked = await Running.StartAsync())
            await DecisionsAsync(stocked);
        await PeopleAsync(server);
        // Twilio signs the address it calls: its calls are proved at a server whose public address is its own.
        await using (var called = await Running.StartAsync(isStocked: false, inbound: PlatformCall.Hooks))
            await InboxAsync(called);
        await SettingsAsync();
        await AssessmentAsync(server);
        await ScreeningAsync(server);
        await LawAndLedgerAsync(server);
        await EndingAsync(server);
        var (_, document) = await Running.ReadAsync(await server.Public.GetAsync("/openapi/v1.json"));
        given.Keys.ShouldBe(Operations(document), ignoreOrder: true);
        var described = new DescribedAnswers(document);
        whole.SelectMany(one => described.Faults(one.Name, one.Status, one.Type, one.Body)).ShouldBeEmpty();
        if (Environment.GetEnvironmentVariable("MAYSEND_UPDATE") == "1")
            await File.WriteAllTextAsync(
                Path.Combine(Running.Root, "src", "Server", "OpenApi", "examples.json"),
                JsonSerializer.Serialize(Renewed(), Layout) + "\n"
            );
        else
            foreach (var (name, answer) in given)
                FormOf(answer).ShouldBe(FormOf(AnswerExamples.All[name]), $"{name}; MAYSEND_UPDATE=1 rewrites examples.json");
    }

    /// <summary>Only what has another form: ids and days differ each time.</summary>
    SortedDictionary<string, AnswerShown> Renewed() =>
        new(
            given.ToDictionary(
                one => one.Key,
                one => AnswerExamples.All.TryGetValue(one.Key, out var known) && FormOf(known) == FormOf(one.Value) ? known : one.Value
            ),
            StringComparer.Ordinal
        );

    async Task RecordsAsync(Running server)
    {
        foreach (
            var (name, example) in RequestExamples
                .Bodies.Where(one => one.Key[..3] == "PUT" && !one.Key.Contains("inbound", StringComparison.Ordinal))
                .OrderBy(one => one.Key.Contains("senders", StringComparison.Ordinal) ? 0 : 1)
        )
        {
            var id = JsonNode.Parse(example)!["id"]!.GetValue<string>();
            await AskAsync(server, name, id, example);
            if (name.Contains("assessments", StringComparison.Ordinal))
                continue;
            await AskAsync(server, name.Replace("PUT", "GET", StringComparison.Ordinal), id);
            await AskAsync(server, name.Replace("PUT", "GET", StringComparison.Ordinal).Replace("/{id}", "", StringComparison.Ordinal));
        }
    }

    /// <summary>Of somebody who may be written to.</summary>
    async Task DecisionsAsync(Running server)
    {
        var question = RequestExamples.Bodies["POST v1/decisions"];
        await AskAsync(server, "POST v1/decisions", body: question);
        await AskAsync(server, "POST v1/decisions/batch", body: question, type: "application/x-ndjson");
    }

    async Task PeopleAsync(Running server)
    {
        foreach (
            var name in new[]
            {
                "POST v1/evidence/{address}",
                "POST v1/opt-out-links",
                "POST v1/keys",
                "POST v1/refusals",
                "POST v1/sign-up-pages",
                "POST v1/domains",
            }
        )
            await AskAsync(server, name, body: RequestExamples.Bodies[name]);
        await AskAsync(server, "GET v1/evidence/{address}");
        await AskAsync(server, "GET v1/keys");
        await AskAsync(server, "GET v1/sign-up-pages");
        var anna = (await server.Store.FindAsync(Evidence.Ledger.Identity.Address.Read(Running.Anna).Required())).Contact!.Value;
        const string Request = "access-0f1e2d3c4b5a";
        await server.Part<Records.Requests.RightsRequests>().ReceiveAsync(anna, Request, "access", "Please send it by post.");
        await server.Store.RecordAsync(
            new FileImported("refusals 0f1e2d3c4b5a")
            {
                FileName = "mistake.csv",
                FileDigest = "0f1e2d3c4b5a",
                Rows = 3,
            },
            new Actor("clerk", Rights.None).AsSystem()
        );
        await AskAsync(server, "GET v1/domains");
        await AskAsync(server, "GET v1/imports");
        const string Mistake = """{"import": "refusals 0f1e2d3c4b5a", "reason": "the wrong list"}""";
        var proposal = await AskAsync(server, "POST v1/imports/take-backs", body: Mistake);
        using var director = server.With(await KeyTests.IssueAsync(server, "admin"));
        await AskAsync(server, "POST v1/imports/take-backs/{id}/agree", proposal!["id"]!.GetValue<string>(), by: director);
        await AskAsync(server, "GET v1/requests");
        await AskAsync(server, "GET v1/requests/{id}", Request);
        await AskAsync(server, "POST v1/requests/{id}/answer", Request, """{"outcome": "done"}""");
        await server.AddCustomerAsync("anna@example.org");
        await AskAsync(server, "POST v1/people/{address}/links", body: """{"address": "anna@example.org"}""");
        await AskAsync(server, "GET v1/inbound/{platform}", "postmark");
        var (status, taken) = await PlatformCall.SendAsync(server, "postmark", PlatformCall.Stops["postmark"]);
        Keep("POST v1/inbound/{platform}", status, "application/json", taken.ToString());
        const string Mail = "From: Anna <anna@example.com>\r\nTo: offers@shop.example\r\nSubject: Re: Spring\r\n\r\nPlease stop.\r\n";
        await AskAsync(server, "POST v1/inbound/mail", body: Mail, type: "message/rfc822");
        await AskAsync(server, "POST v1/messages/check", body: Mail, type: "message/rfc822");
    }

    async Task InboxAsync(Running server)
    {
        foreach (var id in new[] { "SM8", "SM9" })
            await PlatformCall.SendAsync(server, "twilio", InboxTests.Reply(id, InboxTests.InWords));
        var listed = await AskAsync(server, "GET v1/inbox");
        await AskAsync(server, "GET v1/inbox/summary");
        var first = listed!["items"]![0]!["id"]!.GetValue<string>();
        await AskAsync(server, "GET v1/inbox/{id}", first);
        await AskAsync(server, "POST v1/inbox/{id}/settle", first, """{"outcome": "nothing"}""");
        var run = await AskAsync(server, "POST v1/inbox/runs", body: InboxTests.Run);
        using var second = server.With(await KeyTests.IssueAsync(server, "admin"));
        await AskAsync(server, "POST v1/inbox/runs/{id}/agree", run!["id"]!.GetValue<string>(), by: second);
    }

    async Task SettingsAsync()
    {
        await using var server = await Running.StartAsync(inbound: PlatformCall.Hooks);
        await AskAsync(server, "PUT v1/inbound-settings/{id}", "mailgun", RequestExamples.Bodies["PUT v1/inbound-settings/{id}"]);
        foreach (var more in new[] { "", "/changes", "/{id}" })
            await AskAsync(server, $"GET v1/inbound-settings{more}", "sendgrid");
        await AskAsync(server, "DELETE v1/inbound-settings/{id}", "mailgun");
        await File.WriteAllTextAsync(Path.Combine(server.Options.DataFolder, "inbound.json"), "{");
        await AskAsync(server, "POST v1/inbound-settings/restore");
    }

    async Task AssessmentAsync(Running server)
    {
        using var writer = server.With(await KeyTests.IssueAsync(server, "record", "read", "admin"));
        var draft = await AskAsync(server, "POST v1/assessments", body: RequestExamples.Bodies["POST v1/assessments"], by: writer);
        var id = draft!["id"]!.GetValue<string>();
        await AskAsync(server, "PUT v1/assessments/{id}/content", id, AssessmentTests.SampleContent(), by: writer);
        await BesideAsync(server, id);
        foreach (
            var (step, key) in new[]
            {
                ("submit", writer),
                ("return", server.Client),
                ("submit", writer),
                ("approve", server.Client),
                ("sign", server.Client),
            }
        )
            await AskAsync(server, $"POST v1/assessments/{{id}}/{step}", id, """{"reason": "as agreed"}""", by: key);
        await AskAsync(server, "GET v1/assessments/{id}/check", id);
        await AskAsync(server, "GET v1/assessments/{id}", id);
        await AskAsync(server, "POST v1/assessments/{id}/revise", id);
        await AskAsync(
            server,
            "POST v1/assessments/{id}/lapse",
            id,
            $$"""{"reason": "a new kind of data", "trigger": "{{MaySend.Assessments.Documents.ReviewTriggers.All[0]}}"}"""
        );
        await AskAsync(server, "POST v1/assessments/{id}/withdraw", "LIA-1", """{"reason": "no longer"}""");
        await AskAsync(server, "GET v1/assessments");
    }

    /// <summary>Remarks and files, before the version is signed.</summary>
    async Task BesideAsync(Running server, string id)
    {
        const string Remarks = "POST v1/assessments/{id}/remarks";
        var remark = await AskAsync(server, Remarks, id, RequestExamples.Bodies[Remarks]);
        await AskAsync(server, $"{Remarks}/{{remark}}/settle", id, second: remark!["id"]!.GetValue<string>());
        await AskAsync(server, "GET v1/assessments/{id}/remarks", id);
        const string Files = "v1/assessments/{id}/attachments";
        const string Survey = "what customers told us";
        var file = await AskAsync(server, $"POST {Files}", id, Survey, "?name=survey.txt", "application/octet-stream");
        var named = file!["id"]!.GetValue<string>();
        await AskAsync(server, $"GET {Files}", id);
        await AskAsync(server, $"GET {Files}/{{file}}", id, second: named);
        await AskAsync(server, $"DELETE {Files}/{{file}}", id, second: named);
    }

    async Task ScreeningAsync(Running server)
    {
        var id = (await AskAsync(server, "POST v1/screenings", body: RequestExamples.Bodies["POST v1/screenings"]))![
            "id"
        ]!.GetValue<string>();
        await OverAsync(server, id);
        await AskAsync(server, "GET v1/screenings/{id}", id);
        await AskAsync(server, "GET v1/screenings");
        await AskAsync(server, "GET v1/screenings/{id}/check", id);
        await AskAsync(server, "GET v1/screenings/{id}/{list}.csv", id);
        await AskAsync(server, "GET v1/screenings/{id}/report.html", id);
        await AskAsync(server, "DELETE v1/screenings/{id}", id);
        var (_, weekly) = await server.PostAsync("/v1/screenings", """{"campaign": "spring-2026", "weeks": 2, "from": "2026-03-13"}""");
        id = weekly.GetProperty("id").GetString()!;
        await OverAsync(server, id);
        await AskAsync(server, "GET v1/screenings/{id}/fridays.html", id);
        // One that waits behind a long one is stopped.
        var many = $"address\n{string.Concat(Enumerable.Range(0, 60_000).Select(one => $"person-{one}@example.com\n"))}";
        using var list = new StringContent(many, Encoding.UTF8, "text/csv");
        var (_, longer) = await Running.ReadAsync(await server.Client.PostAsync("/v1/screenings?campaign=spring-2026", list));
        var (_, waiting) = await server.PostAsync("/v1/screenings", """{"campaign": "spring-2026"}""");
        await AskAsync(server, "POST v1/screenings/{id}/cancel", waiting.GetProperty("id").GetString(), "{}");
        await server.PostAsync($"/v1/screenings/{longer.GetProperty("id").GetString()}/cancel", "{}");
        await OverAsync(server, longer.GetProperty("id").GetString()!);
    }

    static async Task OverAsync(Running server, string id)
    {
        while ((await server.GetAsync($"/v1/screenings/{id}")).Body.GetProperty("state").GetString() is "waiting" or "running")
            await Task.Delay(50);
    }

    async Task LawAndLedgerAsync(Running server)
    {
        await AskAsync(server, "GET v1/law", query: "?day=2026-03-10&jurisdiction=gb");
        await AskAsync(server, "GET v1/law/table", query: "?day=2026-03-10");
        await AskAsync(server, "GET v1/law/diff", query: "?from=2025-06-19&to=2026-03-10");
        await AskAsync(server, "GET v1/ledger");
        await AskAsync(server, "POST v1/ledger/checkpoints");
        await AskAsync(server, "GET v1/ledger/checkpoints");
        var (_, timeline) = await server.GetAsync($"/v1/evidence/{Running.Anna}");
        await AskAsync(
            server,
            "GET v1/ledger/proof",
            query: $"?position={timeline.GetProperty("page").GetProperty("items")[0].GetProperty("position").GetString()}"
        );
    }

    async Task EndingAsync(Running server)
    {
        await AskAsync(server, "GET v1/people/{address}/export");
        await AskAsync(server, "GET v1/people/{address}/decisions");
        await AskAsync(server, "DELETE v1/people/{address}", query: "?reason=asked");
        var (_, issued) = await server.PostAsync("/v1/keys", RequestExamples.Bodies["POST v1/keys"]);
        await AskAsync(server, "DELETE v1/sign-up-pages/{id}", "news");
        await AskAsync(server, "DELETE v1/keys/{id}", issued.GetProperty("id").GetString());
    }

    async Task<JsonNode?> AskAsync(
        Running server,
        string name,
        string? id = null,
        string? body = null,
        string query = "",
        string type = "application/json",
        HttpClient? by = null,
        string? second = null
    )
    {
        var (method, route) = (name.Split(' ')[0], name.Split(' ')[1]);
        var path = route
            .Replace("{id}", id, StringComparison.Ordinal)
            .Replace("{platform}", id, StringComparison.Ordinal)
            .Replace("{list}", "refused", StringComparison.Ordinal)
            .Replace("{remark}", second, StringComparison.Ordinal)
            .Replace("{file}", second, StringComparison.Ordinal)
            .Replace("{address}", Running.Anna, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/{path}{query}");
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, type);
        using var answer = await (by ?? server.Client).SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{name}: {(int)answer.StatusCode} {text}");
        return Keep(name, (int)answer.StatusCode, text.Length == 0 ? null : answer.Content.Headers.ContentType!.MediaType, text);
    }

    JsonNode? Keep(string name, int status, string? type, string text)
    {
        var body = type is "application/json" or "application/x-ndjson"
            ? JsonNode.Parse(text.Split('\n')[0].Length > 1 && type != "application/json" ? text.Split('\n')[0] : text)
            : null;
        var shown = new AnswerShown(status, type, Shortened(body));
        given.TryAdd(name, shown);
        whole.Add((name, status, type, body));
        return body;
    }
}
