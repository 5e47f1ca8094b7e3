using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MaySend.Server.Tests;

public class ScreeningTests
{
    [Fact]
    public async Task Everyone_in_the_store_is_screened_and_the_lists_are_there_to_be_fetched()
    {
        await using var server = await Running.StartAsync();
        await server.AddCustomerAsync("bert@example.com");
        await server.PostAsync("/v1/refusals", """{"address": "bert@example.com", "how": "phone"}""");
        var (status, asked) = await server.PostAsync("/v1/screenings", """{"campaign": "spring-2026"}""");
        status.ShouldBe(202, asked.ToString());
        var done = await DoneAsync(server, asked.GetProperty("id").GetString()!);
        var result = done.GetProperty("result");
        (
            result.GetProperty("permitted").GetInt32(),
            result.GetProperty("refused").GetInt32(),
            result.GetProperty("notShown").GetInt32()
        ).ShouldBe((1, 1, 0), done.ToString());
        var texts = new List<string>();
        foreach (var file in done.GetProperty("files").EnumerateArray())
            texts.Add(await server.Client.GetStringAsync(file.GetString()!));
        texts[0].ShouldContain("anna@example.com");
        texts[1].ShouldContain("bert@example.com");
        texts[3].ShouldContain("<html");
    }

    [Fact]
    public async Task A_CSV_is_screened_with_what_the_store_holds_and_no_cell_of_the_answer_is_a_formula()
    {
        await using var server = await Running.StartAsync();
        using var content = new StringContent(
            "address,comment\nanna@example.com,\"=HYPERLINK(\"\"http://evil.example\"\")\"\nnobody@example.com,@SUM(A1)\n",
            Encoding.UTF8,
            new MediaTypeHeaderValue("text/csv")
        );
        var (status, asked) = await Running.ReadAsync(await server.Client.PostAsync("/v1/screenings?campaign=spring-2026", content));
        status.ShouldBe(202, asked.ToString());
        var id = (await DoneAsync(server, asked.GetProperty("id").GetString()!)).GetProperty("id").GetString();
        (await server.Client.GetStringAsync($"/v1/screenings/{id}/permitted.csv")).ShouldContain("'=HYPERLINK");
        (await server.Client.GetStringAsync($"/v1/screenings/{id}/not-shown.csv")).ShouldContain("'@SUM");
    }

    [Fact]
    public async Task Companion_files_come_with_the_list_as_a_form()
    {
        await using var server = await Running.StartAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("spring-2026"), "campaign" },
            { new StringContent("address\nanna@example.com\n"), "files", "people.csv" },
            { new StringContent("address,when,how\nanna@example.com,2026-03-01,phone\n"), "files", "refusals.csv" },
        };
        var (status, asked) = await Running.ReadAsync(await server.Client.PostAsync("/v1/screenings", form));
        status.ShouldBe(202, asked.ToString());
        (await DoneAsync(server, asked.GetProperty("id").GetString()!)).GetProperty("result").GetProperty("refused").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task What_is_asked_beside_the_lists_of_a_form_may_stand_in_the_query_but_not_otherwise_than_in_the_form()
    {
        await using var server = await Running.StartAsync();
        using var form = new MultipartFormDataContent { { new StringContent("address\nanna@example.com\n"), "files", "people.csv" } };
        var (status, asked) = await Running.ReadAsync(await server.Client.PostAsync("/v1/screenings?campaign=spring-2026", form));
        (status, asked.GetProperty("campaign").GetString()).ShouldBe((202, "spring-2026"));
        using var other = new MultipartFormDataContent
        {
            { new StringContent("summer-2026"), "campaign" },
            { new StringContent("address\nanna@example.com\n"), "files", "people.csv" },
        };
        (status, asked) = await Running.ReadAsync(await server.Client.PostAsync("/v1/screenings?campaign=spring-2026", other));
        (status, asked.GetProperty("errors")[0].GetProperty("field").GetString()).ShouldBe((400, "campaign"));
    }

    [Fact]
    public async Task A_bad_row_is_named_with_its_place_and_there_is_no_list()
    {
        await using var server = await Running.StartAsync();
        using var content = new StringContent(
            "address\nanna@example.com\nno address\n",
            Encoding.UTF8,
            new MediaTypeHeaderValue("text/csv")
        );
        var (_, asked) = await Running.ReadAsync(await server.Client.PostAsync("/v1/screenings?campaign=spring-2026", content));
        var ended = await EndedAsync(server, asked.GetProperty("id").GetString()!);
        ended.GetProperty("state").GetString().ShouldBe("failed");
        ended.GetProperty("problems")[0].GetString()!.ShouldContain("people.csv:3");
        ended.ToString().ShouldNotContain(server.Options.DataFolder);
        ended.GetProperty("files").GetArrayLength().ShouldBe(0);
        (await server.Client.GetAsync($"/v1/screenings/{ended.GetProperty("id")}/permitted.csv")).StatusCode.ShouldBe(
            HttpStatusCode.NotFound
        );
    }

    [Fact]
    public async Task The_same_request_again_is_the_same_screening_and_what_is_wrong_with_one_is_named()
    {
        await using var server = await Running.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/screenings")
            {
                Content = Running.Json("""{"campaign": "spring-2026"}"""),
                Headers = { { "Idempotency-Key", "s1" } },
            };
            ids.Add((await Running.ReadAsync(await server.Client.SendAsync(request))).Body.GetProperty("id").GetString()!);
        }
        ids[1].ShouldBe(ids[0]);
        var (status, body) = await server.PostAsync("/v1/screenings", """{"campaign": "no-such"}""");
        (status, body.GetProperty("errors")[0].GetProperty("field").GetString()).ShouldBe((400, "campaign"));
        using var form = new MultipartFormDataContent
        {
            { new StringContent("spring-2026"), "campaign" },
            { new StringContent("x"), "files", "../people.exe" },
        };
        (await Running.ReadAsync(await server.Client.PostAsync("/v1/screenings", form))).Status.ShouldBe(400);
        (await server.Client.PostAsync("/v1/screenings", new StringContent("x", Encoding.UTF8, "text/plain"))).StatusCode.ShouldBe(
            HttpStatusCode.UnsupportedMediaType
        );
    }

    [Fact]
    public async Task A_screening_can_be_deleted_with_its_files()
    {
        await using var server = await Running.StartAsync();
        var (_, asked) = await server.PostAsync("/v1/screenings", """{"campaign": "spring-2026"}""");
        var id = (await DoneAsync(server, asked.GetProperty("id").GetString()!)).GetProperty("id").GetString();
        (await server.Client.DeleteAsync($"/v1/screenings/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await server.GetAsync($"/v1/screenings/{id}")).Status.ShouldBe(404);
        Directory.Exists(Path.Combine(server.Options.DataFolder, "screenings", id!)).ShouldBeFalse();
    }

    [Fact]
    public async Task While_the_screenings_kept_take_all_the_room_they_may_no_other_is_taken()
    {
        await using var server = await Running.StartAsync();
        var runs = new MaySend.Records.Screenings.ScreeningRuns(
            new() { DataFolder = server.Options.DataFolder, GreatestScreenings = 10 },
            server.Clock
        );
        runs.HasRoom.ShouldBeTrue();
        var run = runs.Prepare("test", "spring-2026", null, "everyone", isUploaded: true);
        await File.WriteAllTextAsync(Path.Combine(runs.UploadFolder(run), "people.csv"), "address\nanna@example.com\n");
        runs.HasRoom.ShouldBeFalse();
        runs.Remove(run);
        runs.HasRoom.ShouldBeTrue();
    }

    [Fact]
    public async Task A_list_that_is_fetched_later_holds_nobody_who_has_asked_to_stop_or_was_erased_since()
    {
        await using var server = await Running.StartAsync();
        foreach (var name in new[] { "bert", "cara", "dan" })
            await server.AddCustomerAsync($"{name}@example.com");
        var (_, asked) = await server.PostAsync("/v1/screenings", """{"campaign": "spring-2026"}""");
        var id = (await DoneAsync(server, asked.GetProperty("id").GetString()!)).GetProperty("id").GetString();
        var path = $"/v1/screenings/{id}/permitted.csv";
        (await server.Client.GetStringAsync(path)).Split('\n').Count(line => line.Contains('@', StringComparison.Ordinal)).ShouldBe(4);

        server.Clock.Advance(TimeSpan.FromHours(1));
        (await server.PostAsync("/v1/refusals", """{"address": "bert@example.com", "how": "phone"}""")).Status.ShouldBe(201);
        (await server.Client.DeleteAsync("/v1/people/cara@example.com?reason=asked")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var list = await server.Client.GetStringAsync(path);
        list.ShouldContain("anna@example.com");
        list.ShouldContain("dan@example.com");
        list.ShouldNotContain("bert@example.com");
        list.ShouldNotContain("cara@example.com");
        var folder = Path.Combine(server.Options.DataFolder, "screenings", id!);
        foreach (var file in Directory.GetFiles(folder))
            (await File.ReadAllTextAsync(file)).ShouldNotContain("cara@example.com", customMessage: file);
        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in Directory.GetFiles(folder))
            (File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)).ShouldBe(UnixFileMode.None, file);
        File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    internal static async Task<JsonElement> DoneAsync(Running server, string id)
    {
        var ended = await EndedAsync(server, id);
        ended.GetProperty("state").GetString().ShouldBe("done", ended.ToString());
        return ended;
    }

    static async Task<JsonElement> EndedAsync(Running server, string id)
    {
        while (true)
        {
            var (_, body) = await server.GetAsync($"/v1/screenings/{id}");
            if (body.GetProperty("state").GetString() is "done" or "failed" or "cancelled")
                return body;
            await Task.Delay(50);
        }
    }
}
