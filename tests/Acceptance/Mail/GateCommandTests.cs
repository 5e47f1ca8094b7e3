using System.Net;
using System.Text.RegularExpressions;
using MaySend.Acceptance.Stores;
using MaySend.Gate.Tests.Running;

namespace MaySend.Acceptance.Mail;

/// <summary>The gate as processes of their own, on a store that the other commands filled, for a campaign whose day is today.</summary>
public sealed partial class GateCommandTests : IAsyncLifetime
{
    const string Anna = "anna@example.com";
    const string Cleo = "cleo@example.com";

    readonly Sink hop = new();
    readonly int door = FreePort();
    Shell shell = null!;

    public async ValueTask InitializeAsync()
    {
        shell = await Shell.WithShopAsync();
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var spring = await File.ReadAllTextAsync(shell["shop/campaigns/spring.yaml"]);
        shell.Write("shop/campaigns/today.yaml", spring.Replace("spring", "today").Replace("2026-03-10", $"{today:yyyy-MM-dd}"));
        var assessment = await File.ReadAllTextAsync(shell["shop/assessments.yaml"]);
        shell.Write("shop/assessments.yaml", assessment.Replace("LIA-1", "LIA-2").Replace("2027-01-05", $"{today.AddYears(1):yyyy-MM-dd}"));
        var loaded = await shell.RunAsync("store load --data store --in shop");
        loaded.Status.ShouldBe(0, loaded.Said);
    }

    public async ValueTask DisposeAsync()
    {
        await hop.DisposeAsync();
        shell.Dispose();
    }

    [Fact]
    public async Task An_opt_out_taken_by_the_server_counts_for_the_next_message_at_the_gate_in_the_same_process()
    {
        Configure("");
        await using var server = await Program.StartAsync(
            shell,
            "serve --data store --urls http://127.0.0.1:0 --gate gate.yaml",
            "the gate listens"
        );
        var replies = await Conversation.LmtpAsync(door, Message(1), Anna, Cleo);
        replies[0].ShouldStartWith("250 2.0.0 ok");
        replies[1].ShouldStartWith("550 5.7.1 not permitted: verdict=refused");
        var link = Token().Match(hop.Only.Fields("List-Unsubscribe")[0]).Value;
        using var client = new HttpClient { BaseAddress = new Uri(server.Word("listening on ")) };
        (await client.PostAsync(link, new StringContent("List-Unsubscribe=One-Click"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Conversation.LmtpAsync(door, Message(2), Anna))[0].ShouldStartWith("550 5.7.1 not permitted: verdict=refused");
        hop.Messages.Count.ShouldBe(1);
        await server.StopAsync();
        server.Said.ShouldNotContain("anna");
        (await shell.RunAsync($"evidence {Anna} --data store")).Said.ShouldContain("sent ");
    }

    [Fact]
    public async Task A_gate_that_is_killed_in_the_middle_of_a_delivery_loses_nothing_and_sends_at_most_twice()
    {
        await using var server = await Program.StartAsync(shell, "serve --data store --urls http://127.0.0.1:0", "listening on ");
        Configure($"check: {server.Word("listening on ")}/health/opt-outs");
        using var inHand = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        hop.AfterMessage = _ =>
        {
            inHand.Release();
            goOn.Wait();
            return null;
        };
        await using (var gate = await Program.StartAsync(shell, "gate --data store --config gate.yaml", "the gate listens"))
        {
            var first = Conversation.LmtpAsync(door, Message(1), Anna);
            await inHand.WaitAsync();
            gate.Kill();
            (await first)[0].ShouldBe("closed");
        }
        hop.AfterMessage = _ => null;
        goOn.Release();
        await using (var gate = await Program.StartAsync(shell, "gate --data store --config gate.yaml", "the gate listens"))
        {
            (await Conversation.LmtpAsync(door, Message(1), Anna))[0].ShouldStartWith("250");
            await gate.StopAsync();
        }
        hop.Messages.Count(message => message.To == Anna).ShouldBe(2);
        var told = (await shell.RunAsync($"export {Anna} --data store --out person")).Said;
        told = await File.ReadAllTextAsync(Directory.EnumerateFiles(shell["person"], "*.json").Single());
        told.Split("send-intended").Length.ShouldBe(3, told);
        told.Split("tried-again").Length.ShouldBeGreaterThan(1, told);
        told.Split("message-sent").Length.ShouldBe(2, told);
        (await shell.RunAsync("ledger verify --data store")).Status.ShouldBe(0);
    }

    [Fact]
    public async Task A_gate_that_nobody_could_opt_out_from_lets_marketing_wait()
    {
        Configure($"check: http://127.0.0.1:{FreePort()}/health/opt-outs");
        await using var gate = await Program.StartAsync(shell, "gate --data store --config gate.yaml", "the gate listens");
        (await Conversation.LmtpAsync(door, Message(1), Anna))[0]
            .ShouldStartWith("451 4.7.1 not now: verdict=permitted reason=opt-outs-not-taken");
    }

    [Fact]
    public async Task A_configuration_that_is_wrong_starts_nothing_and_says_everything_at_once()
    {
        shell.Write("gate.yaml", "hostname: gate.example\ndoors:\n  - {protocol: pop3, listen: nowhere}\n");
        var told = await shell.RunAsync("gate --data store --config gate.yaml");
        told.Status.ShouldBe(65);
        foreach (var words in new[] { "gate.yaml:3", "pop3", "public_url", "next_hop" })
            told.Said.ShouldContain(words);
        (await shell.RunAsync("gate held show 0123 --data store")).Status.ShouldBe(65);
        (await shell.RunAsync("gate held list --data store")).Said.ShouldContain("0 messages are set aside");
    }

    void Configure(string more) =>
        shell.Write(
            "gate.yaml",
            $$"""
            hostname: gate.example
            public_url: https://stop.lantern.example
            doors:
              - {protocol: lmtp, listen: "127.0.0.1:{{door}}", credential: news}
            credentials:
              news: {class: marketing, campaign: today}
            next_hop: {host: 127.0.0.1, port: {{hop.Port}}, security: none}
            {{more}}
            """
        );

    static string Message(int number) =>
        $"From: news@lantern.example\r\nMessage-ID: <{number}@lantern.example>\r\nSubject: Candles\r\n\r\nhello\r\n";

    static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("/o/[A-Za-z0-9_-]{70}")]
    private static partial Regex Token();
}
