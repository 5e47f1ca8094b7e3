using System.Collections.Concurrent;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Postgres.Cluster;

/// <summary>
/// The servers of a ledger and the one place that says which to ask. A server is connected to when it is first needed, so that one that is
/// down keeps nobody from the partitions of the others.
/// </summary>
sealed class Shards : IAsyncDisposable
{
    const int GreatestTries = 40;
    static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    readonly ClusterOptions options;
    readonly bool isRestoring;
    readonly ConcurrentDictionary<string, PostgresLedger> open = new();
    readonly SemaphoreSlim opening = new(1);
    volatile Route route;
    volatile bool closed;

    Shards(ClusterOptions options, PostgresLedger home, ShardMap map, bool isRestoring)
    {
        (this.options, this.isRestoring) = (options, isRestoring);
        Home = home;
        open[map.Home] = home;
        route = new(map, home.Ring);
    }

    internal PostgresLedger Home { get; }

    internal Route Now => route;

    internal ClusterOptions Options => options;

    /// <summary>Connects to the home server, which the map of any server that answers names.</summary>
    /// <param name="options">The servers.</param>
    /// <param name="isRestoring">True while a backup is put in place: it is older than the list of erasures, which is applied
    /// later.</param>
    internal static async Task<Shards> OpenAsync(ClusterOptions options, bool isRestoring = false)
    {
        var (map, ledgers) = await NewestMap(options);
        PostgresLedger? home = null;
        try
        {
            if (!ledgers.Remove(map.Home, out home))
                throw new LedgerUnavailableException(
                    UnavailableBecause.Unreachable,
                    $"server {map.Home}, the home of this ledger, cannot be reached: nothing can be decided without it"
                );
            if ((await MapOf(home, map.Home)).Version < map.Version)
                throw new LedgerUnavailableException(
                    UnavailableBecause.Damaged,
                    $"server {map.Home} has an older map of the partitions than another server: it is an older copy of itself. Put "
                        + "the newer one back, or restore all servers from one backup"
                );
            var shards = new Shards(options, home, map, isRestoring);
            if (!isRestoring)
                await home.RequireSuppressionsAsync();
            await shards.RequireNewest(home, map.Home);

            home = null;
            return shards;
        }
        finally
        {
            if (home is not null)
                await home.DisposeAsync();
            foreach (var ledger in ledgers.Values)
                await ledger.DisposeAsync();
        }
    }

    static async Task<(ShardMap Map, Dictionary<string, PostgresLedger> Ledgers)> NewestMap(ClusterOptions options)
    {
        var ledgers = new Dictionary<string, PostgresLedger>();
        ShardMap? newest = null;
        Exception? last = null;
        try
        {
            foreach (var server in options.Servers)
            {
                try
                {
                    var ledger = await PostgresLedger.OpenAnyAsync(options.Of(server));
                    ledgers[server.Name] = ledger;
                    var (_, version, text) = await MapOf(ledger, server.Name);
                    var map = ShardMap.Read(server.Name, version, text);
                    if (newest is null || map.Version > newest.Version)
                        newest = map;
                }
                catch (LedgerUnavailableException fault) when (fault.Because != UnavailableBecause.Damaged)
                {
                    last = fault;
                }
            }

            if (newest is null)
                throw last ?? new LedgerUnavailableException(UnavailableBecause.Unreachable, "no server is named");
            foreach (var name in newest.Servers.Where(name => options.Servers.All(server => server.Name != name)))
                throw new LedgerUnavailableException(
                    UnavailableBecause.Unreachable,
                    $"the map of partitions names a server `{name}` that the file of the cluster does not"
                );
            return (newest, ledgers);
        }
        catch
        {
            foreach (var ledger in ledgers.Values)
                await ledger.DisposeAsync();
            throw;
        }
    }

    /// <summary>The map on a server, which must be the one it is taken for.</summary>
    static async Task<(string Self, long Version, string Map)> MapOf(PostgresLedger ledger, string name)
    {
        if (await ledger.ReadMapAsync() is not { } map)
            throw new LedgerUnavailableException(
                UnavailableBecause.Unreachable,
                $"server {name} is not part of a ledger yet: run `maysend cluster add {name}`"
            );
        return map.Self == name
            ? map
            : throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"the server called {name} in the file of the cluster says that it is `{map.Self}`: the connection strings are mixed up"
            );
    }

    /// <summary>Reads the map and the keys again at the home server; true when either is another than before.</summary>
    internal async Task<bool> RefreshAsync(CancellationToken cancellation = default)
    {
        var before = route;
        var (_, version, text) = await MapOf(Home, before.Map.Home);
        var ring = await Home.RingAsync(cancellation);
        if (version == before.Map.Version && ring.Current.Number == before.Ring.Current.Number)
            return false;
        route = new(ShardMap.Read(before.Map.Home, version, text), ring);
        return true;
    }

    internal async ValueTask<PostgresLedger> Of(string name)
    {
        if (closed)
            throw new LedgerUnavailableException(UnavailableBecause.Closed, "the ledger has been closed");
        if (open.TryGetValue(name, out var known))
            return known;
        await opening.WaitAsync();
        try
        {
            if (open.TryGetValue(name, out known))
                return known;
            var server =
                options.Servers.FirstOrDefault(one => one.Name == name)
                ?? throw new LedgerUnavailableException(
                    UnavailableBecause.Unreachable,
                    $"the map of partitions names a server `{name}` that the file of the cluster does not"
                );
            var ledger = await PostgresLedger.OpenAnyAsync(
                options.Of(server) with
                {
                    SuppressedElsewhere = hashes => Home.SuppressedAsync(hashes),
                }
            );
            try
            {
                await MapOf(ledger, name);
                await RequireNewest(ledger, name);
                return open[name] = ledger;
            }
            catch
            {
                await ledger.DisposeAsync();
                throw;
            }
        }
        finally
        {
            opening.Release();
        }
    }

    /// <summary>A server that has less than it had is not asked; one that has somebody again who was erased forgets them again.</summary>
    async Task RequireNewest(PostgresLedger ledger, string name)
    {
        if (isRestoring)
            return;
        var undone = await ledger.RequireReachedAsync();
        if (undone.Count > 0)
            await ledger.ForgetAsync(
                undone,
                null,
                ServerReach.Whole,
                "erasure list",
                name == route.Map.Home ? null : contacts => Home.NoteForgottenAsync(contacts, "erasure list"),
                despiteHolds: true,
                CancellationToken.None
            );
    }

    /// <summary>Every server of the map.</summary>
    internal async Task<List<(string Name, PostgresLedger Ledger)>> AllOf(Route by)
    {
        var all = new List<(string, PostgresLedger)>();
        foreach (var name in by.Map.Servers)
            all.Add((name, await Of(name)));
        return all;
    }

    /// <summary>
    /// Does something by the map in hand; where a server says that it has something else by now, reads the map again and does it anew. A
    /// partition on its way is with nobody for a moment.
    /// </summary>
    internal async Task<T> ByMap<T>(Func<Route, Task<T>> act, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await act(route);
            }
            catch (PartitionElsewhereException fault)
            {
                if (tries == GreatestTries)
                    throw new LedgerUnavailableException(
                        UnavailableBecause.Busy,
                        $"a partition is on its way to another server, or a rotation of keys is not finished: {fault.Message}; try again. "
                            + "`maysend cluster status` says which",
                        fault
                    );
                if (!await RefreshAsync(cancellation) && tries > 1)
                    await Task.Delay(BetweenTries, TimeProvider.System, cancellation);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (closed)
            return;
        closed = true;
        foreach (var ledger in open.Values)
            await ledger.DisposeAsync();
        opening.Dispose();
    }
}
