namespace MaySend.Evidence.Postgres.Cluster;

/// <summary>One of the PostgreSQL servers that a ledger lies on.</summary>
/// <param name="Name">What it is called in the map: lower-case letters, digits and hyphens, a letter first.</param>
/// <param name="ConnectionString">An Npgsql connection string.</param>
public sealed record ClusterServer(string Name, string ConnectionString)
{
    /// <summary>The schema the tables are in.</summary>
    public string Schema { get; init; } = "maysend";
}
