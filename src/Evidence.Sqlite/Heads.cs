using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;

namespace MaySend.Evidence.Sqlite;

/// <summary>
/// The chain heads as the writer knows them. Remembered between commits for as long as nobody else has committed to the file; changed heads
/// are sealed and set at the end of a commit by compare-and-set, so that a second writer can never fork a chain.
/// </summary>
sealed class Heads(TimeProvider clock, IndexBinding binding)
{
    internal const string Select = "select partition, seq, hash, recorded_at, row_sum, seal from head where partition = ?1";
    const string SetHead =
        "update head set seq = ?2, hash = ?3, recorded_at = ?4, row_sum = ?5, seal = ?6 where partition = ?1 and seq = ?7";

    readonly Head?[] known = new Head?[Partition.Count + 1];
    readonly List<Head> changed = [];
    long dataVersion = -1;
    long now;

    /// <summary>
    /// To be called first under the write lock; false when another process has committed since, so that nothing known is worth anything.
    /// </summary>
    internal bool Begin(Session session)
    {
        changed.Clear();
        var version = (long)session["pragma data_version"].Value()!;
        var alone = version == dataVersion;
        if (!alone)
            Array.Clear(known);
        dataVersion = version;
        now = LedgerTime.ToMicroseconds(clock.GetUtcNow());
        return alone;
    }

    /// <summary>The number after the last entry of a chain, when that entry is recorded (never before its predecessor, whatever the clock
    /// says), and the hash before it.</summary>
    internal (long Seq, long RecordedAt, byte[] Before) Next(Session session, int chain)
    {
        var head = Of(session, chain);
        return (head.Seq + 1, Math.Max(now, head.RecordedAt), head.Hash);
    }

    /// <summary>Moves the head over an entry that was inserted.</summary>
    internal void Advance(int chain, long seq, long recordedAt, byte[] hash)
    {
        var head = Changing(known[chain]!);
        (head.Seq, head.RecordedAt, head.Hash) = (seq, recordedAt, hash);
    }

    /// <summary>Seals a head though nothing of it changes.</summary>
    internal void Touch(Session session, int chain) => Changing(Of(session, chain));

    /// <summary>Counts a contact in that was inserted.</summary>
    internal void Made(Session session, Partition partition, ContactId contact)
    {
        var head = Changing(Of(session, partition.Number));
        head.Sum = binding.With(head.Sum, contact);
    }

    /// <summary>Counts a contact out that was deleted.</summary>
    internal void Gone(Session session, Partition partition, ContactId contact)
    {
        var head = Changing(Of(session, partition.Number));
        head.Sum = binding.Without(head.Sum, contact);
    }

    /// <summary>Counts a suppression in that was inserted.</summary>
    internal void Suppressed(Session session, int generation, byte[] mac, byte[] covers)
    {
        var head = Changing(Of(session, Ledger.Checkpoints.Checkpoint.Suppressions));
        head.Sum = binding.With(head.Sum, generation, mac, covers);
    }

    /// <summary>To be called last under the write lock.</summary>
    internal void Set(Session session)
    {
        foreach (var head in changed)
        {
            var seal = binding.Seal(head.Chain, head.Seq, head.Hash, head.RecordedAt, head.Sum);
            if (session[SetHead].Run(head.Chain, head.Seq, head.Hash, head.RecordedAt, head.Sum, seal, head.StoredSeq) != 1)
                throw new LedgerUnavailableException(
                    UnavailableBecause.Damaged,
                    $"the head of partition {head.Chain} moved under the write lock; nothing was written"
                );
        }
    }

    /// <summary>After the commit.</summary>
    internal void Kept()
    {
        foreach (var head in changed)
        {
            binding.Moved(head.Chain, head.StoredSum, head.Sum);
            head.Changed = false;
        }

        changed.Clear();
    }

    /// <summary>After a commit that failed: what is known may be wrong.</summary>
    internal void Forget()
    {
        changed.Clear();
        Array.Clear(known);
    }

    /// <summary>A head as the store has it.</summary>
    internal static SealedHead Read(Session session, int chain)
    {
        using var rows = session[Select].Rows(chain);
        return rows.Read()
            ? new(chain, rows.GetInt64(1), rows.Blob(2), rows.GetInt64(3), rows.Blob(4), rows.Blob(5))
            : throw Missing(chain);
    }

    internal static LedgerUnavailableException Missing(int chain) =>
        new(UnavailableBecause.Damaged, $"the head of partition {chain} is missing. Run `maysend ledger verify`");

    Head Of(Session session, int chain) => known[chain] ??= new(Read(session, chain));

    Head Changing(Head head)
    {
        if (head.Changed)
            return head;
        (head.Changed, head.StoredSeq, head.StoredSum) = (true, head.Seq, head.Sum);
        changed.Add(head);
        return head;
    }

    sealed class Head(SealedHead stored)
    {
        internal int Chain => stored.Chain;
        internal long Seq = stored.Seq;
        internal byte[] Hash = stored.Hash;
        internal long RecordedAt = stored.RecordedAt;
        internal byte[] Sum = stored.Sum;
        internal bool Changed;
        internal long StoredSeq;
        internal byte[] StoredSum = stored.Sum;
    }
}
