using System.Runtime.CompilerServices;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Evidence.Ledger.Writing;
using Microsoft.Data.Sqlite;

namespace MaySend.Evidence.Sqlite;

public sealed partial class SqliteLedger
{
    const string SelectSeq = "select seq from head where partition = ?1";

    const string SelectNow = """
        select (select max(generation) from key_generation), controller.seq, suppressions.row_sum
        from head as controller, head as suppressions where controller.partition = ?1 and suppressions.partition = ?2
        """;

    const string SelectOfContact = """
        select partition, seq, contact, kind, recorded_at, content, hash from entry
        where contact = ?1 and seq <= ?2 and recorded_at <= ?3
        """;

    const string SelectRange = """
        select partition, seq, contact, kind, recorded_at, content, hash from entry
        where partition = ?1 and seq > ?2 and seq <= ?3 and recorded_at <= ?4 order by seq limit ?5
        """;

    const string SelectHash = "select hash from entry where partition = ?1 and seq = ?2";

    const int Chunk = 1000;

    /// <inheritdoc/>
    public ValueTask<ContactHistory> ReadAsync(ContactId contact, AsKnown asKnown = default, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(
            LookNow(
                (session, now) =>
                {
                    using (var found = FoundContact.ById(session, now.Keys, contact))
                    {
                        if (found is not null)
                            return History(session, found, asKnown, now.ControllerSeq);
                    }
                    var erased = session[Resolving.SelectAnyEntry].Value(contact.ToBytes()) is not null;
                    return new ContactHistory(
                        contact,
                        erased ? ContactState.Erased : ContactState.Unknown,
                        [],
                        new(default, now.ControllerSeq)
                    );
                }
            )
        );
    }

    /// <inheritdoc/>
    public ValueTask<AddressHistory> FindAsync(Address address, AsKnown asKnown = default, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(
            LookNow(
                (session, now) =>
                {
                    if (!now.AreSuppressionsKnown)
                        IndexRows.RequireSuppressions(session, binding);
                    var suppressions = Suppressions(session, now.Keys, address);
                    using var found = FoundContact.ByAddress(session, now.Keys, binding, address);
                    if (found is null)
                        return new AddressHistory(null, suppressions, new(default, now.ControllerSeq));
                    var history = History(session, found, asKnown, now.ControllerSeq);
                    return new AddressHistory(history, suppressions, history.Position);
                }
            )
        );
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LedgerEntry>> ReadControllerAsync(AsKnown asKnown = default, CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<LedgerEntry>>(Look(session => Range(session, Partition.Controller, 0, asKnown, int.MaxValue)));

    /// <inheritdoc/>
    public async IAsyncEnumerable<LedgerEntry> StreamAsync(
        Partition partition,
        long afterSeq = 0,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var after = afterSeq;
            var chunk = Look(session => Range(session, partition, after, default, Chunk));
            foreach (var entry in chunk.Where(entry => entry.Kind != IndexState.Kind))
                yield return entry;
            if (chunk.Count < Chunk)
                yield break;
            afterSeq = chunk[^1].Position.Seq;
            await Task.Yield();
        }
    }

    /// <inheritdoc/>
    public ValueTask<PartitionSince> SinceAsync(
        Partition partition,
        ChainMark mark = default,
        AsKnown asKnown = default,
        CancellationToken cancellation = default
    )
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(
            Look(session =>
            {
                var head = Heads.Read(session, partition.Number);
                var from = LeadsOver(session, partition, mark) ? mark : default;
                var contacts = IndexedIn(session, partition);
                var keys = contacts.ToDictionary(one => one.Contact.Id, one => one.Key);
                return new PartitionSince(
                    new(new(partition, head.Seq), Seq(session, Partition.Controller)),
                    from,
                    new(head.Seq, head.Hash),
                    controller.Key,
                    ContactsSince.Each(contacts, Range(session, partition, from.Seq, asKnown, int.MaxValue, keys.GetValueOrDefault))
                );
            })
        );
    }

    /// <inheritdoc/>
    public ValueTask<DecisionPosition> PositionAsync(ContactId contact, CancellationToken cancellation = default) =>
        ValueTask.FromResult(
            Look(session =>
            {
                var partition = Keyed(session, contact)?.Partition ?? default;
                return new DecisionPosition(new(partition, Seq(session, partition)), Seq(session, Partition.Controller));
            })
        );

    /// <inheritdoc/>
    public ValueTask<LedgerPosition> PositionAsync(Partition partition, CancellationToken cancellation = default) =>
        ValueTask.FromResult(LookOnce(session => new LedgerPosition(partition, Seq(session, partition))));

    /// <summary>What every look at a person asks first.</summary>
    /// <param name="Keys">The keys.</param>
    /// <param name="ControllerSeq">How far the controller's chain is.</param>
    /// <param name="AreSuppressionsKnown">The suppressions are those that were found to stand a moment ago.</param>
    readonly record struct Standing(KeyRing Keys, long ControllerSeq, bool AreSuppressionsKnown);

    /// <summary>
    /// Looks at one snapshot, that of the first question: SQLite keeps it for as long as that is not closed, so that a look at a person
    /// takes no statement to begin with and none to end.
    /// </summary>
    T LookNow<T>(Func<Session, Standing, T> look) =>
        LookOnce(session =>
        {
            using var rows = session[SelectNow].Rows(Partition.Controller.Number, Checkpoint.Suppressions);
            if (!rows.Read())
                throw Heads.Missing(HasHead(session, Partition.Controller.Number) ? Checkpoint.Suppressions : Partition.Controller.Number);
            return look(
                session,
                new(CurrentRing(session, rows.GetInt64(0)), rows.GetInt64(1), binding.IsKnown(Checkpoint.Suppressions, rows.Bytes(2)))
            );
        });

    static bool HasHead(Session session, int chain)
    {
        using var rows = session[Heads.Select].Rows(chain);
        return rows.Read();
    }

    static ContactHistory History(Session session, FoundContact found, AsKnown asKnown, long controllerSeq)
    {
        var position = new DecisionPosition(new(found.Partition, found.Seq), controllerSeq);
        var all = new List<LedgerEntry>();
        using (var rows = session[SelectOfContact].Rows(found.Id.ToBytes(), asKnown.GreatestSeq, asKnown.LatestMicroseconds))
        {
            while (rows.Read())
            {
                if (rows.GetInt32(0) != found.Partition.Number)
                    throw new LedgerUnavailableException(
                        UnavailableBecause.Damaged,
                        $"contact {found.Id} has entries in partition {rows.GetInt32(0)} but is in {found.Partition}: the store has "
                            + "been altered"
                    );
                all.Add(Entry(rows, _ => found.Opening));
            }
        }

        // SQLite would put whole rows into a table of their own to sort them.
        all.Sort(static (one, other) => one.Position.Seq.CompareTo(other.Position.Seq));
        var entries = new List<LedgerEntry>(all.Count);
        var stated = ReadOnlyMemory<byte>.Empty;
        foreach (var entry in all)
        {
            if (entry.Content is { IndexState.IsEmpty: false } content)
                stated = content.IndexState;
            if (entry.Kind != IndexState.Kind)
                entries.Add(entry);
        }

        // What was known earlier says nothing of the rows there are now.
        if (asKnown == AsKnown.Now)
            found.Rows(session).Require(stated.Span, found.Id, found.Key);

        return new(found.Id, ContactState.Known, entries, position);
    }

    static bool LeadsOver(Session session, Partition partition, ChainMark mark) =>
        mark.Seq > 0 && session[SelectHash].Value(partition.Number, mark.Seq) is byte[] hash && mark.Hash.Span.SequenceEqual(hash);

    static long Seq(Session session, Partition partition) => (long)session[SelectSeq].Value(partition.Number)!;

    List<LedgerEntry> Range(
        Session session,
        Partition partition,
        long afterSeq,
        AsKnown asKnown,
        int atMost,
        Func<ContactId, ContactKey?>? keyOf = null
    )
    {
        keyOf ??= owner => Keyed(session, owner)?.Key;
        var openings = new Dictionary<ContactId, ContactOpening?> { [ContactId.Controller] = controller.Key.Opening() };
        try
        {
            var entries = new List<LedgerEntry>();
            using var rows = session[SelectRange].Rows(partition.Number, afterSeq, asKnown.GreatestSeq, asKnown.LatestMicroseconds, atMost);
            while (rows.Read())
                entries.Add(
                    Entry(rows, owner => openings.TryGetValue(owner, out var known) ? known : openings[owner] = keyOf(owner)?.Opening())
                );
            return entries;
        }
        finally
        {
            foreach (var opening in openings.Values)
                opening?.Dispose();
        }
    }

    Owner? Keyed(Session session, ContactId id) => new Resolving(session, CurrentRing(session), binding).ById(id);

    static LedgerEntry Entry(Statement.Cursor rows, Func<ContactId, ContactOpening?> openingOf)
    {
        var (position, owner, kind) = (new LedgerPosition(rows.Partition(0), rows.GetInt64(1)), rows.Contact(2), rows.GetString(3));
        return new()
        {
            Position = position,
            Contact = owner == ContactId.Controller ? null : owner,
            Kind = kind,
            RecordedAt = LedgerTime.FromMicroseconds(rows.GetInt64(4)),
            Content = openingOf(owner) is { } opening ? EntrySeal.Open(rows.Bytes(5), owner, kind, opening, position) : null,
            Hash = rows.Blob(6),
        };
    }
}
