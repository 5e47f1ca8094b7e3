using MaySend.Law.Formulas;

namespace MaySend.Decisions;

/// <summary>A way on that an answer names, with what leads to where it is done.</summary>
/// <param name="Text">What to do, about this person.</param>
/// <param name="Kind">What kind of act it is.</param>
/// <param name="Condition">The condition that it would meet, by its name in the law files; null where it is about no single one.</param>
public sealed record RemedyStep(string Text, RemedyKind Kind, string? Condition);
