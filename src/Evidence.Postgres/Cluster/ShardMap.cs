using System.Text.Json;
using MaySend.Evidence.Ledger.Checkpoints;

namespace MaySend.Evidence.Postgres.Cluster;

/// <summary>
/// Which server has which partition. The one at the home server counts and is changed by compare-and-set on its version; the others are
/// copies. It only says where to ask: what makes a server the one that has a partition is the mark on the partition's head there.
/// </summary>
public sealed record ShardMap
{
    static readonly JsonSerializerOptions Layout = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Counts the changes, from 1.</summary>
    public required long Version { get; init; }

    /// <summary>The servers in the order in which they joined.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>The server that has the controller's chain, the suppressions and the checkpoints.</summary>
    public required string Home { get; init; }

    /// <summary>For each partition the place of its server in <see cref="Servers"/>.</summary>
    public required IReadOnlyList<int> Owners { get; init; }

    /// <summary>A move that was begun and is not through; null where none was.</summary>
    public ShardMove? Moving { get; init; }

    /// <summary>The server that has a chain.</summary>
    public string OwnerOf(int chain) => chain >= Partition.Contacts ? Home : Servers[Owners[chain]];

    /// <summary>The chains that a server has.</summary>
    public IReadOnlySet<int> ChainsOf(string server) =>
        Enumerable.Range(0, Checkpoint.Chains).Where(chain => OwnerOf(chain) == server).ToHashSet();

    internal static ShardMap OfNew(IReadOnlyList<string> servers) =>
        new()
        {
            Version = 1,
            Servers = servers,
            Home = servers[0],
            Owners = [.. Enumerable.Range(0, Partition.Contacts).Select(partition => partition % servers.Count)],
        };

    internal ShardMap With(string server) =>
        Servers.Contains(server) ? this : this with { Version = Version + 1, Servers = [.. Servers, server] };

    internal ShardMap Begin(ShardMove move) => this with { Version = Version + 1, Moving = move };

    internal ShardMap Switched(ShardMove move)
    {
        var owners = Owners.ToArray();
        owners[move.Partition] = Servers.ToList().IndexOf(move.To);
        return this with { Version = Version + 1, Owners = owners };
    }

    internal ShardMap Ended() => this with { Version = Version + 1, Moving = null };

    internal string ToJson() => JsonSerializer.Serialize(this, Layout);

    /// <exception cref="LedgerUnavailableException">The text is no map of this ledger.</exception>
    internal static ShardMap Read(string server, long version, string text)
    {
        try
        {
            if (
                JsonSerializer.Deserialize<ShardMap>(text, Layout) is { } map
                && map.Version == version
                && map.Owners.Count == Partition.Contacts
                && map.Owners.All(owner => owner >= 0 && owner < map.Servers.Count)
                && map.Servers.Contains(map.Home)
            )
                return map;
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw new LedgerUnavailableException(
            UnavailableBecause.Damaged,
            $"the map of partitions on server {server} cannot be read: compare it with the other servers' (table shard_map)"
        );
    }
}

/// <summary>A partition on its way from one server to another.</summary>
/// <param name="Partition">Its number.</param>
/// <param name="From">The server that gives it up.</param>
/// <param name="To">The server that takes it.</param>
public sealed record ShardMove(int Partition, string From, string To);
