using System.Security.Cryptography;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Store;

/// <summary>
/// The ledger in the words of evidence: entries in, dossiers out. It owns no data besides the ledger's and a cache of the controller's
/// record. Refusals are the person's: each is copied to every linked address in the same commit. Safe for many threads. Every member throws
/// <see cref="LedgerUnavailableException"/> when the ledger cannot answer; none answers "nothing on record" instead.
/// </summary>
public sealed partial class EvidenceStore(ILedger ledger, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>The ledger underneath: checkpoints, verification, rotation, backup.</summary>
    public ILedger Ledger => ledger;

    /// <summary>
    /// Gives the requests to stop of a contact that this machine took and that wait to be recorded: whoever took one knows it at once
    /// (model §8). Null where nothing waits.
    /// </summary>
    public Func<ContactId, IReadOnlyList<RefusalMade>>? Waiting { get; set; }

    /// <summary>The names as last read, for those who must not wait for the store; nothing is known before the first reading.</summary>
    public KnownNames NamesLastRead => Volatile.Read(ref controller)?.Record.Names ?? KnownNames.None;

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
    /// reach every linked address, and are never dropped for a key: where one bears the key of another entry of the same person, it is
    /// recorded beside it, in a second commit.
    /// </summary>
    public async ValueTask<IReadOnlyList<Appended>> RecordAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellation = default)
    {
        entries = await SettledAsync(entries, cancellation);
        var answers = await AppendAsync(entries, cancellation);
        List<int> dropped = [];
        for (var i = 0; i < entries.Count; i++)
            if (answers[i].Outcome == AppendOutcome.AlreadyThere && await IsDroppedAsync(entries[i], answers[i], cancellation))
                dropped.Add(i);
        if (dropped.Count == 0)
            return answers;
        var beside = await AppendAsync([.. dropped.Select(i => Beside(entries[i]))], cancellation);
        var all = answers.ToList();
        for (var i = 0; i < dropped.Count; i++)
            all[dropped[i]] = beside[i];
        return all;
    }

    /// <summary>
    /// Records one entry and says whether its key was used before for another: then a request to stop was recorded beside it, and anything
    /// else was not recorded.
    /// </summary>
    public async ValueTask<(Appended Appended, bool IsAnother)> RecordKeyedAsync(NewEntry entry, CancellationToken cancellation = default)
    {
        var settled = (await SettledAsync([entry], cancellation))[0];
        var first = (await AppendAsync([settled], cancellation))[0];
        if (first.Outcome != AppendOutcome.AlreadyThere || entry.IsKeyedByContent)
            return (first, false);
        if (await ThereAsync(entry.Address, first, cancellation) is { } there && IsSame(there, settled))
            return (first, false);
        return (await AsksToStopAsync(entry.Entry, cancellation) ? (await AppendAsync([Beside(settled)], cancellation))[0] : first, true);
    }

    /// <summary>True for a request to stop whose key was used for something else of the same person.</summary>
    async ValueTask<bool> IsDroppedAsync(NewEntry entry, Appended answer, CancellationToken cancellation) =>
        !entry.IsKeyedByContent
        && await AsksToStopAsync(entry.Entry, cancellation)
        && !(await ThereAsync(entry.Address, answer, cancellation) is { } there && IsSame(there, entry));

    /// <summary>
    /// True for an entry that asks to stop, whatever record that stands in: a box ticked on an order too, and one that nobody can tell.
    /// </summary>
    public async ValueTask<bool> AsksToStopAsync(ContactEntry entry, CancellationToken cancellation = default) =>
        Restrictions.IsOne(entry) || (TickedBoxes.AreIn(entry) && TickedBoxes.Stop(entry, await ReadableControllerAsync(cancellation)));

    /// <summary>What stands where an answer points to; null where it can no longer be read.</summary>
    public async ValueTask<ContactEntry?> ThereAsync(Address address, Appended answer, CancellationToken cancellation = default) =>
        (await FindAsync(address, cancellation: cancellation))
            .Entries.FirstOrDefault(recorded => recorded.Position == answer.Position)
            ?.Entry;

    /// <summary>True when an entry says what is to be recorded; where the door itself dates it, the time does not matter.</summary>
    public static bool IsSame(ContactEntry there, NewEntry entry)
    {
        var (old, given) = (RequestWidth.AsGiven(there), RequestWidth.AsGiven(entry.Entry));
        if (entry.IsDatedByTheDoor)
            given = given with { When = old.When };
        return EntryJson.Write(old).AsSpan().SequenceEqual(EntryJson.Write(given));
    }

    static NewEntry Beside(NewEntry entry)
    {
        var content = RequestWidth.AsGiven(entry.IsDatedByTheDoor ? entry.Entry with { When = default } : entry.Entry);
        return entry with
        {
            IdempotencyKey = $"{entry.IdempotencyKey} {Convert.ToHexStringLower(SHA256.HashData(EntryJson.Write(content)))}",
        };
    }

    async ValueTask<IReadOnlyList<Appended>> AppendAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellation)
    {
        foreach (var entry in entries)
            Entitlements.Check(entry.By, entry.Entry, EntryKinds.Of(entry.Entry));
        var restrictions = entries.Where(entry => Restrictions.IsOne(entry.Entry) || TickedBoxes.AreIn(entry.Entry)).ToList();
        var before = await CopiesAsync(restrictions, cancellation);
        // Restrictions stand first in the commit: a reader of half a chain sees the stop before anything else.
        var answers = await ledger.AppendAsync([.. before, .. entries.Select(entry => entry.ToAppend())], cancellation);
        // A link made while this was being written may not have seen these entries; whoever comes second copies.
        var after = restrictions.Count == 0 ? [] : await CopiesAsync(restrictions, cancellation);
        if (after.Count > before.Count)
            await ledger.AppendAsync(after, cancellation);
        return before.Count == 0 ? answers : [.. answers.Skip(before.Count)];
    }

    /// <summary>
    /// The names in a request to stop that nobody on record bears: what it would be recorded for is then wider than its words; and the
    /// boxes ticked that no signed form explains. Empty for any other entry.
    /// </summary>
    public async ValueTask<IReadOnlyList<NotUnderstood>> NotUnderstoodAsync(ContactEntry entry, CancellationToken cancellation = default) =>
        RequestWidth.GivenIn(entry) is not null || TickedBoxes.AreIn(entry)
            ? RequestWidth.NotUnderstoodIn(entry, await ReadableControllerAsync(cancellation))
            : [];

    /// <summary>
    /// What a request to stop reaches is settled here and nowhere else, whichever door it came through, and whatever it brought along.
    /// </summary>
    async ValueTask<IReadOnlyList<NewEntry>> SettledAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellation)
    {
        if (!entries.Any(entry => RequestWidth.GivenIn(entry.Entry) is not null))
            return entries;
        var known = await NamesAsync(cancellation);
        return [.. entries.Select(entry => entry with { Entry = RequestWidth.Settled(RequestWidth.AsGiven(entry.Entry), known) })];
    }

    /// <summary>The names by which requests are understood.</summary>
    async ValueTask<KnownNames> NamesAsync(CancellationToken cancellation) => (await ReadableControllerAsync(cancellation)).Names;

    /// <summary>
    /// The controller's record, by which requests are understood. Where it is damaged nothing is: a request is then as wide as it can be,
    /// and not lost.
    /// </summary>
    async ValueTask<ControllerRecord> ReadableControllerAsync(CancellationToken cancellation)
    {
        try
        {
            return await ControllerAsync(cancellation: cancellation);
        }
        catch (LedgerUnavailableException fault) when (fault.Because == UnavailableBecause.Damaged)
        {
            return new ControllerRecord([]);
        }
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
                $"{EntryKinds.Of(entry)} {entry.Id} is signed: replacing it needs the right to sign, which {by.Name} does not have"
            );
    }
}
