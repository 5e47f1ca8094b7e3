using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MaySend.Evidence.Sqlite;

/// <summary>
/// A prepared statement with positional parameters <c>?</c>. It speaks to SQLite's own interface: the provider's commands cost more than
/// the look-ups they carry.
/// </summary>
sealed class Statement : IDisposable
{
    readonly sqlite3 database;
    readonly sqlite3_stmt handle;

    // Good for as long as the handle is, which is closed when the session is.
    readonly nint pointer;

    internal Statement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out handle));
        pointer = handle.DangerousGetHandle();
    }

    /// <summary>Runs to the end; returns how many rows an insert, update or delete changed.</summary>
    internal int Run(params ReadOnlySpan<object?> values)
    {
        using var rows = Rows(values);
        while (rows.Read())
        {
            // A pragma may answer; what it says is not asked for here.
        }

        return raw.sqlite3_changes(database);
    }

    /// <summary>The first column of the first row as long, string or bytes; null when there is none.</summary>
    internal object? Value(params ReadOnlySpan<object?> values)
    {
        using var rows = Rows(values);
        return rows.Read() ? rows.Any(0) : null;
    }

    /// <summary>The rows, to be read to the end or disposed before the statement runs again.</summary>
    internal Cursor Rows(params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            switch (values[i])
            {
                case null:
                    Check(Native.BindNull(pointer, i + 1));
                    break;
                case byte[] bytes:
                    Bind(i + 1, bytes);
                    break;
                case string text:
                    Check(raw.sqlite3_bind_text(handle, i + 1, text));
                    break;
                case var number:
                    Bind(i + 1, Convert.ToInt64(number, CultureInfo.InvariantCulture));
                    break;
            }
        }

        return new(this);
    }

    /// <summary>The same for the look-ups that are made most.</summary>
    internal Cursor Rows(byte[] first)
    {
        Bind(1, first);
        return new(this);
    }

    /// <inheritdoc cref="Rows(byte[])"/>
    internal Cursor Rows(byte[] first, long second, long third)
    {
        Bind(1, first);
        Bind(2, second);
        Bind(3, third);
        return new(this);
    }

    /// <inheritdoc cref="Rows(byte[])"/>
    internal Cursor Rows(long first, long second)
    {
        Bind(1, first);
        Bind(2, second);
        return new(this);
    }

    public void Dispose() => handle.Dispose();

    void Bind(int place, long number) => Check(Native.BindInt64(pointer, place, number));

    void Bind(int place, byte[] bytes)
    {
        // To SQLite a place in memory that is none is no blob of no bytes, but null.
        if (bytes.Length == 0)
            Check(Native.BindZeroBlob(pointer, place, 0));
        else
            Check(Native.BindBlob(pointer, place, in bytes[0], bytes.Length, Native.Copied));
    }

    void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            SqliteException.ThrowExceptionForRC(code, database);
    }

    /// <summary>The rows of one run, from before the first.</summary>
    internal readonly struct Cursor(Statement statement) : IDisposable
    {
        internal bool Read()
        {
            var code = Native.Step(statement.pointer);
            statement.Check(code);
            return code == raw.SQLITE_ROW;
        }

        internal long GetInt64(int column) => Native.ColumnInt64(statement.pointer, column);

        /// <summary>A number that the store keeps as one of 64 bits; beyond 32 it is no number of ours.</summary>
        internal int GetInt32(int column) =>
            GetInt64(column) is >= int.MinValue and <= int.MaxValue and var number
                ? (int)number
                : throw Altered($"the number {GetInt64(column)}");

        internal Partition Partition(int column) =>
            GetInt64(column) is >= 0 and < Evidence.Partition.Count and var number
                ? new((int)number)
                : throw Altered($"the partition {GetInt64(column)}");

        internal string GetString(int column) => raw.sqlite3_column_text(statement.handle, column).utf8_to_string();

        /// <summary>The bytes where SQLite has them: good until the next row.</summary>
        internal ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement.handle, column);

        internal byte[] Blob(int column) => Bytes(column).ToArray();

        internal ContactId Contact(int column) =>
            Bytes(column) is { Length: ContactId.Size } bytes
                ? ContactId.FromBytes(bytes)
                : throw new LedgerUnavailableException(
                    UnavailableBecause.Damaged,
                    "a contact id in the store is not 16 bytes long. Run `maysend ledger verify`, then restore from a backup"
                );

        static LedgerUnavailableException Altered(string what) =>
            new(
                UnavailableBecause.Damaged,
                $"{what} is in the store, but MaySend never wrote it there. Run `maysend ledger verify`, then restore from a backup"
            );

        internal object? Any(int column) =>
            Native.ColumnType(statement.pointer, column) switch
            {
                raw.SQLITE_INTEGER => GetInt64(column),
                raw.SQLITE_TEXT => GetString(column),
                raw.SQLITE_BLOB => Blob(column),
                _ => null,
            };

        /// <summary>The first column of all rows that are left.</summary>
        internal List<byte[]> Blobs()
        {
            using (this)
            {
                var all = new List<byte[]>();
                while (Read())
                    all.Add(Blob(0));
                return all;
            }
        }

        // What it answers is what the last step said.
        public void Dispose() => _ = Native.Reset(statement.pointer);
    }
}
