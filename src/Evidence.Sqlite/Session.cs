using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MaySend.Evidence.Sqlite;

/// <summary>One connection and the statements prepared on it. Used by one thread at a time.</summary>
sealed class Session : IDisposable
{
    readonly SqliteConnection connection;

    // By the constant that the text is: comparing and hashing long statements would cost as much as the shorter ones.
    readonly Dictionary<string, Statement> prepared = new(ReferenceEqualityComparer.Instance);

    // Counting its memory takes one lock for all connections at each allocation. It can only be said before SQLite is first used; later it
    // is refused, and SQLite counts on.
    static Session()
    {
        SQLitePCL.Batteries_V2.Init();
        SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    internal Session(SqliteLedgerOptions options, bool create = false)
    {
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = options.Path,
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 1, // the provider's own wait comes after busy_timeout and only adds to it
        };
        connection = new SqliteConnection(text.ToString());
        try
        {
            connection.Open();
            Script(string.Create(CultureInfo.InvariantCulture, $"pragma busy_timeout = {(long)options.BusyWait.TotalMilliseconds};"));
            Script(Schema.Settings);
            if (options.GreatestSize is { } bytes)
                Script(string.Create(CultureInfo.InvariantCulture, $"pragma max_page_count = {bytes / 4096};"));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal Statement this[string sql] =>
        prepared.TryGetValue(sql, out var statement) ? statement : prepared[sql] = new Statement(connection, sql);

    internal void Script(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a look at one snapshot.</summary>
    internal T Look<T>(Func<Session, T> look)
    {
        this["begin"].Run();
        try
        {
            return look(this);
        }
        finally
        {
            this["commit"].Run();
        }
    }

    /// <summary>Runs a change under the write lock: all of it is on disk when this returns, or none of it.</summary>
    internal T Change<T>(Func<Session, T> change)
    {
        this["begin immediate"].Run();
        T result;
        try
        {
            result = change(this);
        }
        catch
        {
            Undo();
            throw;
        }

        try
        {
            this["commit"].Run();
        }
        catch
        {
            Undo();
            throw;
        }

        return result;
    }

    public void Dispose()
    {
        foreach (var statement in prepared.Values)
            statement.Dispose();
        connection.Dispose();
    }

    void Undo()
    {
        try
        {
            this["rollback"].Run();
        }
        catch (SqliteException)
        {
            // A full disk rolls back by itself; there is then no transaction left to undo.
        }
    }
}
