using Npgsql;

namespace MaySend.Ledger.Verify;

/// <summary>
/// A ledger on several PostgreSQL servers: the rows of each partition from the server whose head says that it has it. All servers are seen
/// as they were in one moment: no head can move until each has been seen, which takes milliseconds.
/// </summary>
sealed class ClusterRows : IStoredLedger
{
    readonly List<(string Name, PostgresRows Rows)> servers;
    readonly PostgresRows[] owners;

    ClusterRows(List<(string, PostgresRows)> servers, PostgresRows[] owners) => (this.servers, this.owners) = (servers, owners);

    PostgresRows Home => owners[Hashes.ControllerChain];

    /// <exception cref="InvalidOperationException">A chain is with no server, or with two, or the servers have different
    /// ledgers.</exception>
    internal static async Task<ClusterRows> OpenAsync(IReadOnlyList<(string Name, string ConnectionString, string Schema)> at)
    {
        var held = new List<NpgsqlConnection>();
        var servers = new List<(string Name, PostgresRows Rows)>();
        try
        {
            foreach (var (_, connectionString, schema) in at)
                held.Add(await HoldAsync(connectionString, schema));
            foreach (var (name, connectionString, schema) in at)
            {
                var rows = await PostgresRows.OpenAsync(connectionString, schema);
                servers.Add((name, rows));
                await rows.ChainsHereAsync();
            }

            foreach (var connection in held)
                await connection.DisposeAsync();
            held.Clear();
            return new(servers, await OwnersAsync(servers));
        }
        catch
        {
            foreach (var (_, rows) in servers)
                await rows.DisposeAsync();
            throw;
        }
        finally
        {
            foreach (var connection in held)
                await connection.DisposeAsync();
        }
    }

    static async Task<PostgresRows[]> OwnersAsync(List<(string Name, PostgresRows Rows)> servers)
    {
        var owners = new PostgresRows?[Hashes.Chains];
        var first = await servers[0].Rows.StoreIdAsync();
        foreach (var (name, rows) in servers)
        {
            var id = await rows.StoreIdAsync();
            if (!first.AsSpan().SequenceEqual(id))
                throw new InvalidOperationException($"server {name} does not have the same ledger as server {servers[0].Name}");
            foreach (var chain in await rows.ChainsHereAsync())
                owners[chain] = owners[chain] is null
                    ? rows
                    : throw new InvalidOperationException($"two servers have chain {chain}, server {name} among them");
        }

        var missing = Enumerable.Range(0, Hashes.Chains).Where(chain => owners[chain] is null).ToList();
        return missing.Count == 0
            ? [.. owners.Select(owner => owner!)]
            : throw new InvalidOperationException(
                $"no server has chain {string.Join(", ", missing)}: a move is not finished, or a server is not named. See "
                    + "`maysend cluster status`"
            );
    }

    static async Task<NpgsqlConnection> HoldAsync(string connectionString, string schema)
    {
        var text = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = schema,
            Pooling = false,
            Options = "-c lock_timeout=5000",
        };
        var connection = new NpgsqlConnection(text.ToString());
        try
        {
            await connection.OpenAsync();
            await using var hold = new NpgsqlCommand("begin; select 1 from head where here order by partition for share", connection);
            await hold.ExecuteNonQueryAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public Task<byte[]> StoreIdAsync() => Home.StoreIdAsync();

    public async Task<Dictionary<int, (long Seq, byte[] Hash)>> HeadsAsync()
    {
        var heads = new Dictionary<int, (long, byte[])>();
        foreach (var (_, rows) in servers)
        foreach (var (chain, head) in await rows.HeadsAsync())
            if (owners[chain] == rows)
                heads[chain] = head;
        return heads;
    }

    public async IAsyncEnumerable<StoredEntry> EntriesAsync()
    {
        for (var chain = 0; chain <= Hashes.ControllerChain; chain++)
            await foreach (var entry in EntriesAsync(chain, long.MinValue, long.MaxValue))
                yield return entry;
    }

    public IAsyncEnumerable<StoredEntry> EntriesAsync(int partition, long from, long to) =>
        owners[partition].EntriesAsync(partition, from, to);

    public IAsyncEnumerable<StoredSuppression> SuppressionsAsync() => owners[Hashes.SuppressionChain].SuppressionsAsync();

    public async IAsyncEnumerable<StoredContact> ContactsAsync()
    {
        foreach (var (_, rows) in servers)
        await foreach (var contact in rows.ContactsAsync())
            if (owners[contact.Partition] == rows)
                yield return contact;
    }

    public async IAsyncEnumerable<StoredHold> HoldsAsync()
    {
        foreach (var (_, rows) in servers)
        await foreach (var hold in rows.HoldsHereAsync())
            yield return hold;
    }

    public Task<List<(int Number, byte[] Check)>> GenerationsAsync() => Home.GenerationsAsync();

    public Task<StoredSelf> SelfAsync() => Home.SelfAsync();

    public async Task<List<StoredHead>?> SealedHeadsAsync()
    {
        var heads = new List<StoredHead>();
        foreach (var (_, rows) in servers)
            heads.AddRange((await rows.SealedHeadsAsync() ?? []).Where(head => owners[head.Chain] == rows));
        heads.Sort((one, other) => one.Chain.CompareTo(other.Chain));
        return heads;
    }

    public Task<List<string>> CheckpointsAsync() => Home.CheckpointsAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, rows) in servers)
            await rows.DisposeAsync();
    }
}
