using MaySend.Evidence.Entries;
using MaySend.Gate.Tests.Running;

namespace MaySend.Gate.Tests.Rulings;

public sealed class LmtpTests
{
    const string Anna = RunningGate.Anna;

    [Fact]
    public async Task Each_recipient_of_one_message_has_a_verdict_and_a_link_of_their_own()
    {
        await using var gate = await RunningGate.StartAsync();
        var replies = await Conversation.LmtpAsync(
            gate.Port,
            RunningGate.Message,
            Anna,
            RunningGate.Carla,
            RunningGate.Dan,
            "stranger@example.org",
            RunningGate.Ben
        );
        replies[0].ShouldStartWith("250 2.0.0 ok ref=");
        replies[1].ShouldStartWith("550 5.7.1 not permitted: verdict=refused reason=gb/pecr/");
        replies[2].ShouldStartWith("550 5.7.1 not permitted: verdict=not-shown reason=");
        replies[3].ShouldStartWith("550 5.7.1 not permitted: verdict=not-shown reason=");
        replies[4].ShouldStartWith("250 2.0.0 ok ref=");
        gate.Hop.Messages.Select(message => message.To).ShouldBe([Anna, RunningGate.Ben], ignoreOrder: true);
        var links = gate.Hop.Messages.Select(message => message.Fields("List-Unsubscribe").ShouldHaveSingleItem()).ToList();
        links[0].ShouldStartWith("<https://stop.lantern.example/o/");
        links[0].ShouldNotBe(links[1]);
        string.Concat(replies).ShouldNotContain("@");
        string.Concat(replies).ShouldNotContain("example.com");
    }

    [Fact]
    public async Task What_went_out_is_on_record_with_the_decision_it_rests_on_and_what_did_not_with_its_own()
    {
        await using var gate = await RunningGate.StartAsync();
        await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna, RunningGate.Carla);
        var entries = await gate.EntriesAtLastAsync(Anna);
        var intent = entries.OfType<SendIntended>().ShouldHaveSingleItem();
        var sent = entries.OfType<MessageSent>().ShouldHaveSingleItem();
        var decision = entries.OfType<DecisionMade>().ShouldHaveSingleItem();
        (intent.Id, intent.Decision, intent.Template).ShouldBe((sent.Id, decision.Id, "newsletter"));
        (sent.Decision, sent.Sender, sent.Channel, sent.IsMarketing, decision.Verdict).ShouldBe(
            (decision.Id, Shop.Name, "email", true, "permitted")
        );
        var refused = await gate.EntriesAsync(RunningGate.Carla);
        refused.OfType<DecisionMade>().ShouldHaveSingleItem().Verdict.ShouldBe("refused");
        refused.OfType<SendIntended>().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_intent_is_on_disk_before_the_next_hop_has_the_message()
    {
        await using var gate = await RunningGate.StartAsync();
        IReadOnlyList<ContactEntry> seen = [];
        gate.Hop.AfterMessage = _ =>
        {
            seen = gate.EntriesAsync(Anna).GetAwaiter().GetResult();
            return null;
        };
        await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna);
        seen.OfType<SendIntended>().ShouldHaveSingleItem();
        seen.OfType<MessageSent>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-1, "451 4.7.1 not now: verdict=permitted reason=before-its-day")]
    [InlineData(1, "550 5.7.1 not permitted: verdict=permitted reason=its-day-has-passed")]
    public async Task A_campaign_goes_out_on_its_day_and_on_no_other(int days, string expected)
    {
        await using var gate = await RunningGate.StartAsync();
        if (days < 0)
        {
            var later = Shop.Spring with { Id = "spring-2026", Day = Shop.Day.AddDays(1) };
            await gate.RecordAsync(new CampaignRegistered(later.Digest, later));
        }
        else
            gate.Clock.Advance(TimeSpan.FromDays(1));
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna))[0].ShouldStartWith(expected);
        gate.Hop.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_campaign_of_several_days_goes_out_on_each_and_is_decided_for_that_day()
    {
        await using var gate = await RunningGate.StartAsync();
        var threeDays = Shop.Spring with { Until = Shop.Day.AddDays(2) };
        await gate.RecordAsync(new CampaignRegistered(threeDays.Digest, threeDays));
        gate.Clock.Advance(TimeSpan.FromDays(2));
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna))[0].ShouldStartWith("250");
        (await gate.EntriesAsync(Anna)).OfType<DecisionMade>().Single().Id.ShouldContain($".{Shop.Day.AddDays(2):yyyyMMdd}.");
        gate.Clock.Advance(TimeSpan.FromDays(1));
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, RunningGate.Ben))[0].ShouldContain("its-day-has-passed");
    }

    [Fact]
    public async Task A_day_begins_where_the_law_that_asks_counts_it()
    {
        await using var gate = await RunningGate.StartAsync();
        var summer = Shop.Spring with { Id = "spring-2026", Day = new DateOnly(2026, 6, 10) };
        await gate.RecordAsync(new CampaignRegistered(summer.Digest, summer));
        // Half past eleven at night in Greenwich is past midnight in London's summer.
        gate.Clock.SetUtcNow(new DateTimeOffset(2026, 6, 9, 23, 30, 0, TimeSpan.Zero));
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna))[0].ShouldStartWith("250");
    }

    [Theory]
    [InlineData("campaign: autumn", RunningGate.Message)]
    [InlineData("campaign_from: header", RunningGate.Message)]
    [InlineData("campaign_from: header", "X-MaySend-Campaign: spring-2026\r\nX-MaySend-Campaign: other\r\n" + RunningGate.Message)]
    [InlineData("campaign_from: envelope-tag", RunningGate.Message)]
    public async Task A_message_of_no_campaign_on_record_waits_where_it_came_from(string campaign, string message)
    {
        await using var gate = await RunningGate.StartAsync(credentials: $"  news: {{class: marketing, {campaign}}}");
        (await Conversation.LmtpAsync(gate.Port, message, Anna))[0].ShouldStartWith("451 4.7.1 not now: verdict=undecided reason=");
        gate.Hop.Messages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("campaign_from: header, header: X-Shop, campaigns: {s26: spring-2026}", "news@lantern.example", "X-Shop: s26\r\n")]
    [InlineData("campaign_from: header", "news@lantern.example", "x-maysend-campaign: =?utf-8?Q?spring-2026?=\r\n")]
    [InlineData("campaign_from: envelope-tag", "news+spring-2026@lantern.example", "")]
    public async Task The_campaign_is_named_by_header_or_envelope_where_the_credential_says_so(string credential, string from, string field)
    {
        await using var gate = await RunningGate.StartAsync(credentials: $"  news: {{class: marketing, {credential}}}");
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.EnvelopeAsync(from, Anna, RunningGate.Carla);
        await client.SendAsync(field + RunningGate.Message + ".\r\n");
        (await client.ReplyAsync())!.ShouldStartWith("250");
        (await client.ReplyAsync())!.ShouldStartWith("550");
        gate.Hop.Only.From.ShouldBe(from);
        gate.Hop.Only.Fields("X-MaySend-Campaign").ShouldBeEmpty();
    }

    [Fact]
    public async Task Several_messages_go_through_one_connection()
    {
        await using var gate = await RunningGate.StartAsync();
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.EnvelopeAsync("news@lantern.example", RunningGate.Carla);
        await client.SendAsync(RunningGate.Message + ".\r\n");
        (await client.ReplyAsync())!.ShouldStartWith("550");
        (await client.SayAsync("RSET"))!.ShouldStartWith("250");
        await client.SendAsync($"MAIL FROM:<news@lantern.example>\r\nRCPT TO:<{Anna}>\r\nDATA\r\n");
        foreach (var code in new[] { "250", "250", "354" })
            (await client.ReplyAsync())!.ShouldStartWith(code);
        await client.SendAsync(RunningGate.Message + ".\r\n");
        (await client.ReplyAsync())!.ShouldStartWith("250");
        (await client.SayAsync("QUIT"))!.ShouldStartWith("221");
        (await client.ReplyAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_client_that_closes_its_side_after_the_last_octet_is_answered()
    {
        await using var gate = await RunningGate.StartAsync();
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.SendAsync(
            $"LHLO c.example\r\nMAIL FROM:<news@lantern.example>\r\nRCPT TO:<{Anna}>\r\nDATA\r\n{RunningGate.Message}.\r\n"
        );
        client.Finish();
        foreach (var code in new[] { "220", "250", "250", "250", "354", "250 2.0.0 ok ref=" })
            (await client.ReplyAsync())!.ShouldStartWith(code);
        gate.Hop.Only.To.ShouldBe(Anna);
    }

    [Fact]
    public async Task A_message_whose_end_never_comes_is_none()
    {
        await using var gate = await RunningGate.StartAsync();
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.EnvelopeAsync("news@lantern.example", Anna);
        await client.SendAsync(RunningGate.Message);
        client.Finish();
        (await client.ReplyAsync())!.ShouldStartWith("421");
        gate.Hop.Messages.ShouldBeEmpty();
        (await gate.EntriesAsync(Anna)).OfType<SendIntended>().ShouldBeEmpty();
    }
}
