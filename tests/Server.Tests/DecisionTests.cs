using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MaySend.Server.Tests;

public class DecisionTests
{
    [Fact]
    public async Task Anna_may_be_mailed_and_the_answer_says_why_and_what_it_was_made_of()
    {
        await using var server = await Running.StartAsync();
        var (status, body) = await server.PostAsync("/v1/decisions", """{"address": "anna@example.com", "campaign": "spring-2026"}""");
        status.ShouldBe(200);
        body.GetProperty("send").GetBoolean().ShouldBeTrue(body.ToString());
        body.GetProperty("explanation").GetProperty("keys").GetArrayLength().ShouldBe(2);
        var id = body.GetProperty("decision");
        id.GetProperty("contact").GetString()!.Length.ShouldBe(32);
        id.GetProperty("ledger").GetString()!.ShouldContain("+");
    }

    [Fact]
    public async Task Nobody_knows_Ben_so_he_is_not_mailed()
    {
        await using var server = await Running.StartAsync();
        (await server.VerdictAsync("ben@example.com")).ShouldBe("not-shown");
    }

    [Fact]
    public async Task A_campaign_given_in_the_question_gives_the_same_verdict_as_one_on_record()
    {
        await using var server = await Running.StartAsync();
        var (_, body) = await server.PostAsync("/v1/decisions", $$"""{"address": "ANNA@Example.com", "campaign": {{Shop.Spring}}}""");
        body.GetProperty("verdict").GetString().ShouldBe("permitted", body.ToString());
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once_and_the_answer_is_no()
    {
        await using var server = await Running.StartAsync();
        var (status, body) = await server.PostAsync("/v1/decisions", """{"address": 7, "campaign": "spring-2026", "colour": "red", "knownAt": "yesterday"}""");
        status.ShouldBe(400);
        body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()).ShouldBe(["address", "colour", "knownAt"], ignoreOrder: true);
        body.GetProperty("send").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("{\"address\": \"anna@example.com\"", 400)]
    [InlineData("[]", 400)]
    [InlineData("", 400)]
    [InlineData("{\"address\": \"a@example.com\", \"address\": \"anna@example.com\", \"campaign\": \"spring-2026\"}", 400)]
    [InlineData("{\"address\": \"anna@example.com\", \"campaign\": \"no-such\"}", 400)]
    [InlineData("{\"address\": \"anna\\u0000@example.com\", \"campaign\": \"spring-2026\"}", 400)]
    [InlineData("{\"address\": \"anna@exa\\u200bmple.com\", \"campaign\": \"spring-2026\"}", 400)]
    [InlineData("{\"address\": \"anna@example.com\\r\\nBcc: ben@example.com\", \"campaign\": \"spring-2026\"}", 400)]
    [InlineData("{\"address\": \"\\ud800@example.com\", \"campaign\": \"spring-2026\"}", 400)]
    public async Task A_question_that_cannot_be_read_is_answered_with_no(string json, int expected)
    {
        await using var server = await Running.StartAsync();
        var (status, body) = await server.PostAsync("/v1/decisions", json);
        status.ShouldBe(expected, body.ToString());
        body.GetProperty("verdict").GetString().ShouldBe("not-shown");
        body.GetProperty("send").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("аnna@example.com")]
    [InlineData("anna+shop@example.com")]
    [InlineData("anna@example.com.example.org")]
    public async Task An_address_that_only_looks_like_Annas_is_not_Annas(string lookalike)
    {
        await using var server = await Running.StartAsync();
        (await server.VerdictAsync(lookalike)).ShouldBe("not-shown");
    }

    [Fact]
    public async Task Another_kind_of_body_and_a_body_that_is_too_large_are_refused()
    {
        await using var server = await Running.StartAsync();
        (await server.Client.PostAsync("/v1/decisions", new StringContent("address=anna", Encoding.UTF8, "application/x-www-form-urlencoded"))).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await server.PostAsync("/v1/decisions", $$"""{"address": "{{new string('a', 2_000_000)}}"}""")).Status.ShouldBe(413);
    }

    [Fact]
    public async Task When_the_store_is_down_the_answer_is_503_and_no()
    {
        await using var server = await Running.StartAsync();
        await server.Store.DisposeAsync();
        var answer = await server.Client.PostAsync("/v1/decisions", Running.Json("""{"address": "anna@example.com", "campaign": "spring-2026"}"""));
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        var (_, body) = await Running.ReadAsync(answer);
        body.GetProperty("verdict").GetString().ShouldBe("not-shown");
        body.GetProperty("send").GetBoolean().ShouldBeFalse();
        (await server.Public.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await server.Public.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_batch_answers_every_line_in_order_and_a_bad_line_is_a_no()
    {
        await using var server = await Running.StartAsync();
        var lines = await BatchAsync(server, "{\"address\":\"anna@example.com\"}\n\nnot json\n{\"address\":\"ben@example.com\"}\n{\"address\":\"anna\",\"x\":1}\n" + new string('x', 100_000) + "\n{\"address\":\"anna@example.com\"}");
        lines.Select(line => (line.GetProperty("line").GetInt32(), line.GetProperty("send").GetBoolean())).ShouldBe([(1, true), (3, false), (4, false), (5, false), (6, false), (7, true)]);
    }

    [Fact]
    public async Task A_store_that_goes_away_in_the_middle_of_a_batch_makes_the_rest_of_it_a_no()
    {
        await using var server = await Running.StartAsync();
        using var input = new TwoHalves();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/decisions/batch?campaign=spring-2026") { Content = input };
        var answering = server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var answer = await answering;
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        JsonDocument.Parse((await reader.ReadLineAsync())!).RootElement.GetProperty("send").GetBoolean().ShouldBeTrue();
        await server.Store.DisposeAsync();
        input.GoOn.SetResult();
        var rest = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        rest.Count.ShouldBe(127);
        rest[^1].GetProperty("send").GetBoolean().ShouldBeFalse();
        rest[^1].GetProperty("verdict").GetString().ShouldBe("not-shown");
    }

    static async Task<List<JsonElement>> BatchAsync(Running server, string lines)
    {
        using var content = new StringContent(lines, Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson"));
        var answer = await server.Client.PostAsync("/v1/decisions/batch?campaign=spring-2026", content);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return [.. (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.Clone())];
    }

    /// <summary>Sends 64 lines, waits to be told, and sends 64 more.</summary>
    sealed class TwoHalves : HttpContent
    {
        static readonly byte[] Lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"address\":\"anna@example.com\"}\n", 64)));

        public TwoHalves() => Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");

        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Lines);
            await stream.FlushAsync();
            await GoOn.Task;
            await stream.WriteAsync(Lines);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
