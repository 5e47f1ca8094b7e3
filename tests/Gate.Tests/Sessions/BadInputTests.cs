using System.Text;
using MaySend.Evidence.Entries;
using MaySend.Gate.Tests.Running;

namespace MaySend.Gate.Tests.Sessions;

/// <summary>What a client must not be able to do to the gate, said to a real one over a real connection.</summary>
public sealed class BadInputTests
{
    const string Anna = RunningGate.Anna;

    public static TheoryData<string> Ends => ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r", "\r.\r\n", "\n\n.\r\n", "\r\n\r.\r\n"];

    [Theory, MemberData(nameof(Ends))]
    public async Task What_looks_like_an_end_to_another_server_smuggles_no_second_message(string end)
    {
        await using var gate = await RunningGate.StartAsync();
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.EnvelopeAsync("news@lantern.example", Anna);
        await client.SendAsync(
            $"From: a@lantern.example\r\n\r\none{end}MAIL FROM:<x@lantern.example>\r\nRCPT TO:<{RunningGate.Ben}>\r\nDATA\r\n"
                + $"{RunningGate.Message}.\r\n"
        );
        (await client.ReplyAsync())!.ShouldStartWith("550 5.5.2");
        (await client.ReplyAsync()).ShouldBeNull();
        gate.Hop.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nor_does_it_at_a_door_of_SMTP()
    {
        await using var gate = await RunningGate.StartAsync(doors: "  - {protocol: smtp, listen: \"127.0.0.1:{port}\", credential: news}");
        foreach (string end in Ends)
        {
            await using var client = await Conversation.OpenAsync(gate.Port);
            await client.ReplyAsync();
            foreach (var line in new[] { "EHLO c.example", "MAIL FROM:<news@lantern.example>", $"RCPT TO:<{Anna}>" })
                (await client.SayAsync(line))!.ShouldStartWith("250");
            (await client.SayAsync("DATA"))!.ShouldStartWith("354");
            await client.SendAsync($"From: a@lantern.example\r\n\r\none{end}MAIL FROM:<x@lantern.example>\r\n.\r\n");
            (await client.ReplyAsync())!.ShouldStartWith("550 5.5.2", customMessage: end);
            (await client.ReplyAsync()).ShouldBeNull();
        }
        gate.Hop.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Lines_that_begin_with_dots_and_lines_without_measure_in_a_body_go_through_to_the_octet()
    {
        await using var gate = await RunningGate.StartAsync();
        var body = $".hidden\r\n..\r\n{new string('y', 70_000)}\r\n.\r\nend\r\n";
        var stuffed = string.Join("\r\n", body.Split("\r\n").Select(line => line.StartsWith('.') ? "." + line : line));
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message + stuffed, Anna))[0].ShouldStartWith("250");
        gate.Hop.Only.Text.ShouldEndWith(RunningGate.Message + body);
    }

    [Theory]
    [InlineData("NOOP\n", "550")]
    [InlineData("NOOP\rNOOP\r\n", "550")]
    [InlineData("NO\0OP\r\n", "550")]
    public async Task A_command_that_is_no_line_ends_the_connection(string octets, string expected)
    {
        await using var gate = await RunningGate.StartAsync();
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.ReplyAsync();
        await client.SendAsync(octets);
        (await client.ReplyAsync())!.ShouldStartWith(expected);
        (await client.ReplyAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_page_in_a_browser_of_this_machine_sends_nothing()
    {
        await using var gate = await RunningGate.StartAsync(
            doors: "  - {protocol: smtp, listen: \"127.0.0.1:{port}\", credential: receipts}",
            credentials: "  receipts: {class: service}"
        );
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.ReplyAsync();
        await client.SendAsync(
            "POST /x HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: https://evil.example\r\nContent-Type: text/plain\r\n\r\nEHLO x\r\n"
                + $"MAIL FROM:<x@evil.example>\r\nRCPT TO:<{Anna}>\r\nDATA\r\n{RunningGate.Message}.\r\nQUIT\r\n"
        );
        (await client.ReplyAsync())!.ShouldStartWith("421");
        (await client.ReplyAsync()).ShouldBeNull();
        gate.Hop.Messages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("taro.@docomo.example", "\"taro.\"@docomo.example")]
    [InlineData("ha..na@docomo.example", "\"ha..na\"@docomo.example")]
    [InlineData("\"a b\"@docomo.example", "\"a b\"@docomo.example")]
    public async Task Service_mail_to_a_mailbox_that_the_standard_would_quote_goes_out(string to, string written)
    {
        await using var gate = await RunningGate.StartAsync(credentials: "  news: {class: service}");
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, to))[0].ShouldStartWith("250");
        gate.Hop.Only.To.ShouldBe(written);
    }

    [Fact]
    public async Task An_address_that_cannot_be_written_is_refused_by_itself_and_the_others_have_the_message_once()
    {
        await using var gate = await RunningGate.StartAsync(credentials: "  news: {class: service}");
        var replies = await Conversation.LmtpAsync(gate.Port, RunningGate.Message, "\"a\"b@x.example", "c@x.example");
        replies[0].ShouldStartWith("553 5.1.3");
        replies[1].ShouldStartWith("250");
        gate.Hop.Only.To.ShouldBe("c@x.example");
    }

    [Fact]
    public async Task A_sender_in_UTF_8_has_to_say_so()
    {
        await using var gate = await RunningGate.StartAsync();
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.ReplyAsync();
        await client.SayAsync("LHLO client.example");
        (await client.SayAsync("MAIL FROM:<n\u00c3\u00a9ws@lantern.example>"))!.ShouldStartWith("553 5.6.7");
        (await client.SayAsync("MAIL FROM:<n\u00c3\u00a9ws@lantern.example> SMTPUTF8"))!.ShouldStartWith("250");
    }

    [Fact]
    public async Task A_command_without_end_ends_the_connection_and_so_do_many_wrong_ones()
    {
        await using var gate = await RunningGate.StartAsync();
        await using (var client = await Conversation.OpenAsync(gate.Port))
        {
            await client.ReplyAsync();
            await client.SendAsync(new string('A', 10_000));
            (await client.ReplyAsync())!.ShouldStartWith("500");
            (await client.ReplyAsync()).ShouldBeNull();
        }
        await using var other = await Conversation.OpenAsync(gate.Port);
        await other.ReplyAsync();
        string? last = null;
        for (var number = 0; number < 40 && last?.StartsWith("421", StringComparison.Ordinal) != true; number++)
            last = await other.SayAsync("BOGUS");
        last!.ShouldStartWith("421 4.7.0");
        (await other.ReplyAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Mail_goes_through_the_same_door_after_each_of_these()
    {
        await using var gate = await RunningGate.StartAsync();
        foreach (
            var (message, expected) in new[]
            {
                ("", "554 5.6.0"),
                ("\r\n", "554 5.6.0"),
                ("\r\nno header at all\r\n", "554 5.6.0"),
                ("From: a@lantern.example\r\nno colon\r\n\r\nx\r\n", "554 5.6.0"),
                ($"From: a@lantern.example\r\nSubject: {new string('x', 998)}\r\n\r\nx\r\n", "554 5.6.0"),
                ($"From: a@lantern.example\r\n{Repeat($"X: {new string('x', 900)}\r\n", 400)}\r\nx\r\n", "554 5.6.0"),
            }
        )
        {
            (await Conversation.LmtpAsync(gate.Port, message, Anna))[0].ShouldStartWith(expected);
            gate.Hop.Messages.ShouldBeEmpty();
        }
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna))[0].ShouldStartWith("250");
        (await gate.EntriesAsync(Anna)).OfType<SendIntended>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_message_beyond_the_greatest_size_is_refused_before_and_after_it_is_sent()
    {
        await using var gate = await RunningGate.StartAsync(
            doors: "  - {protocol: lmtp, listen: \"127.0.0.1:{port}\", credential: news, greatest_message: 100000}"
        );
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.ReplyAsync();
        (await client.SayAsync("LHLO c.example"))!.ShouldStartWith("250");
        (await client.SayAsync("MAIL FROM:<a@lantern.example> SIZE=100001"))!.ShouldStartWith("552 5.3.4");
        var body = Repeat(new string('x', 900) + "\r\n", 200);
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message + body, Anna))[0].ShouldStartWith("552 5.3.4");
        gate.Hop.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Parts_in_parts_a_hundred_deep_go_through_to_the_octet()
    {
        await using var gate = await RunningGate.StartAsync();
        var text = new StringBuilder(
            "From: news@lantern.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n"
        );
        for (var depth = 0; depth < 100; depth++)
            text.Append($"--b{depth}\r\nContent-Type: multipart/mixed; boundary=b{depth + 1}\r\n\r\n");
        text.Append("--b100\r\n\r\nhello\r\n--b100--\r\n");
        (await Conversation.LmtpAsync(gate.Port, text.ToString(), Anna))[0].ShouldStartWith("250");
        gate.Hop.Only.Text.ShouldEndWith(text.ToString());
    }

    [Fact]
    public async Task Octets_with_the_eighth_bit_set_go_through_as_they_are()
    {
        await using var gate = await RunningGate.StartAsync();
        var message = RunningGate.Message.Replace("hello", "caf\u00c3\u00a9 \u00ff", StringComparison.Ordinal);
        (await Conversation.LmtpAsync(gate.Port, message, Anna))[0].ShouldStartWith("250");
        gate.Hop.Only.Text.ShouldEndWith(message);
        gate.Hop.Senders.ShouldHaveSingleItem().ShouldContain("BODY=8BITMIME");
    }

    [Fact]
    public async Task An_address_in_UTF_8_is_asked_about_and_handed_on_as_it_was_given()
    {
        const string Joerg = "J\u00f6rg@b\u00fccher.example";
        await using var gate = await RunningGate.StartAsync();
        await RunningGate.AddCustomerAsync(gate.Store, Joerg);
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.ReplyAsync();
        await client.SayAsync("LHLO c.example");
        await client.SayAsync("MAIL FROM:<news@lantern.example>");
        var octets = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Joerg));
        (await client.SayAsync($"RCPT TO:<{octets}>"))!.ShouldStartWith("553 5.6.7");
        await client.SayAsync("RSET");
        (await client.SayAsync("MAIL FROM:<news@lantern.example> SMTPUTF8"))!.ShouldStartWith("250");
        (await client.SayAsync($"RCPT TO:<{octets}>"))!.ShouldStartWith("250");
        (await client.SayAsync("DATA"))!.ShouldStartWith("354");
        await client.SendAsync(RunningGate.Message + ".\r\n");
        (await client.ReplyAsync())!.ShouldStartWith("250");
        gate.Hop.Only.To.ShouldBe(octets);
        gate.Hop.Senders.ShouldHaveSingleItem().ShouldContain("SMTPUTF8");
    }

    [Theory]
    [InlineData("MAIL FROM:<a@lantern.example> BODY=BINARYMIME", "555")]
    [InlineData("MAIL FROM:<a@lantern.example> X=1", "555")]
    [InlineData("MAIL FROM:<a@lantern.example", "501")]
    [InlineData("MAIL FROM:a@lantern.example", "501")]
    [InlineData("RCPT TO:<anna@example.com>", "503")]
    [InlineData("DATA", "503")]
    [InlineData("EHLO c.example", "500")]
    [InlineData("BDAT 10 LAST", "500")]
    public async Task A_command_out_of_place_is_told_so(string line, string expected)
    {
        await using var gate = await RunningGate.StartAsync();
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.ReplyAsync();
        await client.SayAsync("LHLO c.example");
        (await client.SayAsync(line))!.ShouldStartWith(expected);
        (await client.SayAsync("NOOP"))!.ShouldStartWith("250");
    }

    static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
