using MaySend.Mail.Messages;

namespace MaySend.Mail.Tests.Messages;

public class StampingTests
{
    static StampDecision Decide(string header, string mailFrom = "shop@example.com") =>
        StampRules.Decide(Fixture.Parse($"From: shop@example.com\n{header}\nHello\n").Headers, mailFrom);

    [Fact]
    public void Ordinary_mail_is_stamped_even_over_fields_that_are_there() =>
        Decide("List-Unsubscribe: <http://old.example>\n").ShouldBe(StampDecision.Stamp);

    [Theory]
    [InlineData("")]
    [InlineData("<>")]
    public void A_report_is_left_alone(string mailFrom) => Decide("", mailFrom).ShouldBe(StampDecision.LeaveReport);

    [Theory]
    [InlineData("auto-replied", StampDecision.LeaveAutomatic)]
    [InlineData("auto-generated; owner=x", StampDecision.LeaveAutomatic)]
    [InlineData("no", StampDecision.Stamp)]
    [InlineData("No (by a person)", StampDecision.Stamp)]
    public void An_automatic_reply_is_left_alone(string value, StampDecision decision) =>
        Decide($"Auto-Submitted: {value}\n").ShouldBe(decision);

    [Theory]
    [InlineData("from:to:list-unsubscribe", StampDecision.SignedTooEarly)]
    [InlineData("From:To:List-Unsubscribe-Post:List-Unsubscribe-Post", StampDecision.SignedTooEarly)]
    [InlineData("From:To:Subject", StampDecision.Stamp)]
    public void Mail_signed_over_the_fields_is_not_changed_behind_its_signature(string signed, StampDecision decision) =>
        Decide($"DKIM-Signature: v=1; a=rsa-sha256; d=example.com; h={signed}; b=x\n").ShouldBe(decision);
}
