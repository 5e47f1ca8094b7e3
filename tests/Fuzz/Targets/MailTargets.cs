using System.Text;
using MaySend.Gate.Messages;
using MaySend.Gate.Protocol;
using MaySend.Mail.Inbound.RawMail;
using MaySend.Mail.Inbound.Sms;
using MaySend.Mail.Messages;
using MimeKit;

namespace MaySend.Fuzz.Targets;

/// <summary>Mail that arrives, mail that is checked before it leaves, and what mail servers say.</summary>
static class MailTargets
{
    static readonly InboundMail Inbound = new(new OwnTokens(TokenTargets.Ring, domain => domain == "u.example" ? 5u : null));

    static readonly string[] Words =
    [
        "List-Unsubscribe: <",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        "Final-Recipient: rfc822; ",
        "Feedback-Type: abuse",
        "Content-Transfer-Encoding: base64",
        "Content-Type: text/html; charset=",
        "charset=utf-7",
        "--b--",
        "Auto-Submitted: auto-replied",
        "<a href=\"",
        "<!--",
        "style=\"display:none\"",
        "unsubscribe",
        "=?utf-8?b?",
        "Return-Path: <>",
        "boundary=\"\"",
    ];

    public static readonly Target[] All =
    [
        new(
            "mail-arrived",
            "a message at an address for replies, bounces or opt-outs",
            () => Corpus.Files("tests/Mail.Tests/fixtures/bounces-flufl", "*", 80),
            Arrived
        )
        {
            Words = Words,
        },
        new(
            "mail-to-send",
            "a message that is checked before it leaves",
            () => Corpus.Files("tests/Mail.Tests/fixtures/newsletters", "*", 20),
            ToSend
        )
        {
            Words = Words,
            InTests = 150,
        },
        new(
            "sms-reply",
            "words that came by SMS",
            () => new[] { "STOP", "stop all please", "Yes", "ARRET" }.Select(Encoding.UTF8.GetBytes),
            octets => SmsReply.Read(Encoding.UTF8.GetString(octets))
        ),
        new(
            "gate-command",
            "a line that a mail client says to the gate",
            () =>
                new[] { "MAIL FROM:<anna@example.com> SIZE=10", "RCPT TO:<\"a b\"@example.com>", "AUTH PLAIN AGEAYg==" }.Select(
                    Encoding.ASCII.GetBytes
                ),
            Line
        )
        {
            Words = ["MAIL FROM:", "RCPT TO:", "<", ">", "@", "\"", "\\", "SIZE=", "ORCPT=", "AUTH PLAIN ", "[IPv6:"],
            InTests = 2000,
        },
        new(
            "gate-message",
            "a message that passes through the gate",
            () => Corpus.Files("tests/Mail.Tests/fixtures/bounces-flufl", "*", 30).Select(WithCrLf),
            Message
        )
        {
            Words = Words,
        },
    ];

    static void Arrived(byte[] octets)
    {
        var reading = Inbound.Read(octets, new("anna@example.com", ["opt-out@u.example"], new(2026, 3, 3, 12, 0, 0, TimeSpan.Zero)));
        if (reading.Problems.Any(problem => problem.Place.Length == 0))
            throw new InvalidOperationException("a problem without a place");
    }

    static void ToSend(byte[] octets)
    {
        MimeMessage message;
        try
        {
            message = MimeMessage.Load(new MemoryStream(octets));
        }
        catch (FormatException)
        {
            return;
        }
        using (message)
            _ = MessageCheck.Of(message, "anna@example.com");
    }

    static void Line(byte[] octets)
    {
        var command = Command.Of(Encoding.Latin1.GetString(octets));
        _ = command.Path("FROM:");
        _ = command.Path("TO:");
        _ = SaslText.Plain(command.Rest);
    }

    static byte[] WithCrLf(byte[] octets) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(octets).ReplaceLineEndings("\r\n"));

    static void Message(byte[] octets)
    {
        // A message whose header is none is turned away before this.
        if (MessageHeader.Read(octets) is null)
            return;
        using var message = RawMessage.Of(octets);
        using var written = new MemoryStream();
        message.Message.WriteTo(written);
    }
}
