using System.Security.Cryptography;

namespace MaySend.Ledger.Verify;

/// <summary>What the hash of one suppression is made of, without what it covers.</summary>
/// <param name="Seq">Its number in the chain.</param>
/// <param name="Generation">The generation of keys it is found under.</param>
/// <param name="Mac">The keyed hash of the address, 32 hexadecimal digits: without the key it says nothing.</param>
/// <param name="Covers">SHA-256 of what it covers, encrypted, 64 hexadecimal digits.</param>
public sealed record SuppressionStep(long Seq, int Generation, string Mac, string Covers);

/// <summary>What was added to one chain between two checkpoints.</summary>
/// <param name="Chain">0 to 255 contacts, 256 the controller, 257 the suppressions.</param>
/// <param name="Entries">The entries, in order; none for the suppressions.</param>
/// <param name="Suppressions">The suppressions, in order; none for the other chains.</param>
public sealed record ChainGrowth(int Chain, IReadOnlyList<ProofStep> Entries, IReadOnlyList<SuppressionStep> Suppressions);

/// <summary>
/// Shows that a later checkpoint states all that an earlier one stated, and only more: each chain's head leads, entry by entry, to the
/// later one. Whoever kept the earlier note and has a verifier key needs neither the store nor its keys, and learns nobody's address.
/// </summary>
/// <param name="Earlier">The signed note that somebody kept.</param>
/// <param name="Later">The signed note it is followed to.</param>
/// <param name="Handovers">The notes that hand over from one key to the next, oldest first.</param>
/// <param name="Chains">What was added, for each chain that grew.</param>
public sealed record ConsistencyProof(string Earlier, string Later, IReadOnlyList<string> Handovers, IReadOnlyList<ChainGrowth> Chains)
{
    /// <summary>The most entries and suppressions that are put into one proof.</summary>
    public const int MostSteps = 1_000_000;

    /// <summary>
    /// Follows a checkpoint that was kept to the latest one of a SQLite ledger; null when there is none, when the earlier is no checkpoint
    /// of this ledger or states more than there is, or when the way is too long.
    /// </summary>
    public static async Task<ConsistencyProof?> SqliteAsync(string path, string earlier)
    {
        await using var rows = new SqliteRows(path);
        return await OfAsync(rows, earlier);
    }

    /// <summary>The same for a PostgreSQL ledger.</summary>
    public static async Task<ConsistencyProof?> PostgresAsync(string connectionString, string schema, string earlier)
    {
        await using var rows = await PostgresRows.OpenAsync(connectionString, schema);
        return await OfAsync(rows, earlier);
    }

    /// <summary>The same for a ledger on several PostgreSQL servers.</summary>
    public static async Task<ConsistencyProof?> ClusterAsync(
        IReadOnlyList<(string Name, string ConnectionString, string Schema)> servers,
        string earlier
    )
    {
        await using var rows = await ClusterRows.OpenAsync(servers);
        return await OfAsync(rows, earlier);
    }

    /// <summary>
    /// True when both notes are signed, by the keys given or by those they hand over to, and every chain of the earlier leads to the later.
    /// </summary>
    /// <param name="verifierKeys">C2SP verifier keys (<c>name+id+key</c>).</param>
    /// <exception cref="FormatException">Something in it is no hexadecimal number, or a key is none.</exception>
    public bool Holds(IReadOnlyList<string> verifierKeys)
    {
        var known = SignedCheckpoint.Followed(verifierKeys, Handovers);
        if (
            SignedCheckpoint.Parse(Earlier) is not { } before
            || SignedCheckpoint.Parse(Later) is not { } after
            || before.Origin != after.Origin
            || !before.IsSignedBy(known)
            || !after.IsSignedBy(known)
            || !before.RootStands()
            || !after.RootStands()
        )
            return false;
        var grown = Chains.ToDictionary(one => one.Chain);
        return Enumerable
            .Range(0, Hashes.Chains)
            .All(chain =>
                StateOf(after, chain) is var stated
                && Grown(StateOf(before, chain), grown.GetValueOrDefault(chain), stated.Size) is { } head
                && head.AsSpan().SequenceEqual(stated.Head)
            );
    }

    /// <summary>The head that a chain has after it has grown; null where a row is missing on the way.</summary>
    static byte[]? Grown((int Chain, long Size, byte[] Head) from, ChainGrowth? growth, long size)
    {
        var (seq, head) = (from.Size, from.Head);
        foreach (var step in growth?.Entries ?? [])
            if (step.Seq == ++seq && from.Chain != Hashes.SuppressionChain)
                head = step.After(head, from.Chain);
            else
                return null;
        foreach (var step in growth?.Suppressions ?? [])
            if (step.Seq == ++seq && from.Chain == Hashes.SuppressionChain)
                head = Hashes.Suppression(
                    head,
                    step.Seq,
                    step.Generation,
                    Convert.FromHexString(step.Mac),
                    Convert.FromHexString(step.Covers)
                );
            else
                return null;
        return seq == size ? head : null;
    }

    static (int Chain, long Size, byte[] Head) StateOf(SignedCheckpoint note, int chain) =>
        note.Chains.TryGetValue(chain, out var stated)
            ? (chain, stated.Size, stated.Head)
            : (chain, 0, Hashes.Genesis(Convert.FromHexString(note.Origin.AsSpan(note.Origin.LastIndexOf('/') + 1)), chain));

    static async Task<ConsistencyProof?> OfAsync(IStoredLedger rows, string earlier)
    {
        var notes = await rows.CheckpointsAsync();
        if (
            notes is not [.., var later]
            || SignedCheckpoint.Parse(earlier) is not { } before
            || SignedCheckpoint.Parse(later) is not { } after
            || before.Origin != after.Origin
            || after.Entries - before.Entries is < 0 or > MostSteps
        )
            return null;
        var chains = new List<ChainGrowth>();
        foreach (var (chain, (size, _)) in after.Chains.OrderBy(one => one.Key))
        {
            var from = StateOf(before, chain).Size;
            if (from >= size)
                continue;
            var (entries, suppressions) = (new List<ProofStep>(), new List<SuppressionStep>());
            if (chain != Hashes.SuppressionChain)
                await foreach (var entry in rows.EntriesAsync(chain, from + 1, size))
                    entries.Add(ProofStep.Of(entry));
            else
                await foreach (var one in rows.SuppressionsAsync())
                    if (one.Seq > from && one.Seq <= size)
                        suppressions.Add(
                            new(
                                one.Seq,
                                one.Generation,
                                Convert.ToHexStringLower(one.Mac),
                                Convert.ToHexStringLower(SHA256.HashData(one.Covers))
                            )
                        );
            chains.Add(new(chain, entries, suppressions));
        }
        return new(earlier, later, SignedCheckpoint.Handovers(notes), chains);
    }
}
