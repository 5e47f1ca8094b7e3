using System.Text;
using MaySend.Mail.Inbound;
using MaySend.Mail.Inbound.RawMail;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Tests.Inbound;

public partial class RawMailTests
{
    [Theory]
    [InlineData("Auto-Submitted: auto-generated\n", "News")]
    [InlineData("Auto-Submitted: auto-replied\nX-Apple-Unsubscribe: true\n", "unsubscribe")]
    [InlineData("Auto-Submitted: auto-replied\n", "Unsubscribe")]
    [InlineData("X-Auto-Response-Suppress: All\n", "")]
    public void A_program_that_unsubscribes_for_its_user_is_no_auto_reply(string header, string subject) =>
        Read($"From: a@b.example\nSubject: {subject}\n{header}\nSent by a mail program.\n", "a@b.example", Local + "@u.example")
            .Single()
            .Proof.ShouldBe(SignalProof.OwnToken);

    [Theory]
    [InlineData("Automatic reply: News")]
    [InlineData("Out of office: News")]
    [InlineData("Abwesenheitsnotiz: News")]
    [InlineData("R\u00e9ponse automatique : News")]
    [InlineData("Autosvar: News")]
    public void A_vacation_notice_at_an_opt_out_mailbox_opts_nobody_out(string subject) =>
        Read($"From: a@b.example\nSubject: {subject}\n\nI am away.\n", "a@b.example", Local + "@u.example")
            .Single()
            .Ignored.ShouldBe(IgnoredReason.AutomaticReply);

    [Fact]
    public void The_token_in_Cc_is_enough() =>
        Read($"From: a@b.example\nTo: shop@shop.example\nCc: {Local}@u.example\n\n", "a@b.example", "shop@shop.example")
            .Single()
            .Reference.ShouldBe(Reference);

    [Fact]
    public void What_a_reply_quotes_of_our_message_is_not_what_its_writer_asks() =>
        Read(
                "From: a@b.example\nSubject: Re: News\n\nDo you have it in blue?\n\n"
                    + "On Tue, 3 Mar 2026 Shop wrote:\n> To unsubscribe click here\n",
                "a@b.example",
                "shop@shop.example"
            )
            .Single()
            .Ignored.ShouldBe(IgnoredReason.OrdinaryWords);

    [Fact]
    public void A_request_in_words_waits_unless_the_sender_is_proved()
    {
        const string Mail = "From: anna@example.com\nSubject: Re: News\n\nI object to any further marketing.\n";
        Read(Mail, "anna@example.com", "shop@shop.example").Single().Proof.ShouldBe(SignalProof.None);
        const string Passed = "Authentication-Results: mx.shop.example; dmarc=pass header.from=example.com\n";
        var reader = new InboundMail(new OwnTokens(Ring, _ => null), new TrustedResults("mx.shop.example"));
        InboundReading Proved(string text) =>
            reader.Read(Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\r\n")), new("a@b", [], Hook.Arrival));
        Proved(Passed + Mail).Single().Proof.ShouldBe(SignalProof.AlignedSender);
        // Another server's word, another domain's, and a field that came along further down, prove nothing.
        Proved(Passed.Replace("mx.shop.example", "mx.evil.example", StringComparison.Ordinal) + Mail)
            .Single()
            .Proof.ShouldBe(SignalProof.None);
        Proved(Passed.Replace("header.from=example.com", "header.from=evil.example", StringComparison.Ordinal) + Mail)
            .Single()
            .Proof.ShouldBe(SignalProof.None);
        Proved(string.Concat(Enumerable.Repeat("Received: from y by x; Tue, 3 Mar 2026 10:00:00 +0000\n", 4)) + Passed + Mail)
            .Single()
            .Proof.ShouldBe(SignalProof.None);
    }

    [Theory]
    [InlineData("List-Unsubscribe: <https://news.example/leave>\n", 40, IgnoredReason.NeedsAPerson)]
    [InlineData("List-Unsubscribe: <https://news.example/leave>\n", 1, null)]
    [InlineData("List-Unsubscribe: <https://list.example/leave>\nIn-Reply-To: <4711@shop.example>\n", 40, null)]
    [InlineData("", 40, null)]
    public void A_newsletter_of_somebody_else_that_says_how_to_leave_it_is_nobodys_wish(string header, int sentences, IgnoredReason? why)
    {
        var text = string.Concat(Enumerable.Repeat("This month we show lamps that last for years.\n", sentences));
        var signal = Read(
                $"From: b@news.example\nSubject: Lamps\n{header}\n{text}\nYou no longer want to receive this newsletter?\n",
                "b@news.example"
            )
            .Single();
        (signal.Ignored, signal.MayBeStop).ShouldBe((why, true), "a person looks where it is not sure, and nothing is sent until then");
        (signal.Kind == Unsubscribe).ShouldBe(why is null);
    }

    [Fact]
    public void A_junk_mail_report_of_Microsoft_is_a_complaint()
    {
        var signal = Read(
                "From: staff@hotmail.com\nSubject: complaint about message from 192.0.2.2\n"
                    + "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
                    + "Content-Type: message/rfc822\n\nX-HmXmrOriginalRecipient: <cleo@outlook.example>\n"
                    + $"From: shop@shop.example\nList-Unsubscribe: <https://u.example/o/{Link}>\n\nHello\n--b--\n",
                "staff@hotmail.com",
                "fbl@shop.example"
            )
            .Single();
        (signal.Kind, signal.Address, signal.Proof).ShouldBe((Complaint, "cleo@outlook.example", SignalProof.OwnToken));
    }

    [Fact]
    public void Two_recipients_in_one_group_are_two()
    {
        var reading = Read(
            Dsn("5.2.2", "failed", "smtp; 552 mailbox full", extra: "")
                .Replace(
                    "\n\n--b\nContent-Type: text/rfc822-headers",
                    "\nFinal-Recipient: rfc822; emil@example.com\nAction: failed\nStatus: 5.1.1\n"
                        + "Diagnostic-Code: smtp; 550 user unknown\n\n--b\nContent-Type: text/rfc822-headers",
                    StringComparison.Ordinal
                ),
            ""
        );
        reading
            .Signals.Select(signal => (signal.Kind, signal.Address))
            .ShouldBe([(SoftBounce, "dora@example.com"), (HardBounce, "emil@example.com")]);
    }

    [Fact]
    public void Every_header_is_read_in_time_linear_in_its_length()
    {
        var many = string.Concat(Enumerable.Range(0, 80_000).Select(i => $"a{i}@example.com, "));
        foreach (
            var name in new[]
            {
                "X-Failed-Recipients",
                "To",
                "Cc",
                "List-Unsubscribe",
                "Authentication-Results",
                "Subject",
                "References",
                "DKIM-Signature",
            }
        )
            Read($"From: Mailer-Daemon@mx.example\n{name}: {many}\n\nFailed: a1@example.com user unknown\n" + "", "")
                .Signals.ShouldNotBeEmpty();
    }
}
