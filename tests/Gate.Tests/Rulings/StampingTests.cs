using System.Text;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Gate.Tests.Running;
using MaySend.Records.OptOuts;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;

namespace MaySend.Gate.Tests.Rulings;

public sealed class StampingTests
{
    const string Anna = RunningGate.Anna;

    const string Brought =
        "Received: from app.example\r\n\tby out.example\r\nList-Unsubscribe: <https://app.example/u?id=1>,\r\n <mailto:u@app.example>\r\n"
        + "list-unsubscribe-post: List-Unsubscribe=One-Click\r\nList-ID: old <old.example>\r\n";

    [Fact]
    public async Task Opt_out_fields_that_the_message_brings_are_replaced_and_every_other_octet_stays()
    {
        await using var gate = await RunningGate.StartAsync(
            credentials: "  news: {class: marketing, campaign: spring-2026, list_id: news.lantern.example, feedback_id: lantern,"
                + " complaints_to: fbl@lantern.example, opt_out_domain: stop.lantern.example}"
        );
        var message = Brought + RunningGate.Message + ".dot\r\n trailing \r\n\r\n\r\n";
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.EnvelopeAsync("news@lantern.example", Anna);
        await client.SendAsync(message.Replace("\r\n.dot", "\r\n..dot", StringComparison.Ordinal) + ".\r\n");
        (await client.ReplyAsync())!.ShouldStartWith("250");
        var taken = gate.Hop.Only;
        taken
            .Fields("List-Unsubscribe")
            .ShouldHaveSingleItem()
            .ShouldMatch("^<https://stop.lantern.example/o/[A-Za-z0-9_-]{70}>, <mailto:[a-z2-7]{60}@stop.lantern.example>$");
        taken.Fields("List-Unsubscribe-Post").ShouldBe(["List-Unsubscribe=One-Click"]);
        taken.Fields("List-Id").ShouldBe(["<news.lantern.example>"]);
        taken.Fields("Feedback-ID").ShouldBe(["spring-2026:maysend:lantern"]);
        taken.Fields("CFBL-Address").ShouldBe(["fbl@lantern.example; report=arf"]);
        var rest = message[..message.IndexOf("List-Unsubscribe:", StringComparison.Ordinal)] + RunningGate.Message;
        taken.Text.ShouldEndWith(rest + ".dot\r\n trailing \r\n\r\n\r\n");
        taken.Text.Split("\r\n").Max(line => line.Length).ShouldBeLessThanOrEqualTo(998);
    }

    [Fact]
    public async Task The_recipients_own_link_stays_where_the_credential_keeps_ours_and_any_other_is_replaced()
    {
        await using var gate = await RunningGate.StartAsync(
            credentials: "  news: {class: marketing, campaign: spring-2026, opt_out_fields: keep-if-ours}"
        );
        const string Post = "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
        const string Pages = "https://stop.lantern.example/o/";
        async Task<string> TokenAsync(string whose, string channel = "email", string? topic = null) =>
            (
                await gate.Service<OptOutStamp>()
                    .IssueAsync(
                        (await gate.Store.FindAsync(Address.Read(whose).Address!)).Contact!.Value,
                        "lantern-ltd",
                        channel,
                        topic,
                        brand: null,
                        campaign: "of the program",
                        Actor.Runner("test").AsSystem()
                    )
            ).Token;
        var own = $"<{Pages}{await TokenAsync(Anna)}>";
        string[] others =
        [
            $"<{Pages}{await TokenAsync(RunningGate.Ben)}>",
            $"<{Pages}{await TokenAsync(Anna, channel: "sms")}>",
            $"<{Pages}{await TokenAsync(Anna, topic: "somethingelse")}>",
            $"<{Pages}{new string('a', 70)}>",
            $"<https://evil.example/?next={Pages}{await TokenAsync(Anna)}>",
            $"{own}, <https://evil.example/o/x>",
            $"{own}, <mailto:leave@evil.example>",
            own.Trim('<', '>'),
            $"=?utf-8?Q?{own.Replace("_", "=5F", StringComparison.Ordinal)}?=",
        ];
        List<string> brought = [$"List-Unsubscribe: {own}\r\n" + Post, .. others.Select(one => $"List-Unsubscribe: {one}\r\n" + Post)];
        brought.AddRange([Brought, $"List-Unsubscribe: {own}\r\n"]);
        foreach (var (fields, number) in brought.Select((fields, number) => (fields, number)))
            (
                await Conversation.LmtpAsync(
                    gate.Port,
                    fields + RunningGate.Message.Replace("<1@", $"<{number}@", StringComparison.Ordinal),
                    Anna
                )
            )[0]
                .ShouldStartWith("250");
        var links = gate.Hop.Messages.Select(message => message.Fields("List-Unsubscribe").ShouldHaveSingleItem()).ToList();
        links[0].ShouldBe(own);
        links.Skip(1).Distinct().ShouldHaveSingleItem().ShouldMatch($"^<{Pages}[A-Za-z0-9_-]{{70}}>$");
        links.Count.ShouldBe(brought.Count);
        links[1].ShouldNotBe(own);
    }

    [Theory]
    [InlineData("DKIM-Signature: v=1; a=rsa-sha256; d=x.example; s=s; h=from:list-unsubscribe; bh=x; b=y\r\n", "554 5.7.7")]
    [InlineData("Auto-Submitted: auto-generated\r\n", "550 5.7.1")]
    [InlineData("From: two@lantern.example\r\n", "554 5.6.0")]
    public async Task A_message_that_cannot_be_marketing_that_is_stamped_is_refused(string field, string expected)
    {
        await using var gate = await RunningGate.StartAsync();
        (await Conversation.LmtpAsync(gate.Port, field + RunningGate.Message, Anna))[0].ShouldStartWith(expected);
        gate.Hop.Messages.ShouldBeEmpty();
        (await gate.EntriesAsync(Anna)).OfType<SendIntended>().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_gate_passed_on_is_not_taken_again_when_it_comes_back()
    {
        await using var gate = await RunningGate.StartAsync();
        await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna);
        (await Conversation.LmtpAsync(gate.Port, gate.Hop.Only.Text, Anna))[0].ShouldStartWith("554 5.4.6");
        var far = string.Concat(Enumerable.Repeat("Received: from a by b\r\n", 101)) + RunningGate.Message;
        (await Conversation.LmtpAsync(gate.Port, far, Anna))[0].ShouldStartWith("554 5.4.6");
        gate.Hop.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Blind_copies_and_the_names_that_clients_give_themselves_go_no_further()
    {
        await using var gate = await RunningGate.StartAsync();
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.ReplyAsync();
        await client.SayAsync("LHLO evil (by gate.example\t<x@y.example>");
        await client.SayAsync("MAIL FROM:<news@lantern.example>");
        await client.SayAsync($"RCPT TO:<{Anna}>");
        await client.SayAsync("DATA");
        await client.SendAsync("Bcc: ben@example.com,\r\n carla@example.com\r\nCc: dan@example.com\r\n" + RunningGate.Message + ".\r\n");
        (await client.ReplyAsync())!.ShouldStartWith("250");
        gate.Hop.Only.To.ShouldBe(Anna);
        gate.Hop.Only.Fields("Bcc").ShouldBeEmpty();
        gate.Hop.Only.Fields("Cc").ShouldBe(["dan@example.com"]);
        gate.Hop.Only.Fields("Received")[0].ShouldStartWith("from unknown by gate.example");
    }

    [Fact]
    public async Task The_null_sender_is_no_way_past_the_gate()
    {
        await using var gate = await RunningGate.StartAsync();
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.EnvelopeAsync("", RunningGate.Carla);
        await client.SendAsync(RunningGate.Message + ".\r\n");
        (await client.ReplyAsync())!.ShouldStartWith("550 5.7.1");
        gate.Hop.Messages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("news@lantern.example")]
    [InlineData("")]
    public async Task Service_mail_passes_as_it_is_by_its_credential_and_no_claim_makes_it_so(string from)
    {
        await using var gate = await RunningGate.StartAsync(
            doors: "  - {protocol: lmtp, listen: \"127.0.0.1:{port}\", credential: receipts}\n"
                + "  - {protocol: lmtp, listen: \"127.0.0.1:{port}\", credential: news}",
            credentials: "  receipts: {class: service}\n  news: {class: marketing, campaign: spring-2026}"
        );
        await using var client = await Conversation.OpenAsync(gate.Ports[0]);
        await client.EnvelopeAsync(from, RunningGate.Carla);
        await client.SendAsync(RunningGate.Message + ".\r\n");
        (await client.ReplyAsync())!.ShouldStartWith("250");
        gate.Hop.Only.Text.ShouldEndWith(RunningGate.Message);
        gate.Hop.Only.Text.Length.ShouldBe(RunningGate.Message.Length + gate.Hop.Only.Text.IndexOf("From:", StringComparison.Ordinal));
        gate.Hop.Only.Text.ShouldMatch(
            "^Received: from client.example\r\n by gate.example \\(MaySend gate\\) with LMTP id [0-9a-f]{32};\r\n"
                + " Tue, 10 Mar 2026 09:00:00 \\+0000\r\nFrom:"
        );
        gate.Hop.Only.From.ShouldBe(from);
        const string Claims = "X-Class: service\r\nPrecedence: transactional\r\nX-MaySend-Class: service\r\n";
        (await Conversation.LmtpAsync(gate.Ports[1], Claims + RunningGate.Message, RunningGate.Carla))[0].ShouldStartWith("550");
    }

    [Fact]
    public async Task The_place_for_the_link_in_the_body_is_filled_for_each_recipient_and_a_part_without_it_stops_the_message()
    {
        await using var gate = await RunningGate.StartAsync(
            credentials: "  news: {class: marketing, campaign: spring-2026, body_placeholder: \"{{unsubscribe}}\"}"
        );
        var message =
            "From: news@lantern.example\r\nMessage-ID: <1@lantern.example>\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nstop: {{unsubscribe}}\r\n"
            + "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<a href=\"{{unsubscribe}}\">stop</a>\r\n--b--\r\n";
        (await Conversation.LmtpAsync(gate.Port, message, Anna))[0].ShouldStartWith("250");
        var url = gate.Hop.Only.Fields("List-Unsubscribe")[0].Trim('<', '>');
        gate.Hop.Only.Body.ShouldContain($"stop: {url}\r\n");
        gate.Hop.Only.Body.ShouldContain($"<a href=\"{url}\">stop</a>");
        var half = message
            .Replace("href=\"{{unsubscribe}}\"", "href=\"https://x.example\"", StringComparison.Ordinal)
            .Replace("<1@", "<2@", StringComparison.Ordinal);
        (await Conversation.LmtpAsync(gate.Port, half, Anna))[0].ShouldStartWith("554 5.6.0");
    }

    [Fact]
    public async Task What_the_gate_signs_verifies_and_nobody_can_add_a_second_opt_out_field()
    {
        var (pem, key) = DkimKey.Make();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, pem);
        await using var gate = await RunningGate.StartAsync(more: $"dkim: {{domain: lantern.example, selector: s1, key_file: {file}}}");
        (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, Anna))[0].ShouldStartWith("250");
        File.Delete(file);
        var octets = gate.Hop.Only.Octets;
        IsSigned(octets, key).ShouldBeTrue();
        gate.Hop.Only.Fields("DKIM-Signature")[0].ShouldContain($"t={gate.Clock.GetUtcNow().ToUnixTimeSeconds()};");
        foreach (
            var added in new[]
            {
                "List-Unsubscribe: <https://evil.example>\r\n",
                "List-Unsubscribe-Post: x\r\n",
                "From: evil@x.example\r\n",
            }
        )
        {
            // A field that is added stands above the signature, as a relay would put it, or below all.
            IsSigned([.. Encoding.ASCII.GetBytes(added), .. octets], key).ShouldBeFalse(added);
            var text = Encoding.Latin1.GetString(octets);
            IsSigned(Encoding.Latin1.GetBytes(text.Replace("\r\n\r\n", $"\r\n{added}\r\n", StringComparison.Ordinal)), key)
                .ShouldBeFalse(added);
        }
        IsSigned([.. octets, .. "more\r\n"u8], key).ShouldBeFalse();
    }

    static bool IsSigned(byte[] octets, AsymmetricKeyParameter key)
    {
        using var message = MimeMessage.Load(new MemoryStream(octets));
        var signature = message.Headers.First(field => field.Id == HeaderId.DkimSignature);
        return new DkimVerifier(new DkimKey(key)).Verify(message, signature);
    }
}
