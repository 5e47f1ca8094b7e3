using System.Text.Json;

namespace MaySend.Server.Tests;

public class AssessmentTests
{
    static readonly string Content = JsonSerializer.Serialize(
        new
        {
            title = "Email to customers",
            scope = new
            {
                sender = Shop.Name,
                establishment = "gb",
                purposes = new[] { "direct-marketing" },
                channels = new[] { "email" },
                audiences = new[] { "customers" },
                families = "all",
                countries = new[] { "gb" },
            },
            answers = new Dictionary<string, object>(),
            purpose = new { passed = true, reason = "customers know us" },
        }
    );

    [Fact]
    public async Task What_a_draft_says_may_be_sent_back_as_it_was_answered()
    {
        await using var server = await Running.StartAsync(isStocked: false);
        var (_, draft) = await server.PostAsync(
            "/v1/assessments",
            """{"title": "Texts", "scope": {"data": [{"what": "number", "source": "recipient", "isSpecial": null}]}}"""
        );
        var id = draft.GetProperty("id").GetString();
        // Nobody has said whether a test is passed, nor whether the data are of a special kind.
        var content = draft.GetProperty("content");
        content.GetProperty("purpose").TryGetProperty("passed", out _).ShouldBeFalse();
        var (status, written) = await server.PutAsync($"/v1/assessments/{id}/content", content.ToString());
        status.ShouldBe(200, written.ToString());
        written.GetProperty("content").ToString().ShouldBe(content.ToString());
        // What cannot be null is still asked for.
        (status, written) = await server.PutAsync($"/v1/assessments/{id}/content", """{"purpose": {"passed": true}}""");
        (status, written.GetProperty("errors")[0].GetProperty("field").GetString()).ShouldBe((400, "purpose.reason"));
    }

    [Fact]
    public async Task A_draft_is_written_checked_and_refused_a_review_while_it_is_incomplete()
    {
        await using var server = await Running.StartAsync();
        var id = await DraftAsync(server.Client, server);
        var (_, check) = await server.GetAsync($"/v1/assessments/{id}/check");
        check.GetProperty("ready").GetBoolean().ShouldBeFalse();
        check
            .GetProperty("findings")
            .EnumerateArray()
            .Select(finding => finding.GetProperty("field").GetString())
            .ShouldContain(field => field!.StartsWith("answers.", StringComparison.Ordinal));
        var (status, refused) = await server.PostAsync($"/v1/assessments/{id}/submit", """{"reason": "ready"}""");
        status.ShouldBe(409);
        refused.GetProperty("errors").GetArrayLength().ShouldBe(check.GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public async Task A_version_is_signed_by_another_key_than_wrote_it_governs_from_then_on_and_stops_when_withdrawn()
    {
        await using var server = await Running.StartAsync();
        await server.PostAsync("/v1/assessments/LIA-1/withdraw", """{"reason": "to be written anew"}""");
        (await server.VerdictAsync()).ShouldBe("not-shown");
        using var writer = server.With(await KeyTests.IssueAsync(server, "record", "read", "admin"));
        var id = await DraftAsync(writer, server, SampleContent());
        var (submitted, inReview) = await server.PostAsync($"/v1/assessments/{id}/submit", """{"reason": "ready"}""", writer);
        submitted.ShouldBe(200, inReview.ToString());
        var (status, refused) = await server.PostAsync($"/v1/assessments/{id}/approve", """{"reason": "good"}""", writer);
        status.ShouldBe(409);
        refused.GetProperty("detail").GetString()!.ShouldContain("second person");
        (await server.PostAsync($"/v1/assessments/{id}/approve", """{"reason": "good"}""")).Status.ShouldBe(200);
        (await server.PostAsync($"/v1/assessments/{id}/sign", """{"reason": "fair"}""", writer)).Status.ShouldBe(409);
        (await server.VerdictAsync()).ShouldBe("not-shown");
        var (signed, body) = await server.PostAsync($"/v1/assessments/{id}/sign", """{"reason": "fair"}""");
        signed.ShouldBe(200, body.ToString());
        body.GetProperty("state").GetString().ShouldBe("signed");
        (await server.VerdictAsync()).ShouldBe("permitted");
        (await Running.ReadAsync(await server.Client.PutAsync($"/v1/assessments/{id}/content", Running.Json(Content)))).Status.ShouldBe(
            409
        );
        (await server.PostAsync($"/v1/assessments/{id}/withdraw", """{"reason": "no longer"}""")).Status.ShouldBe(200);
        (await server.VerdictAsync()).ShouldBe("not-shown");
    }

    [Fact]
    public async Task Of_two_writers_of_one_draft_the_second_is_told()
    {
        await using var server = await Running.StartAsync();
        var id = await DraftAsync(server.Client, server);
        var tag = (await server.Client.GetAsync($"/v1/assessments/{id}")).Headers.ETag!;
        foreach (var (title, expected) in new[] { ("One", 200), ("Two", 412) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/assessments/{id}/content")
            {
                Content = Running.Json(Content.Replace("Email to customers", title, StringComparison.Ordinal)),
            };
            request.Headers.IfMatch.Add(tag);
            ((int)(await server.Client.SendAsync(request)).StatusCode).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task Words_that_are_not_known_and_questions_that_are_not_asked_are_named_by_their_place()
    {
        await using var server = await Running.StartAsync();
        var (status, body) = await server.PostAsync(
            "/v1/assessments",
            """{"title": "x", "scope": {"channels": ["pigeon"]}, "answers": {"how-much": {"says": "lots", "choice": null, "evidence": []}}, "safeguards": [{"kind": "prayer", "inPlace": true, "says": ""}]}"""
        );
        status.ShouldBe(400, body.ToString());
        body.GetProperty("errors")
            .EnumerateArray()
            .Select(error => error.GetProperty("field").GetString())
            .ShouldBe(["scope.channels", "safeguards[0].kind", "answers.how-much"]);
    }

    [Fact]
    public async Task What_was_signed_elsewhere_is_recorded_by_a_key_that_may_sign_and_is_not_revived_once_it_has_ended()
    {
        await using var server = await Running.StartAsync();
        var (_, held) = await server.GetAsync("/v1/assessments/LIA-1");
        var copy = held.ToString().Replace("LIA-1", "LIA-7", StringComparison.Ordinal);
        using var recorder = server.With(await KeyTests.IssueAsync(server, "record"));
        (await Running.ReadAsync(await recorder.PutAsync("/v1/assessments/LIA-7", Running.Json(copy)))).Status.ShouldBe(403);
        (await server.PutAsync("/v1/assessments/LIA-7", copy)).Status.ShouldBe(201);
        (await server.PostAsync("/v1/assessments/LIA-7/withdraw", """{"reason": "no longer"}""")).Status.ShouldBe(200);
        (await server.PutAsync("/v1/assessments/LIA-7", copy)).Status.ShouldBe(409);
        var (_, list) = await server.GetAsync("/v1/assessments");
        list.GetProperty("items")
            .EnumerateArray()
            .Select(item => (item.GetProperty("id").GetString(), item.GetProperty("state").GetString()))
            .ShouldBe([("LIA-1", "in force"), ("LIA-7", "ended")]);
    }

    /// <summary>The sample assessment, complete, for the shop of these tests.</summary>
    internal static string SampleContent()
    {
        var problems = new MaySend.Reading.Problems();
        var path = Path.Combine(Running.Root, "samples", "assessments", "LIA-10.v1.yaml");
        var file = MaySend.Assessments.Documents.AssessmentFile.Read(path, path, problems);
        problems.List.ShouldBeEmpty();
        var content = file!.Document.Content;
        content = content with
        {
            Scope = content.Scope with
            {
                Sender = Shop.Name,
                FirstSend = new DateOnly(2026, 3, 10),
                Families = MaySend.Law.Facts.NameSet.Everything,
                Countries = MaySend.Law.Facts.NameSet.Of("gb"),
            },
            Review = content.Review with { Due = new DateOnly(2027, 1, 5) },
        };
        return JsonSerializer.Serialize(content, MaySend.Evidence.Entries.EntryJson.Options);
    }

    static async Task<string> DraftAsync(HttpClient client, Running server, string? content = null)
    {
        var (status, body) = await server.PostAsync("/v1/assessments", content ?? Content, client);
        status.ShouldBe(201, body.ToString());
        body.GetProperty("state").GetString().ShouldBe("draft");
        return body.GetProperty("id").GetString()!;
    }
}
