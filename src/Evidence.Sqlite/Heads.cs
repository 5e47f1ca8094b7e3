using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;

namespace MaySend.Evidence.Sqlite;

/// <summary>
/// The chain heads as the writer knows them. Remembered between commits for as long as nobody else has committed to the file; changed heads
/// are set at the
/// end of a
/// commit by compare-and-set, so that a second writer can never fork a chain.
/// </summary>
sealed class Heads(TimeProvider clock)
{
    const string SelectHead = "select seq, hash, recorded_at from head where partition = ?1";
    const string SetHead = "update head set seq = ?2, hash = ?3, recorded_at = ?4 where partition = ?1 and seq = ?5";

    readonly Head?[] known = new Head?[Partition.Count];
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

    /// <summary>The place after the last entry, when that entry is recorded (never before its predecessor, whatever the clock says), and
    /// the hash before
    /// it.</summary>
    internal (LedgerPosition Position, long RecordedAt, byte[] Before) Next(Session session, Partition partition)
    {
        var head = known[partition.Number] ??= Load(session, partition);
        return (new(partition, head.Seq + 1), Math.Max(now, head.RecordedAt), head.Hash);
    }

    /// <summary>Moves the head over an entry that was inserted.</summary>
    internal void Advance(LedgerPosition position, long recordedAt, byte[] hash)
    {
        var head = known[position.Partition.Number]!;
        if (!head.Changed)
        {
            (head.Changed, head.Stored) = (true, head.Seq);
            changed.Add(head);
        }

        (head.Seq, head.RecordedAt, head.Hash) = (position.Seq, recordedAt, hash);
    }

    /// <summary>To be called last under the write lock.</summary>
    internal void Set(Session session)
    {
        foreach (var head in changed)
        {
            if (session[SetHead].Run(head.Partition.Number, head.Seq, head.Hash, head.RecordedAt, head.Stored) != 1)
                throw new LedgerUnavailableException(
                    UnavailableBecause.Damaged,
                    $"the head of partition {head.Partition} moved under the write lock; nothing was written"
                );
        }
    }

    /// <summary>After the commit.</summary>
    internal void Kept()
    {
        foreach (var head in changed)
            head.Changed = false;
        changed.Clear();
    }

    /// <summary>After a commit that failed: what is known may be wrong.</summary>
    internal void Forget()
    {
        changed.Clear();
        Array.Clear(known);
    }

    static Head Load(Session session, Partition partition)
    {
        using var rows = session[SelectHead].Rows(partition.Number);
        return rows.Read()
            ? new()
            {
                Partition = partition,
                Seq = rows.GetInt64(0),
                Hash = rows.Blob(1),
                RecordedAt = rows.GetInt64(2),
            }
            : throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"the head of partition {partition} is missing. Run `maysend ledger verify`"
            );
    }

    sealed class Head
    {
        internal required Partition Partition;
        internal required long Seq;
        internal required byte[] Hash;
        internal required long RecordedAt;
        internal bool Changed;
        internal long Stored;
    }
}
