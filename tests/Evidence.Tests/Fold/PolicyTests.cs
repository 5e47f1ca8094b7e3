using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Provisions;

namespace MaySend.Evidence.Tests.Fold;

public class PolicyTests
{
    [Fact]
    public void The_policy_recorded_last_stands_even_where_its_id_was_used_before_that_of_another()
    {
        var record = new ControllerRecord([Set("ours", childrenToo: true), Set("new", childrenToo: true), Set("ours", childrenToo: false)]);
        record.Policy.Has("no-children").ShouldBeTrue();
        record.PolicySet!.Id.ShouldBe("ours");
        new ControllerRecord([Set("ours", childrenToo: false), Set("new", childrenToo: true)]).Policy.Digest.ShouldBe(
            HousePolicy.Default.Digest
        );
    }

    static PolicySet Set(string id, bool childrenToo) =>
        new(id, ImmutableDictionary<string, bool>.Empty.Add("no-children", !childrenToo), null);
}
