using Microsoft.Data.Sqlite;

namespace MaySend.Evidence.Sqlite;

/// <summary>SQLite's result codes, read as "cannot decide now" and why.</summary>
static class SqliteFaults
{
    const int Busy = 5;
    const int Locked = 6;
    const int IoError = 10;
    const int Corrupt = 11;
    const int Full = 13;
    const int NotADatabase = 26;

    /// <summary>True where a disk has no room left, whatever was written to it.</summary>
    internal static bool IsFull(LedgerUnavailableException fault) => fault.InnerException is SqliteException { SqliteErrorCode: Full };

    internal static LedgerUnavailableException Read(SqliteException fault, string path) =>
        fault.SqliteErrorCode switch
        {
            Busy or Locked => new(
                UnavailableBecause.Busy,
                $"another process is writing to {path}; try again, or stop the other process",
                fault
            ),
            Full => new(UnavailableBecause.Full, $"there is no space left for {path}; nothing from this write was kept", fault),
            IoError => new(
                UnavailableBecause.Full,
                $"the disk refused a read or write of {path} ({fault.Message}); nothing from this write was acknowledged",
                fault
            ),
            Corrupt or NotADatabase => new(
                UnavailableBecause.Damaged,
                $"{path} is damaged: {fault.Message}. Run `maysend ledger verify`, then restore from a backup",
                fault
            ),
            _ => new(UnavailableBecause.Unreachable, $"{path} cannot be used: {fault.Message}", fault),
        };
}
