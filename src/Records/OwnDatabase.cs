using System.Globalization;
using MaySend.Reading;
using Microsoft.Data.Sqlite;

namespace MaySend.Records;

/// <summary>
/// A SQLite file of the server's own beside the store, readable by its owner alone, for what has to be forgotten after its time and so is
/// never in the ledger: accounts, sign-ins, the audit trail. What was committed is on disk, and what was deleted is overwritten. Several
/// processes may write it; SQLite's locks keep them apart.
/// </summary>
public sealed class OwnDatabase
{
    readonly string connection;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="schema">Statements that make its tables where they are missing.</param>
    /// <exception cref="SqliteException">It cannot be opened or made.</exception>
    /// <exception cref="IOException">The same.</exception>
    public OwnDatabase(string path, string schema)
    {
        MakeFor(path);
        connection = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 5 }.ToString();
        using var open = Open();
        Run(open, schema);
    }

    /// <summary>A connection that its caller closes.</summary>
    public SqliteConnection Open()
    {
        var open = new SqliteConnection(connection);
        open.Open();
        Run(open, "pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on");
        return open;
    }

    /// <summary>Runs a statement; returns how many rows it changed.</summary>
    /// <param name="open">The connection.</param>
    /// <param name="sql">A constant of its caller, with the parameters <c>$a</c>, <c>$b</c> and so on.</param>
    /// <param name="values">The parameters, in that order.</param>
    public static int Run(SqliteConnection open, string sql, params object[] values)
    {
        using var command = Command(open, sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>A statement with its parameters, which its caller runs and disposes.</summary>
    /// <inheritdoc cref="Run" path="/param"/>
    public static SqliteCommand Command(SqliteConnection open, string sql, params object[] values)
    {
        var command = open.CreateCommand();
        // Every statement is a constant of its caller; what people type travels as parameters.
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${(char)('a' + i)}"), values[i]);
        return command;
    }

    /// <summary>Its owner's alone before SQLite makes it, which gives what it makes beside the file the file's mode.</summary>
    static void MakeFor(string path)
    {
        foreach (var old in new[] { path, path + "-wal", path + "-shm" })
            OwnerOnly.Close(old);
        if (File.Exists(path))
            return;
        try
        {
            OwnerOnly.Open(path, FileMode.CreateNew, FileAccess.Write).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster. One that is there is never opened here: closing it would end SQLite's locks on it.
        }
    }
}
