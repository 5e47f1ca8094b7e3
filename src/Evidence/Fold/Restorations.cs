using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Fold;

/// <summary>
/// What a restored backup does to the registers: a statement that one is complete, signed before the store was put back, speaks of a store
/// that has lost the time after the backup. It vouches up to that day, and for no later one until it is signed anew.
/// </summary>
static class Restorations
{
    /// <summary>The same entries, with statements about registers ended where a restoration ended what they vouch for.</summary>
    public static IReadOnlyList<OnRecord> Bounded(IReadOnlyList<OnRecord> recorded)
    {
        List<(int At, StoreRestored Restored)> restorations =
        [
            .. recorded
                .Select((one, at) => (at, one.Entry as StoreRestored))
                .Where(one => one.Item2 is not null)
                .Select(one => (one.at, one.Item2!)),
        ];
        return restorations.Count == 0
            ? recorded
            :
            [
                .. recorded.Select(
                    (one, at) => one.Entry is StatementSigned said ? one with { Entry = Bounded(said, at, restorations) } : one
                ),
            ];
    }

    static StatementSigned Bounded(StatementSigned said, int at, List<(int At, StoreRestored Restored)> restorations)
    {
        if (said.Says is not (StatementKind.RefusalsComplete or StatementKind.SendsComplete) || said.Answer != true)
            return said;
        foreach (var (when, restored) in restorations)
        {
            // Recorded later is not signed later: an old signature brought again speaks of the store as it was. Of the day itself only
            // the order in the record can tell, and files come before it.
            var day = DateOnly.FromDateTime(restored.RestoredAt.UtcDateTime);
            var isSignedSince = said.Signature is { } signature && (signature.On > day || (signature.On == day && at > when));
            var whole = DateOnly.FromDateTime(restored.BackupMadeAt.UtcDateTime);
            if (!isSignedSince && (said.Until is null || said.Until > whole))
                said = said with { Until = whole };
        }
        return said;
    }
}
