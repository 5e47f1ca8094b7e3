namespace MaySend.Evidence.Postgres.Cluster;

/// <summary>How far a move has come.</summary>
public enum MoveStep
{
    /// <summary>It stands in the map.</summary>
    Begun,

    /// <summary>The server that takes the partition has its entries, but for those recorded since.</summary>
    Copied,

    /// <summary>The server that gives it up writes it no more, and answers no more for it: it is with nobody for a moment.</summary>
    Fenced,

    /// <summary>The server that takes it has everything, and it was counted and compared.</summary>
    Taken,

    /// <summary>The map says where it is.</summary>
    Switched,

    /// <summary>Nothing of it is left on the server that gave it up.</summary>
    Cleared,
}

/// <summary>
/// Adds servers to a ledger and moves partitions between them, while everybody goes on reading and writing. One such act at a time; each
/// can be run again after whatever broke it off.
/// </summary>
public static class ClusterUpkeep
{
    const int Upkeep = 2;

    /// <summary>
    /// Makes a server part of a ledger, without any partition yet. The first is the one that has the ledger already: it becomes the home.
    /// </summary>
    /// <param name="options">The servers of the ledger, this one among them.</param>
    /// <param name="name">Which one to add.</param>
    /// <returns>False when it is part of it already.</returns>
    /// <exception cref="LedgerUnavailableException">A server cannot be used, or has something else in its schema.</exception>
    public static async Task<bool> AddAsync(ClusterOptions options, string name)
    {
        var server = Named(options, name);
        if (!await IsSharedAsync(options))
            return await BeginAsync(options, server);
        await using var shards = await Shards.OpenAsync(options);
        return await shards.Home.AloneAsync(
            Upkeep,
            async () =>
            {
                await shards.RefreshAsync();
                var map = shards.Now.Map;
                if (map.Servers.Contains(name))
                    return false;
                await PostgresLedger.JoinAsync(options.Of(server), shards.Home, map.Servers.Count, map.Version, map.ToJson());
                await ChangeAsync(shards, map.With(name));
                return true;
            },
            CancellationToken.None
        );
    }

    static async Task<bool> IsSharedAsync(ClusterOptions options)
    {
        foreach (var server in options.Servers)
        {
            try
            {
                await using var ledger = await PostgresLedger.OpenAnyAsync(options.Of(server));
                if (await ledger.ReadMapAsync() is not null)
                    return true;
            }
            catch (LedgerUnavailableException fault) when (fault.Because == UnavailableBecause.Unreachable)
            {
                // It has no ledger yet, or is down: another may know of one.
            }
        }

        return false;
    }

    static async Task<bool> BeginAsync(ClusterOptions options, ClusterServer server)
    {
        await using var ledger = await PostgresLedger.OpenAnyAsync(options.Of(server));
        var map = ShardMap.OfNew([server.Name]);
        await ledger.BeginMapAsync(server.Name, map.Version, map.ToJson());
        return true;
    }

    /// <summary>
    /// Moves a partition: copies it, catches up, fences the server that has it, takes the rest over, switches the map, and clears what is
    /// left. A move that broke off goes on where it stood.
    /// </summary>
    /// <param name="options">The servers of the ledger.</param>
    /// <param name="partition">0 to 255.</param>
    /// <param name="to">The server that is to have it.</param>
    /// <param name="reached">Told of each step once it is done; null for nobody.</param>
    /// <param name="cancellation">Ends the act between two chunks; running it again goes on.</param>
    /// <returns>False when the partition is there already.</returns>
    /// <exception cref="LedgerUnavailableException">A server cannot be used, or another move is not through.</exception>
    public static async Task<bool> MoveAsync(
        ClusterOptions options,
        int partition,
        string to,
        Action<MoveStep>? reached = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partition);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(partition, Partition.Contacts);
        await using var shards = await Shards.OpenAsync(options);
        return await shards.Home.AloneAsync(
            Upkeep,
            async () =>
            {
                await shards.RefreshAsync(cancellation);
                var map = shards.Now.Map;
                if (!map.Servers.Contains(to))
                    throw new LedgerUnavailableException(
                        UnavailableBecause.Unreachable,
                        $"server {to} is not part of the ledger: run `maysend cluster add {to}`"
                    );
                if (map.Moving is { } other && (other.Partition != partition || other.To != to))
                    throw new LedgerUnavailableException(
                        UnavailableBecause.Busy,
                        $"partition {other.Partition} is on its way from {other.From} to {other.To}: finish that move first"
                    );
                if (map.Moving is null && map.OwnerOf(partition) == to)
                    return false;
                var move = map.Moving ?? new ShardMove(partition, map.OwnerOf(partition), to);
                if (map.Moving is null)
                    await ChangeAsync(shards, map.Begin(move));
                reached?.Invoke(MoveStep.Begun);
                await MoveAsync(shards, move, step => reached?.Invoke(step), cancellation);
                return true;
            },
            cancellation
        );
    }

    static async Task MoveAsync(Shards shards, ShardMove move, Action<MoveStep> reached, CancellationToken cancellation)
    {
        var (from, to, partition) = (await shards.Of(move.From), await shards.Of(move.To), move.Partition);
        if (!(await to.AnyHeadAsync(partition)).IsHere)
        {
            await CopyAsync(from, to, partition, cancellation);
            reached(MoveStep.Copied);
            await from.FenceAsync(partition);
            reached(MoveStep.Fenced);

            // Nothing moves on either side from here on.
            await to.CopyEntriesAsync(from, partition, cancellation);
            await to.CopyIndexAsync(from, partition, cancellation);
            await to.TakeAsync((await from.AnyHeadAsync(partition)).Head);
            reached(MoveStep.Taken);
        }

        if (shards.Now.Map.OwnerOf(partition) != move.To)
            await ChangeAsync(shards, shards.Now.Map.Switched(move));
        reached(MoveStep.Switched);
        await from.ClearAsync(partition);
        reached(MoveStep.Cleared);
        await ChangeAsync(shards, shards.Now.Map.Ended());
    }

    /// <summary>Entries and rows of the index while both are written on, until little is left for the moment behind the fence.</summary>
    static async Task CopyAsync(PostgresLedger from, PostgresLedger to, int partition, CancellationToken cancellation)
    {
        const int fewEntries = 500;
        const int mostRounds = 20;
        for (var round = 0; round < mostRounds; round++)
            if (
                await to.CopyEntriesAsync(from, partition, cancellation) <= fewEntries
                && await to.CopyIndexAsync(from, partition, cancellation) <= fewEntries
            )
                return;
    }

    /// <summary>Puts the next map down at home, where it counts, then its copies; a server that is down gets its copy with the
    /// next.</summary>
    static async Task ChangeAsync(Shards shards, ShardMap next)
    {
        if (!await shards.Home.SetMapAsync(next.Version, next.ToJson(), next.Version - 1))
            throw new LedgerUnavailableException(
                UnavailableBecause.Busy,
                "somebody else changed the map of partitions in the meantime: run `maysend cluster status`, and the command again"
            );
        await shards.RefreshAsync();
        foreach (var name in next.Servers.Where(name => name != next.Home))
        {
            try
            {
                await (await shards.Of(name)).RaiseMapAsync(next.Version, next.ToJson());
            }
            catch (LedgerUnavailableException)
            {
                // An older copy misleads nobody: the mark on the head decides.
            }
        }
    }

    /// <summary>Takes every server to the layout of this build; see <see cref="PostgresLedger.UpgradeAsync"/>.</summary>
    public static async Task<long?> UpgradeAsync(ClusterOptions options)
    {
        long? bound = null;
        foreach (var server in options.Servers)
            if (await PostgresLedger.UpgradeAsync(options.Of(server)) is { } here)
                bound = (bound ?? 0) + here;
        return bound;
    }

    /// <summary>What each server has, asked now.</summary>
    /// <exception cref="LedgerUnavailableException">The home server cannot be reached.</exception>
    public static async Task<ClusterStatus> StatusAsync(ClusterOptions options)
    {
        await using var shards = await Shards.OpenAsync(options);
        var map = shards.Now.Map;
        var servers = new List<ServerStatus>();
        foreach (var name in map.Servers)
        {
            try
            {
                var (chains, entries, contacts, bytes, version) = await (await shards.Of(name)).StatusAsync();
                servers.Add(new(name, chains, entries, contacts, bytes, version));
            }
            catch (LedgerUnavailableException fault)
            {
                servers.Add(new(name, map.ChainsOf(name).Count, 0, 0, 0, 0, fault.Message));
            }
        }

        return new(shards.Home.StoreId, map, servers);
    }

    static ClusterServer Named(ClusterOptions options, string name) =>
        options.Servers.FirstOrDefault(server => server.Name == name)
        ?? throw new LedgerUnavailableException(UnavailableBecause.Unreachable, $"the file of the cluster does not name a server `{name}`");
}
