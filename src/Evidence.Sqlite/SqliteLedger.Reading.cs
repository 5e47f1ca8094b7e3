using System.Runtime.CompilerServices;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Keys;
using Microsoft.Data.Sqlite;

namespace MaySend.Evidence.Sqlite;

public sealed partial class SqliteLedger
{
    const string SelectSeq = "select seq from head where partition = $1";

    const string SelectOfContact = """
        select position, contact, kind, recorded_at, content, hash from entry
        where contact = $1 and position <= $2 and recorded_at <= $3 order by position
        """;

    const string SelectRange = """
        select position, contact, kind, recorded_at, content, hash from entry
        where position > $1 and position <= $2 and recorded_at <= $3 order by position limit $4
        """;

    const int Chunk = 1000;

    /// <inheritdoc/>
    public ValueTask<ContactHistory> ReadAsync(ContactId contact, AsKnown asKnown = default, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Look(session =>
        {
            var controllerSeq = Seq(session, Partition.Controller);
            if (Keyed(session, contact) is not { } owner)
            {
                var erased = session[SelectAnyEntry].Value(contact.ToBytes()) is not null;
                return new ContactHistory(contact, erased ? ContactState.Erased : ContactState.Unknown, [], new(default, controllerSeq));
            }

            var position = new DecisionPosition(new(owner.Partition, Seq(session, owner.Partition)), controllerSeq);
            var last = Rows.Position(new LedgerPosition(owner.Partition, Math.Min(asKnown.GreatestSeq, position.Contact.Seq)));
            var entries = new List<LedgerEntry>();
            using var rows = session[SelectOfContact].Rows(contact.ToBytes(), last, asKnown.LatestMicroseconds);
            while (rows.Read())
                entries.Add(Entry(rows, _ => owner.Key));
            return new ContactHistory(contact, ContactState.Known, entries, position);
        }));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LedgerEntry>> ReadControllerAsync(AsKnown asKnown = default, CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<LedgerEntry>>(Look(session => Range(session, Partition.Controller, 0, asKnown, int.MaxValue)));

    /// <inheritdoc/>
    public async IAsyncEnumerable<LedgerEntry> StreamAsync(Partition partition, long afterSeq = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var after = afterSeq;
            var chunk = Look(session => Range(session, partition, after, default, Chunk));
            foreach (var entry in chunk)
                yield return entry;
            if (chunk.Count < Chunk)
                yield break;
            afterSeq = chunk[^1].Position.Seq;
            await Task.Yield();
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ContactHistory> HistoriesAsync(Partition partition, AsKnown asKnown = default, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.Yield();
        var (entries, position) = Look(session => (
            Range(session, partition, 0, asKnown, int.MaxValue),
            new DecisionPosition(new(partition, Seq(session, partition)), Seq(session, Partition.Controller))));
        foreach (var ofContact in entries.Where(entry => entry.Contact is not null && entry.Content is not null).GroupBy(entry => entry.Contact!.Value))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new(ofContact.Key, ContactState.Known, [.. ofContact], position);
        }
    }

    /// <inheritdoc/>
    public ValueTask<DecisionPosition> PositionAsync(ContactId contact, CancellationToken cancellation = default) => ValueTask.FromResult(Look(session =>
    {
        var partition = Keyed(session, contact)?.Partition ?? default;
        return new DecisionPosition(new(partition, Seq(session, partition)), Seq(session, Partition.Controller));
    }));

    /// <inheritdoc/>
    public ValueTask<LedgerPosition> PositionAsync(Partition partition, CancellationToken cancellation = default) =>
        ValueTask.FromResult(Look(session => new LedgerPosition(partition, Seq(session, partition))));

    static long Seq(Session session, Partition partition) => (long)session[SelectSeq].Value(partition.Number)!;

    List<LedgerEntry> Range(Session session, Partition partition, long afterSeq, AsKnown asKnown, int atMost)
    {
        var keys = new Dictionary<ContactId, ContactKey?> { [ContactId.Controller] = controllerKey };
        var entries = new List<LedgerEntry>();
        var last = Math.Min(asKnown.GreatestSeq, (1L << Schema.SeqBits) - 1);
        using var rows = session[SelectRange].Rows(Rows.Position(new LedgerPosition(partition, afterSeq)), Rows.Position(new LedgerPosition(partition, last)), asKnown.LatestMicroseconds, atMost);
        while (rows.Read())
            entries.Add(Entry(rows, owner => keys.TryGetValue(owner, out var key) ? key : keys[owner] = Keyed(session, owner)?.Key));
        return entries;
    }

    Owner? Keyed(Session session, ContactId id) => new Resolving(this, session, CurrentRing(session)).Owner(new EntrySubject.Contact(id));

    static LedgerEntry Entry(SqliteDataReader rows, Func<ContactId, ContactKey?> keyOf)
    {
        var (position, owner, kind) = (Rows.Place(rows.GetInt64(0)), rows.Contact(1), rows.GetString(2));
        return new()
        {
            Position = position,
            Contact = owner == ContactId.Controller ? null : owner,
            Kind = kind,
            RecordedAt = LedgerTime.FromMicroseconds(rows.GetInt64(3)),
            Content = keyOf(owner) is { } key ? EntrySeal.Open((byte[])rows[4], owner, kind, key, position) : null,
            Hash = (byte[])rows[5],
        };
    }
}
