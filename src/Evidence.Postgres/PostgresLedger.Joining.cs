using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Format;

namespace MaySend.Evidence.Postgres;

/// <summary>How a server comes to share a ledger.</summary>
public sealed partial class PostgresLedger
{
    const string SelectSelf = "select store_id, controller_generation, controller_key from store";
    const string SetHere = "update head set here = $2 where partition = any ($1)";

    const string SelectStatus = """
        select (select count(*) from head where here),
          (select coalesce(sum(seq), 0)::bigint from head where here and partition < 257),
          (select count(*) from contact join head on head.partition = contact.partition where head.here),
          (select coalesce(sum(pg_total_relation_size(oid)), 0)::bigint from pg_class
           where relnamespace = current_schema()::regnamespace and relkind = 'r'),
          (select version from shard_map)
        """;

    /// <summary>Numbers of holds are given in steps of so many, one residue for each server, so that a contact can move with its
    /// holds.</summary>
    const int HoldStep = 1_000;

    /// <summary>
    /// Makes the schema of a server that joins: the same ledger and keys, no partition yet. Nothing is done where it has joined before.
    /// </summary>
    /// <param name="options">The server.</param>
    /// <param name="home">The server that has the controller's chain.</param>
    /// <param name="number">Its place among the servers, from 1.</param>
    /// <param name="version">The version of the map.</param>
    /// <param name="map">The map.</param>
    /// <exception cref="LedgerUnavailableException">The schema is there and is another ledger's.</exception>
    internal static async Task JoinAsync(PostgresLedgerOptions options, PostgresLedger home, int number, long version, string map)
    {
        var self = (
            await home.Look(
                session => session.Rows(row => ((byte[])row[0], row.GetInt32(1), (byte[])row[2]), SelectSelf),
                CancellationToken.None
            )
        )[0];
        var generations = await home.Look(session => session.Rows(Generation, SelectGenerations), CancellationToken.None);
        var holds = await home.SpreadHoldsAsync();
        await using var source = Connect(options);
        try
        {
            await using var session = new Session(await source.OpenConnectionAsync());
            await session.Run("begin");
            if (await session.Value("select 1 from pg_namespace where nspname = $1", options.Schema) is not null)
            {
                await RequireJoined(session, options, home);
                return;
            }

            await session.Run($"create schema {options.Schema}");
            await session.Run(Schema.Tables);
            await session.Run(InsertStore, Schema.Version, self.Item1, self.Item2, self.Item3);
            foreach (var (generation, check) in generations)
                await session.Run(InsertGeneration, generation, check);
            var chains = Enumerable.Range(0, Checkpoint.Chains).Select(chain => (short)chain).ToArray();
            var genesis = chains.Select(chain => Chain.Genesis(home.storeId, chain)).ToArray();
            var seals = chains.Select((chain, i) => home.binding.Seal(chain, 0, genesis[i], 0, IndexBinding.Nothing)).ToArray();
            await session.Run(InsertHeads, chains, genesis, IndexBinding.Nothing, seals, false);
            await session.Run($"alter table hold alter column number set increment by {HoldStep} restart with {holds + number}");
            await session.Run(InsertMap, options.Shard, version, map);
            await session.Run("commit");
        }
        catch (Exception fault) when (PostgresFaults.IsOfTheStore(fault))
        {
            throw PostgresFaults.Read(fault);
        }
    }

    static async Task RequireJoined(Session session, PostgresLedgerOptions options, PostgresLedger home)
    {
        var hasMap = await session.Value($"select to_regclass('{options.Schema}.shard_map')::text") is not null;
        if (
            !hasMap
            || await session.Value("select self from shard_map") as string != options.Shard
            || await session.Value("select store_id from store") is not byte[] id
            || !id.AsSpan().SequenceEqual(home.storeId)
        )
            throw new LedgerUnavailableException(
                UnavailableBecause.Unreachable,
                $"server {options.Shard} did not join: its schema {options.Schema} already exists, but is not that of a server "
                    + "that joined this ledger under this name"
            );
    }

    /// <summary>The first number after this from which every server can count by its own residue.</summary>
    internal static long NextHolds(long last) => ((last / HoldStep) + 1) * HoldStep;

    /// <summary>From here on numbers of holds leave room for those of other servers; the number from which they do.</summary>
    Task<long> SpreadHoldsAsync() =>
        Look(
            async session =>
            {
                var last = (long)(await session.Value("select nextval(pg_get_serial_sequence('hold', 'number'))"))!;
                var from = NextHolds(last);
                await session.Run($"alter table hold alter column number set increment by {HoldStep} restart with {from}");
                return from;
            },
            CancellationToken.None
        );

    /// <summary>Chains, entries and contacts that are here, what they take on disk, and the version of the map.</summary>
    internal async Task<(int Chains, long Entries, long Contacts, long Bytes, long Version)> StatusAsync() =>
        (
            await Look(
                session =>
                    session.Rows(
                        row => ((int)row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
                        SelectStatus
                    ),
                CancellationToken.None
            )
        )[0];

    /// <summary>Marks partitions as being here or not, where nobody uses the ledger yet.</summary>
    internal Task PlaceAllAsync(IEnumerable<int> partitions, bool isHere) =>
        Look(session => session.Run(SetHere, partitions.Select(partition => (short)partition).ToArray(), isHere), CancellationToken.None);
}
