using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Fold;

public class RequestWidthTests
{
    static readonly KnownNames Known = new([
        new SenderDeclared("lantern-ltd")
        {
            Name = "Lantern Limited",
            Brands = NameSet.Of("Glow", "Ember"),
            Topics = NameSet.Of("Offers", "news"),
            RetiredTopics = NameSet.Of("fair"),
        },
        new SenderDeclared("wick-ltd") { Brands = NameSet.Of("Glow"), Topics = NameSet.Of("repairs") },
    ]);

    [Theory]
    [InlineData("lantern-ltd", "lantern-ltd")]
    [InlineData("Lantern-LTD", "lantern-ltd")]
    [InlineData("lantern limited", "lantern-ltd")]
    [InlineData("ember", "lantern-ltd")]
    [InlineData("GLOW", "lantern-ltd wick-ltd")]
    [InlineData("lantern-ltd.", "all")]
    [InlineData("lantern", "all")]
    [InlineData("ALL", "all")]
    [InlineData("*", "all")]
    [InlineData("lantern-ltd nobody-ltd", "all")]
    public void A_sender_is_known_by_id_name_or_brand_and_any_other_word_names_every_sender(string given, string reached) =>
        Settled(new(Senders: Set(given))).Senders!.ToString().ShouldBe(reached);

    [Theory]
    [InlineData("offers", "Offers")]
    [InlineData("NEWS offers", "Offers news")]
    [InlineData("fair", "fair")]
    [InlineData("repairs", "repairs")]
    [InlineData("offerts", "all")]
    [InlineData("offers marketing", "all")]
    [InlineData("Everything", "all")]
    public void A_topic_on_record_is_known_in_any_case_of_letters_also_retired_and_another_names_every_topic(
        string given,
        string reached
    ) => Settled(new(Topics: Set(given))).Topics!.ToString().ShouldBe(reached);

    [Fact]
    public void A_topic_of_another_sender_is_not_known_to_the_one_that_is_named() =>
        Settled(new(NameSet.Of("wick-ltd"), Topics: NameSet.Of("news"))).Topics.ShouldBe(NameSet.Everything);

    [Theory]
    [InlineData("Email", "email")]
    [InlineData("e-mail", "all")]
    [InlineData("sms pigeon", "all")]
    public void A_channel_is_known_in_any_case_of_letters_and_another_word_names_every_channel(string given, string reached) =>
        Settled(new(Channels: Set(given))).Channels!.ToString().ShouldBe(reached);

    [Fact]
    public void A_sender_or_a_brand_that_nobody_who_may_sign_vouches_for_makes_no_name_known()
    {
        var names = ControllerRecord
            .Of([
                new(new SenderDeclared("lantern-ltd") { Name = "Lantern Limited", Brands = NameSet.Of("Ember") }, BySigner: true),
                new(new SenderDeclared("wick-ltd") { Name = "Wick Ltd" }, BySigner: true),
                // A program that may record, and not sign.
                new(new SenderDeclared("lantern-shop") { Name = "Lantern Shop", Brands = NameSet.Of("Shop") }, BySigner: false),
                new(new SenderDeclared("wick-ltd") { Brands = NameSet.Of("Ember", "Spark") }, BySigner: false),
            ])
            .Names;
        foreach (var made in new[] { "lantern-shop", "Lantern Shop", "shop", "spark" })
            RequestWidth.Settle(new(Set(made.Replace(' ', '_'))), names).Senders.ShouldBe(NameSet.Everything, made);
        RequestWidth.Settle(new(NameSet.Of(["Lantern Shop"])), names).Senders.ShouldBe(NameSet.Everything);
        // The control: what is vouched for is understood, by id, by name and by brand.
        foreach (var known in new[] { "lantern-ltd", "Lantern Limited", "ember" })
            RequestWidth.Settle(new(NameSet.Of([known])), names).Senders.ShouldBe(NameSet.Of("lantern-ltd"), known);
        // A brand that anybody names still widens what is asked for under it.
        names.UnderTheSameBrands(NameSet.Of("lantern-ltd")).ShouldBe(["lantern-ltd", "wick-ltd"], ignoreOrder: true);
    }

    [Fact]
    public void What_is_not_named_or_is_named_empty_is_everything()
    {
        Settled(new()).ShouldBe(RequestScope.Everything);
        Settled(new(NameSet.None, NameSet.Of([]), NameSet.Of(["news"], isComplete: false))).ShouldBe(RequestScope.Everything);
    }

    [Fact]
    public void Each_word_that_is_not_understood_is_told_and_words_for_all_are_understood()
    {
        var told = new List<NotUnderstood>();
        RequestWidth.Settle(new(Set("lantern-ltd acme"), Set("all"), Set("news offerts *")), Known, told);
        told.Select(each => (each.Dimension, each.Name)).ShouldBe([("sender", "acme"), ("topic", "offerts")]);
    }

    [Fact]
    public void A_name_signed_later_does_not_narrow_a_request_that_was_settled_before()
    {
        var made = (RefusalMade)RequestWidth.Settled(Refusal("acme-ltd"), Known);
        made.Senders.ShouldBe(NameSet.Everything);
        made.Given!.Senders.ShouldBe(NameSet.Of("acme-ltd"));
        ((RefusalMade)RequestWidth.Settled(made, new([new SenderDeclared("acme-ltd")]))).ShouldBe(made);
        RequestWidth.AsGiven(made).ShouldBe(Refusal("acme-ltd"));
    }

    [Fact]
    public void A_withdrawal_and_a_no_at_collection_are_settled_like_any_other_request_and_keep_their_words()
    {
        var day = When.Of(new DateOnly(2026, 1, 5));
        var consent = (ConsentAnswered)
            RequestWidth.Settled(
                new ConsentAnswered(day, "form 1")
                {
                    To = NameSet.Of("lantern-ltd"),
                    Topics = NameSet.Of("shows"),
                    Withdrawn = day,
                },
                Known
            );
        (consent.Topics, consent.Stops!.Topics).ShouldBe((NameSet.Of("shows"), NameSet.Everything));
        (
            (DetailsCollected)RequestWidth.Settled(new DetailsCollected(day, "1") { ObtainedBy = "acme", Refused = true }, Known)
        ).Stops!.Senders.ShouldBe(NameSet.Everything);
    }

    static RefusalMade Refusal(string sender) => new(When.Of(new DateOnly(2026, 1, 5)), "letter 1") { Senders = NameSet.Of(sender) };

    static RequestScope Settled(RequestScope given) => RequestWidth.Settle(given, Known);

    /// <summary>Names separated by spaces, save those of the one name that has a space in it.</summary>
    static NameSet Set(string names) => NameSet.Of(names == "lantern limited" ? [names] : names.Split(' '));
}
