using Microsoft.Data.Sqlite;

namespace MaySend.Evidence.Sqlite;

/// <summary>A prepared statement with positional parameters <c>$1</c>, <c>$2</c> and so on.</summary>
sealed class Statement : IDisposable
{
    readonly SqliteCommand command;

    internal Statement(SqliteConnection connection, string sql)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; sql.Contains("$" + i, StringComparison.Ordinal); i++)
            command.Parameters.Add(new SqliteParameter("$" + i, null));
        command.Prepare();
    }

    internal int Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteNonQuery();
    }

    internal object? Value(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteScalar() is var value && value is DBNull ? null : value;
    }

    internal SqliteDataReader Rows(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteReader();
    }

    public void Dispose() => command.Dispose();

    void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }
}
