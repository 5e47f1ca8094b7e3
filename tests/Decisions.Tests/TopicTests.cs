using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

/// <summary>What a campaign is about is understood as a request to stop is; where it is not, every request reaches it.</summary>
public class TopicTests
{
    static readonly ContactEntry[] Bought = [Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2))];

    static Campaign About(params string[] topics) => Shop.Spring with { Topics = [.. topics] };

    static Verdict Decide(Campaign campaign, params ContactEntry[] more) => Shop.Decide([.. Bought, .. more], campaign).Verdict;

    static RefusalMade Stop(string topic) => Shop.OptOut(Shop.On(2025, 12, 1)) with { Topics = NameSet.Of(topic) };

    [Theory]
    [InlineData("homeware")]
    [InlineData("HomeWare")]
    [InlineData(" homeware ")]
    public void A_campaign_names_a_topic_in_any_case_of_letters_and_only_requests_about_it_reach_it(string topic)
    {
        Decide(About(topic)).ShouldBe(Verdict.Permitted);
        Decide(About(topic), Stop("homeware")).ShouldBe(Verdict.Refused);
        Decide(About(topic), Stop("account")).ShouldBe(Verdict.Permitted);
        Decide(About("account", topic), Stop("account")).ShouldBe(Verdict.Refused);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("all")]
    [InlineData("*")]
    [InlineData("homeware\u200b")]
    [InlineData("home-wear")]
    public void A_campaign_of_which_nobody_knows_what_it_is_about_is_reached_by_every_request(string topic)
    {
        foreach (var campaign in new[] { About(topic), About("homeware", topic) })
        {
            Decide(campaign).ShouldBe(Verdict.Permitted);
            Decide(campaign, Stop("account")).ShouldBe(Verdict.Refused);
            Decide(campaign, Stop("account") with { Channels = NameSet.Of("sms") }).ShouldBe(Verdict.Permitted);
        }
    }

    [Fact]
    public void A_consent_names_topics_in_any_case_of_letters_and_one_topic_shows_nothing_of_a_message_about_who_knows_what()
    {
        Verdict Consenting(Campaign campaign, NameSet topics) =>
            Shop.Decide([Shop.InBritain, Shop.DoubleOptIn(Shop.On(2026, 2, 1)) with { Topics = topics }], campaign).Verdict;
        Consenting(About("homeware"), NameSet.Of("HOMEWARE")).ShouldBe(Verdict.Permitted);
        Consenting(About("HOMEWARE"), NameSet.Of("homeware")).ShouldBe(Verdict.Permitted);
        Consenting(About("Homeware"), NameSet.Of("account")).ShouldNotBe(Verdict.Permitted);
        Consenting(About("homeware", "who knows"), NameSet.Of("homeware")).ShouldNotBe(Verdict.Permitted);
    }

    [Fact]
    public void Where_a_sender_lists_no_topics_those_of_a_campaign_are_what_they_are()
    {
        ControllerEntry[] unlisted = [.. Shop.Entries.Select(entry => entry is SenderDeclared said ? said with { Topics = null } : entry)];
        var consent = Shop.DoubleOptIn(Shop.On(2026, 2, 1)) with { Topics = NameSet.Of("spring") };
        Shop.Decide([Shop.InBritain, consent], About("spring"), unlisted).Verdict.ShouldBe(Verdict.Permitted);
        Shop.Decide([.. Bought, Stop("anything")], About("spring"), unlisted).Verdict.ShouldBe(Verdict.Refused);
    }

    [Fact]
    public void A_settled_request_about_a_topic_that_is_called_otherwise_now_reaches_every_message()
    {
        IEnumerable<ControllerEntry> With(NameSet topics, NameSet? retired = null) =>
            Shop.Entries.Select(entry =>
                entry is SenderDeclared { Id: Shop.Name } said ? said with { Topics = topics, RetiredTopics = retired } : entry
            );
        var before = new ControllerRecord(With(NameSet.Of("offers", "homeware"))).Names;
        var request = (RefusalMade)RequestWidth.Settled(Stop("offers"), before);
        request.Topics.ShouldBe(NameSet.Of("offers"));
        Verdict Now(NameSet topics, NameSet? retired = null, params ContactEntry[] more) =>
            Shop.Decide([.. Bought, request, .. more], Shop.Spring, With(topics, retired)).Verdict;
        Now(NameSet.Of("offers", "homeware")).ShouldBe(Verdict.Permitted);
        Now(NameSet.Of("homeware"), NameSet.Of("offers")).ShouldBe(Verdict.Permitted, "nothing is written about it any more");
        Now(NameSet.Of("deals", "homeware")).ShouldBe(Verdict.Refused, "nobody can tell what became of it");
        ContactEntry cameBack = Shop.DoubleOptIn(Shop.On(2026, 1, 5)) with
        {
            Topics = NameSet.Of("offers"),
            ServedHere = true,
            To = NameSet.Everything,
            Channels = NameSet.Everything,
        };
        Verdict Later(NameSet topics) => Shop.Decide([.. Bought, Everywhere(request), cameBack], Shop.Spring, With(topics)).Verdict;
        Later(NameSet.Of("deals", "homeware")).ShouldBe(Verdict.Permitted, "the person took all of it back");

        static RefusalMade Everywhere(RefusalMade made) => made with { Senders = NameSet.Everything, Channels = NameSet.Everything };
    }

    [Fact]
    public void A_topic_that_somebody_calls_all_does_not_narrow_the_word_for_everything()
    {
        var known = new KnownNames([new SenderDeclared("lantern-ltd") { Topics = NameSet.Of("all", "news") }]);
        RequestWidth.Settle(new(Topics: NameSet.Of("ALL")), known).Topics.ShouldBe(NameSet.Everything);
    }
}
