using System.Text;
using MaySend.Mail.Messages;
using MimeKit;

namespace MaySend.Mail.Tests.Messages;

/// <summary>Ways to hide a link, and ways that look like hiding and are none: <c>fixtures/links</c>, written for this project, a message
/// a line.</summary>
public class VisibilityTests
{
    public static TheoryData<string> Hidden => [.. Lines("links/hidden.txt")];

    public static TheoryData<string> Shown => [.. Lines("links/shown.txt")];

    static string[] Lines(string file) => Fixture.Text(file).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    static bool Offers(string html) =>
        MessageCheck
            .Of(
                MimeMessage.Load(
                    new MemoryStream(
                        Encoding.UTF8.GetBytes(
                            "From: shop@example.com\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
                                + $"<p>Big sale today</p>{html}\r\n"
                        )
                    )
                )
            )
            .RefusalOffered;

    [Theory]
    [MemberData(nameof(Hidden))]
    public void A_link_that_some_reader_cannot_see_does_not_count(string html) => Offers(html).ShouldBeFalse();

    [Theory]
    [MemberData(nameof(Shown))]
    public void A_link_that_every_reader_sees_counts(string html) => Offers(html).ShouldBeTrue();

    [Fact]
    public void A_link_that_is_shown_on_wide_screens_only_is_told_as_hidden()
    {
        const string Html =
            "<style>@media (max-width:500px){.d{display:none}}</style><p class='d'><a href='https://u.example/1'>Unsubscribe</a></p>";
        var check = MessageCheck.Of(Fixture.Parse($"From: shop@example.com\nContent-Type: text/html\n\n{Html}\n"));
        check.Findings.ShouldContain(finding => finding.Code == MailFindingCode.OptOutLinkHidden);
        check.Marks.ShouldContain(mark => mark.Kind == BodyMarkKind.Hidden);
    }
}
