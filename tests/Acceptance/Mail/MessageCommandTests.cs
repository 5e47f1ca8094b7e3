using MaySend.Acceptance.Stores;

namespace MaySend.Acceptance.Mail;

/// <summary><c>maysend message check</c> for a campaign: what it fills in for whoever signs the template.</summary>
public sealed class MessageCommandTests
{
    const string Header =
        "From: Lantern <news@lantern.example>\r\nTo: anna@example.com\r\nSubject: Candles\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: text/html; charset=utf-8\r\n\r\n";

    [Fact]
    public async Task It_names_what_the_signed_version_overstates_and_writes_a_version_that_the_sender_can_complete()
    {
        using var shell = new Shell();
        shell.WriteShop();
        shell.Write("spring.eml", Header + "<p>Candles!</p><p>Lantern Ltd, 1 Quay Street, Bristol BS1 4DJ</p>");
        var overstated = await shell.RunAsync("message check spring.eml --campaign shop/campaigns/spring.yaml");
        overstated.Status.ShouldBe(1, overstated.Said);
        overstated.Output.ShouldContain("template newsletter of campaign spring on 2026-03-10: newsletter@1\n");
        overstated.Output.ShouldContain("fault    refusalOffered: on record yes, shown no");

        var yaml = overstated.Output[overstated.Output.IndexOf("templates:\n", StringComparison.Ordinal)..];
        yaml.ShouldContain("refusal_offered: no ");
        yaml.ShouldContain("# states_right_to_object:");
        shell.Write("shop/templates.yaml", yaml);
        var again = await shell.RunAsync("message check spring.eml --campaign spring --sender shop --json");
        again.Output.ShouldContain("\"version\": \"newsletter@2026-03-10\"");
        again.Output.ShouldContain("\"isOverstated\": false");
        again.Output.ShouldContain("\"isSigned\": false");
    }

    [Fact]
    public async Task Whose_campaign_it_is_must_be_known_and_a_mail_says_nothing_of_text_messages()
    {
        using var shell = new Shell();
        shell.WriteShop();
        shell.Write("spring.eml", Header + "<p>Candles!</p>");
        var unknown = await shell.RunAsync("message check spring.eml --campaign spring");
        unknown.Status.ShouldBe(65, unknown.Said);
        unknown.Said.ShouldContain("--sender FOLDER");
        var campaign = string.Join(
            '\n',
            File.ReadLines(shell["shop/campaigns/spring.yaml"]).Where(line => !line.StartsWith("template:", StringComparison.Ordinal))
        );
        shell.Write(
            "shop/campaigns/texts.yaml",
            campaign.Replace("channel: email", "channel: sms").Replace("campaign: spring", "campaign: texts")
        );
        var texts = await shell.RunAsync("message check spring.eml --campaign texts --sender shop");
        texts.Status.ShouldBe(65, texts.Said);
        texts.Said.ShouldContain("goes out by sms");
    }
}
