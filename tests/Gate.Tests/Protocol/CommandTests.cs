using MaySend.Gate.Protocol;

namespace MaySend.Gate.Tests.Protocol;

public sealed class CommandTests
{
    [Theory]
    [InlineData("RCPT TO:<anna@example.com>", "anna@example.com")]
    [InlineData("rcpt to: <Anna@example.com>", "Anna@example.com")]
    [InlineData("RCPT TO:<\"a > b\"@example.com>", "\"a > b\"@example.com")]
    [InlineData("RCPT TO:<jörg@bücher.example>", "jörg@bücher.example")]
    [InlineData("RCPT TO:<anna@[192.0.2.1]>", "anna@[192.0.2.1]")]
    public void A_mailbox_is_read_as_it_stands(string line, string expected) => Command.Of(line).Path("TO:")!.Mailbox.ShouldBe(expected);

    [Theory]
    [InlineData("RCPT TO:<@relay.example:anna@example.com>")]
    [InlineData("RCPT TO:<anna%example.com@relay.example>")]
    [InlineData("RCPT TO:<relay!anna@example.com>")]
    [InlineData("RCPT TO:anna@example.com")]
    [InlineData("RCPT TO:<anna@example.com")]
    [InlineData("RCPT TO:<anna@example.com>SIZE=1")]
    [InlineData("RCPT TO:<anna>")]
    [InlineData("RCPT TO:<anna@exam\u0001ple.com>")]
    [InlineData("RCPT FOR:<anna@example.com>")]
    public void What_is_no_mailbox_or_leads_over_others_is_refused(string line) => Command.Of(line).Path("TO:").ShouldBeNull();

    [Fact]
    public void The_null_sender_and_parameters_are_read()
    {
        var path = Command.Of("MAIL FROM:<> SIZE=1000 body=8BITMIME SMTPUTF8").Path("FROM:")!;
        path.Mailbox.ShouldBeEmpty();
        path.Parameters.ShouldBe([("SIZE", "1000"), ("BODY", "8BITMIME"), ("SMTPUTF8", "")]);
    }
}
