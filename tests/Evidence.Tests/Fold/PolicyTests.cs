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
        var record = new ControllerRecord([Set("ours", childrenToo: true), Set("new", childrenToo: true), Set("ours", childrenToo: false)]);
        record.PolicyOn(Day).Has("no-children").ShouldBeTrue();
        record.PolicySetOn(Day)!.Id.ShouldBe("ours");
        new ControllerRecord([Set("ours", childrenToo: false), Set("new", childrenToo: true)])
            .PolicyOn(Day)
            .Digest.ShouldBe(HousePolicy.Default.Digest);
    }

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
