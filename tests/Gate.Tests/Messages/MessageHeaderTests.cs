using System.Text;
using MaySend.Gate.Doors;
using MaySend.Gate.Messages;
using MaySend.Mail.Messages;

namespace MaySend.Gate.Tests.Messages;

public sealed class MessageHeaderTests
{
    const string Message =
        "Received: one\r\n two\r\nlist-unsubscribe: <https://old.example/u>,\r\n\t<mailto:u@old.example>\r\n"
        + "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n\r\nbody \r\n\r\n.x\r\n";

    [Fact]
    public void A_field_is_exchanged_and_every_other_octet_stays()
    {
        var header = Read(Message)!;
        Encoding
            .Latin1.GetString(header.With("List-Unsubscribe: <https://new.example/o>\r\n"u8, ["List-Unsubscribe"]))
            .ShouldBe(
                "List-Unsubscribe: <https://new.example/o>\r\nReceived: one\r\n two\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n\r\n"
                    + "body \r\n\r\n.x\r\n"
            );
    }

    [Fact]
    public void A_message_nothing_is_done_to_is_the_same_octets() =>
        Encoding.Latin1.GetString(Read(Message)!.With([], [])).ShouldBe(Message);

    [Fact]
    public void A_header_of_more_lines_than_are_read_is_none()
    {
        static string Folded(int lines) => $"To: a@b.example{string.Concat(Enumerable.Repeat("\r\n ,", lines - 1))}\r\n\r\nbody";
        Read(Folded(MessageHeader.GreatestLines)).ShouldNotBeNull();
        Read(Folded(MessageHeader.GreatestLines + 1)).ShouldBeNull();
    }

    [Fact]
    public void An_id_of_a_campaign_that_holds_line_ends_or_colons_makes_no_field_of_its_own()
    {
        var credential = new GateCredential("news", MailClass.Marketing) { FeedbackId = "lantern" };
        var links = new ListUnsubscribeHeaders("https://stop.example/o/x", null);
        var stamped = Stamp.On(Read("From: a@b.example\r\n\r\nbody")!, [], links, credential, "spring\r\nBcc: x@y.example\0:2026");
        Read(Encoding.Latin1.GetString(stamped))!.One("Feedback-ID").ShouldBe("spring--Bcc--x-y.example--2026:maysend:lantern");
        Read(Encoding.Latin1.GetString(stamped))!.Count("Bcc").ShouldBe(0);
    }

    [Fact]
    public void A_value_is_unfolded_and_decoded() => Read(Message)!.One("subject").ShouldBe("Grüße");

    [Theory]
    [InlineData("X-MaySend-Campaign: a\r\nX-MaySend-Campaign: b\r\n\r\n")]
    [InlineData("Subject: none\r\n\r\n")]
    public void Two_different_values_name_nothing(string message) => Read(message)!.One("X-MaySend-Campaign").ShouldBeNull();

    [Theory]
    [InlineData(" starts with a continuation\r\n\r\n")]
    [InlineData("no colon here\r\n\r\n")]
    [InlineData("sp ace: x\r\n\r\n")]
    [InlineData("Subject: x\r\nhalf")]
    public void A_header_that_is_none_is_not_read(string message) => Read(message).ShouldBeNull();

    [Fact]
    public void A_header_line_beyond_998_octets_is_not_read() => Read($"Subject: {new string('x', 1000)}\r\n\r\n").ShouldBeNull();

    [Fact]
    public void A_header_without_end_is_not_read() =>
        Read(string.Concat(Enumerable.Repeat($"X: {new string('x', 900)}\r\n", 400)) + "\r\n").ShouldBeNull();

    static MessageHeader? Read(string message) => MessageHeader.Read(Encoding.Latin1.GetBytes(message));
}
