using System.Security.Cryptography;
using System.Text;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;

namespace MaySend.Records.Inbound;

/// <summary>
/// What waits for a person (model §8): never a refusal by itself. What may be a request to stop holds the address it names, if that is on
/// record, until somebody has settled it; an unknown address becomes no contact. On record are arrival, effect and outcome; the text lies
/// sealed beside the store.
/// </summary>
public sealed class Inbox(EvidenceStore store, ServerRecords records, RecordsOptions options)
{
    readonly SealedTexts texts = new(options.Inbox);

    /// <summary>Keeps something for a person; it holds from the next decision on.</summary>
    /// <returns>False where it is there already.</returns>
    /// <exception cref="IOException">The disk does not take the text: then it was not taken at all.</exception>
    /// <exception cref="LedgerUnavailableException">The store does not take it.</exception>
    public async ValueTask<bool> KeepAsync(Arrival arrival, Actor by, CancellationToken cancellation = default)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(arrival.Key)))[..32];
        if ((await records.ReadAsync(cancellation)).Arrived.ContainsKey(id))
            return false;
        var contact = (arrival.Whom ?? Address.Read(arrival.Text.Address).Address) is { } address
            ? (await store.Ledger.RecogniseAsync(address, cancellation)).Contact
            : null;
        var (digest, seal) = texts.Write(arrival.Text);
        var now = store.Clock.GetUtcNow();
        var holds = arrival.MayBeStop && contact is not null;
        var system = by.AsSystem();
        var arrived = new InboxArrived(id, now, arrival.Source, arrival.Matter, arrival.Says, digest, holds)
        {
            Contact = contact?.ToString(),
            Seal = contact is null ? seal : null,
        };
        List<AppendRequest> requests = [records.ToAppend(arrived, system, $"inbox {id}")];
        if (contact is { } held)
            requests.Insert(
                0,
                At(
                    held,
                    new MessageWaiting(When.Of(now), id)
                    {
                        Source = arrival.Source,
                        Holds = holds,
                        Digest = digest,
                        Seal = seal,
                    },
                    system,
                    $"inbox {id}"
                )
            );
        var isNew = (await store.Ledger.AppendAsync(requests, cancellation))[^1].Outcome == AppendOutcome.Added;
        if (!isNew)
            texts.Delete(digest);
        return isNew;
    }

    /// <summary>Everything that arrived, the oldest first.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public async ValueTask<IReadOnlyList<InboxItem>> AllAsync(CancellationToken cancellation = default)
    {
        var known = await records.ReadAsync(cancellation);
        return
        [
            .. known
                .Arrived.Values.OrderBy(one => one.At)
                .ThenBy(one => one.Id, StringComparer.Ordinal)
                .Select(one => new InboxItem(one, known.Settled.GetValueOrDefault(one.Id))),
        ];
    }

    /// <summary>One by its id; null when there is none.</summary>
    public async ValueTask<InboxItem?> FindAsync(string id, CancellationToken cancellation = default) =>
        await records.ReadAsync(cancellation) is { } known && known.Arrived.TryGetValue(id, out var arrived)
            ? new(arrived, known.Settled.GetValueOrDefault(id))
            : null;

    /// <summary>The numbers.</summary>
    public async ValueTask<InboxSummary> SummaryAsync(CancellationToken cancellation = default) =>
        Summary(await records.ReadAsync(cancellation));

    /// <summary>The numbers as last read by anything in this process: what metrics show.</summary>
    public InboxSummary LastSummary => Summary(records.LastRead);

    /// <summary>What arrived; null once it is deleted, or where it lies beside another server, or where the person was erased.</summary>
    public async ValueTask<ArrivedText?> TextAsync(InboxItem item, CancellationToken cancellation = default) =>
        await SealAsync(item.Arrived, cancellation) is { } seal ? texts.Read(item.Arrived.Digest, seal) : null;

    /// <summary>
    /// Settles what waits. A request is recorded first, for every sender and channel, from the day it arrived; then the hold ends. That it
    /// is none needs the right to sign: it frees somebody.
    /// </summary>
    /// <param name="ids">What to settle.</param>
    /// <param name="outcome">A word of <see cref="InboxOutcome"/>.</param>
    /// <param name="reason">Why, in words that say nothing of the person; may be blank.</param>
    /// <param name="by">Who settles it.</param>
    /// <param name="whom">Whose request it is, if the text names nobody.</param>
    /// <param name="cancellation">Stops between two of them.</param>
    /// <exception cref="NotEntitledException">The actor may not; nothing was settled.</exception>
    public async ValueTask<InboxSettlement> SettleAsync(
        IReadOnlyList<string> ids,
        string outcome,
        string reason,
        Actor by,
        Address? whom = null,
        CancellationToken cancellation = default
    )
    {
        Demand(by, outcome);
        List<string> done = [];
        List<(string, string)> left = [];
        foreach (var id in ids)
        {
            if (await FindAsync(id, cancellation) is not { } item)
                left.Add((id, "nothing has that id"));
            else if (item.Settled is { } settled)
                left.Add((id, $"it was settled as {settled.Outcome} by {settled.By}"));
            else if (outcome == InboxOutcome.Request && await WhoAsync(item, whom, cancellation) is null)
                left.Add((id, "it names nobody: give the address whose request it is"));
            else
            {
                if (outcome == InboxOutcome.Request)
                    await RefuseAsync(item, (await WhoAsync(item, whom, cancellation))!, by, cancellation);
                await EndAsync(item, outcome, reason, by, cancellation);
                done.Add(id);
            }
        }
        return new(done, left);
    }

    /// <summary>Proposes to settle what one source brought between two instants; somebody else must agree.</summary>
    /// <returns>The proposal; null when nothing of it waits.</returns>
    /// <exception cref="NotEntitledException">The actor may not settle so.</exception>
    public async ValueTask<InboxRunProposed?> ProposeAsync(
        string source,
        DateTimeOffset from,
        DateTimeOffset until,
        string outcome,
        string reason,
        Actor by,
        CancellationToken cancellation = default
    )
    {
        Demand(by, outcome);
        var items = (await AllAsync(cancellation))
            .Where(one => one.IsWaiting && one.Arrived.Source == source && one.Arrived.At >= from && one.Arrived.At < until)
            .Select(one => one.Arrived.Id)
            .Take(GreatestRun)
            .ToList();
        if (items.Count == 0)
            return null;
        var run = new InboxRunProposed(
            RandomNumberGenerator.GetHexString(16, lowercase: true),
            store.Clock.GetUtcNow(),
            [.. items],
            outcome,
            reason,
            by.Name
        );
        await records.AddAsync(run, by.AsSystem(), $"inbox run {run.Id}", cancellation);
        return run;
    }

    /// <summary>Agrees to a proposal of somebody else and carries it out.</summary>
    /// <returns>What was settled; null when there is no such proposal.</returns>
    /// <exception cref="NotEntitledException">The actor may not settle so, or is the one who proposed it.</exception>
    public async ValueTask<InboxSettlement?> AgreeAsync(string run, Actor by, CancellationToken cancellation = default)
    {
        if (!(await records.ReadAsync(cancellation)).Runs.TryGetValue(run, out var proposed))
            return null;
        if (string.Equals(proposed.By, by.Name, StringComparison.OrdinalIgnoreCase))
            throw new NotEntitledException(Rights.Sign, "settling a run takes two people, and this is the one who proposed it");
        return await SettleAsync(proposed.Items, proposed.Outcome, proposed.Reason, by, cancellation: cancellation);
    }

    /// <summary>
    /// Deletes texts that nobody may keep: of what was settled long enough ago, of people erased, of what never got on record.
    /// </summary>
    /// <returns>How many were deleted.</returns>
    public async ValueTask<int> TidyAsync(CancellationToken cancellation = default)
    {
        var now = store.Clock.GetUtcNow();
        var items = (await AllAsync(cancellation)).ToDictionary(one => one.Arrived.Digest);
        var deleted = 0;
        foreach (var digest in texts.Digests.ToList())
        {
            var mayStay = items.TryGetValue(digest, out var item)
                ? (item.Settled is not { } settled || now - settled.At <= options.KeepSettledTexts)
                    && await SealAsync(item.Arrived, cancellation) is not null
                : now.UtcDateTime - texts.WrittenAt(digest) <= TimeSpan.FromDays(1);
            if (mayStay)
                continue;
            texts.Delete(digest);
            deleted++;
        }
        return deleted;
    }

    const int GreatestRun = 10_000;

    InboxSummary Summary(RecordsAsOf known)
    {
        var waiting = known.Arrived.Values.Where(one => !known.Settled.ContainsKey(one.Id)).ToList();
        var late = store.Clock.GetUtcNow() - options.InboxAlarmAfter;
        return new(
            waiting.Count,
            waiting.Count(one => one.Holds),
            waiting.Count(one => one.At < late),
            waiting.Count == 0 ? null : waiting.Min(one => one.At)
        );
    }

    static void Demand(Actor by, string outcome)
    {
        if (!InboxOutcome.All.Contains(outcome))
            throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "unknown outcome");
        var needed = outcome == InboxOutcome.Request ? Rights.Record : Rights.Sign;
        if (!by.May(needed))
            throw new NotEntitledException(
                needed,
                $"settling as {outcome} needs the right to {(needed == Rights.Sign ? "sign" : "record")}, which {by.Name} does not have"
            );
    }

    async ValueTask RefuseAsync(InboxItem item, Address person, Actor by, CancellationToken cancellation) =>
        await store.RecordAsync(
            person,
            new RefusalMade(When.Of(item.Arrived.At), $"inbox {item.Arrived.Id}")
            {
                Senders = NameSet.Everything,
                Channels = NameSet.Everything,
                Topics = NameSet.Everything,
                Kind = "objection",
                How = "reply",
            },
            by,
            idempotencyKey: $"inbox request {item.Arrived.Id}",
            cancellation: cancellation
        );

    async ValueTask EndAsync(InboxItem item, string outcome, string reason, Actor by, CancellationToken cancellation)
    {
        var (id, now, system) = (item.Arrived.Id, store.Clock.GetUtcNow(), by.AsSystem());
        List<AppendRequest> requests =
        [
            records.ToAppend(new InboxSettled(id, now, outcome, reason, by.Name), system, $"inbox settled {id}"),
        ];
        if (ContactId.TryParse(item.Arrived.Contact, out var contact))
            requests.Insert(0, At(contact, new MessageSettled(When.Of(now), $"settled {id}", id, outcome), system, $"inbox settled {id}"));
        await store.Ledger.AppendAsync(requests, cancellation);
    }

    async ValueTask<Address?> WhoAsync(InboxItem item, Address? whom, CancellationToken cancellation) =>
        ContactId.TryParse(item.Arrived.Contact, out var id) && await store.Ledger.ContactAsync(id, cancellation) is { } contact
            ? contact.Address
            : whom ?? Address.Read((await TextAsync(item, cancellation))?.Address).Address;

    /// <summary>The key of a text; null where the person was erased.</summary>
    async ValueTask<string?> SealAsync(InboxArrived arrived, CancellationToken cancellation)
    {
        if (arrived.Seal is { } own)
            return own;
        if (!ContactId.TryParse(arrived.Contact, out var id) || await store.Ledger.ContactAsync(id, cancellation) is not { } contact)
            return null;
        return (await store.FindAsync(contact.Address, cancellation: cancellation))
            .Entries.Select(recorded => recorded.Entry)
            .OfType<MessageWaiting>()
            .FirstOrDefault(waiting => waiting.Id == arrived.Id)
            ?.Seal;
    }

    static AppendRequest At(ContactId contact, ContactEntry entry, Actor by, string key)
    {
        var kind = EntryKinds.Of(entry);
        Entitlements.Check(by, entry, kind);
        return new()
        {
            Subject = new EntrySubject.Contact(contact),
            Kind = kind,
            HappenedAt = entry.When.At ?? default,
            By = by.Name,
            Rights = by.Rights,
            IdempotencyKey = key,
            Payload = EntryJson.Write(entry),
        };
    }
}
