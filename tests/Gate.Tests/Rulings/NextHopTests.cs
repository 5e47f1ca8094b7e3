using MaySend.Evidence.Entries;
using MaySend.Gate.Tests.Running;

namespace MaySend.Gate.Tests.Rulings;

/// <summary>What becomes of a message, and of what is on record of it, when the next hop does not take it as it should.</summary>
public sealed class NextHopTests
{
    const string Anna = RunningGate.Anna;
    const string Ben = RunningGate.Ben;

    [Fact]
    public async Task A_next_hop_that_refuses_one_of_two_is_passed_on_for_that_one_alone_and_in_no_words_of_its_own()
    {
        await using var gate = await RunningGate.StartAsync();
        gate.Hop.AtRecipient = to => to == Anna ? "550 5.1.1 <anna@example.com> is unknown here" : null;
        var replies = await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna, Ben);
        replies[0].ShouldBe("550 5.0.0 the next hop did not accept it");
        replies[1].ShouldStartWith("250");
        var entries = await gate.EntriesAtLastAsync(Anna);
        entries.OfType<SendAbandoned>().ShouldHaveSingleItem().IntentId.ShouldBe(entries.OfType<SendIntended>().Single().Id);
        entries.OfType<MessageSent>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_next_hop_that_is_away_lets_the_mail_wait_and_its_return_lets_it_go()
    {
        await using var gate = await RunningGate.StartAsync(cap: 1);
        gate.Hop.AfterMessage = _ => "451 4.3.0 come back later";
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna))[0].ShouldBe("451 4.0.0 the next hop did not accept it");
        gate.Hop.AfterMessage = _ => null;
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna))[0].ShouldStartWith("250");
        gate.Hop.Only.To.ShouldBe(Anna);
    }

    [Fact]
    public async Task A_next_hop_that_cannot_be_reached_lets_the_mail_wait_and_what_was_intended_is_given_up_on_record()
    {
        await using var gate = await RunningGate.StartAsync(cap: 1, back: RunningGate.FreePort());
        for (var tries = 0; tries < 2; tries++)
            (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna))[0]
                .ShouldBe("451 4.4.1 the next hop cannot be reached now");
        var entries = await gate.EntriesAtLastAsync(Anna);
        var given = entries.OfType<SendAbandoned>().Select(entry => entry.IntentId);
        given.ShouldBe(entries.OfType<SendIntended>().Select(intent => intent.Id), ignoreOrder: true);
        entries.OfType<MessageSent>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_of_which_nobody_knows_whether_it_went_is_sent_once_more_and_counts_once()
    {
        await using var gate = await RunningGate.StartAsync(cap: 1);
        gate.Hop.AfterMessage = _ => "";
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna))[0].ShouldBe("451 4.4.2 the next hop broke off the connection");
        var open = await gate.EntriesAtLastAsync(Anna);
        open.OfType<SendIntended>().Count().ShouldBe(1);
        open.OfType<SendAbandoned>().ShouldBeEmpty();
        // Until somebody knows, it counts as sent: no other message takes its place.
        var other = RunningGate.Message.Replace("<1@", "<2@", StringComparison.Ordinal);
        (await Conversation.LmtpAsync(gate.Port, other, Anna))[0].ShouldStartWith("550 5.7.1 not permitted: verdict=not-shown");
        gate.Hop.AfterMessage = _ => null;
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna))[0].ShouldStartWith("250");
        var entries = await gate.EntriesAtLastAsync(Anna);
        entries.OfType<SendIntended>().Count().ShouldBe(2);
        entries.OfType<SendAbandoned>().Single().Because.ShouldBe("tried-again");
        entries.OfType<MessageSent>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_message_that_the_next_hop_has_taken_is_acknowledged_and_not_sent_twice()
    {
        await using var gate = await RunningGate.StartAsync(cap: 1);
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna))[0].ShouldStartWith("250");
        await gate.EntriesAtLastAsync(Anna);
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna))[0].ShouldStartWith("250 2.0.0 ok, taken before");
        gate.Hop.Only.To.ShouldBe(Anna);
    }

    [Fact]
    public async Task A_cap_holds_for_one_message_and_the_next()
    {
        await using var gate = await RunningGate.StartAsync(cap: 2);
        for (var number = 1; number <= 3; number++)
        {
            var message = RunningGate.Message.Replace("<1@", $"<{number}@", StringComparison.Ordinal);
            (await Conversation.LmtpAsync(gate.Port, message, Anna))[0].ShouldStartWith(number <= 2 ? "250" : "550 5.7.1");
        }
        gate.Hop.Messages.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Two_campaigns_at_once_do_not_both_pass_under_one_cap()
    {
        await using var gate = await RunningGate.StartAsync(
            doors: "  - {protocol: lmtp, listen: \"127.0.0.1:{port}\", credential: news}\n"
                + "  - {protocol: lmtp, listen: \"127.0.0.1:{port}\", credential: other}",
            credentials: "  news: {class: marketing, campaign: spring-2026}\n  other: {class: marketing, campaign: garden-2026}",
            cap: 1
        );
        var garden = Shop.Spring with { Id = "garden-2026" };
        await gate.RecordAsync(new CampaignRegistered(garden.Digest, garden));
        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(number =>
                    Conversation.LmtpAsync(
                        gate.Ports[number % 2],
                        RunningGate.Message.Replace("<1@", $"<{number}@", StringComparison.Ordinal),
                        Anna
                    )
                )
        );
        replies.Count(reply => reply[0].StartsWith("250", StringComparison.Ordinal)).ShouldBe(1);
        replies.Count(reply => reply[0].StartsWith("550 5.7.1", StringComparison.Ordinal)).ShouldBe(15);
        gate.Hop.Only.To.ShouldBe(Anna);
    }

    [Fact]
    public async Task A_next_hop_that_takes_no_8_bit_message_is_not_given_one()
    {
        await using var gate = await RunningGate.StartAsync();
        gate.Hop.Offers = ["PIPELINING"];
        var message = RunningGate.Message.Replace("hello", "caf\u00e9", StringComparison.Ordinal);
        (await Conversation.LmtpAsync(gate.Port, message, Anna))[0].ShouldStartWith("554 5.6.3");
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna))[0].ShouldStartWith("250");
    }

    [Fact]
    public async Task A_connection_that_the_next_hop_closed_while_it_rested_costs_no_message()
    {
        await using var gate = await RunningGate.StartAsync();
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna))[0].ShouldStartWith("250");
        gate.Hop.HangUp();
        gate.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Ben))[0].ShouldStartWith("250");
    }

    [Fact]
    public async Task A_next_hop_that_says_goodbye_does_not_end_the_conversation_before_it()
    {
        await using var gate = await RunningGate.StartAsync();
        gate.Hop.AtRecipient = _ => "421 4.3.2 stopping";
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna))[0].ShouldStartWith("451 4.4.0");
    }
}
