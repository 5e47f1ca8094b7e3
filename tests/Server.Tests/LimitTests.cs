using System.Net;

namespace MaySend.Server.Tests;

public class LimitTests
{
    const string Question = """{"address": "anna@example.com", "campaign": "spring-2026"}""";

    [Fact]
    public async Task A_key_that_asks_too_often_is_told_when_to_come_again_and_stops_nobody_else()
    {
        await using var server = await Running.StartAsync(with: options => options with { RequestsPerSecond = 10 });
        using var other = server.With(await KeyTests.IssueAsync(server, "decide"));
        HttpResponseMessage? limited = null;
        for (var i = 0; i < 200 && limited is null; i++)
            if (
                await server.Client.PostAsync("/v1/decisions", Running.Json(Question)) is
                { StatusCode: HttpStatusCode.TooManyRequests } answer
            )
                limited = answer;
        limited.ShouldNotBeNull();
        limited.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await Running.ReadAsync(limited)).Body.GetProperty("send").GetBoolean().ShouldBeFalse();
        (await server.PostAsync("/v1/decisions", Question, other)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Opt_outs_are_never_limited()
    {
        await using var server = await Running.StartAsync(with: options => options with { RequestsPerSecond = 5 });
        var link = await server.LinkAsync();
        for (var i = 0; i < 60; i++)
            (await server.Public.PostAsync(link, null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.RefusalsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Clients_that_dawdle_are_let_go_and_hold_nobody_up()
    {
        await using var server = await Running.StartAsync();
        await using var headers = await RawCall.ConnectAsync(server.Url);
        await using var body = await RawCall.ConnectAsync(server.Url);
        await headers.SendAsync("POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nX-");
        await body.SendAsync(
            $"POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {server.Key}\r\nContent-Type: "
                + $"application/json\r\nContent-Length: 400\r\n\r\n{{\"addr"
        );
        (await server.VerdictAsync()).ShouldBe("permitted");
        (await body.IsClosedWithinAsync(TimeSpan.FromSeconds(40))).ShouldBeTrue();
        (await headers.IsClosedWithinAsync(TimeSpan.FromSeconds(40))).ShouldBeTrue();
    }

    [Fact]
    public async Task Header_fields_beyond_all_measure_are_refused()
    {
        await using var server = await Running.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/law");
        request.Headers.Add("X-Long", new string('x', 20_000));
        ((int)(await server.Public.SendAsync(request)).StatusCode).ShouldBe(431);
    }

    [Fact]
    public async Task A_page_of_another_site_can_neither_ask_nor_record_nor_read_the_answer()
    {
        await using var server = await Running.StartAsync();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/v1/refusals");
        preflight.Headers.Add("Origin", "https://evil.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        var answer = await server.Public.SendAsync(preflight);
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        // A form needs no preflight, but can only send plain text; and no cookie of the console is a key.
        foreach (var (kind, status) in new[] { ("text/plain", 415), ("application/json", 401) })
        {
            using var form = new HttpRequestMessage(HttpMethod.Post, "/v1/refusals")
            {
                Content = new StringContent("""{"address": "anna@example.com", "how": "phone"}""", System.Text.Encoding.UTF8, kind),
            };
            form.Headers.Add("Origin", "https://evil.example");
            form.Headers.Add("Cookie", "maysend-console=anything");
            ((int)(await server.Public.SendAsync(form)).StatusCode).ShouldBe(status);
        }
        (await server.RefusalsAsync()).ShouldBe(0);
        var read = await server.Client.GetAsync("/v1/law?day=2026-03-10");
        read.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["same-origin"]);
        read.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }
}
