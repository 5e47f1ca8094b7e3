using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

/// <summary>What a record shows about a person, and for which time a statement vouches.</summary>
public class RecordTests
{
    static readonly DetailsCollected Bought = Shop.Order(Shop.On(2025, 5, 2));

    static Verdict Decide(IEnumerable<ContactEntry> entries, Func<ControllerEntry, ControllerEntry>? change = null) =>
        Shop.Decide(entries, controller: change is null ? null : Shop.Entries.Select(change)).Verdict;

    static ConsentAnswered German(When answered, When? confirmed) => Shop.DoubleOptIn(answered) with { Confirmed = confirmed };

    [Theory]
    [InlineData("2025-07-01T12:00:00+02:00", "2025-07-01T12:05:00+02:00", true)]
    [InlineData("2025-07-01T12:00:00+02:00", "2025-07-01T11:05:00+02:00", false)]
    [InlineData("2025-07-01T12:00:00+02:00", "2025-07-01T12:00:00+02:00", false)]
    [InlineData("2025-07-01T12:00:00+02:00", "2019-01-01T12:05:00+02:00", false)]
    [InlineData("2025-07-01T12:00:00+02:00", "2025-07-01T12:05:00+03:00", false)]
    [InlineData("2025-07-01", "2025-07-01", false)]
    [InlineData("2025-07-01", "2025-07-02", true)]
    [InlineData("2025-07-01", "2025-07-02T00:30:00+12:00", false)]
    public void A_confirmation_is_surely_later_than_what_it_confirms_or_confirms_nothing(string answered, string confirmed, bool confirms)
    {
        var inGermany = Shop.InBritain with { Countries = NameSet.Of("de") };
        var verdict = Decide([inGermany, German(Time(answered), Time(confirmed))]);
        verdict.ShouldBe(confirms ? Verdict.Permitted : Verdict.NotShown);

        static When Time(string text) => When.TryParse(text, null, out var when) ? when : throw new ArgumentException(text);
    }

    [Fact]
    public void A_known_child_is_not_mailed_on_a_general_statement_that_nothing_is_offered_to_children()
    {
        Decide([Shop.InBritain, Bought]).ShouldBe(Verdict.Permitted);
        Decide([Shop.InBritain with { Minor = true }, Bought]).ShouldBe(Verdict.NotShown);
        Decide([Shop.InBritain, Bought, Answer(age: 10)]).ShouldBe(Verdict.NotShown);
        Decide([Shop.InBritain, Bought, Answer(age: 17)]).ShouldBe(Verdict.Permitted, "eighteen by now");
        Decide([Shop.InBritain, Answer(age: 10) with { Channels = NameSet.Of("email") }]).ShouldBe(Verdict.NotShown);

        static ConsentAnswered Answer(int age) =>
            Shop.DoubleOptIn(Shop.On(2025, 2, 1)) with
            {
                Age = age,
                Channels = NameSet.Of("sms"),
                Confirmed = null,
            };
    }

    [Fact]
    public void A_customer_of_somebody_else_is_no_customer_of_this_sender()
    {
        // A company's mailbox needs no soft opt-in, so that the assessment alone decides.
        var company = Shop.InBritain with
        {
            Subscriber = "corporate",
            RegisterNumber = "0123",
            AddressKind = "named",
            PersonalData = true,
        };
        Decide([company, Bought]).ShouldBe(Verdict.Permitted);
        Decide([company, Bought with { ObtainedBy = "other-ltd" }]).ShouldBe(Verdict.NotShown);
        Decide([company, Bought with { ObtainedBy = "other-ltd", Audience = "customers" }]).ShouldBe(Verdict.NotShown);
        Decide([company, Bought with { From = "third-party" }]).ShouldBe(Verdict.NotShown);
        Decide([company, Bought with { ObtainedBy = null }]).ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void A_consent_to_all_names_no_sender() =>
        Decide([Shop.InBritain, Shop.DoubleOptIn(Shop.On(2025, 4, 1)) with { To = NameSet.Everything }]).ShouldBe(Verdict.NotShown);

    [Fact]
    public void A_product_mapped_twice_to_different_things_is_not_mapped()
    {
        Decide([Shop.InBritain, Bought], entry => Mapped(entry, new MappedProduct("C1", "candles", "homeware")))
            .ShouldBe(Verdict.Permitted);
        Decide([Shop.InBritain, Bought], entry => Mapped(entry, new MappedProduct("c1", "jewellery", "accessories")))
            .ShouldBe(Verdict.NotShown);

        static ControllerEntry Mapped(ControllerEntry entry, MappedProduct product) =>
            entry is ProductMapSigned map ? map with { Products = map.Products.Add(product) } : entry;
    }

    [Theory]
    [InlineData(StatementKind.MarketingOnlyThroughTemplates)]
    [InlineData(StatementKind.RefusalsComplete)]
    public void A_statement_without_an_answer_is_neither_yes_nor_no(StatementKind kind) =>
        Decide([Shop.InBritain, Bought], entry => Changed(entry, kind, statement => statement with { Answer = null }))
            .ShouldBe(Verdict.NotShown);

    [Fact]
    public void That_all_marketing_went_through_templates_is_vouched_for_from_its_day_on()
    {
        Since(Bought.When.Day).ShouldBe(Verdict.Permitted);
        Since(Bought.When.Day.AddDays(1)).ShouldBe(Verdict.NotShown);
        Since(Shop.Day).ShouldBe(Verdict.NotShown);

        static Verdict Since(DateOnly day) =>
            Decide(
                [Shop.InBritain, Bought],
                entry => Changed(entry, StatementKind.MarketingOnlyThroughTemplates, statement => statement with { Since = day })
            );
    }

    [Fact]
    public void That_every_message_is_on_record_must_hold_for_the_thirty_days_of_the_cap()
    {
        Since(Shop.Day.AddDays(-29)).ShouldBe(Verdict.Permitted);
        Since(Shop.Day.AddDays(-28)).ShouldBe(Verdict.NotShown);

        static Verdict Since(DateOnly day) =>
            Decide(
                [Shop.InBritain, Bought],
                entry =>
                    entry is AssessmentRecorded assessment
                        ? assessment with
                        {
                            MessagesIn30Days = 3,
                        }
                        : Changed(entry, StatementKind.SendsComplete, statement => statement with { Since = day })
            );
    }

    [Fact]
    public void A_message_that_is_about_to_go_counts_towards_the_cap_once_and_until_it_did_not_go()
    {
        var day = Shop.On(Shop.Day.Year, Shop.Day.Month, Shop.Day.Day);
        var intended = new SendIntended(day, "m-0", Shop.Name, "email");
        var sent = new MessageSent(day, "m-0", Shop.Name, "email", IsMarketing: true) { Template = "newsletter" };
        Capped(1).ShouldBe(Verdict.Permitted);
        Capped(1, intended).ShouldNotBe(Verdict.Permitted);
        Capped(2, intended).ShouldBe(Verdict.Permitted);
        Capped(2, intended, sent).ShouldBe(Verdict.Permitted);
        Capped(2, intended, sent, intended with { Id = "m-1" }).ShouldNotBe(Verdict.Permitted);
        Capped(1, intended, new SendAbandoned(day, "over", "m-0", "next-hop")).ShouldBe(Verdict.Permitted);
        Capped(1, intended, sent, new SendAbandoned(day, "over", "m-0", "tried-again")).ShouldNotBe(Verdict.Permitted);
        Capped(1, intended with { Sender = "somebody-else" }).ShouldBe(Verdict.Permitted);
        Capped(1, intended with { When = Shop.On(2026, 1, 5) }).ShouldBe(Verdict.Permitted);

        static Verdict Capped(int cap, params ContactEntry[] more) =>
            Decide(
                [Shop.InBritain, Bought, .. more],
                entry => entry is AssessmentRecorded assessment ? assessment with { MessagesIn30Days = cap } : entry
            );
    }

    [Fact]
    public void A_gap_between_the_versions_of_a_template_leaves_open_what_went_out_in_it()
    {
        Next(new DateOnly(2025, 9, 1)).ShouldBe(Verdict.Permitted);
        Next(new DateOnly(2025, 11, 1)).ShouldBe(Verdict.NotShown);

        static Verdict Next(DateOnly from)
        {
            var template = Shop.Entries.OfType<TemplateVersion>().Single();
            return Shop.Decide(
                [Shop.InBritain, Bought],
                controller:
                [
                    .. Shop.Entries.Where(entry => entry is not TemplateVersion),
                    template with
                    {
                        Until = new DateOnly(2025, 9, 1),
                    },
                    template with
                    {
                        Id = "newsletter@2",
                        From = from,
                    },
                ]
            ).Verdict;
        }
    }

    [Theory]
    [InlineData("email", Verdict.Permitted)]
    [InlineData("post", Verdict.NotShown)]
    [InlineData("live-call", Verdict.NotShown)]
    [InlineData("online-advert", Verdict.NotShown)]
    public void Only_electronic_mail_keeps_a_sale_alive_in_Ireland(string channel, Verdict verdict)
    {
        var inIreland = Shop.InBritain with { Countries = NameSet.Of("ie") };
        var message = new MessageSent(Shop.On(2025, 12, 1), "message", Shop.Name, channel, IsMarketing: true) { Template = "newsletter" };
        var later = Shop.Spring with { Day = new DateOnly(2026, 6, 1) };
        Shop.Decide([inIreland, Bought, message], later).Verdict.ShouldBe(verdict);
    }

    static ControllerEntry Changed(ControllerEntry entry, StatementKind kind, Func<StatementSigned, StatementSigned> change) =>
        entry is StatementSigned statement && statement.Says == kind ? change(statement) : entry;
}
