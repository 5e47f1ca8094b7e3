using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;

namespace MaySend.Evidence.Tests.Fold;

public class DeliverabilityTests
{
    static readonly When Monday = When.Of(new DateOnly(2026, 3, 2));
    static readonly When Friday = When.Of(new DateOnly(2026, 3, 6));
    static readonly When Unknown = When.Of(DateOnly.MinValue);

    [Fact]
    public void Nothing_on_record_and_a_passing_failure_say_nothing()
    {
        Deliverability.Of([]).Word.ShouldBe("unknown");
        Deliverability.Of([new AddressFailed(Monday, "b1", IsPermanent: false) { Class = "4.2.2" }]).Word.ShouldBe("unknown");
    }

    [Fact]
    public void A_failure_for_good_stands_with_its_day_and_class()
    {
        var found = Deliverability.Of([Hard(Monday, "5.1.1")]);
        (found.Word, found.Since, found.Class).ShouldBe(("no", Monday.Day, "5.1.1"));
        found.Says.ShouldBe("mail came back for good on 2 Mar 2026: 5.1.1");
        Deliverability.Of([Hard(Unknown, null)]).Says.ShouldBe("mail came back for good");
    }

    [Fact]
    public void Only_an_act_from_the_address_itself_and_surely_later_ends_it()
    {
        Deliverability.Of([Hard(Monday, null), Confirmed(Friday)]).Word.ShouldBe("yes");
        Deliverability.Of([Confirmed(Friday), Hard(Monday, null)]).Word.ShouldBe("yes", "the order of recording is not that of happening");
        Deliverability.Of([Hard(Friday, null), Confirmed(Monday)]).Word.ShouldBe("no");
        Deliverability.Of([Hard(Monday, null), Confirmed(Monday)]).Word.ShouldBe("no", "of one day nobody knows which came first");
        Deliverability.Of([Hard(Monday, null), new ConsentAnswered(Friday, "typed by a clerk")]).Word.ShouldBe("no");
        Deliverability
            .Of([Hard(Monday, null), new MessageSent(Friday, "s1", "lantern-ltd", "email", IsMarketing: true)])
            .Word.ShouldBe("no", "sending there shows nothing");
    }

    [Fact]
    public void The_last_of_several_failures_is_told()
    {
        Deliverability.Of([Hard(Friday, "5.2.1"), Hard(Monday, "5.1.1")]).Class.ShouldBe("5.2.1");
        Deliverability.Of([Hard(Monday, null), Confirmed(Friday), Hard(When.Of(new DateOnly(2026, 3, 9)), "5.1.1")]).Word.ShouldBe("no");
    }

    static AddressFailed Hard(When when, string? what) => new(when, $"bounce {when}", IsPermanent: true) { Class = what };

    static ConsentAnswered Confirmed(When when) => new(when, $"consent {when}") { Confirmed = when };
}
