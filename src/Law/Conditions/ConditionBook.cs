using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MaySend.Law.Conditions;

/// <summary>The closed list of conditions that law files may name.</summary>
public static class ConditionBook
{
    /// <summary>Every condition, grouped by scope.</summary>
    public static readonly ImmutableArray<Condition> All =
    [
        .. MessageConditions.List, .. SenderConditions.List, .. RecipientConditions.List, .. CollectionConditions.List,
        .. ConsentConditions.List, .. RefusalConditions.List, .. AssessmentConditions.List, .. CheckConditions.List,
    ];

    static readonly FrozenDictionary<string, Condition> ByName = All.ToFrozenDictionary(condition => condition.Name, StringComparer.Ordinal);

    /// <summary>Finds a condition by name.</summary>
    public static Condition? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The names nearest to a misspelt one, for a help line.</summary>
    public static IEnumerable<string> Near(string name) =>
        All.Select(condition => condition.Name).OrderBy(other => Distance(name, other)).Take(3);

    static int Distance(string left, string right)
    {
        var costs = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = costs[0];
            costs[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var next = Math.Min(Math.Min(costs[j], costs[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                (diagonal, costs[j]) = (costs[j], next);
            }
        }
        return costs[right.Length];
    }
}
