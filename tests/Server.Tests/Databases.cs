using MaySend.Ledger.Contract.Stores;
using MaySend.Stores;
using Npgsql;

namespace MaySend.Server.Tests;

/// <summary>Databases on the PostgreSQL server of the run, and folders of servers that share one.</summary>
static class Databases
{
    static int made;

    /// <summary>The data folder of another machine: of the first server it has the store's key file and nothing else.</summary>
    public static string FolderWithKeyOf(Running server)
    {
        var folder = Directory.CreateTempSubdirectory("maysend-server-").FullName;
        File.Copy(server.Options.KeyFile, Path.Combine(folder, EvidenceStores.KeyFileName));
        return folder;
    }

    public static async Task<string> NewDatabaseAsync(this PostgresCluster cluster)
    {
        var name = $"server{Interlocked.Increment(ref made)}";
        await cluster.RunAsync($"create database {name}");
        return new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Three databases for one ledger, and the file that names them; the first is home.</summary>
    public static async Task<(string Location, IReadOnlyList<string> Servers)> NewLedgerOnThreeAsync(this PostgresCluster cluster)
    {
        string[] servers = [await cluster.NewDatabaseAsync(), await cluster.NewDatabaseAsync(), await cluster.NewDatabaseAsync()];
        var file = Path.Combine(Directory.CreateTempSubdirectory("maysend-cluster-").FullName, "cluster.yaml");
        await File.WriteAllTextAsync(file, $"servers:\n  a: \"{servers[0]}\"\n  b: \"{servers[1]}\"\n  c: \"{servers[2]}\"\n");
        return (ClusterFile.Scheme + file, servers);
    }

    /// <summary>Closes a database to everybody, and ends what is connected; or opens it again.</summary>
    public static async Task AllowAsync(this PostgresCluster cluster, string database, bool isAllowed)
    {
        var name = new NpgsqlConnectionStringBuilder(database).Database;
        await cluster.RunAsync($"alter database {name} with allow_connections {isAllowed}");
        if (!isAllowed)
            await cluster.RunAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
    }

    static async Task RunAsync(this PostgresCluster cluster, string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // Names of databases cannot be parameters; these are made here.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
