using System.Security.Cryptography.X509Certificates;
using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Postgres;
using MaySend.Ledger.Verify;
using Npgsql;

namespace MaySend.Ledger.Contract.Stores;

public sealed class PostgresStore : Store
{
    readonly PostgresCluster cluster;
    readonly string schema;

    public PostgresStore(PostgresCluster cluster)
    {
        (this.cluster, schema) = (cluster, cluster.NewSchema());
        KeyFile = Path.Combine(Folder, "keys.json");
    }

    public override string Kind => "postgres";

    public override string Address => $"{cluster.ConnectionString};Search Path={schema}";

    public string Schema => schema;

    PostgresLedgerOptions Options =>
        new()
        {
            ConnectionString = $"{cluster.ConnectionString};Application Name={schema}",
            Schema = schema,
            KeyFile = KeyFile,
            Clock = Clock,
        };

    public override async Task<ILedger> CreateAsync() => await PostgresLedger.CreateAsync(Options);

    public override async Task<ILedger> OpenAsync(TimeSpan? busyWait = null) =>
        await PostgresLedger.OpenAsync(busyWait is { } wait ? Options with { BusyWait = wait } : Options);

    public override async Task HarmAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public override async Task<(Store Store, Restoration Restoration)> RestoreAsync(
        string backup,
        string keyFile,
        RestoreTerms? terms = null
    )
    {
        var restored = new PostgresStore(cluster) { KeyFile = keyFile, Clock = Clock };
        try
        {
            return (restored, await PostgresLedger.RestoreAsync(backup, restored.Options, terms));
        }
        catch
        {
            await restored.DisposeAsync();
            throw;
        }
    }

    public override async Task<IAsyncDisposable> HoldWriteLockAsync(Partition partition)
    {
        var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(
            $"begin; select * from head where partition = {partition.Number} for update",
            connection
        );
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    public override Task<long?> UpgradeAsync() => PostgresLedger.UpgradeAsync(Options);

    public override Task GoBackToLayout1Async() =>
        HarmAsync(
            """
            drop index contact_of_partition;
            alter table head drop column row_sum, drop column seal;
            update store set layout = 1;
            """
        );

    public override async Task<byte[]> ColumnAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (byte[])(await command.ExecuteScalarAsync())!;
    }

    public override Task<ChainProof?> ProveAsync(LedgerPosition position, string under) =>
        ChainProof.PostgresAsync(cluster.ConnectionString, schema, position.Partition.Number, position.Seq, under);

    public override Task<ConsistencyProof?> ConsistencyAsync(string earlier) =>
        ConsistencyProof.PostgresAsync(cluster.ConnectionString, schema, earlier);

    public override Task<VerificationReport> VerifyAsync(
        IReadOnlyList<string> verifierKeys,
        IReadOnlyList<string> kept,
        string? keyFile = null,
        X509Certificate2Collection? authorities = null
    ) => Verifier.PostgresAsync(cluster.ConnectionString, schema, verifierKeys, kept, Keyed(keyFile), authorities);

    async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(Address + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
