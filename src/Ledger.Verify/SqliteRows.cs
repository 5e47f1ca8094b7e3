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
            heads[rows.GetInt32(0)] = (rows.GetInt64(1), (byte[])rows[2]);
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

    public Task<List<string>> CheckpointsAsync()
    {
        using var command = Command("select note from checkpoint order by number");
        using var rows = command.ExecuteReader();
        var notes = new List<string>();
        while (rows.Read())
            notes.Add(rows.GetString(0));
        return Task.FromResult(notes);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    SqliteCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
