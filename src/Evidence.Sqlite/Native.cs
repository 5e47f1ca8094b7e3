using System.Runtime.InteropServices;

namespace MaySend.Evidence.Sqlite;

/// <summary>
/// SQLite's own functions, as they are called several times for each row: through the provider each costs three calls and a counted
/// handle, more than what it does. It is the same library that the provider loads. What points into SQLite's memory is left to the
/// provider, so that there is no unsafe code here.
/// </summary>
static class Native
{
    const string Library = "e_sqlite3";

    /// <summary>SQLite copies what it is given before it returns.</summary>
    internal const nint Copied = -1;

    [DllImport(Library, EntryPoint = "sqlite3_step")]
    internal static extern int Step(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_reset")]
    internal static extern int Reset(nint statement);

    // These copy what may be a megabyte.
    [DllImport(Library, EntryPoint = "sqlite3_bind_zeroblob")]
    internal static extern int BindZeroBlob(nint statement, int place, int length);

    [DllImport(Library, EntryPoint = "sqlite3_bind_blob")]
    internal static extern int BindBlob(nint statement, int place, in byte value, int length, nint whose);

    // The rest reads or sets a value in memory and is back before the collector could want the thread.
    [DllImport(Library, EntryPoint = "sqlite3_bind_null"), SuppressGCTransition]
    internal static extern int BindNull(nint statement, int place);

    [DllImport(Library, EntryPoint = "sqlite3_bind_int64"), SuppressGCTransition]
    internal static extern int BindInt64(nint statement, int place, long value);

    [DllImport(Library, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
    internal static extern int ColumnType(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
    internal static extern long ColumnInt64(nint statement, int column);
}
