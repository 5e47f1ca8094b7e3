namespace MaySend.Stores.Checkpoints;

/// <summary>What became of checkpoints on their way to one place.</summary>
/// <param name="Place">The place.</param>
/// <param name="At">When the last one was kept there; null before the first.</param>
/// <param name="Note">SHA-256 of that one; null before the first.</param>
/// <param name="Fault">Why the last try failed; null when it did not.</param>
public sealed record CheckpointLeft(string Place, DateTimeOffset? At, string? Note, string? Fault);
