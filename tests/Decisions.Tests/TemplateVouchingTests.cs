using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

/// <summary>What a template vouches for: messages of its own sender and channel, and a refusal only where the way was good.</summary>
public class TemplateVouchingTests
{
    static readonly DetailsCollected Order = Shop.Order(Shop.On(2025, 5, 2));
    static readonly MessageSent Sent = new(Shop.On(2025, 8, 1), "letter", Shop.Name, "email", IsMarketing: true)
    {
        Template = "newsletter",
    };

    /// <summary>The shop whose newsletter was another until the end of 2025.</summary>
    static IEnumerable<ControllerEntry> Earlier(Func<TemplateVersion, TemplateVersion> change) =>
        Shop.Entries.SelectMany(entry =>
            entry is TemplateVersion now
                ? (IEnumerable<ControllerEntry>)
                    [
                        now with
                        {
                            Id = "newsletter@2",
                            From = new DateOnly(2026, 1, 1),
                        },
                        change(now with { Until = new DateOnly(2026, 1, 1) }),
                    ]
                : [entry]
        );

    static Verdict Decide(IEnumerable<ControllerEntry> shop, params ContactEntry[] entries) =>
        Shop.Decide([Shop.InBritain, .. entries], controller: shop).Verdict;

    [Fact]
    public void An_earlier_template_whose_way_out_was_dead_partial_or_of_another_medium_offered_no_refusal()
    {
        Decide(Earlier(each => each), Order, Sent).ShouldBe(Verdict.Permitted);
        Decide(Earlier(each => each with { RefusalWorks = true, RefusalScope = "everything", RefusalMedium = "same" }), Order, Sent)
            .ShouldBe(Verdict.Permitted);
        foreach (
            var bad in (Func<TemplateVersion, TemplateVersion>[])
                [
                    each => each with { RefusalWorks = false },
                    each => each with { RefusalScope = "one-list" },
                    each => each with { RefusalMedium = "another" },
                ]
        )
        {
            Decide(Earlier(bad), Order, Sent).ShouldBe(Verdict.NotShown);
            Decide(Earlier(bad), Order).ShouldBe(Verdict.NotShown, "the sender states that all of its marketing went through templates");
            Decide(Earlier(bad), Shop.Order(Shop.On(2026, 2, 1))).ShouldBe(Verdict.Permitted, "the details were given later");
        }
    }

    [Fact]
    public void A_dead_way_out_that_nobody_signed_contradicts_too()
    {
        var dead = Shop.Entries.OfType<TemplateVersion>().Single() with { Id = "old@1", Template = "old", RefusalWorks = false };
        Decide(Shop.Entries.Append(dead with { Signature = null }), Order).ShouldBe(Verdict.NotShown);
        Decide(Shop.Entries.Append(dead with { Signature = null, RefusalWorks = true }), Order).ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public void A_message_with_a_dead_way_out_keeps_no_irish_permission_alive()
    {
        var inIreland = Shop.InBritain with { Countries = NameSet.Of("ie") };
        Collection(each => each).ShouldBe(Sent.When.Day);
        Collection(each => each with { RefusalWorks = false }).ShouldBe(Order.When.Day);
        Collection(each => each with { RefusalMedium = "another" }).ShouldBe(Order.When.Day);

        DateOnly Collection(Func<TemplateVersion, TemplateVersion> change) =>
            new Evidence.Fold.FactFinder(new Evidence.Fold.ControllerRecord(Earlier(change)), Shop.Spring, Shop.Decider.Days)
                .Find([inIreland, Order, Sent], null)
                .Collections[0][Law.Facts.Collection.LastTouch]
                .Day;
    }

    [Fact]
    public void A_template_of_another_sender_or_channel_vouches_for_nothing()
    {
        Decide(Shop.Entries, Order).ShouldBe(Verdict.Permitted);
        Decide(Changed(each => each with { Sender = "another-ltd" }), Order).ShouldBe(Verdict.NotShown);
        Decide(Changed(each => each with { Channel = "sms" }), Order).ShouldBe(Verdict.NotShown);

        static IEnumerable<ControllerEntry> Changed(Func<TemplateVersion, TemplateVersion> change) =>
            Shop.Entries.Select(entry => entry is TemplateVersion template ? change(template) : entry);
    }

    [Fact]
    public void Nor_for_a_message_that_went_out_before()
    {
        var others = Shop.Entries.OfType<TemplateVersion>().Single() with { Id = "theirs@1", Template = "theirs", Sender = "another-ltd" };
        Decide(Shop.Entries.Append(others), Order, Sent).ShouldBe(Verdict.Permitted);
        Decide(Shop.Entries.Append(others), Order, Sent with { Template = "theirs" }).ShouldBe(Verdict.NotShown);
        Decide(Shop.Entries, Order, Sent with { Channel = "sms" }).ShouldBe(Verdict.NotShown, "a newsletter is no text message");
    }

    [Fact]
    public void A_name_for_a_channel_is_the_channel_it_is_in_law()
    {
        var chat = Shop.Entries.OfType<TemplateVersion>().Single() with { Id = "chat@1", Template = "chat", Channel = "whatsapp" };
        var campaign = Shop.Spring with { Channel = "direct-message", Template = "chat" };
        Evidence
            .Fold.CampaignFactFinder.Find(new Evidence.Fold.ControllerRecord(Shop.Entries.Append(chat)), campaign)
            .Message[Message.RefusalOffered]
            .ShouldBe(Message.RefusalOffered.Of("yes"));
    }
}
