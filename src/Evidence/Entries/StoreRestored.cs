using System.Globalization;
using System.Text;

namespace MaySend.Evidence.Entries;

/// <summary>
/// The store was put back to a backup: what was recorded in between, requests to stop among it, is not in it. From then on no register
/// vouches for the time after the backup until somebody signs that it is complete again (model §8).
/// </summary>
public sealed record StoreRestored(string Id) : ControllerEntry(Id)
{
    /// <summary>When the backup was made: up to then the store is whole.</summary>
    public DateTimeOffset BackupMadeAt { get; init; }

    /// <summary>When it was put back.</summary>
    public DateTimeOffset RestoredAt { get; init; }

    /// <summary>How many who had been erased since were erased again.</summary>
    public int Forgotten { get; init; }

    /// <summary>How many suppressions were put down again.</summary>
    public int Suppressed { get; init; }

    /// <summary>False where it was restored without the erasure list.</summary>
    public bool? ErasureList { get; init; }

    /// <summary>The entry's JSON, for the ledger that writes it about itself.</summary>
    public static string Payload(DateTimeOffset backupMadeAt, DateTimeOffset restoredAt, int forgotten, int suppressed, bool erasureList) =>
        Encoding.UTF8.GetString(
            EntryJson.Write(
                new StoreRestored(string.Create(CultureInfo.InvariantCulture, $"restored {restoredAt.UtcDateTime:O}"))
                {
                    BackupMadeAt = backupMadeAt,
                    RestoredAt = restoredAt,
                    Forgotten = forgotten,
                    Suppressed = suppressed,
                    ErasureList = erasureList,
                }
            )
        );
}
