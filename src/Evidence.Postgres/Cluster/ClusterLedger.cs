using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Postgres.Cluster;

/// <summary>
/// A ledger on several PostgreSQL servers. Each partition with its contacts is on one of them, so an opt-out, its entry and the head of its
/// chain are one local commit; the controller's chain, the suppressions, the checkpoints and the map are at home. A server that cannot be
/// read ends whatever needs it with <see cref="LedgerUnavailableException"/>. A batch for several servers is one commit on each, the
/// controller's entries last: where it breaks off between two, nothing is acknowledged, and asking again with the same keys is safe.
/// </summary>
public sealed partial class ClusterLedger : ILedger
{
    /// <summary>The number of the lock under which people are linked and erased.</summary>
    const int People = 1;

    /// <summary>The number of the lock under which partitions are moved, keys rotated and backups made.</summary>
    const int Upkeep = 2;

    readonly Shards shards;
    readonly PlaceCache places = new();
    readonly SemaphoreSlim people = new(1);
    bool closed;

    ClusterLedger(Shards shards) => this.shards = shards;

    /// <inheritdoc/>
    public string StoreId => shards.Home.StoreId;

    /// <summary>The map as last read.</summary>
    public ShardMap Map => shards.Now.Map;

    PostgresLedger Home => shards.Home;

    /// <summary>Opens a ledger; the home server has to answer, any other is asked when it is needed.</summary>
    /// <exception cref="LedgerUnavailableException">The home server cannot be reached, or is an older copy of itself.</exception>
    /// <exception cref="LedgerKeyException">The key file is missing or another's.</exception>
    public static async Task<ClusterLedger> OpenAsync(ClusterOptions options)
    {
        var ledger = new ClusterLedger(await Shards.OpenAsync(options));
        try
        {
            await ledger.FinishRotationAsync();
            return ledger;
        }
        catch
        {
            await ledger.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Makes a new ledger on servers that have none, with a new key file unless there is one: the first is its home, and the partitions are
    /// dealt round.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">A server cannot be reached, or has a ledger already.</exception>
    public static async Task<ClusterLedger> CreateAsync(ClusterOptions options)
    {
        var map = ShardMap.OfNew([.. options.Servers.Select(server => server.Name)]);
        foreach (var server in options.Servers)
            await PostgresLedger.RequireFreeAsync(options.Of(server));
        await using (await PostgresLedger.CreateAsync(options.Of(options.Servers[0]))) { }
        await using (var home = await PostgresLedger.OpenAnyAsync(options.Of(options.Servers[0])))
        {
            for (var number = 1; number < options.Servers.Count; number++)
            {
                var server = options.Of(options.Servers[number]);
                await PostgresLedger.JoinAsync(server, home, number, map.Version, map.ToJson());
                var chains = map.ChainsOf(options.Servers[number].Name);
                await home.PlaceAllAsync(chains, isHere: false);
                await using var joined = await PostgresLedger.OpenAnyAsync(server);
                await joined.PlaceAllAsync(chains, isHere: true);
            }

            // Last: before it is there, nobody can open the ledger.
            await home.BeginMapAsync(map.Home, map.Version, map.ToJson());
        }

        return await OpenAsync(options);
    }

    /// <inheritdoc/>
    public ValueTask<Checkpoint> CheckpointAsync(CancellationToken cancellation = default) => KeepAsync(null, cancellation);

    async ValueTask<Checkpoint> KeepAsync(SigningKey? next, CancellationToken cancellation)
    {
        var made = await shards.ByMap(
            _ => Home.KeepCheckpointAsync(async () => await EveryHeadAsync(cancellation), next, cancellation),
            cancellation
        );
        await NoteReached();
        return made;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> CheckpointsAsync(CancellationToken cancellation = default) =>
        Home.CheckpointsAsync(cancellation);

    /// <summary>Finishes what is queued on every server, then closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (closed)
            return;
        await NoteReached();
        closed = true;
        await shards.DisposeAsync();
        people.Dispose();
    }

    /// <summary>
    /// Links and erasures one after the other: of this process first, so that those who wait hold no connection that the one who works
    /// needs.
    /// </summary>
    async Task<T> AmongPeopleAsync<T>(Func<Task<T>> act, CancellationToken cancellation)
    {
        await people.WaitAsync(cancellation);
        try
        {
            return await Home.AloneAsync(People, act, cancellation);
        }
        finally
        {
            people.Release();
        }
    }

    /// <summary>The head of every chain, each from the server that has it.</summary>
    async Task<IReadOnlyList<ChainHead>> EveryHeadAsync(CancellationToken cancellation)
    {
        var heads = new List<ChainHead>();
        foreach (var (_, ledger) in await shards.AllOf(shards.Now))
            heads.AddRange(await ledger.HeadsHereAsync(cancellation));
        heads.Sort((one, other) => one.Number.CompareTo(other.Number));
        return heads.Count == Checkpoint.Chains && !heads.Where((head, i) => head.Number != i).Any()
            ? heads
            : throw new PartitionElsewhereException("no server had one of the partitions, or two had it");
    }

    /// <summary>Keeps outside the servers how far the ledger has come, as far as they can be asked.</summary>
    async Task NoteReached()
    {
        var chains = new Dictionary<int, long>();
        foreach (var name in shards.Now.Map.Servers)
        {
            try
            {
                foreach (var (chain, seq) in await (await shards.Of(name)).SizesHereAsync(CancellationToken.None))
                    chains[chain] = seq;
            }
            catch (LedgerUnavailableException)
            {
                // What was noted last stands: it is the lower bound.
            }
        }

        new ReachedFile(shards.Options.KeyFile).Note(StoreId, chains);
    }
}
