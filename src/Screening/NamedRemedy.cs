namespace MaySend.Screening;

/// <summary>A way on that answers name, where nobody can say beforehand whether it gains the person.</summary>
/// <param name="Text">What to do, as an answer about one of them says it.</param>
/// <param name="People">For how many people it is named.</param>
public sealed record NamedRemedy(string Text, int People);
