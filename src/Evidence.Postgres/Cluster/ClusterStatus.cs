namespace MaySend.Evidence.Postgres.Cluster;

/// <summary>A ledger on several servers as it is now.</summary>
/// <param name="StoreId">Names the ledger.</param>
/// <param name="Map">The map at home.</param>
/// <param name="Servers">Every server of the map, in its order.</param>
public sealed record ClusterStatus(string StoreId, ShardMap Map, IReadOnlyList<ServerStatus> Servers);

/// <summary>What one server has.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Partitions">How many chains are there: by its own marks, or, where it cannot be asked, by the map.</param>
/// <param name="Entries">Entries of those chains.</param>
/// <param name="Contacts">Contacts of those partitions.</param>
/// <param name="Bytes">What the tables and indexes take on disk.</param>
/// <param name="MapVersion">The version of its copy of the map.</param>
/// <param name="Fault">Why it cannot be asked; null where it can.</param>
public sealed record ServerStatus(
    string Name,
    int Partitions,
    long Entries,
    long Contacts,
    long Bytes,
    long MapVersion,
    string? Fault = null
);
