using Npgsql;

namespace MaySend.Evidence.Postgres;

/// <summary>PostgreSQL's error codes, read as "cannot decide now" and why.</summary>
static class PostgresFaults
{
    /// <summary>Deadlock or serialisation failure: nothing was done, the same work can be done again at once.</summary>
    internal static bool CanRepeat(Exception fault) =>
        fault is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    internal static bool IsOfTheStore(Exception fault) =>
        fault is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException;

    internal static LedgerUnavailableException Read(Exception fault) =>
        fault switch
        {
            PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled } => new(
                UnavailableBecause.Busy,
                "another process is using what this write needs; try again",
                fault
            ),
            PostgresException
            {
                SqlState: PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.ConfigurationLimitExceeded
            } => new(UnavailableBecause.Full, "the PostgreSQL server has no space left; nothing from this write was kept", fault),
            PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } => new(
                UnavailableBecause.Damaged,
                $"the PostgreSQL server reports damage: {fault.Message}",
                fault
            ),
            PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName } => new(
                UnavailableBecause.Unreachable,
                "there is no ledger in this schema",
                fault
            ),
            _ => new(UnavailableBecause.Unreachable, $"the PostgreSQL server cannot be used: {fault.Message}", fault),
        };
}
