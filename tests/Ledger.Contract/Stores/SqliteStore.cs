using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Sqlite;
using Microsoft.Data.Sqlite;

namespace MaySend.Ledger.Contract.Stores;

public sealed class SqliteStore : Store
{
    public SqliteStore() => KeyFile = Path.Combine(Folder, "keys.json");

    public override string Kind => "sqlite";

    public override string Address => Database;

    public string Database => Path.Combine(Folder, "ledger.sqlite");

    public long? GreatestSize { get; set; }

    SqliteLedgerOptions Options => new() { Path = Database, KeyFile = KeyFile, Clock = Clock, GreatestSize = GreatestSize };

    public override Task<ILedger> CreateAsync() => Task.FromResult<ILedger>(SqliteLedger.Create(Options));

    public override Task<ILedger> OpenAsync(TimeSpan? busyWait = null) => Task.FromResult<ILedger>(SqliteLedger.Open(busyWait is { } wait ? Options with { BusyWait = wait } : Options));

    public override async Task HarmAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public override string Where(LedgerPosition position) => $"position = {((long)position.Partition.Number << 40) + position.Seq}";

    public override async Task<(Store Store, Restoration Restoration)> RestoreAsync(string backup, string keyFile)
    {
        var restored = new SqliteStore { KeyFile = keyFile, Clock = Clock };
        return (restored, await SqliteLedger.RestoreAsync(backup, restored.Options));
    }

    public override async Task<IAsyncDisposable> HoldWriteLockAsync(Partition partition)
    {
        var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "begin immediate";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    async Task<SqliteConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}
