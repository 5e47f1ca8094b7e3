using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Postgres.Cluster;

/// <summary>One map and one ring of keys: what one operation goes by from beginning to end.</summary>
sealed class Route
{
    readonly Dictionary<string, ServerReach> reaches;

    internal Route(ShardMap map, KeyRing ring)
    {
        (Map, Ring) = (map, ring);
        reaches = map.Servers.ToDictionary(server => server, server => new ServerReach(map.ChainsOf(server), ring.Current.Number));
    }

    internal ShardMap Map { get; }

    internal KeyRing Ring { get; }

    internal ServerReach ReachOf(string server) => reaches[server];

    /// <summary>Every server on which somebody at this address can be; the one on which a newcomer is made comes first.</summary>
    internal List<string> ServersOf(Address address) =>
        [.. Ring.PartitionsOf(address).Select(partition => Map.OwnerOf(partition.Number)).Distinct()];
}
