using System.Text;
using MaySend.Mail.Messages;
using MimeKit;

namespace MaySend.Mail.Tests.Messages;

public class ListUnsubscribeHeadersTests
{
    static readonly string Link = "https://u.example/o/" + new string('x', 70);
    static readonly string Mailbox = new string('a', 60) + "@u.example";

    [Fact]
    public void The_fields_are_folded_at_the_comma_and_nowhere_else() =>
        Encoding
            .ASCII.GetString(new ListUnsubscribeHeaders(Link, Mailbox).ToBytes())
            .ShouldBe($"List-Unsubscribe: <{Link}>,\r\n <mailto:{Mailbox}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");

    [Fact]
    public void Stamping_replaces_whatever_the_message_had()
    {
        var message = Fixture.Parse(
            "From: shop@example.com\nlist-unsubscribe: <http://old.example>\nList-Unsubscribe: <x>\nList-Unsubscribe-Post: wrong\n\nHello\n"
        );
        new ListUnsubscribeHeaders(Link, Mailbox).StampOn(message.Headers);
        var output = new MemoryStream();
        message.WriteTo(FormatOptions.Default, output, TestContext.Current.CancellationToken);
        var text = Encoding.ASCII.GetString(output.ToArray()).ReplaceLineEndings("\r\n");
        text.ShouldStartWith(
            $"List-Unsubscribe: <{Link}>,\r\n <mailto:{Mailbox}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
        );
        text.ShouldNotContain("old.example");
        text.ShouldNotContain("wrong");
    }

    [Fact]
    public void What_we_stamp_passes_our_own_check()
    {
        var message = Fixture.Parse("From: shop@example.com\n\nHello\n");
        new ListUnsubscribeHeaders(Link, Mailbox).StampOn(message.Headers);
        var check = ListUnsubscribeCheck.Of(message.Headers, "anna@example.com");
        check.OneClick.ShouldBeTrue();
        check.Findings.ShouldBeEmpty();
        check.Https.ShouldBe(Link);
        check.Mailto.ShouldBe("mailto:" + Mailbox);
    }

    [Theory]
    [InlineData("http://u.example/o/x")]
    [InlineData("/o/x")]
    [InlineData("https://u.example/o/x\r\nBcc: all@example.com")]
    [InlineData("https://u.example/o/x>,<https://evil.example")]
    [InlineData("https://u.example/ö")]
    [InlineData("https://user:pw@u.example/o/x")]
    public void A_link_that_would_not_survive_in_a_header_is_refused(string link) =>
        Should.Throw<ArgumentException>(() => new ListUnsubscribeHeaders(link, null));

    [Fact]
    public void A_link_longer_than_250_characters_is_refused() =>
        Should.Throw<ArgumentException>(() => new ListUnsubscribeHeaders("https://u.example/" + new string('x', 240), null));

    [Theory]
    [InlineData("u.example")]
    [InlineData("a@b@u.example")]
    [InlineData("a@u.example?subject=unsubscribe")]
    [InlineData("a b@u.example")]
    [InlineData("a@u.example\r\nBcc: all@example.com")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@u.example")]
    public void A_mailbox_that_would_not_survive_in_a_header_is_refused(string mailbox) =>
        Should.Throw<ArgumentException>(() => new ListUnsubscribeHeaders(Link, mailbox));
}
