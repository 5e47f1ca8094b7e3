using System.Collections.Immutable;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Import;

/// <summary>
/// Compares what a file proposes with what is on record, a batch of rows at a time. It keeps counts, the first examples, and two sets of
/// sixteen-byte digests (addresses, proposals), no rows.
/// </summary>
sealed class PlanComparison(EvidenceStore store, IReadOnlyDictionary<UInt128, DateOnly> restrictedInFile)
{
    const int GreatestConflicts = 1000;
    readonly HashSet<UInt128> addresses = [],
        proposed = [],
        newContacts = [],
        revived = [],
        newlyStopped = [],
        held = [];
    readonly RowTallies claims = new(),
        leftOut = new(),
        notUnderstood = new();
    readonly SortedSet<string> domains = new(StringComparer.Ordinal);
    readonly SortedDictionary<EvidenceGrade, long> byGrade = [];
    readonly SortedDictionary<string, long> byKind = new(StringComparer.Ordinal);
    readonly List<ImportConflict> conflicts = [];
    ControllerRecord? controller;
    long toAdd,
        alreadyThere,
        suppressed,
        conflictCount;

    public async ValueTask AddAsync(KeyedRows batch, CancellationToken cancellation)
    {
        foreach (var row in batch.Rows)
        {
            foreach (var claim in row.Claims)
                claims.Add(claim.Text, row);
            if (row.Domain is { } domain)
                domains.Add(domain);
            if (row.LeftOut is { } reason)
                leftOut.Add(reason, row);
        }
        var people = batch.Proposed.GroupBy(keyed => keyed.Proposal.Address).ToList();
        var recognised = await store.Ledger.RecogniseAsync([.. people.Select(one => one.Key)], cancellation);
        for (var i = 0; i < people.Count; i++)
            await AddAsync(people[i].Key, [.. people[i]], recognised[i], cancellation);
    }

    async ValueTask AddAsync(Address address, List<KeyedProposal> all, Recognition recognised, CancellationToken cancellation)
    {
        addresses.Add(Short(address.Matching));
        if (recognised is { Contact: null, Suppressions.Count: > 0 })
        {
            suppressed += all.Count;
            return;
        }
        if (recognised.Contact is null)
            newContacts.Add(Short(address.Matching));
        var dossier = recognised.Contact is null ? null : await store.FindAsync(address, cancellation: cancellation);
        var record = controller ??= await store.ControllerAsync(cancellation: cancellation);
        var onRecord =
            dossier
                ?.Entries.Where(recorded => !IsTakenBack(recorded))
                .Select(recorded => Proposal.KeyOf(recorded.Entry))
                .ToHashSet(StringComparer.Ordinal)
            ?? [];
        var added = new List<ContactEntry>();
        var before = TickedBoxes.ReadIn(TakenBackEntries.Without(dossier?.ForDecision ?? [], record), record);
        var names = record.Names;
        var standing = RefusalFacts.Standing(before, names);
        foreach (var (row, proposal, key, _) in all)
        {
            if (IsBeforeTheErasure(proposal, recognised))
            {
                suppressed++;
                continue;
            }
            if (onRecord.Contains(key) || !proposed.Add(Short($"{address.Matching}\n{key}")))
            {
                alreadyThere++;
                continue;
            }
            toAdd++;
            byGrade[proposal.Grade] = byGrade.GetValueOrDefault(proposal.Grade) + 1;
            byKind[EntryKinds.Of(proposal.Entry)] = byKind.GetValueOrDefault(EntryKinds.Of(proposal.Entry)) + 1;
            added.Add(proposal.Entry);
            Tell(row, proposal.Entry, record);
            if (proposal.Entry is DetailsCollected occasion && !TickedBoxes.NotUnderstood(occasion, record).IsEmpty)
                held.Add(Short(address.Matching));
            if (proposal.Entry is ConsentAnswered { Act: not "declined", Withdrawn: null } consent)
                Compare(row, address, consent, standing);
        }
        // The same fold that decides, before and after: whoever is stopped now must be stopped then.
        IReadOnlyList<ContactEntry> then = [.. before, .. TickedBoxes.ReadIn(added, record)];
        var after = RefusalFacts.Standing(then, names).ToHashSet();
        var (stoppedBefore, stoppedAfter) = (RefusalFacts.Stopped(before, names), RefusalFacts.Stopped(then, names));
        if (!standing.All(after.Contains) || !stoppedAfter.IsSupersetOf(stoppedBefore))
            revived.Add(Short(address.Matching));
        if (recognised.Contact is not null && stoppedAfter.Count > stoppedBefore.Count)
            newlyStopped.Add(Short(address.Matching));
    }

    /// <summary>People who came back after an erasure, by when they were erased last.</summary>
    public Dictionary<UInt128, DateTimeOffset> Returned { get; } = [];

    /// <summary>
    /// Of somebody who came back after an erasure only what was surely after it is taken; requests to stop are taken whatever their time.
    /// </summary>
    bool IsBeforeTheErasure(Proposal proposal, Recognition recognised)
    {
        if (recognised.Suppressions.Count == 0)
            return false;
        var erased = recognised.Suppressions.Max(one => one.RecordedAt);
        Returned[Short(proposal.Address.Matching)] = erased;
        return IsBefore(proposal, erased);
    }

    /// <summary>True for what is no request to stop and may be from before an erasure.</summary>
    public static bool IsBefore(Proposal proposal, DateTimeOffset erased) =>
        proposal.Grade != EvidenceGrade.Restriction && !proposal.Entry.When.IsSurelyAfter(When.Of(erased));

    /// <summary>What a file that was taken back asked for is not on record for another that asks the same.</summary>
    bool IsTakenBack(RecordedEntry recorded) =>
        recorded.Source is { } source && Restrictions.IsOne(recorded.Entry) && controller!.TakenBackFiles.Contains(source.FileDigest);

    /// <summary>Names that make a request to stop wider than its words, and ticks that may be one.</summary>
    void Tell(ReadRow row, ContactEntry entry, ControllerRecord record)
    {
        foreach (var each in RequestWidth.NotUnderstoodIn(entry, record))
            notUnderstood.Add(each.Says, row);
        if (entry is ConsentAnswered answer && SignUpForms.NamesNobody(answer, record) is { } says)
            claims.Add(says, row);
    }

    void Compare(ReadRow row, Address address, ConsentAnswered consent, IReadOnlyList<RefusalMade> standing)
    {
        var earlier = standing.FirstOrDefault(refusal =>
            consent.When.MayBeAfter(refusal.When) && Overlap(consent.Channels, refusal.Channels)
        );
        if (
            earlier is null
            && (
                !restrictedInFile.TryGetValue(Short(address.Matching), out var day) || (day != DateOnly.MinValue && consent.When.Day <= day)
            )
        )
            return;
        conflictCount++;
        if (conflicts.Count == GreatestConflicts)
            return;
        var refused = earlier is null || earlier.When.Day == DateOnly.MinValue ? null : earlier.When.ToString();
        conflicts.Add(new(address.Verbatim, row.Table, row.Row, consent.When.ToString(), refused, earlier?.Id ?? "in this file"));
    }

    static bool Overlap(NameSet? one, NameSet? other) =>
        one is null || other is null || one.IsEverything || other.IsEverything || one.Names.Any(other.Has);

    public ImportSummary Summary(ImportSource source, long rows) =>
        new()
        {
            FileName = source.FileName,
            Digest = source.Digest,
            Format = source.Format.Name,
            Rows = rows,
            Addresses = addresses.Count,
            NewContacts = newContacts.Count,
            ToAdd = toAdd,
            AlreadyThere = alreadyThere,
            Suppressed = suppressed,
            ByGrade = byGrade.ToImmutableSortedDictionary(),
            ByKind = byKind.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Revived = revived.Count,
            NewlyStopped = newlyStopped.Count,
            Held = held.Count,
            Domains = [.. domains],
            ConflictCount = conflictCount,
            Conflicts = [.. conflicts],
            Claims = claims.Result(),
            LeftOut = leftOut.Result(),
            NotUnderstood = notUnderstood.Result(),
            NotRead = [.. source.NotRead],
        };

    // Nobody who writes a file knows it, and so cannot make two texts alike.
    static readonly long Seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    /// <summary>
    /// Sixteen bytes that stand for a text in a set, in this process: of a hundred million, two alike are not to be expected.
    /// </summary>
    internal static UInt128 Short(ReadOnlySpan<char> text) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(text), Seed);
}
