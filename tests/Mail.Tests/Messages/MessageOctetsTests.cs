using System.Text;
using MaySend.Mail.Inbound;
using MaySend.Mail.Inbound.RawMail;
using MaySend.Mail.Messages;
using MaySend.Mail.OptOut;

namespace MaySend.Mail.Tests.Messages;

public class MessageOctetsTests
{
    static byte[] Folded(string field, int lines, string rest = "Subject: Undelivered\r\n\r\nnobody was there\r\n") =>
        Encoding.ASCII.GetBytes(
            $"From: Mailer-Daemon@mx.example\r\n{field}: "
                + string.Concat(Enumerable.Range(0, lines).Select(number => $"r{number}@example.com,\r\n "))
                + $"last@example.com\r\n{rest}"
        );

    static int Lines(string? value) => value?.Count(c => c == ',') ?? 0;

    [Theory]
    [InlineData("X-Failed-Recipients")]
    [InlineData("To")]
    [InlineData("List-Unsubscribe")]
    [InlineData("DKIM-Signature")]
    public void Of_a_field_of_a_hundred_thousand_lines_two_thousand_are_read(string field)
    {
        using var message = MessageOctets.Parse(Folded(field, 100_000));
        Lines(message.Headers[field]).ShouldBeLessThanOrEqualTo(MessageOctets.MostLines + 1);
        message.Subject.ShouldBe("Undelivered");
    }

    [Fact]
    public void A_returned_message_is_read_within_the_same_bounds()
    {
        var inner = Encoding.ASCII.GetString(Folded("To", 50_000));
        using var message = MessageOctets.Parse(
            Encoding.ASCII.GetBytes($"From: a@mx.example\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n{inner}")
        );
        var returned = message.Body.ShouldBeOfType<MimeKit.MessagePart>().Message.ShouldNotBeNull();
        Lines(returned.Headers["To"]).ShouldBeLessThanOrEqualTo(MessageOctets.MostLines + 1);
    }

    [Fact]
    public void A_field_of_two_thousand_lines_is_whole()
    {
        using var message = MessageOctets.Parse(Folded("To", MessageOctets.MostLines));
        message.Headers["To"].ShouldEndWith("last@example.com");
    }

    [Theory]
    [InlineData("To")]
    [InlineData("References")]
    public void Of_a_line_of_two_megabytes_as_much_is_read_as_any_server_writes(string field)
    {
        var line = string.Concat(Enumerable.Repeat("<1@example.com> ", 131_072));
        using var message = MessageOctets.Parse(Encoding.ASCII.GetBytes($"{field}: {line}\r\nSubject: x\r\n\r\nbody\r\n"));
        message.Headers[field].ShouldNotBeNull().Length.ShouldBeLessThanOrEqualTo(MessageOctets.LongestLine);
        message.Subject.ShouldBe("x");
        message.TextBody.ShouldBe("body\r\n".ReplaceLineEndings());
    }

    [Fact]
    public void A_long_line_of_a_body_is_whole()
    {
        var body = string.Concat(Enumerable.Repeat("a sentence of a letter ", 20_000)) + "unsubscribe";
        using var message = MessageOctets.Parse(Encoding.ASCII.GetBytes($"Subject: x\r\n\r\n{body}\r\n"));
        message.TextBody.ShouldNotBeNull().ShouldStartWith(body);
    }

    [Fact]
    public void A_thousand_failed_recipients_are_read_and_the_rest_is_named_as_a_problem()
    {
        var reader = new InboundMail(new OwnTokens(new OptOutKeyRing([OptOutKey.Create(1, TimeProvider.System)]), _ => null));
        var reading = reader.Read(Folded("X-Failed-Recipients", 100_000), new(null, [], TimeProvider.System.GetUtcNow()));
        reading.Signals.Count.ShouldBe(1_000);
        reading.Problems.ShouldContain(problem => problem.Place == "header X-Failed-Recipients");
    }
}
