using System.Runtime.CompilerServices;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using Npgsql;

namespace MaySend.Evidence.Postgres;

public sealed partial class PostgresLedger
{
    const string SelectSeq = "select seq, here, partition from head where partition = $1";

    const string SelectKeyAndSeq = """
        select contact.id, contact.partition, contact.generation, contact.wrapped_key, contact.address, head.seq, contact.person, head.here
        from contact left join head on head.partition = contact.partition where contact.id = $1
        """;

    const string SelectOfContact = """
        select partition, seq, contact, kind, recorded_at, content, hash from entry
        where contact = $1 and seq <= $2 and recorded_at <= $3 order by seq
        """;

    const string SelectRange = """
        select entry.partition, entry.seq, entry.contact, entry.kind, entry.recorded_at, entry.content, entry.hash, contact.generation,
          contact.wrapped_key
        from entry left join contact on contact.id = entry.contact
        where entry.partition = $1 and entry.seq > $2 and entry.seq <= $3 and entry.recorded_at <= $4 order by entry.seq limit $5
        """;

    internal const int Chunk = 1000;

    /// <inheritdoc/>
    public ValueTask<ContactHistory> ReadAsync(ContactId contact, AsKnown asKnown = default, CancellationToken cancellation = default) =>
        ReadAsync(contact, asKnown, ServerReach.Whole, cancellation);

    internal async ValueTask<ContactHistory> ReadAsync(
        ContactId contact,
        AsKnown asKnown,
        ServerReach reach,
        CancellationToken cancellation
    )
    {
        return await Look(Read, cancellation);

        async Task<ContactHistory> Read(Session session)
        {
            await using var rows = await session.Together(
                (BeginLook, []),
                (SelectSeq, [(short)Partition.Controller.Number]),
                (SelectKeyAndSeq, [contact.ToBytes()]),
                (SelectHolds, [contact.ToBytes()]),
                (SelectOfContact, [contact.ToBytes(), asKnown.GreatestSeq, asKnown.LatestMicroseconds]),
                ("commit", [])
            );
            var controllerSeq = (await Session.ReadNext(rows, row => SeqIn(row, reach)))[0];
            var keyed = await Session.ReadNext(rows, KeyAndSeq);
            var holds = await Session.ReadNext(rows, ReadHeld);
            if (keyed is [var one])
            {
                var key = await Open(one.Wrapped, one.Generation, one.Id);
                using var opening = key.Opening();
                var entries = await Session.ReadNext(rows, row => Entry(row, opening));
                var index = new IndexState(AddressSeal.Open(one.Address, one.Id, opening), one.Person, holds);
                return History(one, key, index, entries, controllerSeq, asKnown);
            }
            var any = (await Session.ReadNext(rows, _ => true)).Count > 0;
            return new(contact, any ? ContactState.Erased : ContactState.Unknown, [], new(default, controllerSeq));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<DecisionPosition> PositionAsync(ContactId contact, CancellationToken cancellation = default) =>
        await LookSteadily(
            async session =>
            {
                var partition = await session.Value("select partition from contact where id = $1", contact.ToBytes()) is short number
                    ? new Partition(number)
                    : default;
                return new DecisionPosition(new(partition, await Seq(session, partition)), await Seq(session, Partition.Controller));
            },
            cancellation
        );

    /// <inheritdoc/>
    public async ValueTask<LedgerPosition> PositionAsync(Partition partition, CancellationToken cancellation = default) =>
        await Look(async session => new LedgerPosition(partition, await Seq(session, partition)), cancellation);

    /// <summary>What is on record of a contact, with its rows in the index as its entries state them.</summary>
    static ContactHistory History(
        KeyedContact of,
        ContactKey key,
        IndexState index,
        List<LedgerEntry> entries,
        long controllerSeq,
        AsKnown asKnown
    )
    {
        if (entries.Find(entry => entry.Position.Partition != of.Partition) is { } astray)
            throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"contact {of.Id} has an entry at {astray.Position} but is in {of.Partition}: the store has been altered"
            );

        // What was known earlier says nothing of the rows there are now.
        if (asKnown == AsKnown.Now)
            index.Require(
                (entries.FindLast(entry => entry.Content is { IndexState.IsEmpty: false })?.Content?.IndexState ?? default).Span,
                of.Id,
                key
            );
        entries.RemoveAll(entry => entry.Kind == IndexState.Kind);
        return new(of.Id, ContactState.Known, entries, new(new(of.Partition, of.Seq), controllerSeq));
    }

    static async Task<long> Seq(Session session, Partition partition) =>
        (await session.Rows(row => SeqIn(row, ServerReach.Whole), SelectSeq, (short)partition.Number))[0];

    /// <summary>How far a chain has come; 0 of one that is not asked for here.</summary>
    static long SeqIn(NpgsqlDataReader row, ServerReach reach) =>
        row.GetBoolean(1) ? row.GetInt64(0)
        : reach.Has(row.GetInt16(2)) ? throw new PartitionElsewhereException($"partition {row.GetInt16(2)} is not on this server")
        : 0;

    async Task<List<LedgerEntry>> Range(Session session, Partition partition, long afterSeq, AsKnown asKnown, long atMost)
    {
        var openings = new Dictionary<ContactId, ContactOpening?> { [ContactId.Controller] = controller.Key.Opening() };
        await using var rows = await session.Together(
            (SelectRange, [(short)partition.Number, afterSeq, asKnown.GreatestSeq, asKnown.LatestMicroseconds, atMost]),
            // A move deletes rows only after it has marked the head, so whoever finds the mark as it was has read them all.
            (SelectSeq, [(short)partition.Number])
        );
        try
        {
            var entries = new List<LedgerEntry>();
            while (await rows.ReadAsync(CancellationToken.None))
            {
                var owner = ContactId.FromBytes((byte[])rows[2]);
                if (!openings.TryGetValue(owner, out var opening))
                    openings[owner] = opening = rows[7] is int generation
                        ? (await Open((byte[])rows[8], generation, owner)).Opening()
                        : null;
                entries.Add(Entry(rows, opening));
            }

            await rows.NextResultAsync(CancellationToken.None);
            await Session.ReadAll(rows, row => SeqIn(row, ServerReach.Whole));
            return entries;
        }
        finally
        {
            foreach (var opening in openings.Values)
                opening?.Dispose();
        }
    }

    /// <summary>A contact's key; reads the key file again when another process has rotated since.</summary>
    async Task<ContactKey> Open(byte[] wrapped, int generation, ContactId owner)
    {
        if (generation > ring.Current.Number)
            ring = await Look(
                async session => Matching(await session.Rows(Generation, SelectGenerations), KeyRing.Load(options.KeyFile), options),
                CancellationToken.None
            );
        return ContactKey.FromSecret(ring.Generation(generation).Unwrap(wrapped, owner));
    }

    static KeyedContact KeyAndSeq(NpgsqlDataReader row) =>
        row.IsDBNull(7) ? throw Heads.Missing(row.GetInt16(1))
        : row.GetBoolean(7)
            ? new(
                ContactId.FromBytes((byte[])row[0]),
                new Partition(row.GetInt16(1)),
                row.GetInt32(2),
                (byte[])row[3],
                (byte[])row[4],
                row.GetInt64(5),
                row[6] as byte[]
            )
        : throw new PartitionElsewhereException($"partition {row.GetInt16(1)} is not on this server");

    static LedgerEntry Entry(NpgsqlDataReader row, ContactOpening? opening) => SealedRow.Of(row).Open(opening);

    /// <summary>An entry as it stands in the table.</summary>
    readonly record struct SealedRow(
        LedgerPosition Position,
        ContactId Owner,
        string Kind,
        DateTimeOffset RecordedAt,
        byte[] Content,
        byte[] Hash
    )
    {
        internal static SealedRow Of(NpgsqlDataReader row) =>
            new(
                new(new(row.GetInt16(0)), row.GetInt64(1)),
                ContactId.FromBytes((byte[])row[2]),
                row.GetString(3),
                LedgerTime.FromMicroseconds(row.GetInt64(4)),
                (byte[])row[5],
                (byte[])row[6]
            );

        internal LedgerEntry Open(ContactOpening? opening) =>
            new()
            {
                Position = Position,
                Contact = Owner == ContactId.Controller ? null : Owner,
                Kind = Kind,
                RecordedAt = RecordedAt,
                Content = opening is null ? null : EntrySeal.Open(Content, Owner, Kind, opening, Position),
                Hash = Hash,
            };
    }

    sealed record KeyedContact(ContactId Id, Partition Partition, int Generation, byte[] Wrapped, byte[] Address, long Seq, byte[]? Person);
}
