using System.Text.Json;
using MaySend.Acceptance.Stores;
using MaySend.Node;

namespace MaySend.Acceptance;

/// <summary>An assistant asks through the protocol's own inspector: another's client, over both ways in.</summary>
public class AssistantTests
{
    static readonly string[] Reading = ["may_send", "screen", "explain_law"];

    [Fact]
    public async Task The_inspector_finds_over_standard_input_the_tools_that_the_command_was_given_and_no_other()
    {
        using var shell = await Shell.WithShopAsync();
        (await NamesAsync(await InspectAsync([.. Stdio(shell), "--method", "tools/list"]))).ShouldBe(Reading);
        (
            await NamesAsync(
                await InspectAsync([
                    .. Stdio(shell),
                    "--public-url",
                    "https://u.example",
                    "--may-record-objections",
                    "--method",
                    "tools/list",
                ])
            )
        ).ShouldBe([.. Reading, "unsubscribe_link", "record_objection"]);
    }

    [Fact]
    public async Task Over_standard_input_an_assistant_is_told_no_with_the_reason_and_what_it_records_counts_at_once()
    {
        using var shell = await Shell.WithShopAsync();
        var recorded = await CallAsync(
            [.. Stdio(shell), "--may-record-objections", "--by", "mia"],
            "record_objection",
            "address=anna@example.com",
            "how=reply"
        );
        recorded.GetProperty("outcome").GetString().ShouldBe("added");
        var anna = await CallAsync(Stdio(shell), "may_send", "address=anna@example.com", "campaign=spring");
        (anna.GetProperty("verdict").GetString(), anna.GetProperty("send").GetBoolean()).ShouldBe(("refused", false));
        anna.GetProperty("keys")[0].GetProperty("cite").GetString()!.ShouldContain("reg 2");
        var evidence = await shell.RunAsync("evidence anna@example.com --data store --json");
        JsonDocument
            .Parse(evidence.Output)
            .RootElement.GetProperty("records")[0]
            .GetProperty("entries")
            .EnumerateArray()
            .Select(entry => entry.GetProperty("by").GetString())
            .ShouldContain("mia's assistant");
    }

    [Fact]
    public async Task Over_standard_input_a_whole_campaign_is_screened_and_the_law_explained()
    {
        using var shell = await Shell.WithShopAsync();
        var screened = await CallAsync(Stdio(shell), "screen", "campaign=spring");
        screened.GetProperty("state").GetString().ShouldBe("done");
        (screened.GetProperty("permitted").GetInt32(), screened.GetProperty("refused").GetInt32()).ShouldBe((2, 1));
        screened.GetProperty("says").GetString()!.ShouldContain("its-day-has-passed");
        screened.ToString().ShouldNotContain("@example.com");
        var law = await CallAsync(Stdio(shell), "explain_law", "about=gb/pecr/reg-22#products-and-services-soft-opt-in", "day=2026-03-10");
        law.ToString().ShouldContain("reg 22(3)(c)");
    }

    [Fact]
    public async Task The_inspector_is_answered_over_http_with_a_key_and_turned_away_without_one()
    {
        using var shell = await Shell.WithShopAsync();
        await using var server = await Served.StartAsync(shell);
        string[] http = [$"{server.Url}mcp", "--transport", "http", "--header", $"Authorization: Bearer {server.Key}"];
        (await NamesAsync(await InspectAsync([.. http, "--method", "tools/list"]))).ShouldBe([.. Reading, "unsubscribe_link"]);
        (await CallAsync(http, "may_send", "address=cleo@example.com", "campaign=spring"))
            .GetProperty("verdict")
            .GetString()
            .ShouldBe("refused");
        (await InspectAsync([$"{server.Url}mcp", "--transport", "http", "--method", "tools/list"])).Status.ShouldNotBe(0);
    }

    static string[] Stdio(Shell shell) =>
        ["dotnet", Path.Combine(AppContext.BaseDirectory, "MaySend.Cli.dll"), "mcp", "--data", shell["store"]];

    static async Task<JsonElement> CallAsync(string[] server, string tool, params string[] arguments)
    {
        var (status, output, errors) = await InspectAsync([
            .. server,
            "--method",
            "tools/call",
            "--tool-name",
            tool,
            .. arguments.SelectMany(argument => new[] { "--tool-arg", argument }),
        ]);
        status.ShouldBe(0, errors);
        return JsonDocument.Parse(output).RootElement.GetProperty("structuredContent").Clone();
    }

    static Task<List<string>> NamesAsync((int Status, string Output, string Errors) answer)
    {
        answer.Status.ShouldBe(0, answer.Errors);
        return Task.FromResult(
            JsonDocument
                .Parse(answer.Output)
                .RootElement.GetProperty("tools")
                .EnumerateArray()
                .Select(tool => tool.GetProperty("name").GetString()!)
                .ToList()
        );
    }

    static async Task<(int Status, string Output, string Errors)> InspectAsync(string[] arguments)
    {
        var packages = await NodePackages.FolderAsync(Shell.Root);
        // The inspector looks for its own name and version beside the folder it is run in.
        var folder = Path.Combine(packages, "@modelcontextprotocol", "inspector-cli", "build");
        return await NodePackages.RunAsync(folder, "node", ["cli.js", "--cli", .. arguments], new() { ["MAYSEND_HOME"] = Shell.Root });
    }
}
