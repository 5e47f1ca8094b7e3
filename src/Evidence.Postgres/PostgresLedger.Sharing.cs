using System.Buffers.Binary;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Evidence.Ledger.Writing;

namespace MaySend.Evidence.Postgres;

/// <summary>What one of several servers that share a ledger is asked for besides the contract.</summary>
public sealed partial class PostgresLedger
{
    const string SelectMap = "select self, version, map from shard_map";
    const string InsertMap = "insert into shard_map (one, self, version, map) values (1, $1, $2, $3)";
    const string ReplaceMap = "update shard_map set version = $1, map = $2 where version = $3";
    const string RaiseMap = "update shard_map set version = $1, map = $2 where version < $1";
    const string SelectHere = "select partition, seq, hash from head where here order by partition";
    const string SelectPlace = """
        select partition from contact where id = $1 union all (select partition from entry where contact = $1 limit 1) limit 1
        """;
    const string SelectAllOfPerson = "select id from contact where person = $1";
    const string SelectNextOfPartition = """
        select id, partition, generation, wrapped_key, address from contact where partition = $1 and id > $2 order by id limit $3
        """;
    const string CountHere = """
        select head.partition, (select count(*) from contact where contact.partition = head.partition) from head
        where head.here and head.partition < $1
        """;

    /// <summary>Waits in a transaction of its own until nobody else holds the lock with this number.</summary>
    const string TakeLock = "select pg_advisory_xact_lock($1)";

    internal KeyRing Ring => ring;

    internal Task<KeyRing> RingAsync(CancellationToken cancellation) => Look(CurrentRing, cancellation);

    /// <summary>What this server is called, and the map it keeps; null where it shares with nobody.</summary>
    internal async Task<(string Self, long Version, string Map)?> ReadMapAsync(CancellationToken cancellation = default) =>
        await Look(
            async session =>
                (await session.Rows(row => (row.GetString(0), row.GetInt64(1), row.GetString(2)), SelectMap)) is [var map]
                    ? map
                    : ((string, long, string)?)null,
            cancellation
        );

    /// <summary>Puts the first map down.</summary>
    internal Task BeginMapAsync(string self, long version, string map) =>
        Look(session => session.Run(InsertMap, self, version, map), CancellationToken.None);

    /// <summary>Compare-and-set: false when the map had another version.</summary>
    internal async Task<bool> SetMapAsync(long version, string map, long expected) =>
        await Look(session => session.Run(ReplaceMap, version, map, expected), CancellationToken.None) == 1;

    /// <summary>A copy of a newer map; an older one changes nothing.</summary>
    internal Task RaiseMapAsync(long version, string map) => Look(session => session.Run(RaiseMap, version, map), CancellationToken.None);

    /// <summary>The heads of the chains that this server has.</summary>
    internal Task<List<ChainHead>> HeadsHereAsync(CancellationToken cancellation) =>
        Look(session => session.Rows(row => new ChainHead(row.GetInt16(0), row.GetInt64(1), (byte[])row[2]), SelectHere), cancellation);

    /// <summary>How far each chain has come that this server has.</summary>
    internal async Task<Dictionary<int, long>> SizesHereAsync(CancellationToken cancellation) =>
        (
            await Look(session => session.Rows(row => (Chain: (int)row.GetInt16(0), Seq: row.GetInt64(1)), SelectHere), cancellation)
        ).ToDictionary(one => one.Chain, one => one.Seq);

    /// <summary>
    /// The partition of whoever has this id, or had it: a contact stays in the partition it was put in, so this holds wherever the
    /// partition is by now. Null where this server has nothing of them.
    /// </summary>
    internal Task<int?> PlaceAsync(ContactId contact, CancellationToken cancellation) =>
        Look(async session => await session.Value(SelectPlace, contact.ToBytes()) is short place ? place : (int?)null, cancellation);

    /// <summary>The next entries of a partition, <see cref="Chunk"/> at most.</summary>
    internal Task<List<LedgerEntry>> ChunkAsync(Partition partition, long afterSeq, CancellationToken cancellation) =>
        Look(session => Range(session, partition, afterSeq, default, Chunk), cancellation);

    /// <summary>The next contacts of a partition that is here, <see cref="Chunk"/> at most.</summary>
    internal async Task<List<Contact>> ContactsOfAsync(Partition partition, byte[] after, CancellationToken cancellation)
    {
        var rows = await LookSteadily(
            async session =>
            {
                await Seq(session, partition);
                return await session.Rows(Sealed, SelectNextOfPartition, (short)partition.Number, after, Chunk);
            },
            cancellation
        );
        var contacts = new List<Contact>();
        foreach (var row in rows)
            contacts.Add(await Opened(row));
        return contacts;
    }

    /// <summary>How many contacts each partition has that is here.</summary>
    internal async Task<Dictionary<int, long>> CountHereAsync(CancellationToken cancellation) =>
        (
            await Look(
                session => session.Rows(row => (Partition: (int)row.GetInt16(0), Contacts: row.GetInt64(1)), CountHere, Partition.Contacts),
                cancellation
            )
        ).ToDictionary(one => one.Partition, one => one.Contacts);

    /// <summary>Suppressions of an address and how far the controller's chain has come, in one look.</summary>
    internal async Task<(IReadOnlyList<Suppression> Suppressions, long ControllerSeq)> SuppressionsAsync(
        Address address,
        ServerReach reach,
        CancellationToken cancellation
    )
    {
        var (suppressions, seq) = await SuppressionsAsync([address], reach, cancellation);
        return (suppressions[0], seq);
    }

    /// <summary>The same for several addresses, in order.</summary>
    internal async Task<(IReadOnlyList<IReadOnlyList<Suppression>> Suppressions, long ControllerSeq)> SuppressionsAsync(
        IReadOnlyList<Address> addresses,
        ServerReach reach,
        CancellationToken cancellation
    ) =>
        await Look(
            async session =>
            {
                while (true)
                {
                    var keys = ring;
                    var asked = addresses.Select(address => SuppressionMacs(keys, address)).ToList();
                    var rows = await session.Together(
                        (BeginLook, []),
                        (SelectNewestGeneration, []),
                        (SelectSeq, [(short)Partition.Controller.Number]),
                        (SelectSuppressions, [asked.SelectMany(macs => macs).ToArray()]),
                        (SelectSealedHeads, [new[] { (short)Checkpoint.Suppressions }]),
                        ("commit", [])
                    );
                    await using (rows)
                    {
                        if ((await Session.ReadNext(rows, row => row.GetInt32(0)))[0] == keys.Current.Number)
                        {
                            reach.Require(keys);
                            var seq = (await Session.ReadNext(rows, row => SeqIn(row, ServerReach.Whole)))[0];
                            var found = await Session.ReadNext(rows, Suppressing);
                            var heads = await Session.ReadNext(rows, Heads.ReadSealed);
                            await rows.DisposeAsync();
                            await RequireRows(session, [Checkpoint.Suppressions], heads);
                            return (Suppressions(addresses, asked, found, keys), seq);
                        }
                    }

                    await CurrentRing(session);
                }
            },
            cancellation
        );

    /// <summary>Which of these hashes of addresses a suppression stands under.</summary>
    internal Task<List<byte[]>> SuppressedAsync(byte[][] hashes) =>
        Look(
            async session =>
            {
                await session.Run(BeginLook);
                await RequireRows(session, Checkpoint.Suppressions);
                var found = await session.Rows(row => (byte[])row[0], Writer.SelectSuppressed, [hashes]);
                await session.Run("commit");
                return found;
            },
            CancellationToken.None
        );

    /// <summary>What a contact shares with linked addresses; null while it has none, or is not known.</summary>
    internal Task<byte[]?> PersonAsync(ContactId contact, CancellationToken cancellation) =>
        LookSteadily(async session => (await Indexed(session, contact))?.State.Person, cancellation);

    /// <summary>Every row that bears this number, those a move has left or brings among them.</summary>
    internal Task<List<ContactId>> OfPersonAsync(byte[] person, CancellationToken cancellation) =>
        Look(session => session.Rows(row => ContactId.FromBytes((byte[])row[0]), SelectAllOfPerson, person), cancellation);

    /// <summary>Gives a contact the number it shares with linked addresses; false when there is no such contact.</summary>
    internal Task<bool> SetPersonAsync(ContactId contact, byte[] person, CancellationToken cancellation) =>
        Change(
            async (session, heads) =>
            {
                if (await Locked(session, heads, [contact]) is not [{ } indexed])
                    return false;
                if (indexed.State.Person is { } own && own.AsSpan().SequenceEqual(person))
                    return true;
                await session.Run(SetPerson, contact.ToBytes(), person);
                await Bind(session, heads, indexed.Owner, "linked");
                return true;
            },
            cancellation
        );

    /// <summary>Links that were begun, to be carried through by whoever comes next.</summary>
    internal Task<List<(ContactId Contact, byte[] Person)>> PendingLinksAsync(CancellationToken cancellation) =>
        Look(
            session =>
                session.Rows(
                    row => (ContactId.FromBytes((byte[])row[0]), (byte[])row[1]),
                    "select contact, person from link_pending order by contact"
                ),
            cancellation
        );

    internal Task BeginLinksAsync(IReadOnlyCollection<ContactId> contacts, byte[] person) =>
        Look(
            session =>
                session.Run(
                    "insert into link_pending select unnest ($1), $2 on conflict (contact) do update set person = excluded.person",
                    contacts.Select(contact => contact.ToBytes()).ToArray(),
                    person
                ),
            CancellationToken.None
        );

    internal Task EndLinksAsync(IReadOnlyCollection<ContactId> contacts) =>
        Look(
            session =>
                session.Run("delete from link_pending where contact = any ($1)", [contacts.Select(contact => contact.ToBytes()).ToArray()]),
            CancellationToken.None
        );

    /// <summary>Carries out an act while no other process carries out one under the same number.</summary>
    internal Task<T> AloneAsync<T>(int number, Func<Task<T>> act, CancellationToken cancellation) =>
        Look(
            async session =>
            {
                await session.Run("begin");
                await session.Value(TakeLock, BinaryPrimitives.ReadInt64BigEndian(storeId) ^ number);
                var answer = await act();
                await session.Run("commit");
                return answer;
            },
            cancellation
        );

    /// <summary>Keeps a checkpoint; see <see cref="CheckpointAsync"/>.</summary>
    internal Task<Checkpoint> KeepCheckpointAsync(
        Func<Task<IReadOnlyList<ChainHead>>> heads,
        SigningKey? next,
        CancellationToken cancellation
    ) =>
        Change(
            async (session, held) =>
            {
                await held.LockAll(session, [Checkpoint.Suppressions]);
                var checkpoint = Checkpoint.Sign(
                    StoreId,
                    await heads(),
                    options.Clock.GetUtcNow(),
                    KeyRing.Load(options.KeyFile).Signing,
                    next
                );
                await session.Run(InsertCheckpoint, checkpoint.Note);
                return checkpoint;
            },
            cancellation
        );
}
