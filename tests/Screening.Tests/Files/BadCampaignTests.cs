namespace MaySend.Screening.Tests.Files;

public sealed class BadCampaignTests : IDisposable
{
    readonly AudienceBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("families: [lamps]", "campaign.yaml:7:", "`lamps` is not a family of the signed product map map-1")]
    [InlineData("-families", "campaign.yaml", "neither `families` nor `products`")]
    [InlineData("sender: other-ltd", "campaign.yaml:2:", "`other-ltd` is not a sender on record")]
    [InlineData("-sender", "campaign.yaml", "`sender` is missing")]
    [InlineData("channel: pigeon", "campaign.yaml:3:", "`pigeon` is not one of")]
    [InlineData("-channel", "campaign.yaml", "`channel` is missing")]
    [InlineData("template: letter", "campaign.yaml:5:", "`letter` is not a template on record")]
    [InlineData("channel: sms", "campaign.yaml:5:", "`newsletter` is not a template of lantern-ltd for sms")]
    [InlineData("day: 10 March", "campaign.yaml:4:", "10 March")]
    [InlineData("-day", "campaign.yaml", "`day` is missing")]
    [InlineData("-topics", "campaign.yaml", "`topics` is missing")]
    [InlineData("topics: [all]", "campaign.yaml:6:", "`all` does not say what the message is about")]
    [InlineData("topics: ['']", "campaign.yaml:6:", "`` does not say what the message is about")]
    [InlineData("profiling: perhaps", "campaign.yaml:10:", "perhaps")]
    public void A_bad_campaign_is_an_error_with_its_place(string change, string place, string text)
    {
        bench.Plan(change);
        var said = bench.SenderProblems().ShouldHaveSingleItem();
        said.ShouldStartWith(place);
        said.ShouldContain(text);
    }

    [Theory]
    [InlineData("2026-03-14..2026-03-10", "ends before it begins")]
    [InlineData("2026-03-10", "is not two days")]
    [InlineData("2026-03-10..", "is not two days")]
    [InlineData("10 March..14 March", "is not two days")]
    public void Days_that_are_none_are_an_error(string days, string text)
    {
        bench.Plan("-day");
        File.AppendAllText(Path.Combine(bench.Folder, "campaign.yaml"), $"days: {days}\n");
        var said = bench.SenderProblems().ShouldHaveSingleItem();
        said.ShouldStartWith("campaign.yaml:");
        said.ShouldContain(text);
    }

    [Fact]
    public void A_day_and_days_together_are_an_error()
    {
        bench.Plan("");
        File.AppendAllText(Path.Combine(bench.Folder, "campaign.yaml"), "days: 2026-03-10..2026-03-14\n");
        bench.SenderProblems().ShouldContain(said => said.Contains("`day` and `days` are both given", StringComparison.Ordinal));
    }

    [Fact]
    public void That_somebody_else_sends_the_message_needs_a_signature()
    {
        bench.Plan("");
        var path = Path.Combine(bench.Folder, "campaign.yaml");
        File.AppendAllText(path, "sent_or_instigated: no\n");
        bench.SenderProblems().ShouldHaveSingleItem().ShouldContain("nobody has signed that somebody else sends the message");
        File.AppendAllText(path, "signed: {by: officer, on: 2026-03-01, reason: a partner sends its own mail}\n");
        bench.SenderProblems().ShouldBeEmpty();
    }

    [Fact]
    public void A_campaign_without_a_template_permits_nobody()
    {
        bench.Plan("-template");
        bench.Screen().Only.Verdict.ShouldBe(Decisions.Verdict.NotShown);
    }

    [Fact]
    public void A_product_map_with_a_missing_column_is_an_error()
    {
        bench.Write("product-map.csv", "code,family\nC1,candles\n");
        bench.SenderProblems().ShouldContain("product-map.csv:1:1: the column `range` is missing");
    }
}
