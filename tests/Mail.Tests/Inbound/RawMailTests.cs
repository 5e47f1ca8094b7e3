using System.Text;
using MaySend.Mail.Inbound;
using MaySend.Mail.Inbound.RawMail;
using MaySend.Mail.OptOut;
using MaySend.Mail.Tests.OptOut;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Tests.Inbound;

public partial class RawMailTests
{
    const uint Tenant = 5;
    static readonly OptOutKeyRing Ring = Rings.One();
    static readonly InboundMail Reader = new(new OwnTokens(Ring, domain => domain == "u.example" ? Tenant : null));
    static readonly string Local = new OptOutMailbox(42, 3).ToLocalPart(Tenant, Ring, Rings.Clock());
    static readonly string Link = new OptOutToken(Tenant, 42, 3, 99, new(2026, 3, 3)).ToLink(Ring, Rings.Clock());
    static readonly OptOutReference Reference = new(Tenant, 42, 3);

    static InboundReading Read(string text, string? from = "anna@example.com", params string[] to) =>
        Reader.Read(Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\r\n")), new(from, to, Hook.Arrival));

    static InboundReading ReadFile(string path) => Reader.Read(Fixture.Bytes(path), new(null, [], Hook.Arrival));

    static string Arf(string type, string fields = "", string returned = "") =>
        $"""
            From: fbl@provider.example
            To: abuse@shop.example
            Date: Tue, 3 Mar 2026 10:00:00 +0100
            Message-ID: <r1@provider.example>
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=feedback-report; boundary=b

            --b
            Content-Type: text/plain

            A report.
            --b
            Content-Type: message/feedback-report

            {type}User-Agent: Test/1.0
            Version: 1
            {fields}
            --b
            Content-Type: message/rfc822

            From: shop@shop.example
            To: whoever@elsewhere.example
            {returned}Subject: Spring

            Hello
            --b--
            """;

    [Theory]
    [InlineData("abuse", Complaint)]
    [InlineData("opt-out", Unsubscribe)]
    [InlineData("not-spam", NotSpam)]
    [InlineData("fraud", Fraud)]
    [InlineData("virus", Fraud)]
    public void A_feedback_report_says_what_it_is(string type, InboundSignalKind kind)
    {
        var signal = Read(Arf($"Feedback-Type: {type}\n", "Original-Rcpt-To: <anna@example.com>\n")).Single();
        (signal.Kind, signal.Address, signal.EventId).ShouldBe((kind, "anna@example.com", "r1@provider.example/0"));
        signal.When.ShouldBe(new SignalTime(new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero), TimeCertainty.Stated));
    }

    [Theory]
    [InlineData("auth-failure", IgnoredReason.AuthenticationReport)]
    [InlineData("other", IgnoredReason.NeedsAPerson)]
    [InlineData("new-thing", IgnoredReason.NeedsAPerson)]
    public void Other_kinds_of_report_change_nothing_by_themselves(string type, IgnoredReason reason) =>
        Read(Arf($"Feedback-Type: {type}\n", "Original-Rcpt-To: <anna@example.com>\n")).Single().Ignored.ShouldBe(reason);

    [Fact]
    public void A_redacted_recipient_is_found_by_our_link_and_never_by_To()
    {
        var signal = Read(
                Arf(
                    "Feedback-Type: abuse\n",
                    "Original-Rcpt-To: redacted@example.com\n",
                    $"List-Unsubscribe: <https://u.example/o/{Link}>\n"
                )
            )
            .Single();
        (signal.Kind, signal.Address, signal.Reference).ShouldBe((Complaint, null, Reference));
    }

    [Fact]
    public void A_redacted_recipient_is_found_by_our_mailbox() =>
        Read(Arf("Feedback-Type: abuse\n", "", $"List-Unsubscribe: <mailto:{Local}@u.example>\n")).Single().Reference.ShouldBe(Reference);

    [Fact]
    public void A_redacted_recipient_without_token_is_left_to_the_Message_ID() =>
        Read(Arf("Feedback-Type: abuse\n", "", "Message-ID: <a1@shop.example>\n")).Single().MessageId.ShouldBe("a1@shop.example");

    [Fact]
    public void A_report_that_names_nobody_is_a_problem_and_goes_to_a_person()
    {
        var reading = Read(Arf("Feedback-Type: abuse\n"));
        reading.Problems.ShouldHaveSingleItem().Place.ShouldBe("part 1.2 message/feedback-report");
        reading.Signals.ShouldHaveSingleItem().Ignored.ShouldBe(IgnoredReason.NeedsAPerson);
    }

    [Fact]
    public void A_report_without_its_type_is_a_problem() =>
        Read(Arf("", "Original-Rcpt-To: <anna@example.com>\n")).Problems.ShouldHaveSingleItem().Says.ShouldContain("Feedback-Type");

    [Fact]
    public void Yahoos_real_complaint_is_read()
    {
        var signal = ReadFile("flanker/complaints/yahoo.eml").Single();
        (signal.Kind, signal.Address, signal.MessageId).ShouldBe(
            (Complaint, "user@yahoo.com", "20120711015015.4A8BE2E088E@www.example.com")
        );
    }

    [Fact]
    public void AOLs_real_complaint_hides_the_recipient_and_keeps_the_message()
    {
        var signal = ReadFile("flanker/complaints/aol.eml").Single();
        signal.Kind.ShouldBe(Complaint);
        signal.Address.ShouldBeNull();
        signal.MessageId.ShouldNotBeNullOrEmpty();
    }

    static string Dsn(string status, string action, string diagnostic, string recipient = "rfc822; dora@example.com", string extra = "") =>
        $"""
            From: MAILER-DAEMON@mx.example
            To: bounce@shop.example
            Message-ID: <d1@mx.example>
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            {extra}Final-Recipient: {recipient}
            Action: {action}
            Status: {status}
            Diagnostic-Code: {diagnostic}

            --b
            Content-Type: text/rfc822-headers

            Message-ID: <a1@shop.example>
            List-Unsubscribe: <https://u.example/o/{Link}>

            --b--
            """;

    [Theory]
    [InlineData("5.1.1", "smtp; 550 5.1.1 user unknown", HardBounce)]
    [InlineData("5.1.10", "smtp; 550 5.1.10 null MX", HardBounce)]
    [InlineData("5.2.1", "smtp; 550 5.2.1 mailbox disabled", SoftBounce)]
    [InlineData("5.1.1", "smtp; 550 5.1.1 the account is suspended", SoftBounce)]
    [InlineData("5.1.1", "smtp; 550 5.1.1 too many messages this hour", SoftBounce)]
    [InlineData("5.1.1", "smtp; 550 5.1.1 refused by recipient preferences", SoftBounce)]
    [InlineData("5.1.1", "smtp; 550 5.1.1 rejected, our content policy", SoftBounce)]
    [InlineData(
        "5.4.4",
        "smtp; Host or domain name not found. Name service error for name=gone.example type=MX: Host not found",
        HardBounce
    )]
    [InlineData("5.4.4", "smtp; Name service error for domain x.example: Host not found, try again", SoftBounce)]
    [InlineData("5.0.0", "smtp; 554 delivery error: dd This user doesn't have a yahoo.com account", HardBounce)]
    [InlineData("5.1.10", "smtp; 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", HardBounce)]
    [InlineData("5.2.2", "smtp; 554 5.2.2 STOREDRV.Deliver.Exception:QuotaExceededException", SoftBounce)]
    [InlineData("5.0.0", "smtp; 550 no such user here", HardBounce)]
    [InlineData("5.0.0", "smtp; 550 5.7.1 blocked", SoftBounce)]
    [InlineData("5.0.0", "smtp; 550 message looks like spam: no such user", SoftBounce)]
    [InlineData("5.2.2", "smtp; 552 5.2.2 mailbox full", SoftBounce)]
    [InlineData("5.7.1", "smtp; 550 5.7.1 user unknown to our policy", SoftBounce)]
    [InlineData("4.4.1", "smtp; 451 timeout", SoftBounce)]
    [InlineData("5.0.0", "smtp; 554 something", SoftBounce)]
    public void A_delivery_report_kills_an_address_only_if_it_does_not_exist(string status, string diagnostic, InboundSignalKind kind)
    {
        var signal = Read(Dsn(status, "failed", diagnostic), "").Single();
        (signal.Kind, signal.Address, signal.MessageId, signal.Reference).ShouldBe(
            (kind, "dora@example.com", "a1@shop.example", Reference)
        );
    }

    [Fact]
    public void The_address_we_sent_to_counts_and_not_where_it_was_forwarded() =>
        Read(Dsn("5.1.1", "failed", "smtp; 550", extra: "Original-Recipient: rfc822;anna+2Bshop@example.com\n"), "")
            .Single()
            .Address.ShouldBe("anna+shop@example.com");

    [Theory]
    [InlineData("delayed", "4.4.1")]
    [InlineData("delivered", "2.0.0")]
    [InlineData("relayed", "2.1.9")]
    public void A_delay_or_a_delivery_is_no_bounce(string action, string status) =>
        Read(Dsn(status, action, "smtp; x"), "").Single().Ignored.ShouldBe(IgnoredReason.DeliveryEvent);

    [Fact]
    public void A_refusal_of_our_own_gate_is_no_bounce() =>
        Read(Dsn("5.7.1", "failed", "smtp; 550 5.7.1 verdict=DENY reason=objection"), "")
            .Single()
            .Ignored.ShouldBe(IgnoredReason.OwnRefusal);

    [Fact]
    public void A_report_that_names_no_address_goes_to_a_person() =>
        SignalEffects.Of(Read(Dsn("5.1.1", "failed", "smtp; x", "rfc822; nobody"), "").Single()).ShouldBe(SignalEffect.ManualQueue);

    [Fact]
    public void Exims_own_header_names_the_address() =>
        Read(
                "From: Mailer-Daemon@mx.example\nX-Failed-Recipients: dora@example.com\nMessage-ID: <x@mx>\n\n  "
                    + "dora@example.com\n    Unrouteable address\n",
                ""
            )
            .Single()
            .ShouldSatisfyAllConditions(
                s => s.Kind.ShouldBe(HardBounce),
                s => s.Address.ShouldBe("dora@example.com"),
                s => s.Source.ShouldBe("exim")
            );

    [Fact]
    public void Mail_to_an_opt_out_mailbox_opts_out_whatever_it_says()
    {
        var signal = Read(
                "From: somebody@else.example\nSubject: please keep me\n\nI love your mail\n",
                "somebody@else.example",
                Local.ToUpperInvariant() + "@U.example"
            )
            .Single();
        (signal.Kind, signal.Reference, signal.Address).ShouldBe((Unsubscribe, Reference, null));
    }

    [Fact]
    public void The_token_in_To_is_enough() =>
        Read($"From: a@b.example\nTo: <{Local}@u.example>\n\n", "a@b.example", "catchall@u.example").Single().Reference.ShouldBe(Reference);

    [Fact]
    public void One_request_in_envelope_and_To_is_one_signal() =>
        Read($"From: a@b.example\nTo: <{Local}@u.example>\n\n", "a@b.example", Local + "@u.example").Single().Kind.ShouldBe(Unsubscribe);

    [Theory]
    [InlineData("", "", IgnoredReason.NullSender)]
    [InlineData("a@b.example", "Auto-Submitted: auto-replied\n", IgnoredReason.AutomaticReply)]
    public void A_machine_cannot_opt_anybody_out(string from, string header, IgnoredReason reason) =>
        Read($"From: a@b.example\n{header}\nx\n", from, Local + "@u.example").Single().Ignored.ShouldBe(reason);

    [Theory]
    [InlineData("no")]
    [InlineData("no (a person)")]
    public void Auto_Submitted_no_is_a_person(string value) =>
        Read($"From: a@b.example\nAuto-Submitted: {value}\n\nx\n", "a@b.example", Local + "@u.example").Single().Kind.ShouldBe(Unsubscribe);

    [Theory]
    [InlineData("unsubscribe@u.example")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@u.example")]
    public void A_request_without_a_token_goes_to_a_person(string to) =>
        Read("From: anna@example.com\nSubject: unsubscribe\n\n", "anna@example.com", to)
            .Single()
            .ShouldSatisfyAllConditions(
                signal => SignalEffects.Of(signal).ShouldBe(SignalEffect.HoldForAPerson),
                signal => signal.Address.ShouldBe("anna@example.com")
            );

    [Fact]
    public void A_token_at_a_domain_of_another_tenant_is_no_token() =>
        Read("From: a@b.example\n\n", "a@b.example", Local + "@v.example").Single().Ignored.ShouldBe(IgnoredReason.OrdinaryWords);

    [Fact]
    public void A_message_beyond_the_limit_is_refused_unread() =>
        Reader
            .Read(new byte[InboundMail.LargestMessage + 1], new(null, [], Hook.Arrival))
            .Problems.ShouldHaveSingleItem()
            .Place.ShouldBe("message");

    [Fact]
    public void A_date_in_the_future_is_not_believed()
    {
        var signal = Read("From: a@b.example\nDate: Tue, 3 Mar 2099 10:00:00 +0000\n\n", "a@b.example", Local + "@u.example").Single();
        signal.When.ShouldBe(new SignalTime(Hook.Arrival, TimeCertainty.ArrivalOnly));
    }
}
