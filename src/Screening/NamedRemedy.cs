using MaySend.Law.Formulas;

namespace MaySend.Screening;

/// <summary>A next step that answers name, when nobody can tell beforehand whether it would gain the person.</summary>
/// <param name="Text">What to do, as an answer about one of them says it.</param>
/// <param name="People">For how many people it is named.</param>
public sealed record NamedRemedy(string Text, int People)
{
    /// <summary>What kind of act it is; null in what an older build kept.</summary>
    public RemedyKind? Kind { get; init; }

    /// <summary>The condition that it would meet, by its name in the law files; null where it is about no single one.</summary>
    public string? Condition { get; init; }
}
