using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Store;

/// <summary>
/// The ledger in the words of evidence: entries in, dossiers out. It owns no data besides the ledger's and a cache of the controller's
/// record.
/// Refusals are the person's: each is copied to every linked address in the same commit. Safe for many threads. Every member throws
/// <see cref="LedgerUnavailableException"/> when the ledger cannot answer; none answers "nothing on record" instead.
/// </summary>
public sealed partial class EvidenceStore(ILedger ledger, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>The ledger underneath: checkpoints, verification, rotation, backup.</summary>
    public ILedger Ledger => ledger;

    /// <summary>The clock the store dates its own acts by.</summary>
    public TimeProvider Clock => clock;

    /// <summary>Records one entry about whoever is at an address.</summary>
    public async ValueTask<Appended> RecordAsync(
        Address address,
        ContactEntry entry,
        string by,
        EntrySource? source = null,
        string? idempotencyKey = null,
        bool despiteSuppression = false,
        CancellationToken cancellation = default
    ) =>
        (
            await RecordAsync(
                [
                    new NewEntry(address, entry, by)
                    {
                        Source = source,
                        IdempotencyKey = idempotencyKey,
                        DespiteSuppression = despiteSuppression,
                    },
                ],
                cancellation
            )
        )[0];

    /// <summary>
    /// Records entries in one durable commit: one answer per entry, in order; all of them are there or none. Requests to stop among them
    /// reach every linked
    /// address.
    /// </summary>
    public async ValueTask<IReadOnlyList<Appended>> RecordAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellation = default)
    {
        var restrictions = entries.Where(entry => Restrictions.IsOne(entry.Entry)).ToList();
        var before = await CopiesAsync(restrictions, cancellation);
        // Restrictions stand first in the commit: a reader of half a chain sees the stop before anything else.
        var answers = await ledger.AppendAsync([.. before, .. entries.Select(entry => entry.ToAppend())], cancellation);
        // A link made while this was being written may not have seen these entries; whoever comes second copies.
        var after = restrictions.Count == 0 ? [] : await CopiesAsync(restrictions, cancellation);
        if (after.Count > before.Count)
            await ledger.AppendAsync(after, cancellation);
        return before.Count == 0 ? answers : [.. answers.Skip(before.Count)];
    }

    /// <summary>Records an entry about the controller.</summary>
    public ValueTask<Appended> RecordAsync(
        ControllerEntry entry,
        string by,
        EntrySource? source = null,
        string? idempotencyKey = null,
        CancellationToken cancellation = default
    ) => ledger.AppendAsync(ToAppend(entry, by, source, idempotencyKey), cancellation);

    /// <summary>Records entries about the controller in one durable commit.</summary>
    public ValueTask<IReadOnlyList<Appended>> RecordAsync(
        IReadOnlyList<ControllerEntry> entries,
        string by,
        CancellationToken cancellation = default
    ) => ledger.AppendAsync([.. entries.Select(entry => ToAppend(entry, by, null, null))], cancellation);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ledger.DisposeAsync();

    AppendRequest ToAppend(ControllerEntry entry, string by, EntrySource? source, string? idempotencyKey) =>
        new()
        {
            Subject = new EntrySubject.Controller(),
            Kind = EntryKinds.Of(entry),
            HappenedAt = clock.GetUtcNow(),
            By = by,
            Source = source,
            IdempotencyKey = idempotencyKey,
            Payload = EntryJson.Write(entry),
        };
}
