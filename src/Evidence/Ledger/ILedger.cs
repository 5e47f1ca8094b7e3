using MaySend.Evidence.Ledger.Checkpoints;

namespace MaySend.Evidence.Ledger;

/// <summary>
/// The append-only record of what is known about contacts and of what the controller did. Each store writes it natively; this contract and
/// its test suite are all they share, besides the format of an entry. Every member is safe to call from many threads and, on one store,
/// from many processes. Every member throws <see cref="LedgerUnavailableException"/> when the store cannot answer; none ever answers
/// "empty" instead.
/// </summary>
public partial interface ILedger : IAsyncDisposable
{
    /// <summary>Names this ledger, 32 hexadecimal digits; the origin of its checkpoints.</summary>
    string StoreId { get; }

    /// <summary>Appends one entry; see <see cref="AppendAsync(IReadOnlyList{AppendRequest}, CancellationToken)"/>.</summary>
    async ValueTask<Appended> AppendAsync(AppendRequest request, CancellationToken cancellation = default) =>
        (await AppendAsync([request], cancellation))[0];

    /// <summary>
    /// Appends in one durable commit, gathered with what other callers append at the same time. Returns once everything is on disk: one
    /// answer per request, in order. Either all of the added entries are there or none. Cancelling stops the wait for a place in the queue;
    /// what has been queued is carried through.
    /// </summary>
    ValueTask<IReadOnlyList<Appended>> AppendAsync(IReadOnlyList<AppendRequest> requests, CancellationToken cancellation = default);

    /// <summary>Writes and keeps a signed checkpoint over all partitions and suppressions as they stand.</summary>
    ValueTask<Checkpoint> CheckpointAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Gives checkpoints a new key. The old key signs a last one that names the new, and is then destroyed but for its public half, so that
    /// whoever was given only that can check everything signed later. Other processes sign with the new key from their next checkpoint on.
    /// </summary>
    ValueTask RotateCheckpointKeyAsync(CancellationToken cancellation = default);

    /// <summary>All checkpoints kept, oldest first, as signed notes.</summary>
    ValueTask<IReadOnlyList<string>> CheckpointsAsync(CancellationToken cancellation = default);
}
