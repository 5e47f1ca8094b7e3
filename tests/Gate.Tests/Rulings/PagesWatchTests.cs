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
}
