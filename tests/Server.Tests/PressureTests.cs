using System.Net;

namespace MaySend.Server.Tests;

/// <summary>A server under pressure says how it is, and lets nothing out that nobody could stop.</summary>
public sealed class PressureTests
{
    [Fact]
    public async Task Where_opt_outs_cannot_be_taken_the_server_is_not_ready_and_nothing_is_sent()
    {
        await using var server = await Running.StartAsync(with: options => options with { DrainEvery = TimeSpan.FromDays(1) });
        (await server.GetAsync("/health/ready")).Status.ShouldBe(200);
        await AsksAsync(server, send: true);

        RefuseOnDisk(server);
        var (status, body) = await server.GetAsync("/health/ready");
        (status, body.GetProperty("status").GetString()).ShouldBe((503, "opt-outs-not-taken"));
        await AsksAsync(server, send: false);

        TakeOnDisk(server);
        (await server.GetAsync("/health/ready")).Status.ShouldBe(200);
        await AsksAsync(server, send: true);
    }

    [Fact]
    public async Task Behind_a_proxy_that_ends_tls_cookies_are_for_tls_alone_and_redirects_lead_to_the_known_host()
    {
        await using var server = await Running.StartAsync(with: options => options with { PublicUrl = new Uri("https://u.example") });
        var page = await server.Public.GetAsync("/console/setup");
        page.Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem();
        page.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/console") { Headers = { Host = "evil.example" } };
        var redirect = await server.Public.SendAsync(asked);
        redirect.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        redirect.Headers.Location!.ToString().ShouldNotContain("evil");
        redirect.Headers.Location!.ToString().ShouldContain("u.example");
    }

    static readonly string[] OnTrial = ["opt-outs.probe", "opt-outs.reserve"];

    /// <summary>Where a file should be written a folder stands: the disk refuses opt-outs, as a full one does.</summary>
    internal static void RefuseOnDisk(Running server)
    {
        foreach (var path in OnTrial.Select(name => Path.Combine(server.Options.DataFolder, name)))
        {
            File.Delete(path);
            Directory.CreateDirectory(path);
        }
    }

    /// <summary>The disk takes them again.</summary>
    internal static void TakeOnDisk(Running server)
    {
        foreach (var name in OnTrial)
            Directory.Delete(Path.Combine(server.Options.DataFolder, name));
    }

    static async Task AsksAsync(Running server, bool send)
    {
        var (_, body) = await server.PostAsync("/v1/decisions", """{"address": "anna@example.com", "campaign": "spring-2026"}""");
        body.GetProperty("verdict").GetString().ShouldBe("permitted");
        body.GetProperty("send").GetBoolean().ShouldBe(send);
    }
}
