using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

/// <summary>Whoever signs that an interest does not outweigh has answered what an older assessment says of the same people.</summary>
public class FailedAssessmentTests
{
    static readonly DateOnly Later = new(2025, 6, 5);

    static AssessmentRecorded Failed(DateOnly? on = null) =>
        Shop.Assessment with
        {
            Id = "LIA-2",
            BalancingTest = false,
            Signature = Shop.Signed with { On = on ?? Later },
        };

    static Verdict Decide(params AssessmentRecorded[] more) =>
        Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2))], controller: [.. Shop.Entries, .. more]).Verdict;

    [Fact]
    public void An_older_one_under_another_id_no_longer_permits()
    {
        Decide().ShouldBe(Verdict.Permitted);
        Decide(Failed()).ShouldNotBe(Verdict.Permitted);
        Decide(Failed() with { BalancingTest = true, NecessityTest = false }).ShouldNotBe(Verdict.Permitted);
        Decide(Failed() with { BalancingTest = true, PurposeTest = false }).ShouldNotBe(Verdict.Permitted);
        Decide(Failed(Shop.Signed.On)).ShouldNotBe(Verdict.Permitted, "of one day the stricter");
        Decide(Failed() with { Channels = NameSet.Of(), Audiences = NameSet.Of(), Families = NameSet.Of() })
            .ShouldNotBe(Verdict.Permitted, "what it leaves blank it is about as a whole");
    }

    [Fact]
    public void It_stands_where_the_failed_one_is_older_unsigned_ended_signed_later_or_passed_since()
    {
        Decide(Failed(Shop.Signed.On.AddDays(-1))).ShouldBe(Verdict.Permitted);
        Decide(Failed() with { Signature = null }).ShouldBe(Verdict.Permitted);
        Decide(Failed() with { EndedOn = new DateOnly(2026, 1, 1) }).ShouldBe(Verdict.Permitted);
        Decide(Failed(Shop.Day.AddDays(1))).ShouldBe(Verdict.Permitted);
        Decide(Failed() with { BalancingTest = null }).ShouldBe(Verdict.Permitted, "an open test is no answer");
        var anew = Shop.Assessment with { Id = "LIA-3", Signature = Shop.Signed with { On = Later.AddDays(1) } };
        Decide(Failed(), anew).ShouldBe(Verdict.Permitted);
    }

    [Fact]
    public void It_stands_for_what_the_failed_one_is_not_about()
    {
        Decide(Failed() with { Channels = NameSet.Of("sms") }).ShouldBe(Verdict.Permitted);
        Decide(Failed() with { Families = NameSet.Of("tents") }).ShouldBe(Verdict.Permitted);
        Decide(Failed() with { Families = NameSet.Of("candles", "tents") }).ShouldNotBe(Verdict.Permitted);
        Decide(Failed() with { Sender = "another-ltd" }).ShouldBe(Verdict.Permitted);
        Decide(Failed() with { Sender = "Lantern Ltd" }).ShouldNotBe(Verdict.Permitted);
        Decide(Failed() with { Audiences = NameSet.Of("prospects") }).ShouldBe(Verdict.Permitted);
        Decide(Failed() with { Audiences = NameSet.Of("prospects", "customers") }).ShouldNotBe(Verdict.Permitted);
        Decide(Failed() with { Countries = NameSet.Of("de") }).ShouldBe(Verdict.Permitted);
        Decide(Failed() with { Countries = NameSet.Of("de", "gb") }).ShouldNotBe(Verdict.Permitted);
        Decide(Failed() with { CoversProfiling = true }).ShouldBe(Verdict.Permitted, "the profiling was weighed, which is not done");
        Decide(Failed() with { CoversChildren = true }).ShouldBe(Verdict.Permitted);
    }

    [Theory]
    [InlineData(4, 4, false)]
    [InlineData(4, 2, false)]
    [InlineData(4, 8, true)]
    [InlineData(4, null, false)]
    [InlineData(null, 8, false)]
    public void One_for_fewer_messages_was_not_answered_by_a_failed_one_for_more(int? older, int? failed, bool stands)
    {
        ControllerEntry[] entries =
        [
            .. Shop.Entries.Select(entry => entry is AssessmentRecorded said ? said with { MessagesIn30Days = older } : entry),
            Failed() with
            {
                MessagesIn30Days = failed,
            },
        ];
        (Shop.Decide([Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2))], controller: entries).Verdict == Verdict.Permitted).ShouldBe(stands);
    }

    [Fact]
    public void It_is_named_where_it_answers_some_of_an_older_one_and_nowhere_else()
    {
        IReadOnlyList<string> Named(AssessmentRecorded failed) =>
            FailedAssessments.Answering(new ControllerRecord([.. Shop.Entries, failed]), Shop.Assessment, Shop.Day);
        Named(Failed()).ShouldBe(["LIA-2"]);
        Named(Failed() with { Families = NameSet.Of("candles", "tents"), Countries = NameSet.Of("de", "gb") }).ShouldBe(["LIA-2"]);
        Named(Failed() with { Channels = NameSet.Of("sms") }).ShouldBeEmpty();
        Named(Failed() with { Families = NameSet.Of("tents") }).ShouldBe(["LIA-2"], "the older one is about every family");
        Named(Failed() with { Audiences = NameSet.Of("prospects") }).ShouldBeEmpty();
        Named(Failed() with { EndedOn = Shop.Day }).ShouldBeEmpty();
        Named(Failed(Shop.Signed.On.AddDays(-1))).ShouldBeEmpty();
        Named(Failed(Shop.Day.AddDays(1))).ShouldBeEmpty();
    }

    [Fact]
    public void Who_may_not_sign_ends_no_failed_one()
    {
        var ended = Failed() with { Signature = null, EndedOn = new DateOnly(2025, 7, 1) };
        var record = ControllerRecord.Of([
            .. Shop.Entries.Append(Failed()).Select(entry => new OnRecord(entry, BySigner: true)),
            new OnRecord(ended, BySigner: false),
        ]);
        CampaignFactFinder
            .Find(record, Shop.Spring)
            .Assessments.Single(sheet => sheet.Id == "LIA-1")[Law.Facts.Assessment.Stands]
            .ShouldBe(Law.Facts.Assessment.Stands.Of("no"));
    }
}
