using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Fold;

/// <summary>Which later acts of the person free something of what a request to stop reaches, as doors tell it.</summary>
public class FreeingTests
{
    static readonly KnownNames Names = new([new SenderDeclared("quill") { Topics = NameSet.Of("books", "events") }]);

    static readonly RefusalMade Stop = (RefusalMade)
        RequestWidth.Settled(
            new RefusalMade(On(6), "stop 1")
            {
                Senders = NameSet.Of("quill"),
                Channels = NameSet.Of("email"),
                Topics = NameSet.Of("books"),
            },
            Names
        );

    static When On(int month) => When.Of(new DateTimeOffset(2025, month, 1, 12, 0, 0, TimeSpan.Zero));

    static ConsentAnswered Act(int month) =>
        new(On(month), $"in {month}")
        {
            To = NameSet.Of("quill"),
            Channels = NameSet.Of("email"),
            Topics = NameSet.Of("books"),
            Act = "unticked-box",
            ServedHere = true,
        };

    static void ShouldFree(ConsentAnswered act, bool frees)
    {
        RefusalFacts.Freeing(Stop, [Stop, act]).Count.ShouldBe(frees ? 1 : 0);
        RefusalFacts.Standing([Stop, act], Names).Count.ShouldBe(frees ? 0 : 1);
    }

    [Fact]
    public void A_later_act_served_here_that_names_all_of_it_frees_it()
    {
        ShouldFree(Act(7), true);
        ShouldFree(Act(7) with { Channels = NameSet.Everything, To = NameSet.Everything, Topics = NameSet.Everything }, true);
    }

    [Fact]
    public void Anything_less_frees_nothing()
    {
        ShouldFree(Act(5), false);
        ShouldFree(Act(7) with { ServedHere = false }, false);
        ShouldFree(Act(7) with { Act = "pre-ticked" }, false);
        RefusalFacts.Freeing(Stop, [Stop, Act(7) with { Withdrawn = On(8) }]).ShouldBeEmpty();
        ShouldFree(Act(7) with { To = NameSet.Of("another") }, false);
        ShouldFree(Act(7) with { To = null }, false);
        ShouldFree(Act(7) with { Channels = NameSet.Of("sms") }, false);
        ShouldFree(Act(7) with { Channels = null }, false);
        ShouldFree(Act(7) with { Topics = NameSet.Of("events") }, false);
        ShouldFree(Act(7) with { Topics = null }, false);
    }

    [Fact]
    public void An_act_that_frees_a_part_is_told_and_what_is_left_stands()
    {
        var wide = Stop with { Topics = NameSet.Of("books", "events") };
        RefusalFacts.Freeing(wide, [wide, Act(7)]).Count.ShouldBe(1);
        RefusalFacts.Standing([wide, Act(7)], Names).Count.ShouldBe(1);
    }

    [Fact]
    public void The_earliest_act_comes_first() =>
        RefusalFacts.Freeing(Stop, [Act(9), Stop, Act(7)]).Select(act => act.Id).ShouldBe(["in 7", "in 9"]);
}
