using Npgsql;

namespace MaySend.Ledger.Verify;

/// <summary>A PostgreSQL ledger in one repeatable-read, read-only transaction.</summary>
sealed class PostgresRows : IStoredLedger
{
    readonly NpgsqlConnection connection;

    PostgresRows(NpgsqlConnection connection) => this.connection = connection;

    internal static async Task<PostgresRows> OpenAsync(string connectionString, string schema)
    {
        var text = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = schema,
            Pooling = false,
            CommandTimeout = 0,
        };
        var connection = new NpgsqlConnection(text.ToString());
        try
        {
            await connection.OpenAsync();
            await using var begin = new NpgsqlCommand("begin isolation level repeatable read read only", connection);
            await begin.ExecuteNonQueryAsync();
            return new(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the operation where this server has only part of a ledger.</summary>
    /// <exception cref="InvalidOperationException">It has.</exception>
    internal async Task RequireWholeAsync()
    {
        await using var there = new NpgsqlCommand("select to_regclass('shard_map') is not null", connection);
        if (await there.ExecuteScalarAsync() is not true)
            return;
        await using var self = new NpgsqlCommand("select self from shard_map", connection);
        if (await self.ExecuteScalarAsync() is string name)
            throw new InvalidOperationException(
                $"this server is `{name}` of a ledger on several servers: name the file of the cluster (`postgres-cluster:FILE`)"
            );
    }

    public async Task<byte[]> StoreIdAsync()
    {
        await using var command = new NpgsqlCommand("select store_id from store", connection);
        return (byte[])(await command.ExecuteScalarAsync())!;
    }

    public async Task<Dictionary<int, (long Seq, byte[] Hash)>> HeadsAsync()
    {
        var heads = new Dictionary<int, (long, byte[])>();
        await foreach (var row in Rows("select partition, seq, hash from head"))
            heads[row.GetInt16(0)] = (row.GetInt64(1), row[2] as byte[] ?? []);
        return heads;
    }

    public IAsyncEnumerable<StoredEntry> EntriesAsync() => EntriesAsync("");

    public IAsyncEnumerable<StoredEntry> EntriesAsync(int partition, long from, long to) =>
        EntriesAsync("where partition = $1 and seq between $2 and $3", (short)partition, from, to);

    async IAsyncEnumerable<StoredEntry> EntriesAsync(string which, params object[] values)
    {
        await foreach (
            var row in Rows(
                $"select partition, seq, contact, kind, recorded_at, idempotency, content, hash from entry {which} order by partition, seq",
                values
            )
        )
            yield return new(
                row.GetInt16(0),
                row.GetInt64(1),
                (byte[])row[2],
                row.GetString(3),
                row.GetInt64(4),
                row[5] as byte[],
                (byte[])row[6],
                (byte[])row[7]
            );
    }

    public async IAsyncEnumerable<StoredSuppression> SuppressionsAsync()
    {
        await foreach (var row in Rows("select seq, generation, address_mac, covers, hash from suppression order by seq"))
            yield return new(row.GetInt64(0), row.GetInt32(1), (byte[])row[2], (byte[])row[3], (byte[])row[4]);
    }

    public async IAsyncEnumerable<StoredContact> ContactsAsync()
    {
        await foreach (
            var row in Rows("select id, address_mac, partition, generation, wrapped_key, address, person from contact order by id")
        )
            yield return new(
                (byte[])row[0],
                (byte[])row[1],
                row.GetInt16(2),
                row.GetInt32(3),
                (byte[])row[4],
                (byte[])row[5],
                row[6] as byte[]
            );
    }

    public async IAsyncEnumerable<StoredHold> HoldsAsync()
    {
        await foreach (var row in Rows("select number, contact, placed_at, reason from hold order by number"))
            yield return new(row.GetInt64(0), (byte[])row[1], row.GetInt64(2), (byte[])row[3]);
    }

    /// <summary>The chains that this server has of a ledger on several.</summary>
    internal async Task<List<int>> ChainsHereAsync()
    {
        var chains = new List<int>();
        await foreach (var row in Rows("select partition from head where here order by partition"))
            chains.Add(row.GetInt16(0));
        return chains;
    }

    /// <summary>The holds on contacts of those chains, and on nobody.</summary>
    internal async IAsyncEnumerable<StoredHold> HoldsHereAsync()
    {
        const string here = """
            select number, contact, placed_at, reason from hold where not exists (select 1 from contact join head on
            head.partition = contact.partition where contact.id = hold.contact and not head.here) order by number
            """;
        await foreach (var row in Rows(here))
            yield return new(row.GetInt64(0), (byte[])row[1], row.GetInt64(2), (byte[])row[3]);
    }

    public async Task<List<(int Number, byte[] Check)>> GenerationsAsync()
    {
        var all = new List<(int, byte[])>();
        await foreach (var row in Rows("select generation, check_value from key_generation order by generation"))
            all.Add((row.GetInt32(0), (byte[])row[1]));
        return all;
    }

    public async Task<StoredSelf> SelfAsync()
    {
        await foreach (var row in Rows("select store_id, controller_generation, controller_key from store"))
            return new((byte[])row[0], row.GetInt32(1), (byte[])row[2]);
        throw new InvalidOperationException("the table store has no row");
    }

    public async Task<List<StoredHead>?> SealedHeadsAsync()
    {
        await foreach (var row in Rows("select layout from store"))
            if (row.GetInt32(0) < 2)
                return null;
        var all = new List<StoredHead>();
        await foreach (var row in Rows("select partition, seq, hash, recorded_at, row_sum, seal from head order by partition"))
            all.Add(
                new(
                    row.GetInt16(0),
                    row.GetInt64(1),
                    row[2] as byte[] ?? [],
                    row.GetInt64(3),
                    row[4] as byte[] ?? [],
                    row[5] as byte[] ?? []
                )
            );
        return all;
    }

    public async Task<List<string>> CheckpointsAsync()
    {
        var notes = new List<string>();
        await foreach (var row in Rows("select note from checkpoint order by number"))
            notes.Add(row.GetString(0));
        return notes;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    async IAsyncEnumerable<NpgsqlDataReader> Rows(string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            yield return rows;
    }
}
