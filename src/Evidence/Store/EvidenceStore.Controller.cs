using System.Collections.Immutable;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;

namespace MaySend.Evidence.Store;

/// <summary>An entry about the controller with where it stands and how it came there.</summary>
/// <param name="Entry">What it says.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="RecordedAt">When the ledger took it in.</param>
/// <param name="By">Which person or program recorded it.</param>
/// <param name="Rights">What they were allowed to make count; null for an entry from before rights were kept.</param>
/// <param name="Hash">Its hash in the chain, hexadecimal.</param>
public sealed record RecordedControllerEntry(
    ControllerEntry Entry,
    LedgerPosition Position,
    DateTimeOffset RecordedAt,
    string By,
    Rights? Rights,
    string Hash
);

public sealed partial class EvidenceStore
{
    /// <summary>Every entry about the controller that the fold reads, in order of position, as far as known.</summary>
    public async ValueTask<ImmutableArray<RecordedControllerEntry>> ControllerEntriesAsync(
        AsKnown asKnown = default,
        CancellationToken cancellation = default
    ) =>
        [
            .. (await ledger.ReadControllerAsync(asKnown, cancellation))
                .Select(recorded => (Recorded: recorded, Entry: ReadController(recorded)))
                .Where(pair => pair.Entry is not null)
                .Select(pair => new RecordedControllerEntry(
                    pair.Entry!,
                    pair.Recorded.Position,
                    pair.Recorded.RecordedAt,
                    pair.Recorded.Content!.By,
                    pair.Recorded.Content.Rights,
                    Convert.ToHexStringLower(pair.Recorded.Hash.Span)
                )),
        ];

    /// <summary>
    /// Records those of the entries that differ from what stands under their id, in one commit; the same again adds nothing. An assessment
    /// that was ended on record is not revived by an older description of it: it is left out and named.
    /// </summary>
    /// <returns>How many were added, and the ids of assessments that stay ended.</returns>
    public async ValueTask<(int Added, IReadOnlyList<string> StayEnded)> RecordChangesAsync(
        IReadOnlyList<ControllerEntry> entries,
        Actor by,
        CancellationToken cancellation = default
    )
    {
        var standing = (await ControllerEntriesAsync(cancellation: cancellation))
            .GroupBy(recorded => (recorded.Entry.GetType(), recorded.Entry.Id))
            .ToDictionary(group => group.Key, group => group.Last().Entry);
        var changed = entries
            .Where(entry =>
                !standing.TryGetValue((entry.GetType(), entry.Id), out var held)
                || !EntryJson.Write(held).AsSpan().SequenceEqual(EntryJson.Write(entry))
            )
            .ToList();
        var ended = changed
            .Where(entry =>
                entry is AssessmentRecorded { EndedOn: null }
                && standing.GetValueOrDefault((entry.GetType(), entry.Id)) is AssessmentRecorded { EndedOn: not null }
            )
            .ToList();
        List<ControllerEntry> added = [.. changed.Except(ended)];
        if (added.Count > 0)
            await RecordAsync(added, by, cancellation);
        return (added.Count, [.. ended.Select(entry => entry.Id)]);
    }
}
