using Npgsql;

namespace MaySend.Evidence.Postgres;

/// <summary>One connection, with positional parameters <c>$1</c>, <c>$2</c>. Used by one caller at a time.</summary>
sealed class Session(NpgsqlConnection connection) : IAsyncDisposable
{
    internal NpgsqlConnection Connection => connection;

    internal async Task<int> Run(string sql, params object?[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    internal async Task<object?> Value(string sql, params object?[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync() is var value && value is DBNull ? null : value;
    }

    internal async Task<List<T>> Rows<T>(Func<NpgsqlDataReader, T> read, string sql, params object?[] values)
    {
        await using var command = Command(sql, values);
        await using var rows = await command.ExecuteReaderAsync();
        return await ReadAll(rows, read);
    }

    /// <summary>All statements in one round trip. An empty statement list is a programming error.</summary>
    internal async Task<NpgsqlDataReader> Together(params (string Sql, object?[] Values)[] statements)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (sql, values) in statements)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values)
                command.Parameters.Add(Parameter(value));
            batch.BatchCommands.Add(command);
        }

        return await batch.ExecuteReaderAsync();
    }

    internal static async Task<List<T>> ReadAll<T>(NpgsqlDataReader rows, Func<NpgsqlDataReader, T> read)
    {
        var all = new List<T>();
        while (await rows.ReadAsync())
            all.Add(read(rows));
        return all;
    }

    /// <summary>The next statement's rows that has any columns.</summary>
    internal static async Task<List<T>> ReadNext<T>(NpgsqlDataReader rows, Func<NpgsqlDataReader, T> read)
    {
        var all = await ReadAll(rows, read);
        await rows.NextResultAsync();
        return all;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    NpgsqlCommand Command(string sql, object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(Parameter(value));
        return command;
    }

    static NpgsqlParameter Parameter(object? value) => new() { Value = value ?? DBNull.Value };
}
