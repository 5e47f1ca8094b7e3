namespace MaySend.Ledger.Verify;

/// <summary>The rows of a ledger as one snapshot, read with the verifier's own SQL.</summary>
interface IStoredLedger : IAsyncDisposable
{
    Task<byte[]> StoreIdAsync();

    /// <summary>Partition, seq and hash of every head of a partition.</summary>
    Task<Dictionary<int, (long Seq, byte[] Hash)>> HeadsAsync();

    /// <summary>Every entry, by partition and seq.</summary>
    IAsyncEnumerable<StoredEntry> EntriesAsync();

    /// <summary>
    /// The entries of one partition with numbers from <paramref name="from"/> to <paramref name="to"/>, both included, by seq.
    /// </summary>
    IAsyncEnumerable<StoredEntry> EntriesAsync(int partition, long from, long to);

    /// <summary>Every suppression, by seq.</summary>
    IAsyncEnumerable<StoredSuppression> SuppressionsAsync();

    /// <summary>Every contact of the index.</summary>
    IAsyncEnumerable<StoredContact> ContactsAsync();

    /// <summary>Every legal hold.</summary>
    IAsyncEnumerable<StoredHold> HoldsAsync();

    /// <summary>Number and check value of every key generation.</summary>
    Task<List<(int Number, byte[] Check)>> GenerationsAsync();

    /// <summary>The ledger's own row.</summary>
    Task<StoredSelf> SelfAsync();

    /// <summary>The heads with their seals; null in the layout of older builds, which have none.</summary>
    Task<List<StoredHead>?> SealedHeadsAsync();

    /// <summary>Every checkpoint, oldest first.</summary>
    Task<List<string>> CheckpointsAsync();
}

/// <summary>An entry as it lies in the store.</summary>
sealed record StoredEntry(
    int Partition,
    long Seq,
    byte[] Contact,
    string Kind,
    long RecordedAt,
    byte[]? Idempotency,
    byte[] Content,
    byte[] Hash
);

/// <summary>A suppression as it lies in the store.</summary>
sealed record StoredSuppression(long Seq, int Generation, byte[] Mac, byte[] Covers, byte[] Hash);
