namespace MaySend.Screening;

/// <summary>A next step that answers name, when nobody can tell beforehand whether it would gain the person.</summary>
/// <param name="Text">What to do, as an answer about one of them says it.</param>
/// <param name="People">For how many people it is named.</param>
public sealed record NamedRemedy(string Text, int People);
