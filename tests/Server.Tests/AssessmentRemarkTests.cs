using System.Net.Http.Headers;
using System.Text;

namespace MaySend.Server.Tests;

/// <summary>What stands beside an assessment: remarks and attached files.</summary>
public class AssessmentRemarkTests
{
    const string Remark = """{"about": "own-benefit", "says": "Who says so?"}""";

    [Fact]
    public async Task A_remark_is_made_once_settled_once_and_by_nobody_who_may_only_read()
    {
        await using var server = await Running.StartAsync(isStocked: false);
        var id = await DraftAsync(server);
        using var reader = server.With(await KeyTests.IssueAsync(server, "read"));
        (await server.PostAsync($"/v1/assessments/{id}/remarks", Remark, reader)).Status.ShouldBe(403);
        using var recorder = server.With(await KeyTests.IssueAsync(server, "record"));
        recorder.DefaultRequestHeaders.Add("Idempotency-Key", "remark 1");
        var (status, made) = await server.PostAsync($"/v1/assessments/{id}/remarks", Remark, recorder);
        status.ShouldBe(201, made.ToString());
        (await server.PostAsync($"/v1/assessments/{id}/remarks", Remark, recorder))
            .Body.GetProperty("id")
            .GetString()
            .ShouldBe(made.GetProperty("id").GetString());
        (
            await server.PostAsync($"/v1/assessments/{id}/remarks", Remark.Replace("so?", "what?", StringComparison.Ordinal), recorder)
        ).Status.ShouldBe(422);
        var (_, open) = await Running.ReadAsync(await reader.GetAsync($"/v1/assessments/{id}/remarks"));
        var one = open.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (one.GetProperty("about").GetString(), one.GetProperty("says").GetString()).ShouldBe(("own-benefit", "Who says so?"));
        one.TryGetProperty("settledBy", out _).ShouldBeFalse();

        var path = $"/v1/assessments/{id}/remarks/{made.GetProperty("id").GetString()}/settle";
        var (_, settled) = await server.PostAsync(path, "{}");
        var (again, same) = await server.PostAsync(path, "{}", recorder);
        (again, same.ToString()).ShouldBe((200, settled.ToString()));
        (await server.PostAsync($"/v1/assessments/{id}/remarks/comment-none/settle", "{}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Of_a_remark_everything_that_is_wrong_is_named_at_once()
    {
        await using var server = await Running.StartAsync(isStocked: false);
        var id = await DraftAsync(server);
        var (status, body) = await server.PostAsync($"/v1/assessments/{id}/remarks", """{"about": "the weather", "says": " "}""");
        status.ShouldBe(400);
        body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()).ShouldBe(["about", "says"]);
        (await server.PostAsync("/v1/assessments/LIA-99.v1/remarks", Remark)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_file_is_attached_once_comes_back_as_it_was_and_is_what_its_name_says()
    {
        await using var server = await Running.StartAsync(isStocked: false);
        var id = await DraftAsync(server);
        var path = $"/v1/assessments/{id}/attachments";
        var (status, file) = await AttachAsync(server, $"{path}?name=survey.txt", "what customers told us");
        status.ShouldBe(201, file.ToString());
        var named = file.GetProperty("id").GetString();
        (await AttachAsync(server, $"{path}?name=again.txt", "what customers told us")).Body.GetProperty("id").GetString().ShouldBe(named);
        (await AttachAsync(server, $"{path}?name=survey.pdf", "<script>")).Body.ToString().ShouldContain("is not what its name says");
        (await AttachAsync(server, path, "no name")).Status.ShouldBe(400);
        using (var answer = await server.Client.GetAsync($"{path}/{named}"))
        {
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream", "nothing opens it as a page");
            (await answer.Content.ReadAsStringAsync()).ShouldBe("what customers told us");
        }
        var other = await DraftAsync(server);
        (await server.GetAsync($"/v1/assessments/{other}/attachments/{named}")).Status.ShouldBe(404, "it belongs to another version");
        ((int)(await server.Client.DeleteAsync($"{path}/{named}")).StatusCode).ShouldBe(204);
        (await server.GetAsync(path)).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await server.GetAsync($"{path}/{named}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task With_the_signature_remarks_and_files_come_to_an_end_and_can_still_be_read()
    {
        await using var server = await Running.StartAsync();
        using var writer = server.With(await KeyTests.IssueAsync(server, "record", "read", "admin"));
        var (_, draft) = await server.PostAsync("/v1/assessments", AssessmentTests.SampleContent(), writer);
        var id = draft.GetProperty("id").GetString();
        var (_, remark) = await server.PostAsync($"/v1/assessments/{id}/remarks", Remark);
        var (_, file) = await AttachAsync(server, $"/v1/assessments/{id}/attachments?name=survey.txt", "what customers told us");
        (await server.PostAsync($"/v1/assessments/{id}/submit", """{"reason": "ready"}""", writer)).Status.ShouldBe(200);
        (await server.PostAsync($"/v1/assessments/{id}/remarks", Remark)).Status.ShouldBe(201, "a reviewer remarks");
        foreach (var step in new[] { "approve", "sign" })
            (await server.PostAsync($"/v1/assessments/{id}/{step}", """{"reason": "fair"}""")).Status.ShouldBe(200, step);
        (await server.PostAsync($"/v1/assessments/{id}/remarks", Remark)).Status.ShouldBe(409);
        (await server.PostAsync($"/v1/assessments/{id}/remarks/{remark.GetProperty("id").GetString()}/settle", "{}")).Status.ShouldBe(409);
        (await AttachAsync(server, $"/v1/assessments/{id}/attachments?name=more.txt", "more")).Status.ShouldBe(409);
        var kept = $"/v1/assessments/{id}/attachments/{file.GetProperty("id").GetString()}";
        ((int)(await server.Client.DeleteAsync(kept)).StatusCode).ShouldBe(409);
        ((int)(await server.Client.GetAsync(kept)).StatusCode).ShouldBe(200);
        (await server.GetAsync($"/v1/assessments/{id}/remarks")).Body.GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    static async Task<(int Status, System.Text.Json.JsonElement Body)> AttachAsync(Running server, string path, string text)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return await Running.ReadAsync(await server.Client.PostAsync(path, content));
    }

    static async Task<string> DraftAsync(Running server) =>
        (await server.PostAsync("/v1/assessments", """{"title": "Texts", "scope": {}}""")).Body.GetProperty("id").GetString()!;
}
