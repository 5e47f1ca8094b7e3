using MaySend.Evidence.Entries;
using MaySend.Law.Provisions;

namespace MaySend.Server.Api.Controller;

/// <summary><c>/v1/policy</c>: switches of house policy, each of which can only make a verdict stricter.</summary>
static class Policy
{
    public static void MapPolicy(this WebApplication app) =>
        app.MapControllerResource<PolicySet>(
            "policy",
            (each, mistakes) =>
            {
                foreach (var name in each.Switches.Keys.Where(name => !HousePolicy.IsSwitch(name)))
                    mistakes.Add(
                        $"switches.{name}",
                        "is not a switch of the house policy",
                        $"one of {string.Join(", ", HousePolicy.Switches.Select(s => s.Name))}"
                    );
            }
        );
}
