using System.Security.Cryptography.X509Certificates;
using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Postgres.Cluster;
using MaySend.Ledger.Verify;
using Npgsql;

namespace MaySend.Ledger.Contract.Stores;

/// <summary>A ledger on three servers, which are three schemas of the one server of the run: nothing in the ledger knows that.</summary>
public sealed class ClusterStore : Store
{
    readonly PostgresCluster cluster;
    readonly List<string> schemas;

    public ClusterStore(PostgresCluster cluster)
        : this(cluster, 3) { }

    public ClusterStore(PostgresCluster cluster, int servers)
    {
        this.cluster = cluster;
        schemas = [.. Enumerable.Range(0, servers).Select(_ => cluster.NewSchema())];
        KeyFile = Path.Combine(Folder, "keys.json");
    }

    public override string Kind => "cluster";

    public override string Address => $"{cluster.ConnectionString}|{string.Join('|', schemas)}";

    public ClusterOptions Options =>
        new()
        {
            Servers = ServersOf(cluster.ConnectionString, schemas),
            KeyFile = KeyFile,
            Clock = Clock,
        };

    public static List<ClusterServer> ServersOf(string connectionString, IReadOnlyList<string> schemas) =>
        [
            .. schemas.Select(
                (schema, i) => new ClusterServer($"{(char)('a' + i)}", $"{connectionString};Application Name={schema}") { Schema = schema }
            ),
        ];

    public override async Task<ILedger> CreateAsync() => await ClusterLedger.CreateAsync(Options);

    public override async Task<ILedger> OpenAsync(TimeSpan? busyWait = null) =>
        await ClusterLedger.OpenAsync(busyWait is { } wait ? Options with { BusyWait = wait } : Options);

    public override async Task HarmAsync(string sql)
    {
        foreach (var schema in schemas)
        {
            await using var connection = await ConnectAsync(schema);
            await using var command = new NpgsqlCommand(sql, connection);
            try
            {
                await command.ExecuteNonQueryAsync();
            }
            catch (PostgresException) when (schema != schemas[0])
            {
                // What it looks for is on another server.
            }
        }
    }

    public override async Task<(Store Store, Restoration Restoration)> RestoreAsync(
        string backup,
        string keyFile,
        RestoreTerms? terms = null
    )
    {
        var restored = new ClusterStore(cluster, schemas.Count) { KeyFile = keyFile, Clock = Clock };
        try
        {
            return (restored, await ClusterLedger.RestoreAsync(backup, restored.Options, terms));
        }
        catch
        {
            await restored.DisposeAsync();
            throw;
        }
    }

    public override async Task<IAsyncDisposable> HoldWriteLockAsync(Partition partition)
    {
        foreach (var schema in schemas)
        {
            var connection = await ConnectAsync(schema);
            await using var command = new NpgsqlCommand(
                $"begin; select * from head where partition = {partition.Number} and here for update",
                connection
            );
            if (await command.ExecuteScalarAsync() is not null)
                return connection;
            await connection.DisposeAsync();
        }

        throw new InvalidOperationException($"no server has partition {partition}");
    }

    /// <summary>It came after both older layouts.</summary>
    public override Task<long?> UpgradeAsync() => Task.FromResult<long?>(null);

    public override Task GoBackToLayout1Async() => throw new NotSupportedException("a ledger on several servers has no older layout");

    public override async Task<byte[]> ColumnAsync(string sql)
    {
        foreach (var schema in schemas)
        {
            await using var connection = await ConnectAsync(schema);
            await using var command = new NpgsqlCommand(sql, connection);
            if (await command.ExecuteScalarAsync() is byte[] column)
                return column;
        }

        throw new InvalidOperationException($"no server has a row of: {sql}");
    }

    public override Task<ChainProof?> ProveAsync(LedgerPosition position, string under) =>
        ChainProof.ClusterAsync(
            [.. Options.Servers.Select(server => (server.Name, server.ConnectionString, server.Schema))],
            position.Partition.Number,
            position.Seq,
            under
        );

    public override Task<ConsistencyProof?> ConsistencyAsync(string earlier) =>
        ConsistencyProof.ClusterAsync(
            [.. Options.Servers.Select(server => (server.Name, server.ConnectionString, server.Schema))],
            earlier
        );

    public override Task<VerificationReport> VerifyAsync(
        IReadOnlyList<string> verifierKeys,
        IReadOnlyList<string> kept,
        string? keyFile = null,
        X509Certificate2Collection? authorities = null
    ) =>
        Verifier.ClusterAsync(
            [.. Options.Servers.Select(server => (server.Name, server.ConnectionString, server.Schema))],
            verifierKeys,
            kept,
            Keyed(keyFile),
            authorities
        );

    /// <summary>The partition a contact stands in.</summary>
    public async Task<Partition> PartitionOfAsync(ContactId contact)
    {
        foreach (var schema in schemas)
        {
            await using var connection = await ConnectAsync(schema);
            await using var command = new NpgsqlCommand($"select partition from contact where id = '\\x{contact}'", connection);
            if (await command.ExecuteScalarAsync() is short number)
                return new(number);
        }

        throw new InvalidOperationException($"no server has contact {contact}");
    }

    /// <summary>The number a contact shares with linked ones, in hexadecimal digits.</summary>
    public async Task<string> PersonOfAsync(ContactId contact) =>
        Convert.ToHexStringLower(await ColumnAsync($"select person from contact where id = '\\x{contact}'"));

    /// <summary>Runs SQL on one server behind the ledger's back, and gives the first cell of its answer.</summary>
    public async Task<object?> AtAsync(string server, string sql)
    {
        await using var connection = await ConnectAsync(schemas[server[0] - 'a']);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    async Task<NpgsqlConnection> ConnectAsync(string schema)
    {
        var connection = new NpgsqlConnection($"{cluster.ConnectionString};Search Path={schema};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
