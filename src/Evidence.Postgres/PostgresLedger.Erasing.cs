using System.Text;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Evidence.Ledger.Writing;

namespace MaySend.Evidence.Postgres;

public sealed partial class PostgresLedger
{
    const string DeleteContact = "delete from contact where id = $1";
    const string DeleteHolds = "delete from hold where contact = $1";
    const string InsertSuppression = "insert into suppression (seq, address_mac, generation, covers, hash) values ($1, $2, $3, $4, $5)";

    /// <inheritdoc/>
    public async ValueTask<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellation = default)
    {
        while (true)
        {
            var chains = await Look(
                async session => (await Affected(session, request)).Select(contact => (int)contact.Partition.Number).ToList(),
                cancellation
            );
            if (await Change((session, heads) => Erase(session, heads, request, chains), cancellation) is not { } outcome)
                continue;
            remembered.Forget();
            await NoteReached();
            if (outcome is ErasureOutcome.Erased)
                await Vacuum(cancellation);
            return outcome;
        }
    }

    /// <inheritdoc/>
    public async ValueTask SuppressAsync(Address address, ReadOnlyMemory<byte> covers, CancellationToken cancellation = default) =>
        await Change(
            async (session, heads) =>
            {
                await heads.LockAll(session, [Checkpoint.Suppressions]);
                var (record, isNew) = await Suppression(session, await CurrentRing(session), address, covers);
                if (isNew)
                {
                    erasures.Add([record]);
                    await Put(session, heads, record);
                }

                return isNew;
            },
            cancellation
        );

    async Task<List<Contact>> Affected(Session session, ErasureRequest request)
    {
        var contacts = new List<Contact>();
        if (await Find(session, await CurrentRing(session), request.Address) is not { } found)
            return contacts;
        List<ContactId> ids = request.WithLinked ? [found, .. await Linked(session, found)] : [found];
        foreach (var id in ids)
        {
            if (await Full(session, id) is { } contact)
                contacts.Add(contact);
        }

        return contacts;
    }

    /// <summary>Null when a contact in a partition that was not foreseen came into it, so that the locks must be taken again.</summary>
    async Task<ErasureOutcome?> Erase(Session session, Heads heads, ErasureRequest request, List<int> chains)
    {
        // The locks that appends to these contacts take: whoever appends does it before, or finds nobody.
        await heads.LockAll(session, [.. chains, Partition.Controller.Number, Checkpoint.Suppressions]);
        var keys = await CurrentRing(session);
        var contacts = await Affected(session, request);
        if (contacts.Exists(contact => !chains.Contains(contact.Partition.Number)))
            return null;
        var holds = new List<LegalHold>();
        foreach (var contact in contacts)
            holds.AddRange(await Holds(session, contact.Id));
        if (holds.Count > 0)
            return new ErasureOutcome.Held(holds);
        var records = new List<ErasureRecord>();
        foreach (var address in contacts.Select(contact => contact.Address).Append(request.Address).Distinct())
        {
            var (record, isNew) = await Suppression(session, keys, address, request.Covers);
            if (isNew)
                await Put(session, heads, record);
            records.Add(record);
        }

        // The list goes to disk before anything is forgotten: a crash in between leaves an erasure to repeat, never one that a restored
        // backup undoes.
        erasures.Add([.. records, .. contacts.Select(contact => new ErasureRecord.Forgotten(contact.Id))]);
        foreach (var contact in contacts)
            await Forget(session, heads, contact.Id, contact.Partition, request.By);
        return new ErasureOutcome.Erased(contacts.Count, ResidueCleared: false);
    }

    async Task Forget(Session session, Heads heads, ContactId contact, Partition partition, string by)
    {
        await ForgetRows(session, heads, contact, partition);
        await Note(session, heads, ErasureRecord.Forgotten.Kind, by, new ErasureRecord.Forgotten(contact).Payload);
    }

    static async Task ForgetRows(Session session, Heads heads, ContactId contact, Partition partition)
    {
        await session.Run(DeleteHolds, contact.ToBytes());
        await session.Run(DeleteContact, contact.ToBytes());
        heads.Gone(partition, contact);
    }

    /// <summary>The suppression that stands for an address with this content, or a new one that is not yet put down.</summary>
    async Task<(ErasureRecord.Suppressed Record, bool IsNew)> Suppression(
        Session session,
        KeyRing keys,
        Address address,
        ReadOnlyMemory<byte> covers
    )
    {
        var standing = await session.Rows(
            row => (Generation: row.GetInt32(0), Covers: (byte[])row[1]),
            SelectSuppressions,
            [SuppressionMacs(keys, address)]
        );
        foreach (var one in standing)
        {
            var generation = keys.Generation(one.Generation);
            if (SuppressionSeal.Open(generation, address, one.Covers).Covers.Span.SequenceEqual(covers.Span))
                return (new(one.Generation, generation.SuppressionMac(address), one.Covers), false);
        }

        var now = options.Clock.GetUtcNow();
        return (
            new(keys.Current.Number, keys.Current.SuppressionMac(address), SuppressionSeal.Seal(keys.Current, address, now, covers.Span)),
            true
        );
    }

    static async Task Put(Session session, Heads heads, ErasureRecord.Suppressed record)
    {
        var (seq, recordedAt, before) = heads.Next(Checkpoint.Suppressions);
        var hash = Chain.Suppression(before, seq, record.Generation, record.Mac, record.Covers);
        await session.Run(InsertSuppression, seq, record.Mac, record.Generation, record.Covers, hash);
        heads.Advance(Checkpoint.Suppressions, seq, recordedAt, hash);
        heads.Suppressed(record.Generation, record.Mac, record.Covers);
    }

    /// <summary>Records an act of the ledger itself among the controller's entries, whose head must be locked.</summary>
    async Task Note(Session session, Heads heads, string kind, string by, string payload)
    {
        var chained = new Chained(heads, []);
        chained.Add(SealedEntry.Of(ControllerEntry(options, kind, by, payload), controller));
        await session.Run(Writer.InsertEntries, chained.Columns());
    }

    static AppendRequest ControllerEntry(PostgresLedgerOptions options, string kind, string by, string payload) =>
        new()
        {
            Subject = new EntrySubject.Controller(),
            Kind = kind,
            By = by,
            HappenedAt = options.Clock.GetUtcNow(),
            Payload = Encoding.UTF8.GetBytes(payload),
        };

    /// <summary>Frees the deleted rows. The server's write-ahead log and its archives keep them until they are recycled; only destroying
    /// the wrapping key reaches those.</summary>
    async Task Vacuum(CancellationToken cancellation)
    {
        try
        {
            await Look(session => session.Run("vacuum contact, hold"), cancellation);
        }
        catch (LedgerUnavailableException)
        {
            // What was erased is erased; the server's own vacuum frees the rows later.
        }
    }
}
