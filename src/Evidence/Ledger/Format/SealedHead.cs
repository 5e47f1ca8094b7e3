namespace MaySend.Evidence.Ledger.Format;

/// <summary>A head as it lies in the store.</summary>
/// <param name="Chain">0 to 255 contacts, 256 the controller, 257 the suppressions.</param>
/// <param name="Seq">The number of its last entry.</param>
/// <param name="Hash">The hash of its last entry; of the genesis when it is empty.</param>
/// <param name="RecordedAt">When that was recorded, microseconds since 1970.</param>
/// <param name="Sum">What the rows that belong to it add up to; see <see cref="IndexBinding"/>.</param>
/// <param name="Seal">Over all of it.</param>
public sealed record SealedHead(int Chain, long Seq, byte[] Hash, long RecordedAt, byte[] Sum, byte[] Seal);
