using MaySend.Evidence.Actors;

namespace MaySend.Mcp;

/// <summary>Who speaks through an assistant: what stands on record as theirs, and what they may ask for.</summary>
/// <param name="By">Under whom something is recorded, with what they may make count.</param>
/// <param name="Scopes">Words of <c>ApiScopes</c>.</param>
/// <param name="Pages">The address under which recipients reach the opt-out pages; null where nobody said, and then no link is
/// made.</param>
public sealed record Caller(Actor By, IReadOnlyCollection<string> Scopes, Uri? Pages);
