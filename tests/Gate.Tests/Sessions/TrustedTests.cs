using MaySend.Gate.Doors;
using MaySend.Gate.Hosting;
using MaySend.Gate.Protocol;
using MaySend.Gate.Tests.Running;

namespace MaySend.Gate.Tests.Sessions;

/// <summary>Mail servers in front that say for whom they speak.</summary>
public sealed class TrustedTests
{
    static readonly string Hash = GateHost.HashOf("correct horse battery");

    static readonly string Credentials =
        "  news: {class: marketing, campaign: spring-2026}\n"
        + $"  receipts: {{class: service, login: receipts, password: \"{Hash}\"}}\n"
        + $"  other: {{class: marketing, login: other, password: \"{Hash}\", campaign: nowhere}}";

    static Task<RunningGate> StartAsync(string trusted) =>
        RunningGate.StartAsync($"  - {{protocol: lmtp, listen: \"127.0.0.1:{{port}}\", credential: news{trusted}}}", Credentials);

    [Fact]
    public async Task What_a_trusted_server_forwards_stands_in_the_trace_of_that_message_alone()
    {
        await using var gate = await StartAsync(", trusted: [127.0.0.1]");
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.ReplyAsync();
        (await client.LinesAsync("LHLO mta.lantern.example")).ShouldContain("XFORWARD NAME ADDR");
        (await client.SayAsync("XFORWARD NAME=desk.lantern.example ADDR=IPV6:2001:db8::7 HELO=desk+2Elan"))!.ShouldStartWith("250");
        await HandInAsync(client, RunningGate.Anna);
        gate.Hop.Only.Fields("Received")[0].ShouldStartWith("from desk.lan (desk.lantern.example [IPV6:2001:db8::7]) by gate.example");
        await HandInAsync(client, RunningGate.Ben);
        gate.Hop.To(RunningGate.Ben).Fields("Received")[0].ShouldStartWith("from mta.lantern.example by gate.example");
    }

    [Fact]
    public async Task It_is_handed_on_to_a_next_hop_that_offers_to_hear_it_for_that_message_alone()
    {
        await using var gate = await StartAsync(", trusted: [127.0.0.1]");
        gate.Hop.Offers = ["PIPELINING", "8BITMIME", "xforward NAME ADDR PROTO HELO"];
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.ReplyAsync();
        await client.SayAsync("LHLO mta.lantern.example");
        await client.SayAsync("XFORWARD NAME=[UNAVAILABLE] ADDR=IPV6:2001:db8::7 HELO=desk+20and+2Bchair IDENT=4711");
        await HandInAsync(client, RunningGate.Anna);
        await HandInAsync(client, RunningGate.Ben);
        gate.Hop.Forwarded.ShouldBe(["XFORWARD NAME=[UNAVAILABLE] ADDR=IPV6:2001:db8::7 HELO=desk+20and+2Bchair"]);
        gate.Hop.Messages.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("XFORWARD NAME ADDR", "550 not from you", 1)]
    [InlineData("SIZE 1000000", "250 ok", 0)]
    public async Task A_next_hop_that_will_not_hear_it_gets_the_message_all_the_same(string offer, string reply, int heard)
    {
        await using var gate = await StartAsync(", trusted: [127.0.0.1]");
        (gate.Hop.Offers, gate.Hop.AtForward) = (["8BITMIME", offer], reply);
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.ReplyAsync();
        await client.SayAsync("LHLO mta.lantern.example");
        foreach (var to in new[] { RunningGate.Anna, RunningGate.Ben })
        {
            await client.SayAsync("XFORWARD NAME=desk.lantern.example ADDR=192.0.2.7");
            await HandInAsync(client, to);
        }
        gate.Hop.Forwarded.Count.ShouldBe(heard, "it is not asked again on that connection");
        gate.Hop.Messages.Count.ShouldBe(2);
    }

    [Fact]
    public void What_is_too_long_for_one_command_is_said_in_two_and_nothing_but_octets_is_said()
    {
        var said = ClientAttributes.OfMessage($"NAME={new string('a', 250)} HELO={new string('b', 250)} SOURCE=LOCAL IDENT=5+3D")!;
        said.Forwarding(["NAME", "HELO", "SOURCE", "IDENT"])
            .ShouldBe([$"XFORWARD NAME={new string('a', 250)}", $"XFORWARD HELO={new string('b', 250)} IDENT=5+3D SOURCE=LOCAL"]);
        said.Forwarding(["PORT"]).ShouldBeEmpty();
        var strange = ClientAttributes.OfMessage("NAME=\u017e\u20ac.example HELO=caf+E9")!;
        strange.Forwarding(["NAME", "HELO"]).ShouldBe(["XFORWARD NAME=[UNAVAILABLE] HELO=caf+E9"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(", trusted: [10.0.0.0/8, unix]")]
    public async Task Nobody_else_is_offered_to_say_it_or_heard(string trusted)
    {
        await using var gate = await StartAsync(trusted);
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.ReplyAsync();
        var offered = await client.LinesAsync("LHLO mta.lantern.example");
        offered.ShouldNotContain("XCLIENT");
        offered.ShouldNotContain("XFORWARD");
        (await client.SayAsync("XCLIENT LOGIN=receipts"))!.ShouldStartWith("500");
        (await client.SayAsync("XFORWARD NAME=a.example"))!.ShouldStartWith("500");
        // Whoever claims to be service mail is still asked about.
        await HandInAsync(client, RunningGate.Carla, "550 5.7.1 not permitted");
    }

    [Fact]
    public async Task A_login_that_a_trusted_server_has_checked_stands_for_its_credential_and_an_unknown_one_for_nobody()
    {
        await using var gate = await StartAsync(", trusted: [127.0.0.0/8]");
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.ReplyAsync();
        async Task AsAsync(string login)
        {
            (await client.SayAsync($"XCLIENT LOGIN={login} NAME=[UNAVAILABLE]"))!.ShouldStartWith("220");
            (await client.SayAsync("MAIL FROM:<news@lantern.example>"))!.ShouldStartWith("503", customMessage: "it begins anew");
            (await client.SayAsync("LHLO mta.lantern.example"))!.ShouldStartWith("250");
        }
        await AsAsync("other");
        await HandInAsync(client, RunningGate.Anna, "451 4.7.1 not now");
        await AsAsync("receipts");
        await HandInAsync(client, RunningGate.Carla);
        gate.Hop.Only.To.ShouldBe(RunningGate.Carla, "service mail passes");
        foreach (var nobody in new[] { "stranger", "[UNAVAILABLE]" })
        {
            await AsAsync(nobody);
            (await client.SayAsync("MAIL FROM:<news@lantern.example>"))!.ShouldStartWith("530");
        }
    }

    [Theory]
    [InlineData("XCLIENT")]
    [InlineData("XCLIENT LOGIN")]
    [InlineData("XCLIENT SHOE=42")]
    [InlineData("XCLIENT NAME=a+0D+0Ab")]
    [InlineData("XCLIENT NAME=a+")]
    [InlineData("XFORWARD LOGIN=receipts")]
    [InlineData("XFORWARD NAME=")]
    public async Task What_is_malformed_changes_nothing(string line)
    {
        await using var gate = await StartAsync(", trusted: [127.0.0.1]");
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.ReplyAsync();
        await client.SayAsync("LHLO mta.lantern.example");
        (await client.SayAsync(line))!.ShouldStartWith("501");
        (await client.SayAsync("MAIL FROM:<news@lantern.example>"))!.ShouldStartWith("250");
        (await client.SayAsync("XCLIENT LOGIN=receipts"))!.ShouldStartWith("503", customMessage: "not within a transaction");
    }

    [Theory]
    [InlineData("10.1.2.3", "10.1.0.0/16", true)]
    [InlineData("::ffff:10.1.2.3", "10.1.0.0/16", true)]
    [InlineData("10.2.2.3", "10.1.0.0/16", false)]
    [InlineData("2001:db8::1", "2001:db8::/32", true)]
    [InlineData("127.0.0.1", "::1", false)]
    public void A_network_holds_its_addresses_however_they_are_written(string client, string network, bool isIn) =>
        new TrustedClients([TrustedClients.Read(network)!.Value], false)
            .Include(new System.Net.IPEndPoint(System.Net.IPAddress.Parse(client), 25))
            .ShouldBe(isIn);

    static async Task HandInAsync(Conversation client, string to, string reply = "250 2.0.0 ok")
    {
        (await client.SayAsync("MAIL FROM:<news@lantern.example>"))!.ShouldStartWith("250");
        (await client.SayAsync($"RCPT TO:<{to}>"))!.ShouldStartWith("250");
        (await client.SayAsync("DATA"))!.ShouldStartWith("354");
        await client.SendAsync(RunningGate.Message.Replace("<1@", $"<{to.Split('@')[0]}@") + ".\r\n");
        (await client.ReplyAsync())!.ShouldStartWith(reply);
    }
}
