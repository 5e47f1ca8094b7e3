using MaySend.Evidence.Ledger.Checkpoints;

namespace MaySend.Evidence.Postgres;

public sealed partial class PostgresLedger
{
    const string SelectHeads = "select partition, seq, hash from head order by partition";
    const string InsertCheckpoint = "insert into checkpoint (note) values ($1)";
    const string SelectCheckpoints = "select note from checkpoint order by number";

    /// <inheritdoc/>
    public async ValueTask<Checkpoint> CheckpointAsync(CancellationToken cancellation = default)
    {
        var made = await Change(
            async (session, heads) =>
            {
                // One at a time, so that a later checkpoint never covers less than an earlier one.
                await heads.LockAll(session, [Checkpoint.Suppressions]);
                var all = await session.Rows(row => new ChainHead(row.GetInt16(0), row.GetInt64(1), (byte[])row[2]), SelectHeads);
                var checkpoint = Checkpoint.Sign(StoreId, all, options.Clock.GetUtcNow(), ring.Signing);
                await session.Run(InsertCheckpoint, checkpoint.Note);
                return checkpoint;
            },
            cancellation
        );
        await NoteReached();
        return made;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> CheckpointsAsync(CancellationToken cancellation = default) =>
        await Look(session => session.Rows(row => row.GetString(0), SelectCheckpoints), cancellation);
}
