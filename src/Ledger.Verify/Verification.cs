using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace MaySend.Ledger.Verify;

/// <summary>One run over one snapshot.</summary>
sealed class Verification(
    IStoredLedger ledger,
    IReadOnlyList<string> verifierKeys,
    KeyedCheck? keyed,
    X509Certificate2Collection? authorities
)
{
    /// <summary>A checkpoint is stamped when it is made, or when the authority answers again: no later than the next is made.</summary>
    static readonly TimeSpan StampedWithin = TimeSpan.FromDays(2);
    static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    readonly List<string> trusted = [.. verifierKeys];
    readonly List<TimeStamp> stamps = [];
    readonly List<VerificationFinding> findings = [];
    readonly Dictionary<(int Chain, long Seq), byte[]> promised = [];
    readonly Dictionary<int, (long Size, string RecordedAt)> furthest = [];
    readonly long[] sizes = new long[Hashes.Chains];
    readonly HashSet<UInt128> withEntries = [];
    long entries;
    long erased;

    internal async Task<VerificationReport> RunAsync(IReadOnlyList<string> keptCheckpoints)
    {
        var storeId = await ledger.StoreIdAsync();
        var name = Convert.ToHexStringLower(storeId);
        var sound = 0;
        var before = (SignedCheckpoint?)null;
        foreach (var note in await ledger.CheckpointsAsync())
            sound += Check(note, name, storeId, ref before);
        List<KeptCheckpoint> kept = [.. keptCheckpoints.SelectMany(KeptCheckpoint.Read)];
        foreach (var one in kept)
        {
            var alone = (SignedCheckpoint?)null;
            sound += Check(one.Note, name, storeId, ref alone);
            if (one.Stamp is not null && authorities is not null && alone is not null)
                CheckStamp(one, alone);
        }

        var heads = await ledger.HeadsAsync();
        await WalkEntries(storeId, heads);
        await WalkSuppressions(storeId);
        await CountContacts();
        if (keyed is not null)
            await new KeyedVerification(ledger, keyed, findings.Add).RunAsync();
        foreach (var (chain, (size, recordedAt)) in furthest.OrderBy(one => one.Key))
        {
            if (size > sizes[chain] && findings.TrueForAll(finding => finding.Chain != chain))
                findings.Add(new(chain, sizes[chain] + 1, $"is missing: the checkpoint of {recordedAt} covers {size}"));
        }

        return new(
            name,
            entries,
            sizes[Hashes.SuppressionChain],
            sound,
            verifierKeys.Count > 0,
            [.. findings.OrderBy(finding => finding.Chain)]
        )
        {
            KeysUsed = keyed is not null,
            KeptCheckpoints = kept.Count,
            TimeStamps = stamps.Count,
            LastStamp = stamps.MaxBy(stamp => stamp.At),
        };
    }

    /// <summary>One when the note is sound in itself; what it says of the chains is remembered for the walk.</summary>
    int Check(string note, string name, byte[] storeId, ref SignedCheckpoint? before)
    {
        if (SignedCheckpoint.Parse(note) is not { } checkpoint)
            return Fail("a checkpoint cannot be read");
        if (checkpoint.Origin != "maysend/ledger/" + name)
            return Fail($"the checkpoint of {checkpoint.RecordedAt} belongs to another ledger ({checkpoint.Origin})");
        if (trusted.Count > 0 && !checkpoint.IsSignedBy(trusted))
            return Fail($"the checkpoint of {checkpoint.RecordedAt} is not signed by any key you gave");
        // Signed with the key that is left, it names the one that comes: whoever was given the first needs no other.
        if (trusted.Count > 0 && checkpoint.NextKey is { } next && !trusted.Contains(next))
            trusted.Add(next);
        var all = Enumerable
            .Range(0, Hashes.Chains)
            .Select(chain =>
                checkpoint.Chains.TryGetValue(chain, out var one)
                    ? (chain, one.Size, one.Head)
                    : (chain, Size: 0L, Head: Hashes.Genesis(storeId, chain))
            )
            .ToList();
        if (all.Sum(one => one.Size) != checkpoint.Entries || !Hashes.TreeRoot(all).AsSpan().SequenceEqual(checkpoint.Root))
            return Fail($"the root or size of the checkpoint of {checkpoint.RecordedAt} does not follow from its chains");
        if (
            before is { } earlier
            && earlier.Chains.Any(one => one.Value.Size > (checkpoint.Chains.TryGetValue(one.Key, out var later) ? later.Size : 0))
        )
            return Fail($"the checkpoint of {checkpoint.RecordedAt} covers less than the one of {earlier.RecordedAt}");
        before = checkpoint;
        foreach (var (chain, (size, head)) in checkpoint.Chains)
        {
            if (promised.TryGetValue((chain, size), out var other) && !other.AsSpan().SequenceEqual(head))
                return Fail($"the checkpoint of {checkpoint.RecordedAt} contradicts another about {chain}:{size}");
            promised[(chain, size)] = head;
            if (size > furthest.GetValueOrDefault(chain).Size)
                furthest[chain] = (size, checkpoint.RecordedAt);
        }

        return 1;
    }

    void CheckStamp(KeptCheckpoint kept, SignedCheckpoint checkpoint)
    {
        try
        {
            var stamp = TimeStamp.Read(kept.Note, kept.Stamp!, authorities!);
            var recorded = DateTimeOffset.Parse(checkpoint.RecordedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            if (stamp.At < recorded - ClocksDiffer || stamp.At > recorded + StampedWithin)
                Fail($"the checkpoint of {checkpoint.RecordedAt} says so itself, but was stamped at {stamp.At:O} by {stamp.By}");
            else
                stamps.Add(stamp);
        }
        catch (FormatException fault)
        {
            Fail($"the checkpoint of {checkpoint.RecordedAt}: {fault.Message}");
        }
    }

    async Task WalkEntries(byte[] storeId, Dictionary<int, (long Seq, byte[] Hash)> heads)
    {
        var walk = (ChainWalk?)null;
        var chain = -1;
        try
        {
            await foreach (var entry in ledger.EntriesAsync())
            {
                if (entry.Partition is < 0 or > Hashes.ControllerChain)
                {
                    findings.Add(new(entry.Partition, entry.Seq, "is in a partition that does not exist"));
                    return;
                }

                for (; chain < entry.Partition; walk = Begin(storeId, ++chain))
                    End(walk, chain, heads);
                entries++;
                if (entry.Partition == Hashes.ControllerChain)
                    erased += entry.Kind == "contact-erased" ? 1 : 0;
                else
                    withEntries.Add(Id(entry.Contact));
                if ((entry.Partition == Hashes.ControllerChain) != entry.Contact.All(b => b == 0))
                    findings.Add(new(entry.Partition, entry.Seq, "is in a partition where its subject does not belong"));
                walk!.Next(entry.Seq, before => Hashes.Entry(before, entry), entry.Hash, entry.RecordedAt);
            }
        }
        catch (Exception fault) when (fault is DbException or InvalidCastException or InvalidOperationException)
        {
            findings.Add(new(Math.Max(chain, 0), (walk?.Seq ?? 0) + 1, $"cannot be read: {fault.Message}"));
            return;
        }

        for (; chain < Hashes.ControllerChain; walk = Begin(storeId, ++chain))
            End(walk, chain, heads);
        End(walk, chain, heads);
    }

    /// <summary>
    /// Without keys nobody sees who was erased, but how many were: as many contacts have entries and no row.
    /// </summary>
    async Task CountContacts()
    {
        var (missing, invented) = (withEntries.Count, 0L);
        await foreach (var row in ledger.ContactsAsync())
        {
            if (withEntries.Contains(Id(row.Id)))
                missing--;
            else
                invented++;
        }

        if (missing != erased)
            Fail($"{missing} contacts with entries have no row in the index, but the chain says that {erased} were erased");
        if (invented > 0)
            Fail($"{invented} contacts in the index have no entry in the chain");
    }

    static UInt128 Id(byte[] bytes) => bytes.Length == 16 ? System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes) : default;

    async Task WalkSuppressions(byte[] storeId)
    {
        var walk = new ChainWalk(
            Hashes.SuppressionChain,
            Hashes.Genesis(storeId, Hashes.SuppressionChain),
            Promised,
            "keyed hash, generation or ciphertext"
        );
        await foreach (var suppression in ledger.SuppressionsAsync())
            walk.Next(suppression.Seq, before => Hashes.Suppression(before, suppression), suppression.Hash, null);
        walk.End((await ledger.HeadsAsync()).TryGetValue(Hashes.SuppressionChain, out var head) ? head : null);
        Took(walk, Hashes.SuppressionChain);
    }

    ChainWalk Begin(byte[] storeId, int chain) =>
        new(chain, Hashes.Genesis(storeId, chain), Promised, "contact, kind, recorded-at, idempotency hash or ciphertext");

    void End(ChainWalk? walk, int chain, Dictionary<int, (long Seq, byte[] Hash)> heads)
    {
        if (walk is null)
            return;
        walk.End(heads.TryGetValue(chain, out var head) ? head : (0, []));
        Took(walk, chain);
    }

    void Took(ChainWalk walk, int chain)
    {
        sizes[chain] = walk.Seq;
        if (walk.Fault is { } fault)
            findings.Add(fault);
    }

    byte[]? Promised(int chain, long seq) => promised.GetValueOrDefault((chain, seq));

    int Fail(string what)
    {
        findings.Add(new(-1, 0, what));
        return 0;
    }
}
