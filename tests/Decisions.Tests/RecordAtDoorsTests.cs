using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;

namespace MaySend.Decisions.Tests;

/// <summary>What doors ask of a record beside a verdict, and what somebody without the right to sign may change of it.</summary>
public class RecordAtDoorsTests
{
    static readonly DomainRefused Rule = new("firm.example") { On = new DateOnly(2025, 1, 2), How = "letter" };

    static ControllerRecord Record(params ControllerEntry[] more) => new([.. Shop.Entries, .. more]);

    static ControllerRecord ByHelper(params ControllerEntry[] more) =>
        ControllerRecord.Of(
            Shop.Entries.Select((entry, at) => new OnRecord(entry, BySigner: true, at + 1))
                .Concat(more.Select((entry, at) => new OnRecord(entry, BySigner: false, 100 + at)))
        );

    [Theory]
    [InlineData("ben@firm.example", true)]
    [InlineData("ben@mail.firm.example", true)]
    [InlineData("", true)]
    [InlineData("ben@example.com", false)]
    public void An_address_of_a_refused_domain_and_one_that_cannot_be_told_may_be_refused(string address, bool mayBe)
    {
        Record(Rule).MayBeOfARefusedDomain(address).ShouldBe(mayBe);
        Record().MayBeOfARefusedDomain(address).ShouldBeFalse();
    }

    [Fact]
    public void A_record_without_a_statement_vouches_for_the_rest()
    {
        var without = Record().Without(StatementKind.RefusalsComplete);
        without.Statement(Shop.Name, StatementKind.RefusalsComplete, Shop.Day).ShouldBeNull();
        without.Statement(Shop.Name, StatementKind.SendsComplete, Shop.Day).ShouldNotBeNull();
        Decide(without, Shop.Order(Shop.On(2025, 5, 2))).ShouldNotBe(Verdict.Permitted);
        Decide(Record(), Shop.Order(Shop.On(2025, 5, 2))).ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public void A_campaign_is_found_by_its_name_and_by_its_digest_and_no_other_is()
    {
        var record = Record(
            new CampaignRegistered("one", Shop.Spring),
            new CampaignRegistered("two", Shop.Spring with { Id = "summer", Topics = ["account"] })
        );
        record.Campaign("spring-2026").ShouldBe(Shop.Spring);
        record.Campaign(Shop.Spring.Digest.ToString()).ShouldBe(Shop.Spring);
        record.Campaign("summer").ShouldNotBeNull().Topics.ShouldBe(["account"]);
        record.Campaign("autumn").ShouldBeNull();
    }

    [Theory]
    [InlineData(null, "2026-02-01", false)]
    [InlineData("2026-06-01", "2026-02-01", false)]
    [InlineData("2026-06-01", "2026-05-01", true)]
    [InlineData("2026-02-01", "2026-05-01", false)]
    [InlineData(null, "2026-05-01", true)]
    public void An_assessment_ends_when_anybody_ends_it_and_no_later(string? signed, string helper, bool stands)
    {
        static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var record = ControllerRecord.Of([
            .. Shop.Entries.Where(entry => entry is not AssessmentRecorded).Select(entry => new OnRecord(entry, BySigner: true)),
            new OnRecord(Shop.Assessment with { EndedOn = Day(signed) }, BySigner: true, 90),
            new OnRecord(Shop.Assessment with { EndedOn = Day(helper), Signature = null }, BySigner: false, 91),
        ]);
        (Decide(record, Shop.Order(Shop.On(2025, 5, 2))) == Verdict.Permitted).ShouldBe(stands);
        var again = ControllerRecord.Of([
            .. Shop.Entries.Where(entry => entry is not AssessmentRecorded).Select(entry => new OnRecord(entry, BySigner: true)),
            new OnRecord(Shop.Assessment with { EndedOn = Day(signed) }, BySigner: true, 90),
            new OnRecord(Shop.Assessment with { EndedOn = Day(helper), Signature = null }, BySigner: false, 91),
            new OnRecord(Shop.Assessment with { Signature = null }, BySigner: false, 92),
        ]);
        (Decide(again, Shop.Order(Shop.On(2025, 5, 2))) == Verdict.Permitted).ShouldBe(stands, "nor revives it who may not sign");
        record.Assessments.Single().EndedOn.ShouldBe(Day(signed) is { } first && first < Day(helper) ? first : Day(helper));
    }

    [Fact]
    public void A_policy_of_somebody_who_may_not_sign_makes_stricter_and_never_looser()
    {
        var on = new PolicySet("p", HouseSwitches(("no-children", true), ("low-confidence", false))) { Signature = Shop.Signed };
        var policy = ByHelper(on with { Signature = null }).PolicyOn(Shop.Day).On.Select(one => one.Name).ToList();
        policy.ShouldContain("no-children");
        policy.ShouldContain("low-confidence");
        Record(on).PolicyOn(Shop.Day).On.Select(one => one.Name).ShouldNotContain("low-confidence");
    }

    [Fact]
    public void What_nobody_signed_waits_beside_what_stands()
    {
        ByHelper().Unsigned.ShouldBeEmpty();
        var (entry, signed) = ByHelper(Shop.Assessment with { Title = "again", Signature = null }).Unsigned.ShouldHaveSingleItem();
        ((AssessmentRecorded)entry).Title.ShouldBe("again");
        signed.ShouldBe(Shop.Assessment);
    }

    [Fact]
    public void What_would_be_signed_counts_as_signed_where_somebody_asks_beforehand()
    {
        var ended = Record().Without(StatementKind.RefusalsComplete);
        var statement = (StatementSigned)Shop.Entries.Single(entry => entry is StatementSigned { Says: StatementKind.RefusalsComplete });
        var supposed = ended.With(statement);
        Decide(supposed, Shop.Order(Shop.On(2025, 5, 2))).ShouldBe(Verdict.Permitted);
        supposed.Seq.ShouldBe(ended.Seq + 1);
    }

    [Fact]
    public void What_a_request_names_is_what_was_given_also_once_it_is_settled()
    {
        var given = Shop.OptOut(Shop.On(2025, 6, 1)) with { Topics = NameSet.Of("an unknown topic") };
        var settled = RequestWidth.Settled(given, Record().Names);
        ((RefusalMade)settled).Topics.ShouldBe(NameSet.Everything);
        RequestWidth.GivenIn(settled).ShouldBe(RequestWidth.GivenIn(given));
        RequestWidth.AsGiven(settled).ShouldBe(given);
        var no = Shop.DoubleOptIn(Shop.On(2025, 6, 1)) with { Act = "declined" };
        RequestWidth.NamedIn(no).ShouldNotBeNull().Topics.ShouldBe(NameSet.Of("homeware"));
        RequestWidth.NamedIn(Shop.DoubleOptIn(Shop.On(2025, 6, 1))).ShouldBeNull();
    }

    [Fact]
    public void A_campaign_about_everything_is_reached_by_every_request_though_a_sender_lists_that_as_a_topic()
    {
        ControllerEntry[] lists =
        [
            .. Shop.Entries.Select(entry =>
                entry is SenderDeclared { Id: Shop.Name } sender ? sender with { Topics = NameSet.Of("homeware", "all") } : entry
            ),
        ];
        var stop = Shop.OptOut(Shop.On(2025, 6, 1)) with { Topics = NameSet.Of("homeware") };
        Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2)), stop], Shop.Spring with { Topics = ["all"] }, lists)
            .Verdict.ShouldBe(Verdict.Refused);
    }

    [Fact]
    public void The_ticks_that_are_left_of_a_row_stop_as_they_did_in_it()
    {
        var form = new CollectionPointVersion("boxes@1", "boxes")
        {
            From = new DateOnly(2025, 1, 1),
            Shown = Shop.Box,
            Boxes = [new Box("no", BoxKind.OptOut) { TickedByDefault = false }],
            Signature = Shop.Signed,
        };
        var row = Shop.Order(Shop.On(2025, 6, 1), "row 3", refused: null) with { Point = "boxes", ConsentTicked = true };
        TickedBoxes.WereTicked(row).ShouldBeTrue();
        TickedBoxes.WereTicked(row with { ConsentTicked = false }).ShouldBeFalse();
        TickedBoxes.WereTicked(row with { ConsentTicked = null }).ShouldBeFalse();
        var left = TickedBoxes.OnlyTicks(row);
        Decide(Record(form), Shop.Order(Shop.On(2025, 5, 2)), left).ShouldBe(Verdict.Refused);
        TickedBoxes.OnlyTicks(left).Id.ShouldBe(left.Id);
    }

    static System.Collections.Immutable.ImmutableDictionary<string, bool> HouseSwitches(params (string Name, bool On)[] switches) =>
        System.Collections.Immutable.ImmutableDictionary.CreateRange(switches.Select(one => KeyValuePair.Create(one.Name, one.On)));

    static Verdict Decide(ControllerRecord record, params ContactEntry[] entries) =>
        Asking.Decide(Shop.Decider, record, Shop.Spring, [Shop.InBritain, .. entries], "anna@example.com", Shop.Day).Verdict;
}
