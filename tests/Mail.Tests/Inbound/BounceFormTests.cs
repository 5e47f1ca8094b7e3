using MaySend.Mail.Inbound;
using MaySend.Mail.Inbound.RawMail;
using MaySend.Mail.OptOut;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Tests.Inbound;

/// <summary>
/// Bounces in the forms of some thirty mail servers and providers, written for this project: <c>fixtures/bounces-forms</c>. What each says
/// is the beginning of its name, and whom it speaks of its field <c>X-Expect</c>.
/// </summary>
public class BounceFormTests
{
    static readonly InboundMail Reader = new(new OwnTokens(new OptOutKeyRing([OptOutKey.Create(1, TimeProvider.System)]), _ => null));

    public static TheoryData<string> Forms => [.. Fixture.Files("bounces-forms")];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_of_bounce_is_read(string path)
    {
        var message = Fixture.Message(path);
        using var octets = new MemoryStream();
        message.WriteTo(octets, TestContext.Current.CancellationToken);
        var signal = Reader.Read(octets.ToArray(), new(null, [], TimeProvider.System.GetUtcNow())).Signals[0];
        var said = signal.Kind switch
        {
            HardBounce => "dead",
            SoftBounce => "failed",
            _ => signal.Ignored switch
            {
                IgnoredReason.DeliveryEvent => "delay",
                IgnoredReason.AutomaticReply or IgnoredReason.NullSender => "auto",
                _ => $"{signal.Kind} {signal.Ignored}",
            },
        };
        said.ShouldBe(Path.GetFileName(path).Split('.')[0]);
        if (message.Headers["X-Expect"] is { } address)
            signal.Address.ShouldBe(address);
    }

    [Fact]
    public void The_second_recipient_of_a_report_is_read_by_itself() =>
        Reader
            .Read(Fixture.Bytes("bounces-forms/dead.two-recipients.eml"), new(null, [], TimeProvider.System.GetUtcNow()))
            .Signals.Select(signal => (signal.Kind, signal.Address))
            .ShouldBe([(HardBounce, "a1@mx1.example"), (SoftBounce, "b2@mx1.example")]);

    [Theory]
    [InlineData(
        "We are sorry to say that a message of some days ago, which was sent from editor@elsewhere.example and meant for "
            + "anna@shop.example, met with this: 550 5.1.1 user unknown"
    )]
    [InlineData("Mail for anna@shop.example from editor@elsewhere.example: 550 5.1.1 user unknown")]
    public void An_address_behind_from_is_not_the_one_that_bounced(string says)
    {
        var mail = $"From: MAILER-DAEMON@mx.example\nSubject: Returned mail: see transcript\nReturn-Path: <>\n\n{says}\n";
        var signals = Reader.Read(System.Text.Encoding.ASCII.GetBytes(mail), new(null, [], TimeProvider.System.GetUtcNow())).Signals;
        signals.Select(signal => signal.Address).ShouldBe(["anna@shop.example"]);
    }
}
