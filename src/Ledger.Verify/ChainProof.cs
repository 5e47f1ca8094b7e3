using System.Security.Cryptography;

namespace MaySend.Ledger.Verify;

/// <summary>What the hash of one entry is made of, without what it says: that is encrypted, and only its digest is needed.</summary>
/// <param name="Seq">Its number in the chain.</param>
/// <param name="Contact">The random id of whom it is about, 32 hexadecimal digits.</param>
/// <param name="Kind">What kind of entry it is.</param>
/// <param name="RecordedAt">Microseconds since 1970, UTC.</param>
/// <param name="Idempotency">The keyed digest of its idempotency key in hexadecimal digits; blank without one.</param>
/// <param name="Content">SHA-256 of the encrypted content, 64 hexadecimal digits.</param>
public sealed record ProofStep(long Seq, string Contact, string Kind, long RecordedAt, string Idempotency, string Content)
{
    internal static ProofStep Of(StoredEntry entry) =>
        new(
            entry.Seq,
            Convert.ToHexStringLower(entry.Contact),
            entry.Kind,
            entry.RecordedAt,
            Convert.ToHexStringLower(entry.Idempotency ?? []),
            Convert.ToHexStringLower(SHA256.HashData(entry.Content))
        );

    /// <summary>The hash of the entry, after another.</summary>
    internal byte[] After(byte[] before, int chain) =>
        Hashes.Entry(
            before,
            chain,
            Seq,
            Convert.FromHexString(Contact),
            Kind,
            RecordedAt,
            Convert.FromHexString(Idempotency),
            Convert.FromHexString(Content)
        );
}

/// <summary>
/// Shows that an entry is part of what a signed checkpoint states: the hash before it, and every entry from it to the chain's head at that
/// checkpoint. Whoever has the note and a verifier key needs nothing else, as docs/ledger.md states the hashes.
/// </summary>
/// <param name="Chain">The chain: 0 to 255 contacts, 256 the controller.</param>
/// <param name="Before">The hash before the first step, 64 hexadecimal digits.</param>
/// <param name="Steps">From the entry that is proven to the head, in order.</param>
/// <param name="Checkpoint">The signed note.</param>
public sealed record ChainProof(int Chain, string Before, IReadOnlyList<ProofStep> Steps, string Checkpoint)
{
    /// <summary>The notes that hand over from one key to the next, oldest first: whoever was given the first key follows.</summary>
    public IReadOnlyList<string> Handovers { get; init; } = [];

    /// <summary>The most steps that are put into one proof.</summary>
    public const int MostSteps = 100_000;

    /// <summary>
    /// Proves an entry of a SQLite ledger by the oldest checkpoint that covers it; null when there is none, no such entry, or too long a
    /// way to it.
    /// </summary>
    /// <param name="path">The database file.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="seq">The entry's number in it.</param>
    /// <param name="under">The note of the checkpoint to prove it by; null for the oldest that covers it.</param>
    public static async Task<ChainProof?> SqliteAsync(string path, int chain, long seq, string? under = null)
    {
        await using var rows = new SqliteRows(path);
        return await OfAsync(rows, chain, seq, under);
    }

    /// <summary>Proves an entry of a PostgreSQL ledger; see <see cref="SqliteAsync"/>.</summary>
    public static async Task<ChainProof?> PostgresAsync(string connectionString, string schema, int chain, long seq, string? under = null)
    {
        await using var rows = await PostgresRows.OpenAsync(connectionString, schema);
        return await OfAsync(rows, chain, seq, under);
    }

    /// <summary>Proves an entry of a ledger on several PostgreSQL servers; see <see cref="SqliteAsync"/>.</summary>
    public static async Task<ChainProof?> ClusterAsync(
        IReadOnlyList<(string Name, string ConnectionString, string Schema)> servers,
        int chain,
        long seq,
        string? under = null
    )
    {
        await using var rows = await ClusterRows.OpenAsync(servers);
        return await OfAsync(rows, chain, seq, under);
    }

    /// <summary>True when the steps lead to the head that the note states for the chain, and one of the keys signed the note.</summary>
    /// <param name="verifierKeys">C2SP verifier keys (<c>name+id+key</c>).</param>
    public bool Holds(IReadOnlyList<string> verifierKeys)
    {
        if (
            SignedCheckpoint.Parse(Checkpoint) is not { } note
            || !note.IsSignedBy(SignedCheckpoint.Followed(verifierKeys, Handovers))
            || !note.Chains.TryGetValue(Chain, out var stated)
        )
            return false;
        return EntryHashes() is [.., var head]
            && head.Seq == stated.Size
            && head.Hash == Convert.ToHexStringLower(stated.Head)
            && note.RootStands();
    }

    /// <summary>The hash of every entry on the way, made again from what it is made of; empty where the way has a gap.</summary>
    /// <exception cref="FormatException">Something in it is no hexadecimal number.</exception>
    public IReadOnlyList<(long Seq, string Hash)> EntryHashes()
    {
        var made = new List<(long, string)>();
        var hash = Convert.FromHexString(Before);
        foreach (var step in Steps)
        {
            if (step.Seq != Steps[0].Seq + made.Count)
                return [];
            hash = step.After(hash, Chain);
            made.Add((step.Seq, Convert.ToHexStringLower(hash)));
        }
        return made;
    }

    static async Task<ChainProof?> OfAsync(IStoredLedger rows, int chain, long seq, string? under)
    {
        if (seq < 1 || chain is < 0 or > Hashes.ControllerChain)
            return null;
        var notes = await rows.CheckpointsAsync();
        var covering = notes
            .Where(note => under is null || note == under)
            .Select(note => (Note: note, Parsed: SignedCheckpoint.Parse(note)))
            .FirstOrDefault(one => one.Parsed is not null && one.Parsed.Chains.TryGetValue(chain, out var stated) && stated.Size >= seq);
        if (covering.Parsed is not { } checkpoint || checkpoint.Chains[chain].Size - seq >= MostSteps)
            return null;
        var before = seq == 1 ? Hashes.Genesis(await rows.StoreIdAsync(), chain) : null;
        var steps = new List<ProofStep>();
        await foreach (var entry in rows.EntriesAsync(chain, seq - 1, checkpoint.Chains[chain].Size))
        {
            if (entry.Seq == seq - 1)
                before = entry.Hash;
            else
                steps.Add(ProofStep.Of(entry));
        }
        return before is null || steps.Count == 0
            ? null
            : new(chain, Convert.ToHexStringLower(before), steps, covering.Note) { Handovers = SignedCheckpoint.Handovers(notes) };
    }
}
