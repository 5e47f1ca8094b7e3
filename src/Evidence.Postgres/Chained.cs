using System.Buffers.Binary;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Writing;

namespace MaySend.Evidence.Postgres;

/// <summary>Puts sealed entries behind the heads, one after the other, and gathers them as columns for one insert.</summary>
sealed class Chained(Heads heads, Dictionary<(ContactId, Int128), LedgerPosition> duplicates)
{
    readonly List<(SealedEntry Entry, LedgerPosition At, long RecordedAt, byte[] Hash)> added = [];

    internal static (ContactId, Int128) Key(ContactId owner, byte[] idempotency) =>
        (owner, BinaryPrimitives.ReadInt128BigEndian(idempotency));

    internal Written Add(SealedEntry entry)
    {
        if (entry.Idempotency is { } key && duplicates.TryGetValue(Key(entry.Owner, key), out var first))
            return new(AppendOutcome.AlreadyThere, first);
        var (seq, recordedAt, before) = heads.Next(entry.Partition.Number);
        var at = new LedgerPosition(entry.Partition, seq);
        var hash = Chain.Entry(before, at, entry.Owner, recordedAt, entry.Kind, entry.Idempotency, entry.ContentDigest);
        heads.Advance(entry.Partition.Number, seq, recordedAt, hash);
        added.Add((entry, at, recordedAt, hash));
        if (entry.Idempotency is { } fresh)
            duplicates[Key(entry.Owner, fresh)] = at;
        return new(AppendOutcome.Added, at);
    }

    /// <summary>The parameters of <see cref="Writer.InsertEntries"/>.</summary>
    internal object?[] Columns() =>
        [
            added.Select(one => (short)one.At.Partition.Number).ToArray(),
            added.Select(one => one.At.Seq).ToArray(),
            added.Select(one => one.Entry.OwnerBytes).ToArray(),
            added.Select(one => one.Entry.Kind).ToArray(),
            added.Select(one => one.RecordedAt).ToArray(),
            added.Select(one => one.Entry.Idempotency).ToArray(),
            added.Select(one => one.Entry.Content).ToArray(),
            added.Select(one => one.Hash).ToArray(),
        ];
}
