using MaySend.Evidence.Ledger;

namespace MaySend.Evidence.Postgres;

/// <summary>An entry ready to be put into the chain.</summary>
sealed record SealedEntry
{
    internal required ContactId Owner { get; init; }
    internal required byte[] OwnerBytes { get; init; }
    internal required Partition Partition { get; init; }
    internal required string Kind { get; init; }
    internal required byte[]? Idempotency { get; init; }
    internal required byte[] Content { get; init; }
    internal required byte[] ContentDigest { get; init; }
    internal Newcomer? Newcomer { get; init; }
}

/// <summary>The contact to make together with its first entry.</summary>
sealed record Newcomer(
    byte[] AddressMac,
    int Generation,
    byte[] WrappedKey,
    byte[] Address,
    byte[] IndexState,
    IReadOnlyList<byte[]> SuppressionMacs,
    bool DespiteSuppression
);

/// <summary>What became of a sealed entry.</summary>
readonly record struct Written(AppendOutcome Outcome, LedgerPosition? Position);
