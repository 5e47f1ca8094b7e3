using MaySend.Evidence.Actors;
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
    /// <exception cref="NotEntitledException">The actor may not write it; nothing was written. The same holds for every member that
    /// records.</exception>
    public async ValueTask<Appended> RecordAsync(
        Address address,
        ContactEntry entry,
        Actor by,
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
        foreach (var entry in entries)
            Entitlements.Check(entry.By, entry.Entry, EntryKinds.Of(entry.Entry));
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
    public async ValueTask<Appended> RecordAsync(
        ControllerEntry entry,
        Actor by,
        EntrySource? source = null,
        string? idempotencyKey = null,
        CancellationToken cancellation = default
    )
    {
        var request = ToAppend(entry, by, source, idempotencyKey);
        await KeepSignedAsync([entry], by, cancellation);
        return await ledger.AppendAsync(request, cancellation);
    }

    /// <summary>Records entries about the controller in one durable commit.</summary>
    public async ValueTask<IReadOnlyList<Appended>> RecordAsync(
        IReadOnlyList<ControllerEntry> entries,
        Actor by,
        CancellationToken cancellation = default
    )
    {
        List<AppendRequest> requests = [.. entries.Select(entry => ToAppend(entry, by, null, null))];
        await KeepSignedAsync(entries, by, cancellation);
        return await ledger.AppendAsync(requests, cancellation);
    }

    /// <summary>What the ledger is asked to append for an entry about the controller, for those who append it together with
    /// others.</summary>
    /// <exception cref="NotEntitledException">The actor may not write it.</exception>
    public AppendRequest ToAppend(ControllerEntry entry, Actor by, EntrySource? source, string? idempotencyKey)
    {
        var kind = EntryKinds.Of(entry);
        Entitlements.Check(by, entry, kind);
        return new()
        {
            Subject = new EntrySubject.Controller(),
            Kind = kind,
            HappenedAt = clock.GetUtcNow(),
            By = by.Name,
            Rights = by.Rights,
            Source = source,
            IdempotencyKey = idempotencyKey,
            Payload = EntryJson.Write(entry),
        };
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ledger.DisposeAsync();

    /// <summary>Who may not sign may not replace what is signed. The fold would not let it count; told at the door, nobody believes that
    /// it did.</summary>
    async ValueTask KeepSignedAsync(IReadOnlyList<ControllerEntry> entries, Actor by, CancellationToken cancellation)
    {
        if (by.May(Rights.Sign) || !entries.Any(Entitlements.CanBeSigned))
            return;
        var signed = (await ControllerEntriesAsync(cancellation: cancellation))
            .Where(recorded => recorded.Entry.SignedBy() is { IsWhole: true })
            .Select(recorded => (recorded.Entry.GetType(), recorded.Entry.Id))
            .ToHashSet();
        foreach (var entry in entries.Where(entry => signed.Contains((entry.GetType(), entry.Id))))
            throw new NotEntitledException(
                Rights.Sign,
                $"{EntryKinds.Of(entry)} {entry.Id} is signed: replacing it takes the right to sign, which {by.Name} does not hold"
            );
    }
}
