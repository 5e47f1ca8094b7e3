using MaySend.Evidence.Ledger.Format;
using Npgsql;

namespace MaySend.Evidence.Postgres;

/// <summary>The steps by which a partition goes from one server to another; each can be done again.</summary>
public sealed partial class PostgresLedger
{
    const string SelectAnyHead = "select partition, seq, hash, recorded_at, row_sum, seal, here from head where partition = $1";
    const string EntryColumns = "partition, seq, contact, kind, recorded_at, idempotency, content, hash";
    const string SelectMarks = """
        select id, md5(address_mac || wrapped_key || address || coalesce(person, '') || int4send(generation)) from contact
        where partition = $1
        """;
    const string SelectWhole = "select id, address_mac, generation, wrapped_key, address, person from contact where id = any ($1)";
    const string DeleteThese = "delete from contact where partition = $1 and id = any ($2)";
    const string PutContacts = """
        insert into contact (partition, id, address_mac, generation, wrapped_key, address, person)
        select $1, * from unnest ($2, $3, $4, $5, $6, $7)
        on conflict (id) do update set address_mac = excluded.address_mac, generation = excluded.generation,
          wrapped_key = excluded.wrapped_key, address = excluded.address, person = excluded.person
        """;
    const string DeleteHoldsOf = "delete from hold where contact in (select id from contact where partition = $1)";
    const string PutHolds = "insert into hold (number, contact, placed_at, reason) select * from unnest ($1, $2, $3, $4)";
    const string CountEntries = "select count(*) from entry where partition = $1";
    const string SelectLastHash = "select hash from entry where partition = $1 order by seq desc limit 1";
    const string PlaceHead = """
        update head set seq = $2, hash = $3, recorded_at = $4, row_sum = $5, seal = $6, here = $7 where partition = $1
        """;
    const int MoveChunk = 5_000;

    /// <summary>A head, and whether this server has the partition.</summary>
    internal Task<(SealedHead Head, bool IsHere)> AnyHeadAsync(int partition) =>
        Look(session => AnyHead(session, partition, ""), CancellationToken.None);

    static async Task<(SealedHead Head, bool IsHere)> AnyHead(Session session, int partition, string locked) =>
        (await session.Rows(row => (Heads.ReadAnywhere(row), row.GetBoolean(6)), SelectAnyHead + locked, (short)partition))[0];

    /// <summary>Copies the entries that this server lacks; how many there were.</summary>
    internal Task<long> CopyEntriesAsync(PostgresLedger from, int partition, CancellationToken cancellation) =>
        Look(
            async here =>
                await from.Look(
                    async there =>
                    {
                        var copied = 0L;
                        while (true)
                        {
                            var last = (long)(await here.Value(SelectLast, (short)partition))!;
                            var upTo = (await AnyHead(there, partition, "")).Head.Seq;
                            if (last >= upTo)
                                return copied;
                            var to = Math.Min(upTo, last + MoveChunk);
                            await using (
                                var rows = await there.Connection.BeginRawBinaryCopyAsync(
                                    $"copy (select {EntryColumns} from entry where "
                                        + FormattableString.Invariant($"partition = {partition} and seq > {last} and seq <= {to}")
                                        + " order by seq) to stdout (format binary)",
                                    cancellation
                                )
                            )
                            await using (
                                var target = await here.Connection.BeginRawBinaryCopyAsync(
                                    $"copy entry ({EntryColumns}) from stdin (format binary)",
                                    cancellation
                                )
                            )
                                await rows.CopyToAsync(target, cancellation);
                            if ((long)(await here.Value(SelectLast, (short)partition))! != to)
                                throw new LedgerUnavailableException(
                                    UnavailableBecause.Damaged,
                                    $"partition {partition} lacks entries before {to} on the server it is on: run `maysend ledger verify`"
                                );
                            copied += to - last;
                        }
                    },
                    cancellation
                ),
            cancellation
        );

    /// <summary>Makes the rows of the index those of the other server; how many differed.</summary>
    internal Task<int> CopyIndexAsync(PostgresLedger from, int partition, CancellationToken cancellation) =>
        Look(
            async here =>
                await from.Look(
                    async there =>
                    {
                        var theirs = await Marks(there, partition);
                        var ours = await Marks(here, partition);
                        var gone = ours.Keys.Where(id => !theirs.ContainsKey(id)).Select(id => id.ToBytes()).ToArray();
                        await here.Run(DeleteThese, (short)partition, gone);
                        var differing = theirs.Where(one => ours.GetValueOrDefault(one.Key) != one.Value).Select(one => one.Key).ToList();
                        foreach (var some in differing.Chunk(MoveChunk))
                        {
                            cancellation.ThrowIfCancellationRequested();
                            var rows = await there.Rows(
                                row => ((byte[])row[0], (byte[])row[1], row.GetInt32(2), (byte[])row[3], (byte[])row[4], row[5] as byte[]),
                                SelectWhole,
                                [some.Select(id => id.ToBytes()).ToArray()]
                            );
                            await here.Run(
                                PutContacts,
                                (short)partition,
                                rows.Select(row => row.Item1).ToArray(),
                                rows.Select(row => row.Item2).ToArray(),
                                rows.Select(row => row.Item3).ToArray(),
                                rows.Select(row => row.Item4).ToArray(),
                                rows.Select(row => row.Item5).ToArray(),
                                rows.Select(row => row.Item6).ToArray()
                            );
                        }

                        await CopyHolds(there, here, partition);
                        return gone.Length + differing.Count;
                    },
                    cancellation
                ),
            cancellation
        );

    static async Task<Dictionary<ContactId, string>> Marks(Session session, int partition) =>
        (
            await session.Rows(row => (Id: ContactId.FromBytes((byte[])row[0]), Mark: row.GetString(1)), SelectMarks, (short)partition)
        ).ToDictionary(one => one.Id, one => one.Mark);

    static async Task CopyHolds(Session there, Session here, int partition)
    {
        var holds = await there.Rows(
            row => (Contact: (byte[])row[0], Number: row.GetInt64(1), PlacedAt: row.GetInt64(2), Reason: (byte[])row[3]),
            SelectHeldRows,
            (short)partition
        );
        await here.Run("begin");
        await here.Run(DeleteHoldsOf, (short)partition);
        await here.Run(
            PutHolds,
            holds.Select(hold => hold.Number).ToArray(),
            holds.Select(hold => hold.Contact).ToArray(),
            holds.Select(hold => hold.PlacedAt).ToArray(),
            holds.Select(hold => hold.Reason).ToArray()
        );
        await here.Run("commit");
    }

    /// <summary>
    /// Gives a partition up: whoever writes now holds the lock that is taken here and is through before it, or finds the mark and is
    /// refused.
    /// </summary>
    internal Task FenceAsync(int partition) =>
        Look(
            async session =>
            {
                await session.Run("begin");
                await AnyHead(session, partition, " for update");
                await session.Run(SetHere, new[] { (short)partition }, false);
                await session.Run("commit");
                return partition;
            },
            CancellationToken.None
        );

    /// <summary>
    /// Takes a partition: every entry and every row that its head states must have been copied. Nothing is done where it is here.
    /// </summary>
    internal Task TakeAsync(SealedHead head) =>
        Look(
            async session =>
            {
                await session.Run("begin");
                if ((await AnyHead(session, head.Chain, " for update")).IsHere)
                    return head.Chain;
                var ((sum, count), last) = (await SumOf(session, head.Chain), await Last(session, head.Chain));
                binding.Require(head, sum, count, last);
                var entries = (long)(await session.Value(CountEntries, (short)head.Chain))!;
                var lastHash = await session.Value(SelectLastHash, (short)head.Chain) as byte[];
                if (entries != head.Seq || (entries > 0 && !head.Hash.AsSpan().SequenceEqual(lastHash)))
                    throw new LedgerUnavailableException(
                        UnavailableBecause.Damaged,
                        $"partition {head.Chain} was not copied as its head states, so it stays where it was; run the move again"
                    );
                await session.Run(PlaceHead, (short)head.Chain, head.Seq, head.Hash, head.RecordedAt, head.Sum, head.Seal, true);
                await session.Run("commit");
                return head.Chain;
            },
            CancellationToken.None
        );

    /// <summary>Deletes what a partition left here that another server has.</summary>
    /// <exception cref="PartitionElsewhereException">The partition is here: nothing was deleted.</exception>
    internal async Task ClearAsync(int partition)
    {
        while (
            await Deleted("delete from entry where partition = $1 and seq <= (select min(seq) from entry where partition = $1) + 20000") > 0
        ) { }
        await Deleted(DeleteHoldsOf);
        await Deleted("delete from contact where partition = $1");
        var genesis = Chain.Genesis(storeId, partition);
        await Look(
            session =>
                session.Run(
                    PlaceHead + " and not here",
                    (short)partition,
                    0L,
                    genesis,
                    0L,
                    IndexBinding.Nothing,
                    binding.Seal(partition, 0, genesis, 0, IndexBinding.Nothing),
                    false
                ),
            CancellationToken.None
        );
        remembered.Forget();
        await Vacuum(CancellationToken.None);

        Task<int> Deleted(string sql) =>
            Look(
                async session =>
                {
                    await session.Run("begin");
                    if ((await AnyHead(session, partition, " for update")).IsHere)
                        throw new PartitionElsewhereException($"partition {partition} is here, so nothing was deleted from it");
                    var rows = await session.Run(sql, (short)partition);
                    await session.Run("commit");
                    return rows;
                },
                CancellationToken.None
            );
    }
}
