using System.Text.Json;
using MaySend.Ledger.Contract.Stores;
using Npgsql;

namespace MaySend.Acceptance.Stores;

/// <summary>A ledger on several PostgreSQL servers as whoever operates it has it: a file, and commands.</summary>
public sealed class ClusterTests(PostgresCluster cluster)
{
    static int made;

    [Fact]
    public async Task A_ledger_grows_from_one_server_to_three_by_the_documented_commands_and_no_other_and_answers_as_before()
    {
        using var shell = new Shell();
        shell.WriteShop();
        string[] databases = [await NewDatabaseAsync(), await NewDatabaseAsync(), await NewDatabaseAsync()];
        Name(shell, "cluster.yaml", databases[0]);
        (await On(shell, "store init")).Status.ShouldBe(0);
        (await On(shell, "store load --in shop")).Status.ShouldBe(0);

        Name(shell, "cluster.yaml", databases);
        (await On(shell, "cluster add b")).Said.ShouldBe("server b is now part of the ledger");
        (await On(shell, "cluster add b")).Said.ShouldBe("server b was already part of the ledger");
        (await On(shell, "cluster add c")).Status.ShouldBe(0);
        var moved = await On(shell, "cluster move 0-3,200,250-255 --to b");
        (moved.Status, moved.Said.EndsWith("11 moved", StringComparison.Ordinal)).ShouldBe((0, true), moved.Said);
        foreach (
            var (command, ends, says) in new[]
            {
                ("cluster move 3,256 --to a", 65, "partitions are numbered 0 to 255"),
                ("cluster move 3 --to d", 75, "run `maysend cluster add d`"),
                ("cluster move 3 --to b", 0, "partition 3 was already on b"),
            }
        )
        {
            var ran = await On(shell, command);
            (ran.Status, ran.Said.Contains(says, StringComparison.Ordinal)).ShouldBe((ends, true), ran.Said);
        }

        var status = await On(shell, "cluster status --json");
        status.Status.ShouldBe(0, status.Said);
        ServersOf(status).ShouldBe([("a", 247, null), ("b", 11, null), ("c", 0, null)]);
        (await On(shell, "ask cleo@example.com --campaign spring")).Status.ShouldBe(2);
        var verified = await On(shell, "ledger verify");
        verified.Status.ShouldBe(0, verified.Said);
    }

    [Fact]
    public async Task A_server_that_is_away_is_named_and_a_backup_of_all_is_restored_on_others_with_whoever_asked_to_stop()
    {
        using var shell = new Shell();
        shell.WriteShop();
        string[] databases = [await NewDatabaseAsync(), await NewDatabaseAsync()];
        Name(shell, "cluster.yaml", databases);
        (await On(shell, "store init")).Status.ShouldBe(0);
        (await On(shell, "store load --in shop")).Status.ShouldBe(0);
        var backup = await On(shell, "ledger backup --out backup");
        backup.Status.ShouldBe(0, backup.Said);

        await AllowAsync(databases[1], false);
        var status = await On(shell, "cluster status --json");
        status.Status.ShouldBe(1, status.Said);
        var away = ServersOf(status).Single(server => server.Fault is not null);
        (away.Name, away.Chains).ShouldBe(("b", 128));

        Name(shell, "cluster.yaml", await NewDatabaseAsync(), await NewDatabaseAsync());
        var restored = await On(shell, "ledger restore --from backup");
        restored.Status.ShouldBe(0, restored.Said);
        (await On(shell, "ask cleo@example.com --campaign spring")).Status.ShouldBe(2);
        (await On(shell, "ledger verify")).Status.ShouldBe(0);
    }

    static void Name(Shell shell, string file, params string[] databases) =>
        shell.Write(
            file,
            "servers:\n" + string.Concat(databases.Select((database, place) => $"  {(char)('a' + place)}: \"{database}\"\n"))
        );

    static Task<Ran> On(Shell shell, string command) =>
        shell.RunAsync($"{command} --data postgres-cluster:{shell["cluster.yaml"]} --keys {shell["keys.json"]}");

    static List<(string Name, int Chains, string? Fault)> ServersOf(Ran status)
    {
        using var json = JsonDocument.Parse(status.Output);
        return
        [
            .. json
                .RootElement.GetProperty("servers")
                .EnumerateArray()
                .Select(server =>
                    (
                        server.GetProperty("name").GetString()!,
                        server.GetProperty("partitions").GetInt32(),
                        server.TryGetProperty("fault", out var fault) ? fault.GetString() : null
                    )
                ),
        ];
    }

    async Task<string> NewDatabaseAsync()
    {
        var name = $"acceptance{Interlocked.Increment(ref made)}";
        await RunAsync($"create database {name}");
        return new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Closes a database to everybody, and ends what is connected; or opens it again.</summary>
    async Task AllowAsync(string database, bool isAllowed)
    {
        var name = new NpgsqlConnectionStringBuilder(database).Database;
        await RunAsync($"alter database {name} with allow_connections {isAllowed}");
        await RunAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
    }

    async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // Names of databases cannot be parameters; these are made here.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
