using System.Net;
using System.Text.Json;
using MaySend.Evidence.Entries;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace MaySend.Server.Tests;

/// <summary>Assistants over HTTP: what each key is offered, that they ask where everybody asks, and that they lift nothing.</summary>
public class AssistantTests
{
    static async Task<McpClient> AssistantAsync(Running server, params string[] scopes) =>
        await McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = new Uri(server.Url, "mcp"),
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = new Dictionary<string, string>
                    {
                        ["Authorization"] = $"Bearer {(scopes.Length == 0 ? server.Key : await KeyTests.IssueAsync(server, scopes))}",
                    },
                }
            )
        );

    static async Task<JsonElement> CallAsync(McpClient assistant, string tool, params (string Name, object? Value)[] arguments)
    {
        var answer = await assistant.CallToolAsync(tool, arguments.ToDictionary(each => each.Name, each => each.Value));
        answer.IsError.ShouldNotBe(true, answer.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text);
        return answer.StructuredContent!.Value;
    }

    static async Task<string> FailsAsync(McpClient assistant, string tool, params (string Name, object? Value)[] arguments)
    {
        var answer = await assistant.CallToolAsync(tool, arguments.ToDictionary(each => each.Name, each => each.Value));
        answer.IsError.ShouldBe(true);
        answer.StructuredContent.ShouldBeNull();
        return answer.Content.OfType<TextContentBlock>().ShouldHaveSingleItem().Text;
    }

    [Theory]
    [InlineData("", "may_send screen explain_law unsubscribe_link")]
    [InlineData("admin", "may_send screen explain_law unsubscribe_link")]
    [InlineData("decide", "may_send unsubscribe_link")]
    [InlineData("read", "explain_law")]
    [InlineData("decide read objection", "may_send screen explain_law unsubscribe_link record_objection")]
    [InlineData("objection", "record_objection")]
    [InlineData("record campaign", "")]
    public async Task A_key_is_offered_the_tools_its_scopes_include_and_no_other(string scopes, string tools)
    {
        await using var server = await Running.StartAsync();
        await using var assistant = await AssistantAsync(server, scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var offered = assistant.ServerCapabilities.Tools is null ? [] : (await assistant.ListToolsAsync()).Select(tool => tool.Name);
        string.Join(' ', offered).ShouldBe(tools);
        foreach (
            var other in new[] { "may_send", "screen", "explain_law", "unsubscribe_link", "record_objection" }.Except(tools.Split(' '))
        )
            await Should.ThrowAsync<McpException>(async () =>
                await assistant.CallToolAsync(
                    other,
                    new Dictionary<string, object?>
                    {
                        ["address"] = Running.Anna,
                        ["campaign"] = "spring-2026",
                        ["how"] = "reply",
                    }
                )
            );
        (await server.RefusalsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task An_assistant_is_answered_as_the_API_answers()
    {
        await using var server = await Running.StartAsync();
        await server.AddCustomerAsync("carl@example.com");
        (await server.PostAsync("/v1/refusals", """{"address": "carl@example.com", "how": "phone"}""")).Status.ShouldBe(201);
        await using var assistant = await AssistantAsync(server);
        foreach (var address in new[] { Running.Anna, "carl@example.com", "nobody@example.com" })
        {
            var (_, api) = await server.PostAsync("/v1/decisions", $$"""{"address": "{{address}}", "campaign": "spring-2026"}""");
            var told = await CallAsync(assistant, "may_send", ("address", address), ("campaign", "spring-2026"));
            foreach (var member in new[] { "send", "verdict", "deliverable", "notSentBecause", "remedies" })
                told.GetProperty(member).ToString().ShouldBe(api.GetProperty(member).ToString(), member);
            told.GetProperty("decision").ToString().ShouldBe(api.GetProperty("decision").GetProperty("id").ToString());
            told.GetProperty("keys")[0].GetProperty("says").ToString().ShouldBe(api.GetProperty("keys")[0].GetProperty("says").ToString());
        }
        (await CallAsync(assistant, "may_send", ("address", Running.Anna), ("campaign", "spring-2026"), ("day", "2026-03-11")))
            .GetProperty("send")
            .GetBoolean()
            .ShouldBeFalse();
    }

    [Fact]
    public async Task An_assistant_is_told_about_a_call_in_words_of_calling()
    {
        await using var server = await Running.StartAsync();
        var calls = Shop
            .Spring.Replace("spring-2026", "calls", StringComparison.Ordinal)
            .Replace("\"email\"", "\"live-call\"", StringComparison.Ordinal);
        (await server.PutAsync("/v1/campaigns/calls", calls)).Status.ShouldBe(201);
        await using var assistant = await AssistantAsync(server);
        var told = await CallAsync(assistant, "may_send", ("address", "+441632960001"), ("campaign", "calls"));
        told.GetProperty("says").GetString().ShouldStartWith("Do not call them: ");
    }

    [Fact]
    public async Task Everything_wrong_with_a_question_is_said_at_once_and_means_no()
    {
        await using var server = await Running.StartAsync();
        await using var assistant = await AssistantAsync(server, "decide", "read", "objection");
        var said = await FailsAsync(assistant, "may_send", ("address", "no address"), ("campaign", "no-such-campaign"));
        said.ShouldStartWith("Nothing was decided, so nothing may be sent.");
        (said.Contains("address ", StringComparison.Ordinal), said.Contains("no-such-campaign", StringComparison.Ordinal)).ShouldBe(
            (true, true)
        );
        (await FailsAsync(assistant, "screen", ("campaign", "no-such-campaign"))).ShouldContain("no-such-campaign");
        (await FailsAsync(assistant, "screen", ("screening", "0123"))).ShouldContain("0123");
        (await FailsAsync(assistant, "explain_law", ("about", "gb/pecr/reg-222"))).ShouldContain("gb/pecr/reg-22");
        foreach (var about in new[] { new string('g', 5000), $"gb/{new string('g', 5000)}" })
            (await FailsAsync(assistant, "explain_law", ("about", about))).Length.ShouldBeLessThan(400);
        (await FailsAsync(assistant, "unsubscribe_link", ("address", "x"), ("sender", "nobody-ltd"))).ShouldContain(
            "sender is not a sender"
        );
        (await FailsAsync(assistant, "unsubscribe_link", ("address", "ben@example.com"), ("sender", Shop.Name))).ShouldContain(
            "not on record"
        );
        (
            await FailsAsync(assistant, "record_objection", ("address", "x"), ("how", "a"), ("senders", new string?[] { null }))
        ).ShouldContain("senders holds a null");
        var unheard = await FailsAsync(assistant, "record_objection", ("address", "x"), ("how", " "));
        unheard.ShouldContain("how is blank");
        unheard.ShouldStartWith("The objection was not recorded");
        (await FailsAsync(assistant, "may_send", ("campaign", "spring-2026"))).ShouldContain("address");
        (
            await FailsAsync(assistant, "may_send", ("address", "anna@example.com"), ("campaign", "spring-2026"), ("date", "2026-12-24"))
        ).ShouldContain("date is not an argument");
    }

    [Fact]
    public async Task A_store_that_cannot_answer_is_a_no_to_an_assistant_as_well()
    {
        await using var server = await Running.StartAsync();
        await using var assistant = await AssistantAsync(server);
        await server.Store.DisposeAsync();
        // Without the store not even the key can be looked up.
        await Should.ThrowAsync<HttpRequestException>(() =>
            CallAsync(assistant, "may_send", ("address", Running.Anna), ("campaign", "spring-2026"))
        );
    }

    [Fact]
    public async Task An_objection_told_to_an_assistant_stops_the_next_message_and_saying_it_twice_adds_nothing()
    {
        await using var server = await Running.StartAsync();
        await using var assistant = await AssistantAsync(server, "decide", "objection");
        for (var time = 0; time < 2; time++)
            (await CallAsync(assistant, "record_objection", ("address", "Anna@Example.com"), ("how", "reply")))
                .GetProperty("outcome")
                .GetString()
                .ShouldBe(time == 0 ? "added" : "already-there");
        var objection = (await server.EntriesAsync()).OfType<RefusalMade>().ShouldHaveSingleItem();
        (objection.Kind, objection.How, objection.Senders!.IsEverything, objection.Channels!.IsEverything).ShouldBe(
            ("objection", "reply", true, true)
        );
        (await server.VerdictAsync()).ShouldBe("refused");
        var narrow = await CallAsync(
            assistant,
            "record_objection",
            ("address", "carl@example.com"),
            ("how", "chat"),
            ("channels", new[] { "e-mail" }),
            ("topics", new[] { "garden" })
        );
        // A name that nobody on record bears makes the request wider, never narrower.
        narrow.GetProperty("notUnderstood")[0].GetString()!.ShouldContain("applies to every channel");
        (await server.EntriesAsync("carl@example.com")).OfType<RefusalMade>().ShouldHaveSingleItem().Channels!.IsEverything.ShouldBeTrue();
    }

    [Fact]
    public async Task An_objection_said_again_on_the_day_the_person_came_back_stops_them_again()
    {
        await using var server = await Running.StartAsync();
        await using var assistant = await AssistantAsync(server, "objection");
        (string, object?)[] same = [("address", Running.Anna), ("how", "phone")];
        await CallAsync(assistant, "record_objection", same);
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        await server.ComeBackAsync();
        (await server.VerdictAsync()).ShouldBe("permitted");
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        (await CallAsync(assistant, "record_objection", same)).GetProperty("outcome").GetString().ShouldBe("added");
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public async Task No_tool_lifts_signs_or_judges_whatever_the_key_may_otherwise()
    {
        await using var server = await Running.StartAsync();
        (await server.PostAsync("/v1/refusals", """{"address": "anna@example.com", "how": "phone"}""")).Status.ShouldBe(201);
        await using var assistant = await AssistantAsync(server, "admin", "objection");
        var before = await KindsAsync(server);
        var tools = await assistant.ListToolsAsync();
        tools.Count.ShouldBe(5);
        foreach (var tool in tools)
        {
            var arguments = new Dictionary<string, object?>();
            foreach (var argument in tool.JsonSchema.GetProperty("properties").EnumerateObject())
                if (
                    argument.Name switch
                    {
                        "address" => Running.Anna,
                        "campaign" => "spring-2026",
                        "sender" => Shop.Name,
                        "about" => "gb/pecr/refusal",
                        "how" => "reply",
                        _ => null,
                    } is
                    { } value
                )
                    arguments[argument.Name] = value;
            (await assistant.CallToolAsync(tool.Name, arguments)).IsError.ShouldNotBe(true, tool.Name);
            (await server.VerdictAsync()).ShouldBe("refused", tool.Name);
        }
        var added = await KindsAsync(server);
        foreach (var kind in before)
            added.Remove(kind);
        // What asking leaves behind, and the objection; nothing that counts towards sending.
        added
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ShouldBeSubsetOf([
                "audience-screened",
                "campaign-registered",
                "decision-made",
                "opt-out-key-added",
                "opt-out-scope-used",
                "refusal-made",
            ]);
        added.ShouldContain("refusal-made");
        tools.Single(tool => tool.Name == "may_send").ProtocolTool.Annotations!.ReadOnlyHint.ShouldBe(true);
        tools.Single(tool => tool.Name == "record_objection").ProtocolTool.Annotations!.DestructiveHint.ShouldBe(true);
    }

    static async Task<List<string>> KindsAsync(Running server)
    {
        var kinds = new List<string>();
        for (var partition = 0; partition <= 256; partition++)
            await foreach (var entry in server.Store.Ledger.StreamAsync(new(partition), 0))
                kinds.Add(entry.Kind);
        return kinds;
    }

    [Fact]
    public async Task A_screening_counts_and_names_nobody()
    {
        await using var server = await Running.StartAsync();
        await using var assistant = await AssistantAsync(server, "decide", "read");
        var screened = await CallAsync(assistant, "screen", ("campaign", "spring-2026"));
        (screened.GetProperty("state").GetString(), screened.GetProperty("permitted").GetInt32()).ShouldBe(("done", 1));
        screened.ToString().ShouldNotContain("@");
        var again = await CallAsync(assistant, "screen", ("screening", screened.GetProperty("screening").GetString()));
        again.GetProperty("permitted").GetInt32().ShouldBe(1);
        // It is the screening that people see, under the key's name.
        (await server.GetAsync($"/v1/screenings/{screened.GetProperty("screening").GetString()}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_link_made_for_an_assistant_stops_as_any_other()
    {
        await using var server = await Running.StartAsync();
        await using var assistant = await AssistantAsync(server, "decide");
        var link = await CallAsync(assistant, "unsubscribe_link", ("address", Running.Anna), ("sender", Shop.Name));
        link.GetProperty("headers").GetProperty("List-Unsubscribe-Post").GetString().ShouldBe("List-Unsubscribe=One-Click");
        using var oneClick = new StringContent("List-Unsubscribe=One-Click", null, "application/x-www-form-urlencoded");
        (await server.Public.PostAsync(link.GetProperty("url").GetString(), oneClick)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public async Task Without_a_key_an_assistant_is_told_where_it_is_described_what_to_bring()
    {
        await using var server = await Running.StartAsync(with: options => options with { PublicUrl = new Uri("https://u.example") });
        using var call = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = Running.Json("""{"jsonrpc":"2.0"}""") };
        var turned = await server.Public.SendAsync(call);
        turned.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var challenge = turned.Headers.WwwAuthenticate.ShouldHaveSingleItem().ToString();
        challenge.ShouldContain("resource_metadata=\"https://u.example/.well-known/oauth-protected-resource/mcp\"");
        var (status, metadata) = await Running.ReadAsync(await server.Public.GetAsync("/.well-known/oauth-protected-resource/mcp"));
        (status, metadata.GetProperty("resource").GetString()).ShouldBe((200, "https://u.example/mcp"));
        metadata.GetProperty("scopes_supported").EnumerateArray().Select(scope => scope.GetString()).ShouldContain("objection");
        // Other doors say nothing of it.
        (await server.Public.PostAsync("/v1/decisions", Running.Json("{}")))
            .Headers.WwwAuthenticate.ToString()
            .ShouldNotContain("resource_metadata");
    }

    [Fact]
    public async Task An_assistants_objection_key_opens_nothing_of_the_API()
    {
        await using var server = await Running.StartAsync();
        using var client = server.With(await KeyTests.IssueAsync(server, "objection"));
        (await server.PostAsync("/v1/refusals", """{"address": "anna@example.com", "how": "phone"}""", client)).Status.ShouldBe(403);
        (await server.PostAsync("/v1/decisions", """{"address": "anna@example.com", "campaign": "spring-2026"}""", client)).Status.ShouldBe(
            403
        );
        (await server.PostAsync("/v1/evidence/anna@example.com", """{"kind": "message-sent"}""", client)).Status.ShouldBe(403);
    }
}
