using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;

namespace MaySend.Evidence.Store;

/// <summary>What of a recorded entry a decision counts, the same in a store, in a replay and in a pack.</summary>
public static class Counted
{
    /// <summary>
    /// The entry as it counts. A request to stop whose source gives no time has at least the one at which it was first taken in; one from a
    /// file says from which.
    /// </summary>
    /// <param name="entry">What was recorded.</param>
    /// <param name="rights">What whoever recorded it may make count; null for an entry from before rights were kept.</param>
    /// <param name="file">The digest of the file it was read from; null where there is none.</param>
    /// <param name="recordedAt">When the ledger took it in.</param>
    public static ContactEntry Of(ContactEntry entry, Rights? rights, string? file, DateTimeOffset recordedAt)
    {
        var counts = entry.Counting(rights, isFromFile: file is not null);
        var isUndated = entry.When.Day == DateOnly.MinValue;
        return (Restrictions.IsOne(entry) || TickedBoxes.AreIn(entry)) && (isUndated || file is not null)
            ? counts with
            {
                FirstSeen = isUndated ? recordedAt : null,
                FromFile = file,
            }
            : counts;
    }
}
