using System.Collections.Frozen;
using System.Collections.Immutable;
using MaySend.Law.Formulas;
using MaySend.Reading;

namespace MaySend.Law.Conditions;

/// <summary>The closed list of conditions that law files may name.</summary>
public static class ConditionBook
{
    /// <summary>Every condition, grouped by scope.</summary>
    public static readonly ImmutableArray<Condition> All =
    [
        .. MessageConditions.List,
        .. SenderConditions.List,
        .. RecipientConditions.List,
        .. CollectionConditions.List,
        .. ConsentConditions.List,
        .. RefusalConditions.List,
        .. AssessmentConditions.List,
        .. CheckConditions.List,
        .. CallConditions.List,
        .. PoliticalConditions.List,
    ];

    static readonly FrozenDictionary<string, Condition> ByName = All.ToFrozenDictionary(
        condition => condition.Name,
        StringComparer.Ordinal
    );

    /// <summary>Finds a condition by name.</summary>
    public static Condition? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The names nearest to a misspelt one, for a help line.</summary>
    public static IEnumerable<string> Near(string name) => Spelling.Near(name, All.Select(condition => condition.Name));
}
