using System.Net;
using MaySend.Gate.Hosting;
using MaySend.Gate.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Gate.Tests.Rulings;

public sealed class PagesWatchTests
{
    [Fact]
    public async Task While_the_opt_out_pages_do_not_answer_marketing_waits_and_service_mail_passes()
    {
        await using var gate = await RunningGate.StartAsync(
            doors: "  - {protocol: lmtp, listen: \"127.0.0.1:{port}\", credential: news}\n"
                + "  - {protocol: lmtp, listen: \"127.0.0.1:{port}\", credential: receipts}",
            credentials: "  news: {class: marketing, campaign: spring-2026}\n  receipts: {class: service}",
            more: $"check: http://127.0.0.1:{RunningGate.FreePort()}/health/opt-outs",
            isBesidePages: false
        );
        (await Conversation.LmtpAsync(gate.Ports[0], RunningGate.Message, RunningGate.Anna, RunningGate.Carla)).ShouldSatisfyAllConditions(
            replies => replies[0].ShouldStartWith("451 4.7.1 not now: verdict=permitted reason=opt-outs-not-taken"),
            replies => replies[1].ShouldStartWith("550 5.7.1")
        );
        (await Conversation.LmtpAsync(gate.Ports[1], RunningGate.Message, RunningGate.Anna))[0].ShouldStartWith("250");
    }

    [Fact]
    public async Task An_answer_is_good_for_two_missed_ones_and_no_longer()
    {
        using var pages = new HttpListener();
        var address = $"http://127.0.0.1:{RunningGate.FreePort()}/";
        pages.Prefixes.Add(address);
        pages.Start();
        var clock = new FakeTimeProvider();
        using var watch = new OptOutPagesWatch(new Uri(address), clock, NullLogger<OptOutPagesWatch>.Instance);
        watch.Answers.ShouldBeFalse();
        var starting = watch.StartAsync(default);
        (await pages.GetContextAsync()).Response.Close();
        await starting;
        watch.Answers.ShouldBeTrue();
        await FailAsync();
        clock.Advance(TimeSpan.FromSeconds(60));
        watch.Answers.ShouldBeTrue();
        clock.Advance(TimeSpan.FromSeconds(11));
        watch.Answers.ShouldBeFalse();
        await FailAsync();
        watch.Answers.ShouldBeFalse();
        await watch.StopAsync(default);

        async Task FailAsync()
        {
            var asked = await pages.GetContextAsync();
            asked.Response.StatusCode = 500;
            asked.Response.Close();
        }
    }

    [Fact]
    public async Task While_the_server_of_the_pages_says_that_the_store_is_damaged_marketing_waits_though_opt_outs_are_taken()
    {
        using var pages = new HttpListener();
        var address = $"http://127.0.0.1:{RunningGate.FreePort()}/";
        pages.Prefixes.Add(address);
        pages.Start();
        string? code = "store-damaged";
        var answering = Task.Run(async () =>
        {
            while (pages.IsListening)
                try
                {
                    var asked = await pages.GetContextAsync();
                    if (code is { } said)
                        asked.Response.AddHeader("MaySend-Hindrance", said);
                    asked.Response.Close();
                }
                catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
        });
        await using (
            var gate = await RunningGate.StartAsync(
                doors: "  - {protocol: lmtp, listen: \"127.0.0.1:{port}\", credential: news}",
                credentials: "  news: {class: marketing, campaign: spring-2026}",
                more: $"check: {address}",
                isBesidePages: false
            )
        )
        {
            (await SaysAsync(gate)).ShouldStartWith("451 4.7.1 not now: verdict=permitted reason=store-damaged");
            code = "something-newer";
            await UntilAsync(
                gate,
                reply => reply.StartsWith("451 4.7.1 not now: verdict=permitted reason=opt-outs-not-taken", StringComparison.Ordinal)
            );
            code = null;
            await UntilAsync(gate, reply => reply.StartsWith("250", StringComparison.Ordinal));
        }
        pages.Close();
        await answering;

        static async Task<string> SaysAsync(RunningGate gate) =>
            (await Conversation.LmtpAsync(gate.Ports[0], RunningGate.Message, RunningGate.Anna))[0];

        static async Task UntilAsync(RunningGate gate, Func<string, bool> holds)
        {
            for (var tried = 0; !holds(await SaysAsync(gate)); tried++)
            {
                tried.ShouldBeLessThan(300);
                gate.Clock.Advance(TimeSpan.FromSeconds(20));
                await Task.Delay(50);
            }
        }
    }
}
