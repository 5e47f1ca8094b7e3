using System.Text;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Evidence.Ledger.Writing;

namespace MaySend.Evidence.Sqlite;

public sealed partial class SqliteLedger
{
    const string DeleteContact = "delete from contact where id = ?1";
    const string SelectTraces = "select address_mac, wrapped_key, address from contact where id = ?1";
    const string DeleteHolds = "delete from hold where contact = ?1";
    const string InsertSuppression = "insert into suppression (seq, address_mac, generation, covers, hash) values (?1, ?2, ?3, ?4, ?5)";

    /// <inheritdoc/>
    public async ValueTask<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellation = default)
    {
        var traces = new List<byte[]>();
        var outcome = await Change<ErasureOutcome>((session, heads) => Erase(session, heads, request, traces), cancellation);
        remembered.Forget();
        NoteReached();
        return outcome is ErasureOutcome.Erased erased
            ? erased with
            {
                ResidueCleared = await ClearResidue(traces, cancellation),
            }
            : outcome;
    }

    /// <inheritdoc/>
    public async ValueTask SuppressAsync(Address address, ReadOnlyMemory<byte> covers, CancellationToken cancellation = default) =>
        await Change(
            (session, heads) =>
            {
                var record = Suppression(session, CurrentRing(session), address, covers, out var isNew);
                if (!isNew)
                    return false;
                erasures.Add([record]);
                Put(session, heads, record);
                return true;
            },
            cancellation
        );

    ErasureOutcome Erase(Session session, Heads heads, ErasureRequest request, List<byte[]> traces)
    {
        var keys = CurrentRing(session);
        var contacts = new List<Contact>();
        if (Find(session, keys, request.Address) is { } found)
        {
            IEnumerable<ContactId> ids = request.WithLinked ? [found, .. Linked(session, found)] : [found];
            contacts.AddRange(ids.Select(id => Full(session, id)!));
        }

        var holds = contacts.SelectMany(contact => Holds(session, contact.Id)).ToList();
        if (holds.Count > 0)
            return new ErasureOutcome.Held(holds);
        var records = new List<ErasureRecord>();
        foreach (var address in contacts.Select(contact => contact.Address).Append(request.Address).Distinct())
        {
            var record = Suppression(session, keys, address, request.Covers, out var isNew);
            if (isNew)
                Put(session, heads, record);
            records.Add(record);
        }

        // The list goes to disk before anything is forgotten: a crash in between leaves an erasure to repeat, never one that a restored
        // backup undoes.
        erasures.Add([.. records, .. contacts.Select(contact => new ErasureRecord.Forgotten(contact.Id))]);
        traces.Clear();
        foreach (var contact in contacts)
            traces.AddRange(TracesOf(session, contact.Id));
        foreach (var contact in contacts)
            Forget(session, heads, contact.Id, contact.Partition, request.By);
        return new ErasureOutcome.Erased(contacts.Count, ResidueCleared: false);
    }

    /// <summary>What is in a contact's row and in no other.</summary>
    static IEnumerable<byte[]> TracesOf(Session session, ContactId contact)
    {
        using var rows = session[SelectTraces].Rows(contact.ToBytes());
        return rows.Read() ? [rows.Blob(0), rows.Blob(1), rows.Blob(2)] : [];
    }

    void Forget(Session session, Heads heads, ContactId contact, Partition partition, string by)
    {
        session[DeleteHolds].Run(contact.ToBytes());
        session[DeleteContact].Run(contact.ToBytes());
        heads.Gone(session, partition, contact);
        Note(session, heads, ErasureRecord.Forgotten.Kind, by, new ErasureRecord.Forgotten(contact).Payload);
    }

    /// <summary>The suppression that stands for an address with this content, or a new one that is not yet put down.</summary>
    ErasureRecord.Suppressed Suppression(Session session, KeyRing keys, Address address, ReadOnlyMemory<byte> covers, out bool isNew)
    {
        foreach (var generation in keys.Generations)
        {
            var mac = generation.SuppressionMac(address);
            foreach (var standing in session[SelectSuppressions].Rows(mac).Blobs())
            {
                isNew = false;
                if (SuppressionSeal.Open(generation, address, standing).Covers.Span.SequenceEqual(covers.Span))
                    return new(generation.Number, mac, standing);
            }
        }

        isNew = true;
        var now = options.Clock.GetUtcNow();
        return new(
            keys.Current.Number,
            keys.Current.SuppressionMac(address),
            SuppressionSeal.Seal(keys.Current, address, now, covers.Span)
        );
    }

    static void Put(Session session, Heads heads, ErasureRecord.Suppressed record)
    {
        var (seq, recordedAt, before) = heads.Next(session, Checkpoint.Suppressions);
        var hash = Chain.Suppression(before, seq, record.Generation, record.Mac, record.Covers);
        session[InsertSuppression].Run(seq, record.Mac, record.Generation, record.Covers, hash);
        heads.Advance(Checkpoint.Suppressions, seq, recordedAt, hash);
        heads.Suppressed(session, record.Generation, record.Mac, record.Covers);
    }

    /// <summary>Records an act of the ledger itself among the controller's entries.</summary>
    void Note(Session session, Heads heads, string kind, string by, string payload) =>
        Writer.Insert(session, heads, SealedEntry.Of(ControllerEntry(options, kind, by, payload), controller));

    static AppendRequest ControllerEntry(SqliteLedgerOptions options, string kind, string by, string payload) =>
        new()
        {
            Subject = new EntrySubject.Controller(),
            Kind = kind,
            By = by,
            HappenedAt = options.Clock.GetUtcNow(),
            Payload = Encoding.UTF8.GetBytes(payload),
        };

    /// <summary>
    /// Writes the log back into the file, where deleted bytes are zeros, and empties it; where a trace is left all the same, or nobody says
    /// what would be one, the file is written anew. False when a reader still holds an older snapshot.
    /// </summary>
    async Task<bool> ClearResidue(IReadOnlyList<byte[]>? traces, CancellationToken cancellation)
    {
        // Looking through a large file takes its time: the writer, who may have a request to stop in hand, is not kept from it.
        Task<bool> IsATraceLeft() => Task.Run(() => Residue.IsIn(options.Path, traces ?? []), cancellation);
        try
        {
            if (!await writer.Outside(IsLogEmptied, cancellation))
                return false;
            if (traces is not null && !await IsATraceLeft())
                return true;
            // The file is written anew, page by page, without what is nobody's.
            var isWrittenAnew = await writer.Outside(
                session =>
                {
                    session.Script("vacuum");
                    return IsLogEmptied(session);
                },
                cancellation
            );
            return isWrittenAnew && !await IsATraceLeft();
        }
        catch (Exception fault) when (fault is LedgerUnavailableException or IOException or UnauthorizedAccessException)
        {
            return false; // what was erased is erased and on disk; only the clearing has to be repeated
        }
    }

    static bool IsLogEmptied(Session session)
    {
        using var rows = session["pragma wal_checkpoint(truncate)"].Rows();
        return rows.Read() && rows.GetInt64(0) == 0;
    }
}
