using System.Net;
using MaySend.Console.Access;
using MaySend.Console.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

public sealed class CampaignTests(Site site)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_campaign_is_described_in_a_form_that_says_how_many_it_may_go_to_before_anything_is_recorded()
    {
        var page = await site.SignInAsync(Role.Marketer);
        await page.GotoAsync("/console/campaigns/write?change=spring-2026");
        var permitted = await page.Locator(".counts .permitted dd").InnerTextAsync();
        permitted.ShouldNotBe("0");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("spring-again");
        await page.GetByLabel("How it goes out").SelectOptionAsync("sms");
        await Assertions.Expect(page.Locator("#count")).ToContainTextAsync("Nobody on record can be reached", new() { Timeout = 15_000 });
        (await site.Services.GetRequiredService<CampaignDesk>().FindAsync("spring-again")).ShouldBeNull("it was only counted");
        await page.GetByLabel("How it goes out").SelectOptionAsync("email");
        await Assertions.Expect(page.Locator(".counts .permitted dd")).ToHaveTextAsync(permitted, new() { Timeout = 15_000 });
        await Looks.GoodAsync(page, "campaign-writing");
        await page.SetViewportSizeAsync(360, 800);
        await Looks.GoodAsync(page, "campaign-writing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Record the campaign" }).ClickAsync();
        await Assertions.Expect(page.Locator(".alert.good")).ToContainTextAsync("spring-again is on record");
        var campaigns = site.Services.GetRequiredService<CampaignDesk>();
        var (old, described) = (await campaigns.FindAsync("spring-2026"), await campaigns.FindAsync("spring-again"));
        described.ShouldNotBeNull();
        (described with { Id = old!.Id }).Digest.ShouldBe(old.Digest, "the form keeps all that a campaign says");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_campaign_is_said_at_once_and_a_name_in_use_is_not_overwritten()
    {
        using var marketer = await Visitor.SignInAsync(site.Url, Role.Marketer);
        var wrong = await SaidAsync(
            await marketer.PostAsync("/console/campaigns/write", "write-campaign", new("id", "Spring!"), new("day", "soon"))
        );
        foreach (
            var said in new[]
            {
                "small letters",
                "not a day",
                "Choose the sender",
                "Choose how it goes out",
                "Name what it is about",
                "product families",
            }
        )
            wrong.ShouldContain(said);
        var known = (await site.Services.GetRequiredService<CampaignDesk>().FindAsync("spring-2026"))!;
        var taken = await SaidAsync(await marketer.PostAsync("/console/campaigns/write", "write-campaign", Fields(known, "spring-2026")));
        taken.ShouldContain("A campaign with this name already exists");
        (await site.Services.GetRequiredService<CampaignDesk>().FindAsync("spring-2026"))!.Digest.ShouldBe(known.Digest);
    }

    [Theory]
    [InlineData("more-topics", "all")]
    [InlineData("more-topics", "parcels, ALL")]
    [InlineData("products", "All")]
    [InlineData("families", "all")]
    [InlineData("topics", "all")]
    [InlineData("hours", "all")]
    public async Task The_word_all_is_a_mistake_in_a_campaign_and_no_name_left_out(string field, string typed)
    {
        var known = (await site.Services.GetRequiredService<CampaignDesk>().FindAsync("spring-2026"))!;
        using var marketer = await Visitor.SignInAsync(site.Url, Role.Marketer);
        var said = await SaidAsync(
            await marketer.PostAsync("/console/campaigns/write", "write-campaign", [.. Fields(known, "about-all"), new(field, typed)])
        );
        said.ShouldContain("`all`");
        (await site.Services.GetRequiredService<CampaignDesk>().FindAsync("about-all")).ShouldBeNull();
    }

    [Fact]
    public async Task That_a_message_is_no_marketing_takes_somebody_who_may_sign()
    {
        var known = (await site.Services.GetRequiredService<CampaignDesk>().FindAsync("spring-2026"))!;
        KeyValuePair<string, string>[] service =
        [
            .. Fields(known, "parcel-news"),
            new("purpose", "service"),
            new("judged", "it says where the parcel is"),
        ];
        using var marketer = await Visitor.SignInAsync(site.Url, Role.Marketer);
        (await SaidAsync(await marketer.PostAsync("/console/campaigns/write", "write-campaign", service))).ShouldContain(
            "a data protection officer may make"
        );
        (await site.Services.GetRequiredService<CampaignDesk>().FindAsync("parcel-news")).ShouldBeNull();
        using var officer = await Visitor.SignInAsync(site.Url, Role.DataProtectionOfficer);
        (await officer.PostAsync("/console/campaigns/write", "write-campaign", service)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var recorded = (await site.Services.GetRequiredService<CampaignDesk>().FindAsync("parcel-news"))!;
        (recorded.Purpose, recorded.Judged!.By).ShouldBe(("service", Role.DataProtectionOfficer));
    }

    [Fact]
    public void Every_remedy_leads_to_a_page()
    {
        // Only the person can sign up; on which page, the sender decides.
        foreach (var kind in Enum.GetValues<RemedyKind>())
            RemedyPages.Of(kind).ShouldNotBeNull(kind.ToString());
    }

    [Fact]
    public async Task Every_channel_that_senders_name_can_be_chosen()
    {
        using var visitor = await Visitor.SignInAsync(site.Url, Role.Marketer);
        var page = await visitor.Http.GetStringAsync("/console/campaigns/write", Stop);
        foreach (var channel in Words.Channels.Concat(ChannelNames.All.Select(one => one.Name)))
            page.ShouldContain($"<option value=\"{channel}\"");
    }

    static KeyValuePair<string, string>[] Fields(Campaign like, string id) =>
        [
            new("id", id),
            new("sender", like.Sender),
            new("channel", "email"),
            new("day", "2027-02-01"),
            new("more-topics", "parcels"),
            .. like.Families.Select(family => new KeyValuePair<string, string>("families", family)),
        ];

    static async Task<string> SaidAsync(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
}
