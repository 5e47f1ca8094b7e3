using System.Net.Http.Headers;
using System.Text.Json;
using MaySend.Server.Hosting;

namespace MaySend.Server.Tests;

public class KeyTests
{
    const string Question = """{"address": "anna@example.com", "campaign": "spring-2026"}""";

    [Theory]
    [InlineData("decide", 200, 403, 403, 403)]
    [InlineData("record", 403, 201, 403, 403)]
    [InlineData("read", 403, 403, 200, 403)]
    [InlineData("admin", 200, 201, 200, 200)]
    public async Task A_key_may_do_what_its_scopes_say_and_nothing_else(string scope, int decide, int record, int read, int admin)
    {
        await using var server = await Running.StartAsync();
        using var client = server.With(await IssueAsync(server, scope));
        (await server.PostAsync("/v1/decisions", Question, client)).Status.ShouldBe(decide);
        (await server.PostAsync("/v1/refusals", """{"address": "ben@example.com", "how": "phone"}""", client)).Status.ShouldBe(record);
        (await Running.ReadAsync(await client.GetAsync("/v1/evidence/ben@example.com"))).Status.ShouldBe(read);
        (await Running.ReadAsync(await client.GetAsync("/v1/keys"))).Status.ShouldBe(admin);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer ")]
    [InlineData("Bearer ms_0123456789abcdef_AAAA")]
    [InlineData("Bearer ms_")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    public async Task Without_a_good_key_nothing_is_answered_and_the_answer_is_no(string? authorization)
    {
        await using var server = await Running.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/decisions") { Content = Running.Json(Question) };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        var answer = await server.Public.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(401);
        answer.Headers.WwwAuthenticate.ToString().ShouldContain("Bearer");
        var (_, body) = await Running.ReadAsync(answer);
        body.GetProperty("send").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_key_with_one_character_changed_is_no_key()
    {
        await using var server = await Running.StartAsync();
        using var client = server.With(server.Key[..^1] + (server.Key[^1] == 'A' ? 'B' : 'A'));
        (await server.PostAsync("/v1/decisions", Question, client)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_revoked_key_is_dead_at_once_in_another_process()
    {
        await using var server = await Running.StartAsync();
        var key = await IssueAsync(server, "decide");
        await using var other = await Running.StartAsync(server.Options.DataFolder, server.Key);
        using var there = other.With(key);
        (await other.PostAsync("/v1/decisions", Question, there)).Status.ShouldBe(200);
        (await server.Client.DeleteAsync($"/v1/keys/{key.Split('_')[1]}")).EnsureSuccessStatusCode();
        (await other.PostAsync("/v1/decisions", Question, there)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task The_last_administrators_key_cannot_be_revoked()
    {
        await using var server = await Running.StartAsync();
        (await Running.ReadAsync(await server.Client.DeleteAsync($"/v1/keys/{server.Key.Split('_')[1]}"))).Status.ShouldBe(409);
        await IssueAsync(server, "admin");
        (await Running.ReadAsync(await server.Client.DeleteAsync($"/v1/keys/{server.Key.Split('_')[1]}"))).Status.ShouldBe(204);
    }

    [Fact]
    public async Task A_secret_is_shown_once_and_is_nowhere_in_the_store()
    {
        await using var server = await Running.StartAsync();
        var key = await IssueAsync(server, "decide");
        var (_, list) = await server.GetAsync("/v1/keys");
        list.ToString().ShouldContain(key.Split('_')[1]);
        list.ToString().ShouldNotContain(key.Split('_', 3)[2]);
    }

    [Fact]
    public async Task Wrong_scopes_and_a_blank_name_are_named_at_once()
    {
        await using var server = await Running.StartAsync();
        var (status, body) = await server.PostAsync("/v1/keys", """{"name": "", "scopes": ["decide", "everything"]}""");
        status.ShouldBe(400);
        body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()).ShouldBe(["name", "scopes"]);
    }

    [Fact]
    public async Task Of_two_administrators_at_first_run_one_gets_the_key_and_both_servers_know_it()
    {
        var options = new ServerOptions
        {
            DataFolder = Directory.CreateTempSubdirectory("maysend-server-").FullName,
            LawFolder = Path.Combine(Running.Root, "law"),
        };
        try
        {
            var opened = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => FirstRun.OpenAsync(options))));
            var keys = await Task.WhenAll(opened.Select(store => Task.Run(() => FirstRun.KeyAsync(store))));
            keys.Count(key => key is not null).ShouldBe(1);
            foreach (var store in opened)
                (await new Records.ServerRecords(store).ReadAsync()).Keys.Count.ShouldBe(1);
            foreach (var store in opened)
                await store.DisposeAsync();
        }
        finally
        {
            Directory.Delete(options.DataFolder, recursive: true);
        }
    }

    internal static async Task<string> IssueAsync(Running server, params string[] scopes)
    {
        var (status, body) = await server.PostAsync("/v1/keys", JsonSerializer.Serialize(new { name = string.Join(' ', scopes), scopes }));
        status.ShouldBe(201, body.ToString());
        return body.GetProperty("key").GetString()!;
    }
}
