using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Format;
using Npgsql;

namespace MaySend.Evidence.Postgres;

/// <summary>
/// The chain heads of one transaction: locked in order of their number before anything else, so that two writers never wait for each other
/// in a circle, and set at the end by compare-and-set.
/// </summary>
sealed class Heads(TimeProvider clock, IndexBinding binding)
{
    internal const string Lock =
        "select partition, seq, hash, recorded_at, row_sum, seal, here from head where partition = any ($1) order by partition for update";

    /// <summary>Divides by zero, and so undoes the whole transaction, unless every head still stood where it was read.</summary>
    internal const string Set = """
        with moved as (
          update head set seq = new.seq, hash = new.hash, recorded_at = new.recorded_at, row_sum = new.row_sum, seal = new.seal
          from unnest ($1, $2, $3, $4, $5, $6, $7) as new (partition, stored, seq, hash, recorded_at, row_sum, seal)
          where head.partition = new.partition and head.seq = new.stored
          returning 1)
        select 1 / (case when (select count(*) from moved) = $8 then 1 else 0 end)
        """;

    readonly Dictionary<short, Head> held = [];
    readonly long now = LedgerTime.ToMicroseconds(clock.GetUtcNow());

    internal async Task LockAll(Session session, IEnumerable<int> chains)
    {
        var wanted = chains.Select(chain => (short)chain).Where(chain => !held.ContainsKey(chain)).Distinct().Order().ToArray();
        if (wanted.Length > 0)
            Held(await session.Rows(Read, Lock, wanted));
    }

    internal void Held(IEnumerable<Head> heads)
    {
        foreach (var head in heads)
            held[head.Chain] = head;
    }

    internal static Head Read(NpgsqlDataReader rows) => new(ReadSealed(rows));

    /// <summary>A row of <see cref="Lock"/>, or of a statement with the same columns.</summary>
    /// <exception cref="PartitionElsewhereException">Another server has the partition.</exception>
    internal static SealedHead ReadSealed(NpgsqlDataReader rows) =>
        rows.GetBoolean(6)
            ? ReadAnywhere(rows)
            : throw new PartitionElsewhereException($"partition {rows.GetInt16(0)} is not on this server");

    /// <summary>Ends the operation where a head is not there: whoever stands in its partition would look like a stranger.</summary>
    /// <exception cref="LedgerUnavailableException">One is missing.</exception>
    internal static void Require(IReadOnlyCollection<short> chains, IReadOnlyCollection<SealedHead> heads)
    {
        foreach (var chain in chains)
            if (!heads.Any(head => head.Chain == chain))
                throw Missing(chain);
    }

    internal static LedgerUnavailableException Missing(int chain) =>
        new(UnavailableBecause.Damaged, $"the head of partition {chain} is missing. Run `maysend ledger verify`");

    /// <summary>The same, whether this server has the partition or not.</summary>
    internal static SealedHead ReadAnywhere(NpgsqlDataReader rows) =>
        new(rows.GetInt16(0), rows.GetInt64(1), (byte[])rows[2], rows.GetInt64(3), (byte[])rows[4], (byte[])rows[5]);

    /// <summary>The place after the last entry, when that entry is recorded (never before its predecessor, whatever the clock says), and
    /// the hash before it.</summary>
    internal (long Seq, long RecordedAt, byte[] Before) Next(int chain)
    {
        var head = Of(chain);
        return (head.Seq + 1, Math.Max(now, head.RecordedAt), head.Hash);
    }

    Head Of(int chain) =>
        held.TryGetValue((short)chain, out var one)
            ? one
            : throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"the head of partition {chain} is missing. Run `maysend ledger verify`"
            );

    /// <summary>Seals a head though nothing of it changes.</summary>
    internal void Touch(int chain) => Of(chain).Changed = true;

    /// <summary>Counts a contact in that was inserted.</summary>
    internal void Made(Partition partition, ContactId contact) => Summed(partition.Number, binding.With(Of(partition.Number).Sum, contact));

    /// <summary>Counts a contact out that was deleted.</summary>
    internal void Gone(Partition partition, ContactId contact) =>
        Summed(partition.Number, binding.Without(Of(partition.Number).Sum, contact));

    /// <summary>Counts a suppression in that was inserted.</summary>
    internal void Suppressed(int generation, byte[] mac, byte[] covers) =>
        Summed(Checkpoint.Suppressions, binding.With(Of(Checkpoint.Suppressions).Sum, generation, mac, covers));

    void Summed(int chain, byte[] sum) => (held[(short)chain].Sum, held[(short)chain].Changed) = (sum, true);

    /// <summary>Moves the head over an entry that is about to be inserted.</summary>
    internal void Advance(int chain, long seq, long recordedAt, byte[] hash)
    {
        var head = held[(short)chain];
        (head.Seq, head.RecordedAt, head.Hash, head.Changed) = (seq, recordedAt, hash, true);
    }

    /// <summary>The parameters of <see cref="Set"/>; null when no head moved.</summary>
    internal object?[]? Moved()
    {
        var moved = held.Values.Where(head => head.Changed).ToArray();
        return moved.Length == 0
            ? null
            :
            [
                moved.Select(head => head.Chain).ToArray(),
                moved.Select(head => head.Stored).ToArray(),
                moved.Select(head => head.Seq).ToArray(),
                moved.Select(head => head.Hash).ToArray(),
                moved.Select(head => head.RecordedAt).ToArray(),
                moved.Select(head => head.Sum).ToArray(),
                moved.Select(head => binding.Seal(head.Chain, head.Seq, head.Hash, head.RecordedAt, head.Sum)).ToArray(),
                (long)moved.Length,
            ];
    }

    /// <summary>After the commit.</summary>
    internal void Kept()
    {
        foreach (var head in held.Values.Where(head => head.Changed))
            binding.Moved(head.Chain, head.StoredSum, head.Sum);
    }

    internal sealed class Head(SealedHead stored)
    {
        internal short Chain => (short)stored.Chain;
        internal long Stored => stored.Seq;
        internal byte[] StoredSum => stored.Sum;
        internal long Seq = stored.Seq;
        internal byte[] Hash = stored.Hash;
        internal long RecordedAt = stored.RecordedAt;
        internal byte[] Sum = stored.Sum;
        internal bool Changed;
    }
}
