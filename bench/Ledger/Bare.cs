using Microsoft.Data.Sqlite;
using Npgsql;

namespace MaySend.Bench.Ledger;

/// <summary>
/// What one would write instead: a plain table of events in clear text, one transaction per group, as durable as the ledger.
/// </summary>
interface IBare
{
    Task InsertAsync(int count, Work work);
}

/// <summary>SQLite, WAL, synchronous=FULL, one prepared statement.</summary>
sealed class BareSqlite : IBare, IDisposable
{
    readonly SqliteConnection connection;
    readonly SqliteCommand insert;

    public BareSqlite(string path, bool indexed)
    {
        connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        Script(
            "pragma journal_mode=wal; pragma synchronous=full; pragma wal_autocheckpoint=16000; pragma "
                + "cache_size=-65536; pragma mmap_size=1073741824;"
        );
        Script(
            """
            create table event (
              id integer primary key, person blob not null, kind text not null, recorded_at integer not null,
              source integer not null, key text not null, payload blob not null) strict
            """
        );
        if (indexed)
            Script("create index event_of_person on event (person); create unique index event_by_key on event (key);");
        insert = connection.CreateCommand();
        insert.CommandText = "insert into event (person, kind, recorded_at, source, key, payload) values ($1, $2, $3, $4, $5, $6)";
        for (var i = 1; i <= 6; i++)
            insert.Parameters.Add(new SqliteParameter("$" + i, null));
        insert.Prepare();
    }

    public Task InsertAsync(int count, Work work)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        insert.Transaction = transaction;
        for (var i = 0; i < count; i++)
        {
            var (number, person) = work.Next();
            insert.Parameters[0].Value = work.Hash(person);
            insert.Parameters[1].Value = "order";
            insert.Parameters[2].Value = number;
            insert.Parameters[3].Value = number;
            insert.Parameters[4].Value = $"orders.csv:{number}";
            insert.Parameters[5].Value = Work.Payload(number);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        insert.Dispose();
        connection.Dispose();
    }

    void Script(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

/// <summary>PostgreSQL, synchronous_commit=on, one insert over arrays per group, in one round trip.</summary>
sealed class BarePostgres : IBare, IAsyncDisposable
{
    readonly NpgsqlConnection connection;
    readonly string table;

    BarePostgres(NpgsqlConnection connection, string table) => (this.connection, this.table) = (connection, table);

    public static async Task<BarePostgres> OpenAsync(string connectionString, bool indexed)
    {
        var connection = new NpgsqlConnection(connectionString + ";Max Auto Prepare=20;Auto Prepare Min Usages=2");
        await connection.OpenAsync();
        var table = indexed ? "event_indexed" : "event";
        await using var create = new NpgsqlCommand(
            $"""
            create table {table} (
              id bigint generated always as identity primary key, person bytea not null, kind text not null, recorded_at bigint not null,
              source bigint not null, key text not null, payload bytea not null);
            """ + (indexed ? $"create index on {table} (person); create unique index on {table} (key);" : ""),
            connection
        );
        await create.ExecuteNonQueryAsync();
        return new(connection, table);
    }

    public async Task InsertAsync(int count, Work work)
    {
        var rows = Enumerable.Range(0, count).Select(_ => work.Next()).ToArray();
        await using var insert = new NpgsqlCommand(
            $"insert into {table} (person, kind, recorded_at, source, key, payload) select * from unnest ($1, $2, $3, $4, $5, $6)",
            connection
        );
        insert.Parameters.Add(new() { Value = rows.Select(row => work.Hash(row.Person)).ToArray() });
        insert.Parameters.Add(new() { Value = rows.Select(_ => "order").ToArray() });
        insert.Parameters.Add(new() { Value = rows.Select(row => row.Number).ToArray() });
        insert.Parameters.Add(new() { Value = rows.Select(row => row.Number).ToArray() });
        insert.Parameters.Add(new() { Value = rows.Select(row => $"orders.csv:{row.Number}").ToArray() });
        insert.Parameters.Add(new() { Value = rows.Select(row => Work.Payload(row.Number)).ToArray() });
        await insert.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
