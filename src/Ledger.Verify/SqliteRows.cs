using Microsoft.Data.Sqlite;

namespace MaySend.Ledger.Verify;

/// <summary>A SQLite ledger, opened for reading only, in one read transaction.</summary>
sealed class SqliteRows : IStoredLedger
{
    readonly SqliteConnection connection;

    internal SqliteRows(string path)
    {
        connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadOnly,
                Pooling = false,
            }.ToString()
        );
        connection.Open();
        using var begin = Command("begin");
        begin.ExecuteNonQuery();
    }

    public Task<byte[]> StoreIdAsync()
    {
        using var command = Command("select store_id from store");
        return Task.FromResult((byte[])command.ExecuteScalar()!);
    }

    public Task<Dictionary<int, (long Seq, byte[] Hash)>> HeadsAsync()
    {
        using var command = Command("select partition, seq, hash from head");
        using var rows = command.ExecuteReader();
        var heads = new Dictionary<int, (long, byte[])>();
        while (rows.Read())
            heads[rows.GetInt32(0)] = (rows.GetInt64(1), rows[2] as byte[] ?? []);
        return Task.FromResult(heads);
    }

    public IAsyncEnumerable<StoredEntry> EntriesAsync() => EntriesAsync("");

    public IAsyncEnumerable<StoredEntry> EntriesAsync(int partition, long from, long to) =>
        EntriesAsync("where partition = $partition and seq between $from and $to", ("$partition", partition), ("$from", from), ("$to", to));

    async IAsyncEnumerable<StoredEntry> EntriesAsync(string which, params (string Name, long Value)[] values)
    {
        await using var command = Command(
            $"select partition, seq, contact, kind, recorded_at, idempotency, content, hash from entry {which} order by partition, seq"
        );
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            yield return new(
                rows.GetInt32(0),
                rows.GetInt64(1),
                (byte[])rows[2],
                rows.GetString(3),
                rows.GetInt64(4),
                rows[5] as byte[],
                (byte[])rows[6],
                (byte[])rows[7]
            );
    }

    public async IAsyncEnumerable<StoredSuppression> SuppressionsAsync()
    {
        await using var command = Command("select seq, generation, address_mac, covers, hash from suppression order by seq");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            yield return new(rows.GetInt64(0), rows.GetInt32(1), (byte[])rows[2], (byte[])rows[3], (byte[])rows[4]);
    }

    public async IAsyncEnumerable<StoredContact> ContactsAsync()
    {
        await using var command = Command("select id, address_mac, partition, generation, wrapped_key, address, person from contact");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            yield return new(
                (byte[])rows[0],
                (byte[])rows[1],
                rows.GetInt32(2),
                rows.GetInt32(3),
                (byte[])rows[4],
                (byte[])rows[5],
                rows[6] as byte[]
            );
    }

    public async IAsyncEnumerable<StoredHold> HoldsAsync()
    {
        await using var command = Command("select number, contact, placed_at, reason from hold");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            yield return new(rows.GetInt64(0), (byte[])rows[1], rows.GetInt64(2), (byte[])rows[3]);
    }

    public async Task<List<(int Number, byte[] Check)>> GenerationsAsync()
    {
        await using var command = Command("select generation, check_value from key_generation order by generation");
        await using var rows = await command.ExecuteReaderAsync();
        var all = new List<(int, byte[])>();
        while (await rows.ReadAsync())
            all.Add((rows.GetInt32(0), (byte[])rows[1]));
        return all;
    }

    public async Task<StoredSelf> SelfAsync()
    {
        await using var command = Command("select store_id, controller_generation, controller_key from store");
        await using var rows = await command.ExecuteReaderAsync();
        await rows.ReadAsync();
        return new((byte[])rows[0], rows.GetInt32(1), (byte[])rows[2]);
    }

    public async Task<List<StoredHead>?> SealedHeadsAsync()
    {
        await using (var layout = Command("pragma user_version"))
            if ((long)(await layout.ExecuteScalarAsync())! < 2)
                return null;
        await using var command = Command("select partition, seq, hash, recorded_at, row_sum, seal from head order by partition");
        await using var rows = await command.ExecuteReaderAsync();
        var all = new List<StoredHead>();
        while (await rows.ReadAsync())
            all.Add(
                new(
                    rows.GetInt32(0),
                    rows.GetInt64(1),
                    rows[2] as byte[] ?? [],
                    rows.GetInt64(3),
                    rows[4] as byte[] ?? [],
                    rows[5] as byte[] ?? []
                )
            );
        return all;
    }

    public Task<List<string>> CheckpointsAsync()
    {
        using var command = Command("select note from checkpoint order by number");
        using var rows = command.ExecuteReader();
        var notes = new List<string>();
        while (rows.Read())
            notes.Add(rows.GetString(0));
        return Task.FromResult(notes);
    }

    /// <summary>What SQLite itself finds wrong with its pages and indexes; nothing where all is well.</summary>
    internal async Task<List<string>> DamageAsync()
    {
        await using var command = Command("pragma integrity_check(20)");
        await using var rows = await command.ExecuteReaderAsync();
        var damage = new List<string>();
        while (await rows.ReadAsync())
            if (rows.GetString(0) is not "ok" and var what)
                damage.Add(what);
        return damage;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    SqliteCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
