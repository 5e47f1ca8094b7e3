using MaySend.Mail.Messages;

namespace MaySend.Mail.Tests.Messages;

public class RealMailTests
{
    public static TheoryData<string> Newsletters => [.. Fixture.Files("newsletters")];

    [Theory]
    [MemberData(nameof(Newsletters))]
    public void Every_real_message_can_be_checked(string path)
    {
        var check = MessageCheck.Of(Fixture.Message(path));
        check.Findings.ShouldAllBe(finding => finding.Says.Length > 0 && finding.Cite.Length > 0 && finding.Place.Length > 0);
        check.RefusalOffered.ShouldBe(
            !check.Findings.Any(f => f.Code is MailFindingCode.OptOutLinkMissing or MailFindingCode.OptOutLinkHidden)
        );
    }

    [Theory]
    [InlineData("action.eff.org")]
    [InlineData("ibm_enews_de")]
    [InlineData("infoworld")]
    [InlineData("linuxplanet")]
    [InlineData("lp.org")]
    [InlineData("media_unspun")]
    [InlineData("mlist_mailman_message")]
    [InlineData("neat_net_tricks")]
    [InlineData("netcenter-direct_de")]
    [InlineData("networkworld")]
    [InlineData("oracle_net_techblast")]
    [InlineData("ryanairmail.com")]
    [InlineData("sf.net")]
    [InlineData("winxpnews.com")]
    public void The_refusal_a_real_newsletter_offers_is_found(string file) =>
        MessageCheck.Of(Fixture.Message("newsletters/welcomelists/" + file)).RefusalOffered.ShouldBeTrue();

    [Theory]
    [InlineData("amazon_co_uk_ship")]
    [InlineData("orbitz.com")]
    [InlineData("paypal.com")]
    [InlineData("netsol_renewal")]
    [InlineData("register.com_password")]
    public void No_refusal_is_invented_for_a_real_message_without_one(string file) =>
        MessageCheck.Of(Fixture.Message("newsletters/welcomelists/" + file)).RefusalOffered.ShouldBeFalse();

    [Theory]
    [InlineData("media_unspun")]
    [InlineData("winxpnews.com")]
    public void The_tracking_pixel_of_a_real_newsletter_is_found(string file) =>
        MessageCheck.Of(Fixture.Message("newsletters/welcomelists/" + file)).Tracking.ShouldBeTrue();
}
