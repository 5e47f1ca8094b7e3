using MaySend.Ledger.Contract.Stores;
using MaySend.Warehouse.Dialects;
using Npgsql;

namespace MaySend.Warehouse.Tests.Engines;

public sealed class PostgresEngine : IEngine
{
    readonly NpgsqlConnection connection;

    public PostgresEngine(PostgresCluster cluster)
    {
        Prefix = $"{cluster.NewSchema()}.";
        connection = new NpgsqlConnection(cluster.ConnectionString);
        connection.Open();
        Run($"CREATE SCHEMA {Prefix.TrimEnd('.')}");
    }

    public Dialect Dialect { get; } = Dialect.Find("postgres")!;

    public string Prefix { get; }

    public void Run(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public IReadOnlyList<object?[]> Ask(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        return Rows.Of(reader);
    }

    public void Dispose() => connection.Dispose();
}
