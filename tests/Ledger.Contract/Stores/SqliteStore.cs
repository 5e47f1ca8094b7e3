using System.Security.Cryptography.X509Certificates;
using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Sqlite;
using MaySend.Ledger.Verify;
using Microsoft.Data.Sqlite;

namespace MaySend.Ledger.Contract.Stores;

public sealed class SqliteStore : Store
{
    public SqliteStore() => KeyFile = Path.Combine(Folder, "keys.json");

    public override string Kind => "sqlite";

    public override string Address => Database;

    public string Database => Path.Combine(Folder, "ledger.sqlite");

    public long? GreatestSize { get; set; }

    SqliteLedgerOptions Options =>
        new()
        {
            Path = Database,
            KeyFile = KeyFile,
            Clock = Clock,
            GreatestSize = GreatestSize,
        };

    public override Task<ILedger> CreateAsync() => Task.Run<ILedger>(() => SqliteLedger.Create(Options));

    public override Task<ILedger> OpenAsync(TimeSpan? busyWait = null) =>
        Task.Run<ILedger>(() => SqliteLedger.Open(busyWait is { } wait ? Options with { BusyWait = wait } : Options));

    public override async Task HarmAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public override async Task<(Store Store, Restoration Restoration)> RestoreAsync(
        string backup,
        string keyFile,
        RestoreTerms? terms = null
    )
    {
        var restored = new SqliteStore { KeyFile = keyFile, Clock = Clock };
        try
        {
            return (restored, await SqliteLedger.RestoreAsync(backup, restored.Options, terms));
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
        await using var command = connection.CreateCommand();
        command.CommandText = "begin immediate";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    public override Task<long?> UpgradeAsync() => Task.Run(() => SqliteLedger.Upgrade(Options));

    public override Task GoBackToLayout1Async() =>
        HarmAsync(
            """
            drop index contact_of_partition;
            delete from head where partition = 257;
            alter table head drop column row_sum;
            alter table head drop column seal;
            pragma user_version = 1;
            """
        );

    public override async Task<byte[]> ColumnAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (byte[])(await command.ExecuteScalarAsync())!;
    }

    public override Task<ChainProof?> ProveAsync(LedgerPosition position, string under) =>
        ChainProof.SqliteAsync(Database, position.Partition.Number, position.Seq, under);

    public override Task<ConsistencyProof?> ConsistencyAsync(string earlier) => ConsistencyProof.SqliteAsync(Database, earlier);

    public override Task<VerificationReport> VerifyAsync(
        IReadOnlyList<string> verifierKeys,
        IReadOnlyList<string> kept,
        string? keyFile = null,
        X509Certificate2Collection? authorities = null
    ) => Verifier.SqliteAsync(Database, verifierKeys, kept, Keyed(keyFile), authorities);

    /// <summary>Index hash, wrapped key and sealed address of a contact, as they lie in the file.</summary>
    public async Task<List<byte[]>> TracesAsync(ContactId contact)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select address_mac, wrapped_key, address from contact where id = $id";
        command.Parameters.AddWithValue("$id", contact.ToBytes());
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync() ? [(byte[])rows[0], (byte[])rows[1], (byte[])rows[2]] : [];
    }

    /// <summary>An entry's ciphertext.</summary>
    public async Task<byte[]> ContentAsync(LedgerPosition position)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"select content from entry where {Where(position)}";
        return (byte[])(await command.ExecuteScalarAsync())!;
    }

    async Task<SqliteConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}
