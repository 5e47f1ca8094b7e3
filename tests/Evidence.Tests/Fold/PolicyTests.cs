using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Provisions;

namespace MaySend.Evidence.Tests.Fold;

public class PolicyTests
{
    static readonly DateOnly Day = new(2026, 3, 10);
    static readonly Signature Signed = new("officer", new DateOnly(2026, 1, 5), "agreed");

    [Fact]
    public void The_policy_signed_last_stands_even_where_its_id_was_used_before_that_of_another()
    {
        var later = Signed with { On = Signed.On.AddDays(1) };
        var record = new ControllerRecord([
            Set("ours", childrenToo: false),
            Set("new", childrenToo: false),
            Set("ours", childrenToo: true) with
            {
                Signature = later,
            },
        ]);
        record.PolicyOn(Day).Digest.ShouldBe(HousePolicy.Default.Digest);
        record.PoliciesOn(Day).ShouldHaveSingleItem().Id.ShouldBe("ours");
        record.PolicyOn(Signed.On).Has("no-children").ShouldBeTrue("on the day before, those of that day stood");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_two_policies_signed_on_one_day_both_apply_whichever_was_recorded_first(bool isStrictFirst)
    {
        PolicySet[] both = [Set("ours", childrenToo: false), Loose("new")];
        var policy = new ControllerRecord(isStrictFirst ? both : both.Reverse()).PolicyOn(Day);
        policy.Has("no-children").ShouldBeTrue();
        policy.Has("two-keys").ShouldBeTrue("`ours` leaves it as it is, which is on");
        new ControllerRecord([Loose("new"), Loose("ours")]).PolicyOn(Day).Has("two-keys").ShouldBeFalse("both switch it off");
    }

    [Fact]
    public void A_policy_of_the_same_id_and_day_corrects_the_one_before_and_nothing_else()
    {
        var corrected = new ControllerRecord([Set("ours", childrenToo: false), Set("ours", childrenToo: true)]);
        corrected.PolicyOn(Day).Has("no-children").ShouldBeFalse();
        corrected.PoliciesOn(Day).Length.ShouldBe(1);
        new ControllerRecord([Set("ours", childrenToo: false), Set("new", childrenToo: false), Set("ours", childrenToo: true)])
            .PolicyOn(Day)
            .Has("no-children")
            .ShouldBeTrue("the other one still says it");
    }

    static PolicySet Loose(string id) => new(id, ImmutableDictionary<string, bool>.Empty.Add("two-keys", false), Signed);

    [Fact]
    public void A_policy_that_nobody_signed_can_make_house_policy_stricter_and_never_looser()
    {
        var loose = new PolicySet("policy", ImmutableDictionary<string, bool>.Empty.Add("two-keys", false).Add("no-children", true));
        var policy = new ControllerRecord([loose]).PolicyOn(Day);
        policy.Has("two-keys").ShouldBeTrue();
        policy.Has("no-children").ShouldBeTrue();
    }

    [Fact]
    public void A_policy_signed_after_the_day_that_is_asked_about_does_not_reach_back()
    {
        var loose = new PolicySet(
            "policy",
            ImmutableDictionary<string, bool>.Empty.Add("two-keys", false),
            Signed with
            {
                On = Day.AddDays(1),
            }
        );
        var record = new ControllerRecord([loose]);
        record.PolicyOn(Day).Has("two-keys").ShouldBeTrue();
        record.PolicyOn(Day.AddDays(1)).Has("two-keys").ShouldBeFalse();
    }

    static PolicySet Set(string id, bool childrenToo) =>
        new(id, ImmutableDictionary<string, bool>.Empty.Add("no-children", !childrenToo), Signed);
}
