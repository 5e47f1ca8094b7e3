using MaySend.Evidence.Ledger;
using Npgsql;

namespace MaySend.Evidence.Postgres;

/// <summary>
/// The chain heads of one transaction: locked in order of their number before anything else, so that two writers never wait for each other
/// in a circle,
/// and set at the end by compare-and-set.
/// </summary>
sealed class Heads(TimeProvider clock)
{
    internal const string Lock =
        "select partition, seq, hash, recorded_at from head where partition = any ($1) order by partition for update";

    /// <summary>Divides by zero, and so undoes the whole transaction, unless every head still stood where it was read.</summary>
    internal const string Set = """
        with moved as (
          update head set seq = new.seq, hash = new.hash, recorded_at = new.recorded_at
          from unnest ($1, $2, $3, $4, $5) as new (partition, stored, seq, hash, recorded_at)
          where head.partition = new.partition and head.seq = new.stored
          returning 1)
        select 1 / (case when (select count(*) from moved) = $6 then 1 else 0 end)
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

    internal static Head Read(NpgsqlDataReader rows) =>
        new()
        {
            Chain = rows.GetInt16(0),
            Stored = rows.GetInt64(1),
            Seq = rows.GetInt64(1),
            Hash = (byte[])rows[2],
            RecordedAt = rows.GetInt64(3),
        };

    /// <summary>The place after the last entry, when that entry is recorded (never before its predecessor, whatever the clock says), and
    /// the hash before
    /// it.</summary>
    internal (long Seq, long RecordedAt, byte[] Before) Next(int chain)
    {
        var head = held.TryGetValue((short)chain, out var one)
            ? one
            : throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"the head of partition {chain} is missing. Run `maysend ledger verify`"
            );
        return (head.Seq + 1, Math.Max(now, head.RecordedAt), head.Hash);
    }

    /// <summary>Moves the head over an entry that is about to be inserted.</summary>
    internal void Advance(int chain, long seq, long recordedAt, byte[] hash)
    {
        var head = held[(short)chain];
        (head.Seq, head.RecordedAt, head.Hash) = (seq, recordedAt, hash);
    }

    /// <summary>The parameters of <see cref="Set"/>; null when no head moved.</summary>
    internal object?[]? Moved()
    {
        var moved = held.Values.Where(head => head.Seq != head.Stored).ToArray();
        return moved.Length == 0
            ? null
            :
            [
                moved.Select(head => head.Chain).ToArray(),
                moved.Select(head => head.Stored).ToArray(),
                moved.Select(head => head.Seq).ToArray(),
                moved.Select(head => head.Hash).ToArray(),
                moved.Select(head => head.RecordedAt).ToArray(),
                (long)moved.Length,
            ];
    }

    internal sealed class Head
    {
        internal required short Chain;
        internal required long Stored;
        internal required long Seq;
        internal required byte[] Hash;
        internal required long RecordedAt;
    }
}
