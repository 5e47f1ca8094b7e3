using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MaySend.Records.Screenings;

namespace MaySend.Server.Tests;

/// <summary>Long screenings: how far they are, how to stop one, and dry runs over several weeks.</summary>
public class ScreeningProgressTests
{
    [Fact]
    public async Task Who_may_be_mailed_on_the_next_Fridays_is_counted_and_nobody_is_named_but_in_the_list()
    {
        await using var server = await Running.StartAsync();
        await server.AddCustomerAsync("bert@example.com");
        await server.PostAsync("/v1/refusals", """{"address": "bert@example.com", "how": "phone"}""");
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        var (status, asked) = await server.PostAsync("/v1/screenings", """{"campaign": "spring-2026", "weeks": 3, "from": "2026-03-13"}""");
        status.ShouldBe(202, asked.ToString());
        var done = await ScreeningTests.DoneAsync(server, asked.GetProperty("id").GetString()!);
        var weeks = done.GetProperty("inWeeks").GetProperty("weeks").EnumerateArray().ToList();
        weeks.Select(week => week.GetProperty("day").GetString()).ShouldBe(["2026-03-13", "2026-03-20", "2026-03-27"]);
        weeks.ShouldAllBe(week => week.GetProperty("permitted").GetInt32() == 1 && week.GetProperty("refused").GetInt32() == 1);
        done.ToString().ShouldNotContain("@example.com");
        done.TryGetProperty("result", out _).ShouldBeFalse("there are no lists for one day");
        done.GetProperty("send").GetBoolean().ShouldBeFalse("nothing goes out by a dry run");
        var files = done.GetProperty("files").EnumerateArray().Select(file => file.GetString()!).ToList();
        var list = await server.Client.GetStringAsync(files.Single(file => file.EndsWith("fridays.csv", StringComparison.Ordinal)));
        list.ShouldContain("anna@example.com,permitted,permitted,permitted,");
        list.ShouldContain("bert@example.com,refused,refused,refused,");
        (await server.Client.GetStringAsync(files.Single(file => file.EndsWith("fridays.html", StringComparison.Ordinal)))).ShouldContain(
            "week by week"
        );

        (await server.Client.DeleteAsync("/v1/people/anna@example.com?reason=asked")).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var file in Directory.GetFiles(Path.Combine(server.Options.DataFolder, "screenings", done.GetProperty("id").GetString()!)))
            (await File.ReadAllTextAsync(file)).ShouldNotContain("anna@example.com", customMessage: file);
    }

    [Fact]
    public async Task A_list_that_is_sent_is_counted_week_by_week_with_what_is_on_record()
    {
        await using var server = await Running.StartAsync();
        await server.AddCustomerAsync("bert@example.com");
        await server.PostAsync("/v1/refusals", """{"address": "bert@example.com", "how": "phone"}""");
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        using var content = new StringContent(
            "address\nbert@example.com\nnobody@example.com\n",
            Encoding.UTF8,
            new MediaTypeHeaderValue("text/csv")
        );
        var (status, asked) = await Running.ReadAsync(
            await server.Client.PostAsync("/v1/screenings?campaign=spring-2026&weeks=2&from=2026-03-13", content)
        );
        status.ShouldBe(202, asked.ToString());
        var done = await ScreeningTests.DoneAsync(server, asked.GetProperty("id").GetString()!);
        done.GetProperty("inWeeks")
            .GetProperty("weeks")
            .EnumerateArray()
            .ShouldAllBe(week =>
                week.GetProperty("permitted").GetInt32() == 0
                && week.GetProperty("refused").GetInt32() == 1
                && week.GetProperty("notShown").GetInt32() == 1
            );
        done.GetProperty("inWeeks").GetProperty("notes").ToString().ShouldContain("1 person of the list is not in the store");
        using var bad = new StringContent("address\n", Encoding.UTF8, new MediaTypeHeaderValue("text/csv"));
        var (refused, said) = await Running.ReadAsync(
            await server.Client.PostAsync("/v1/screenings?campaign=spring-2026&weeks=many&from=soon&sent=perhaps", bad)
        );
        refused.ShouldBe(400);
        said.GetProperty("errors")
            .EnumerateArray()
            .Select(one => one.GetProperty("field").GetString())
            .ShouldBe(["weeks", "sent", "from"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("""{"campaign": "spring-2026", "weeks": 0}""", "weeks")]
    [InlineData("""{"campaign": "spring-2026", "weeks": 54}""", "weeks")]
    [InlineData("""{"campaign": "spring-2026", "from": "2026-03-13"}""", "weeks")]
    [InlineData("""{"campaign": "spring-2026", "sent": true}""", "weeks")]
    [InlineData("""{"campaign": "spring-2026", "weeks": 3, "day": "2026-03-13"}""", "day")]
    public async Task A_dry_run_that_cannot_be_is_refused_with_the_field(string body, string field)
    {
        await using var server = await Running.StartAsync();
        var (status, said) = await server.PostAsync("/v1/screenings", body);
        (status, said.GetProperty("errors")[0].GetProperty("field").GetString()).ShouldBe((400, field));
    }

    [Fact]
    public async Task A_screening_under_way_says_of_how_many_and_stops_when_somebody_says_so_with_nothing_written()
    {
        await using var server = await Running.StartAsync();
        var list = new StringBuilder("address\n");
        for (var i = 0; i < 60_000; i++)
            list.Append("person-").Append(i).Append("@example.com\n");
        using var content = new StringContent(list.ToString(), Encoding.UTF8, new MediaTypeHeaderValue("text/csv"));
        var (_, asked) = await Running.ReadAsync(await server.Client.PostAsync("/v1/screenings?campaign=spring-2026", content));
        var (_, waiting) = await server.PostAsync("/v1/screenings", """{"campaign": "spring-2026"}""");
        var id = asked.GetProperty("id").GetString()!;
        JsonElement seen;
        do (_, seen) = await server.GetAsync($"/v1/screenings/{id}");
        while (seen.GetProperty("stage").GetString() != "deciding" && seen.GetProperty("state").GetString() is "waiting" or "running");
        seen.GetProperty("total").GetInt64().ShouldBe(60_000, seen.ToString());

        // One that waits is over at once; one under way as soon as it has let go.
        var (stopped, said) = await server.PostAsync($"/v1/screenings/{waiting.GetProperty("id").GetString()}/cancel", "{}");
        (stopped, said.GetProperty("state").GetString()).ShouldBe((202, "cancelled"), said.ToString());
        (await server.PostAsync($"/v1/screenings/{id}/cancel", "{}")).Status.ShouldBe(202);
        JsonElement ended;
        do (_, ended) = await server.GetAsync($"/v1/screenings/{id}");
        while (ended.GetProperty("state").GetString() is "waiting" or "running");
        ended.GetProperty("state").GetString().ShouldBe("cancelled", ended.ToString());
        ended.GetProperty("problems")[0].GetString()!.ShouldContain("nothing was written");
        Directory.GetFiles(Path.Combine(server.Options.DataFolder, "screenings", id)).Select(Path.GetFileName).ShouldBe(["run.json"]);
        (await server.Client.GetAsync($"/v1/screenings/{id}/permitted.csv")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.PostAsync($"/v1/screenings/{id}/cancel", "{}")).Status.ShouldBe(409);
        (await server.PostAsync("/v1/screenings/nothing/cancel", "{}")).Status.ShouldBe(404);

        // The next one is carried out as if nothing had been.
        var (_, next) = await server.PostAsync("/v1/screenings", """{"campaign": "spring-2026"}""");
        await ScreeningTests.DoneAsync(server, next.GetProperty("id").GetString()!);
    }

    [Theory]
    [InlineData(0, 100L, 5, null, null)]
    [InlineData(50, 100L, 0, null, null)]
    [InlineData(50, 100L, 10, 5.0, 10.0)]
    [InlineData(50, null, 10, 5.0, null)]
    [InlineData(120, 100L, 10, 12.0, null)]
    [InlineData(100, 100L, 10, 10.0, 0.0)]
    public void The_pace_is_what_was_done_in_the_time_and_what_is_left_only_where_the_whole_is_known(
        long done,
        long? total,
        int seconds,
        double? rate,
        double? left
    )
    {
        var pace = Pace.Of(done, total, TimeSpan.FromSeconds(seconds));
        (pace.PerSecond, pace.Left?.TotalSeconds).ShouldBe((rate, left));
    }

    [Fact]
    public void How_far_it_is_reads_as_a_sentence()
    {
        var run = new ScreeningRun
        {
            Id = "1",
            By = "test",
            AskedAt = default,
            Campaign = "spring-2026",
            Audience = "everyone",
            IsUploaded = false,
            Stage = "deciding",
            Done = 120_000,
            Total = 300_000,
            StageBegan = default(DateTimeOffset),
        };
        run.PaceAt(default(DateTimeOffset).AddSeconds(3))
            .Says(run)
            .ShouldBe("deciding: 120,000 of 300,000, 40,000 a second, 5 seconds left");
        run.PaceAt(default).Says(run).ShouldBe("deciding: 120,000 of 300,000");
    }
}
