using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

/// <summary>Small things that, read a little otherwise, would show more than there is: each was found by changing the code.</summary>
public class NoMoreThanShownTests
{
    static readonly DetailsCollected Bought = Shop.Order(Shop.On(2025, 5, 2));

    static Verdict Decide(params ContactEntry[] entries) => Shop.Decide([Shop.InBritain, .. entries]).Verdict;

    static Verdict With(IEnumerable<ControllerEntry> controller, Campaign campaign, params ContactEntry[] entries) =>
        Shop.Decide([Shop.InBritain, .. entries], campaign, controller).Verdict;

    [Fact]
    public void A_yes_that_names_no_sender_or_channel_makes_up_for_no_earlier_no()
    {
        var no = Shop.DoubleOptIn(Shop.On(2025, 4, 1), "no") with { Act = "declined", Confirmed = null };
        var yes = Shop.DoubleOptIn(Shop.On(2025, 6, 1), "yes");
        Decide(Bought, no).ShouldNotBe(Verdict.Permitted);
        Decide(Bought, no, yes).ShouldBe(Verdict.Permitted);
        Decide(Bought, no, yes with { To = null }).ShouldNotBe(Verdict.Permitted);
        Decide(Bought, no, yes with { Channels = null }).ShouldNotBe(Verdict.Permitted);
        bool InVain(ConsentAnswered after) =>
            new FactFinder(new ControllerRecord(Shop.Entries), Shop.Spring, Shop.Decider.Days)
                .Find([Shop.InBritain, Bought, no, after], null)
                .Collections[0][Collection.ConsentAskedNotGiven] == Collection.ConsentAskedNotGiven.Of(true);
        InVain(yes).ShouldBeFalse();
        InVain(yes with { To = null }).ShouldBeTrue();
        InVain(yes with { Channels = null }).ShouldBeTrue();
    }

    [Fact]
    public void What_a_message_is_needed_for_is_not_shown_where_it_promotes_something()
    {
        NameSet? NeededFor(Campaign campaign) =>
            CampaignFactFinder.Find(new ControllerRecord(Shop.Entries), campaign).Message[Message.NeededFor].Set;
        var service = Shop.Spring with { Purpose = "service", Judged = Shop.Signed, NeededFor = ["contract"], Families = [] };
        NeededFor(service).ShouldBe(NameSet.Of("contract"));
        NeededFor(service with { Families = ["candles"] }).ShouldBeNull();
        NeededFor(service with { Judged = null }).ShouldBeNull();
    }

    [Fact]
    public void A_cancellation_that_names_nobody_cancels_the_order_of_its_number()
    {
        var cancelled = Bought with { Context = "cancelled-sale", When = Shop.On(2025, 5, 3), ObtainedBy = null };
        Decide(Bought).ShouldBe(Verdict.Permitted);
        Decide(Bought, cancelled).ShouldNotBe(Verdict.Permitted);
        Decide(Bought, cancelled with { ObtainedBy = "another-ltd" }).ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public void A_judgement_until_a_day_shows_nothing_on_that_day()
    {
        var adult = new FactJudged(Shop.On(2025, 6, 1), "judged", "collection.lawful", "yes", "officer", "seen") { RecordId = "order 1" };
        ControllerEntry[] controller =
        [
            .. Shop.Entries.Select(entry =>
                entry is CollectionPointVersion { Point: "checkout" } form ? form with { Shown = form.Shown with { Lawful = null } } : entry
            ),
        ];
        bool Shows(DateOnly until) =>
            new FactFinder(new ControllerRecord(controller), Shop.Spring, Shop.Decider.Days)
                .Find([Shop.InBritain, Bought, adult with { Until = until }], null)
                .Collections[0][Collection.Lawful]
                .IsRecorded;
        Shows(Shop.Day.AddDays(1)).ShouldBeTrue();
        Shows(Shop.Day).ShouldBeFalse();
    }

    [Fact]
    public void A_failed_assessment_counts_against_the_goods_of_a_campaign_that_names_products()
    {
        var failed = Shop.Assessment with
        {
            Id = "LIA-2",
            BalancingTest = false,
            Families = NameSet.Of("candles"),
            Signature = Shop.Signed with { On = new DateOnly(2025, 2, 1) },
        };
        var goods = Shop.Spring with { Products = ["C1"], Families = [] };
        With(Shop.Entries, goods, Bought).ShouldBe(Verdict.Permitted);
        With([.. Shop.Entries, failed], goods, Bought).ShouldNotBe(Verdict.Permitted);
        With([.. Shop.Entries, failed with { Families = NameSet.Of("mugs") }], goods, Bought).ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public void What_is_left_of_an_assessment_is_no_more_than_it_was_about()
    {
        var older = Shop.Assessment with { Countries = NameSet.Of("gb", "ie") };
        var failed = Shop.Assessment with
        {
            Id = "LIA-2",
            BalancingTest = false,
            Countries = NameSet.Of("ie"),
            Signature = Shop.Signed with { On = new DateOnly(2025, 2, 1) },
        };
        var record = new ControllerRecord([.. Shop.Entries.Where(entry => entry is not AssessmentRecorded), older, failed]);
        CampaignFactFinder
            .Find(record, Shop.Spring)
            .Assessments.Single(sheet => sheet.Id == "LIA-1")[Assessment.Countries]
            .Set.ShouldBe(NameSet.Of("gb"));
    }

    [Theory]
    [InlineData("email", "homeware", true)]
    [InlineData("email sms", "homeware", false)]
    [InlineData("email", "homeware account", false)]
    [InlineData("email", "all", false)]
    [InlineData("all", "homeware", false)]
    public void A_sign_up_of_which_only_the_form_is_known_is_for_no_more_than_its_box(string channels, string topics, bool isShown)
    {
        static NameSet Set(string names) => names == "all" ? NameSet.Everything : NameSet.Of(names.Split(' '));
        var form = new CollectionPointVersion("news@1", "news")
        {
            From = new DateOnly(2025, 1, 1),
            Shown = Shop.Box,
            Wording = "News",
            Boxes = [Shop.News with { Senders = NameSet.Of(Shop.Name), Wording = "" }],
            Signature = Shop.Signed,
        };
        var signedUp = new ConsentAnswered(Shop.On(2025, 6, 1), "sign-up")
        {
            SignedUp = true,
            Point = "news",
            Channels = Set(channels),
            Topics = Set(topics),
        };
        (With([.. Shop.Entries, form], Shop.Spring, signedUp) == Verdict.Permitted).ShouldBe(isShown);
    }

    [Fact]
    public void A_row_that_speaks_for_itself_is_not_believed_against_a_form_that_may_have_been_in_use()
    {
        var change = new DateOnly(2025, 5, 2);
        var order = Bought with { When = When.Of(new DateTimeOffset(2025, 5, 2, 0, 30, 0, TimeSpan.FromHours(2))), Shown = Shop.Box };
        CollectionPointVersion Form(bool offered, DateOnly from) =>
            new("checkout@1", "checkout")
            {
                From = from,
                Shown = Shop.Box with { RefusalOffered = offered },
                Signature = Shop.Signed,
            };
        IEnumerable<ControllerEntry> rest = Shop.Entries.Where(entry => entry is not CollectionPointVersion);
        With([.. rest, Form(false, change)], Shop.Spring, order).ShouldNotBe(Verdict.Permitted);
        With([.. rest, Form(true, new(2025, 1, 1))], Shop.Spring, order).ShouldBe(Verdict.Permitted);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(null, true, false)]
    [InlineData(true, null, false)]
    public void That_a_no_at_the_form_is_in_the_register_is_said_by_both_versions(bool? before, bool? after, bool isShown)
    {
        var change = new DateOnly(2025, 5, 2);
        CollectionPointVersion Form(string id, bool? register) =>
            new(id, "checkout")
            {
                From = id == "checkout@1" ? new DateOnly(2025, 1, 5) : change,
                Until = id == "checkout@1" ? change : null,
                Shown = Shop.Box with { RefusalsInRegister = register },
                Signature = Shop.Signed,
            };
        var order = Bought with { When = When.Of(new DateTimeOffset(2025, 5, 2, 0, 30, 0, TimeSpan.FromHours(2))), Refused = null };
        IEnumerable<ControllerEntry> rest = Shop.Entries.Where(entry => entry is not CollectionPointVersion);
        (With([.. rest, Form("checkout@1", before), Form("checkout@2", after)], Shop.Spring, order) == Verdict.Permitted).ShouldBe(isShown);
    }

    [Theory]
    [InlineData("2025-08-01", null, true)]
    [InlineData("2025-09-01", null, false)]
    [InlineData("2025-07-01", "2025-07-15", false)]
    [InlineData("2025-07-01", null, true)]
    public void A_template_in_whose_use_there_is_a_gap_shows_nothing_of_the_messages_in_it(string next, string? until, bool isShown)
    {
        static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var template = (TemplateVersion)Shop.Entries.Single(entry => entry is TemplateVersion);
        ControllerEntry[] controller =
        [
            .. Shop.Entries.Where(entry => entry != template),
            template with
            {
                Until = new DateOnly(2025, 8, 1),
            },
            template with
            {
                Id = "newsletter@2",
                From = Day(next)!.Value,
                Until = Day(until),
            },
            template with
            {
                Id = "newsletter@3",
                From = new DateOnly(2025, 12, 1),
            },
        ];
        var facts = new FactFinder(new ControllerRecord(controller), Shop.Spring, Shop.Decider.Days).Find([Shop.InBritain, Bought], null);
        facts.Recipient[Recipient.EarlierMessagesOfferedRefusal].IsRecorded.ShouldBe(isShown);
    }

    [Fact]
    public void An_act_that_is_none_frees_nothing_of_a_request_about_a_topic_that_is_gone()
    {
        var lost = Shop.OptOut(Shop.On(2025, 6, 1)) with
        {
            Topics = NameSet.Of("garden"),
            Given = new(NameSet.Of(Shop.Name), NameSet.Of("email"), NameSet.Of("garden")),
        };
        var act = Shop.DoubleOptIn(Shop.On(2025, 7, 1)) with { Topics = NameSet.Of("garden"), ServedHere = true };
        Decide(Bought, lost).ShouldBe(Verdict.Refused);
        Decide(Bought, lost, act with { ServedHere = false }).ShouldBe(Verdict.Refused);
        Decide(Bought, lost, act).ShouldBe(Verdict.Permitted);
    }

    [Theory]
    [InlineData("all", "any")]
    [InlineData("*", "everything")]
    [InlineData("homeware", "all")]
    [InlineData("account", "something nobody knows")]
    public void Two_words_for_everything_are_everything(string one, string other) =>
        Decide(Bought, Shop.OptOut(Shop.On(2025, 6, 1)) with { Topics = NameSet.Of(one, other) }).ShouldBe(Verdict.Refused);

    [Fact]
    public void A_licence_that_somebody_names_who_may_not_sign_is_not_shown()
    {
        FactSheet Sender(bool bySigner, bool answer = true) =>
            CampaignFactFinder
                .Find(
                    ControllerRecord.Of([
                        new OnRecord(new SenderDeclared(Shop.Name) { AuthorisedForPensions = answer, StatutoryCharity = answer }, bySigner),
                    ]),
                    Shop.Spring
                )
                .Sender;
        Sender(bySigner: true)[Law.Facts.Sender.AuthorisedForPensions].IsRecorded.ShouldBeTrue();
        Sender(bySigner: false)[Law.Facts.Sender.AuthorisedForPensions].IsRecorded.ShouldBeFalse();
        Sender(bySigner: false)[Law.Facts.Sender.StatutoryCharity].IsRecorded.ShouldBeFalse();
        Sender(bySigner: false, answer: false)[Law.Facts.Sender.AuthorisedForPensions]
            .ShouldBe(Law.Facts.Sender.AuthorisedForPensions.Of(false));
    }

    [Fact]
    public void A_statement_does_not_come_back_by_an_earlier_end_of_another()
    {
        static StatementSigned Of(string id, DateOnly since, DateOnly signed, DateOnly? until) =>
            new(id, Shop.Name, StatementKind.SendsComplete)
            {
                Answer = true,
                Since = since,
                Until = until,
                Signature = Shop.Signed with { On = signed },
            };
        var record = new ControllerRecord([
            Of("last", new(2024, 1, 1), new(2025, 9, 1), new(2026, 3, 1)),
            Of("middle", new(2024, 1, 1), new(2025, 8, 1), new(2026, 1, 1)),
            Of("first", new(2026, 2, 1), new(2025, 7, 1), null),
        ]);
        record.Statement(Shop.Name, StatementKind.SendsComplete, Shop.Day).ShouldBeNull();
    }

    [Fact]
    public void A_box_is_the_one_of_its_very_id_where_another_differs_only_in_capitals()
    {
        ControllerEntry[] Forms(BoxKind small) =>
            [
                .. Shop.Entries,
                new CollectionPointVersion("boxes@1", "boxes")
                {
                    From = new DateOnly(2025, 1, 1),
                    Shown = Shop.Box with { RefusalOffered = null },
                    Boxes =
                    [
                        new Box("Mail", small == BoxKind.OptOut ? BoxKind.OptIn : BoxKind.OptOut) { TickedByDefault = false },
                        new Box("mail", small) { TickedByDefault = false },
                    ],
                    Signature = Shop.Signed,
                },
            ];
        var order = Bought with
        {
            Point = "boxes",
            Refused = null,
            Boxes = ImmutableSortedDictionary.Create<string, bool>(StringComparer.Ordinal).Add("mail", true),
        };
        With(Forms(BoxKind.OptOut), Shop.Spring, order).ShouldBe(Verdict.Refused);
        With(Forms(BoxKind.OptIn), Shop.Spring, order).ShouldNotBe(Verdict.Refused);
        DetailsCollected Ticked(string id) =>
            order with
            {
                Boxes = ImmutableSortedDictionary.Create<string, bool>(StringComparer.Ordinal).Add(id, true),
            };
        bool IsYes(string id, string channel) => new FactFinder(
                new ControllerRecord([
                    .. Shop.Entries,
                    new CollectionPointVersion("boxes@1", "boxes")
                    {
                        From = new DateOnly(2025, 1, 1),
                        Shown = Shop.Box,
                        Boxes =
                        [
                            new Box("Mail", BoxKind.OptIn) { TickedByDefault = false, Channels = NameSet.Of("email") },
                            new Box("mail", BoxKind.OptIn) { TickedByDefault = false, Channels = NameSet.Of("sms") },
                        ],
                        Signature = Shop.Signed,
                    },
                ]),
                Shop.Spring,
                Shop.Decider.Days
            ).Find([Shop.InBritain, Ticked(id)], null).Consents.Any(consent => consent[Consent.Channels].Set?.Has(channel) == true);
        IsYes("mail", "sms").ShouldBeTrue();
        IsYes("mail", "email").ShouldBeFalse();
        IsYes("Mail", "email").ShouldBeTrue();
    }
}
