namespace MaySend.Ledger.Verify;

/// <summary>A contact as it lies in the index.</summary>
sealed record StoredContact(byte[] Id, byte[] Mac, int Partition, int Generation, byte[] Wrapped, byte[] Address, byte[]? Person);

/// <summary>A legal hold as it lies in the store.</summary>
sealed record StoredHold(long Number, byte[] Contact, long PlacedAt, byte[] Reason);

/// <summary>A head as it lies in the store.</summary>
sealed record StoredHead(int Chain, long Seq, byte[] Hash, long RecordedAt, byte[] Sum, byte[] Seal);

/// <summary>The one row of the table <c>store</c>.</summary>
sealed record StoredSelf(byte[] StoreId, int Generation, byte[] Key);
