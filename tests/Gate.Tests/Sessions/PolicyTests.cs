using MaySend.Evidence.Entries;
using MaySend.Gate.Tests.Running;

namespace MaySend.Gate.Tests.Sessions;

/// <summary>The first filter, as Postfix asks it.</summary>
public sealed class PolicyTests
{
    const string Door = "  - {protocol: policy, listen: \"127.0.0.1:{port}\"}";
    const string Rules = "policies:\n  - {login: newsletter, campaign: spring-2026}\n  - {from: later@lantern.example, campaign: nowhere}";

    [Theory]
    [InlineData("newsletter", "a@lantern.example", RunningGate.Anna, "action=DUNNO")]
    [InlineData("newsletter", "a@lantern.example", RunningGate.Carla, "action=REJECT 5.7.1 not permitted: verdict=refused reason=gb/pecr/")]
    [InlineData("newsletter", "a@lantern.example", RunningGate.Dan, "action=REJECT 5.7.1 not permitted: verdict=not-shown reason=")]
    [InlineData("", "later@lantern.example", RunningGate.Anna, "action=DEFER 4.7.1 not now: verdict=undecided")]
    [InlineData("receipts", "shop@lantern.example", RunningGate.Carla, "action=DUNNO")]
    public async Task It_answers_in_the_words_of_the_mail_server(string login, string from, string to, string expected)
    {
        await using var gate = await RunningGate.StartAsync(Door, more: Rules);
        await using var client = await Conversation.OpenAsync(gate.Port);
        // Twice on one connection, as Postfix keeps it open.
        for (var time = 0; time < 2; time++)
        {
            await client.SendAsync(
                $"request=smtpd_access_policy\nprotocol_state=RCPT\nsasl_username={login}\nsender={from}\nrecipient={to}\nsize=0\n\n"
            );
            (await client.ReplyAsync())!.ShouldStartWith(expected);
            (await client.ReplyAsync()).ShouldBe("");
        }
        (await gate.EntriesAsync(to)).OfType<DecisionMade>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Whatever_is_no_request_ends_the_connection()
    {
        await using var gate = await RunningGate.StartAsync(Door, more: Rules);
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.SendAsync("EHLO x\n\n");
        (await client.ReplyAsync()).ShouldBeNull();
    }
}
