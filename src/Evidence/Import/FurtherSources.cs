using System.Collections.Immutable;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;

namespace MaySend.Evidence.Import;

/// <summary>
/// A request to stop that another file brings again has a further source: it stands while one of them is left. After three files nothing is
/// added, and then it stands for good: no list can be taken back far enough to lose it.
/// </summary>
static class FurtherSources
{
    const int Enough = 3;

    /// <summary>Notes the file as a source of those requests that were on record already.</summary>
    /// <param name="store">Where they are.</param>
    /// <param name="entries">What the file asks for.</param>
    /// <param name="answers">What became of each.</param>
    /// <param name="cancellation">Stops the wait.</param>
    public static async Task AddAsync(
        EvidenceStore store,
        IReadOnlyList<NewEntry> entries,
        IReadOnlyList<Appended> answers,
        CancellationToken cancellation
    )
    {
        var record = await store.ControllerAsync(cancellation: cancellation);
        var further = new List<NewEntry>();
        for (var i = 0; i < entries.Count; i++)
            if (
                answers[i].Outcome == AppendOutcome.AlreadyThere
                && (Restrictions.IsOne(entries[i].Entry) || TickedBoxes.Stop(entries[i].Entry, record))
                && entries[i] is { Source: { } source, IdempotencyKey: { } key } entry
                && await IsNewAsync(store, entry, key, source.FileDigest, record.TakenBackFiles, cancellation)
            )
                further.Add(entry with { IdempotencyKey = $"{key} also {source.FileDigest}" });
        if (further.Count > 0)
            await store.RecordAsync(further, cancellation);
    }

    static async ValueTask<bool> IsNewAsync(
        EvidenceStore store,
        NewEntry entry,
        string key,
        string file,
        ImmutableHashSet<string> takenBack,
        CancellationToken cancellation
    )
    {
        var same = (await store.FindAsync(entry.Address, cancellation: cancellation))
            .Entries.Where(recorded => Proposal.KeyOf(recorded.Entry) == key)
            .ToList();
        // What came by another way than a file is never taken back, and needs no further source.
        if (same.Exists(recorded => recorded.Source is null))
            return false;
        var files = same.Select(recorded => recorded.Source!.FileDigest).Distinct(StringComparer.Ordinal).ToList();
        return !files.Contains(file) && files.Count(one => !takenBack.Contains(one)) < Enough;
    }
}
