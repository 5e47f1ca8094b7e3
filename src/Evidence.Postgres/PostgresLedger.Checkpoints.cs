using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Postgres;

public sealed partial class PostgresLedger
{
    const string SelectHeads = "select partition, seq, hash from head order by partition";
    const string InsertCheckpoint = "insert into checkpoint (note) values ($1)";
    const string SelectCheckpoints = "select note from checkpoint order by number";

    /// <inheritdoc/>
    public ValueTask<Checkpoint> CheckpointAsync(CancellationToken cancellation = default) => KeepAsync(null, cancellation);

    /// <inheritdoc/>
    public async ValueTask RotateCheckpointKeyAsync(CancellationToken cancellation = default)
    {
        // The note first: a key that it names and that is lost harms nobody, one in use that it does not name leaves auditors behind.
        var next = KeyRing.NewSigningKey();
        await KeepAsync(next, cancellation);
        await Change(
            async (session, heads) =>
            {
                // As a rotation of the other keys does: two processes never write the file over each other.
                await heads.LockAll(session, Enumerable.Range(0, Checkpoint.Chains));
                KeyRing.Load(options.KeyFile).WithSigning(next).Save(options.KeyFile);
                return true;
            },
            CancellationToken.None
        );
    }

    /// <summary>Signs with the key that the file has now: another process may have changed it.</summary>
    async ValueTask<Checkpoint> KeepAsync(SigningKey? next, CancellationToken cancellation)
    {
        var made = await Change(
            async (session, heads) =>
            {
                // One at a time, so that a later checkpoint never covers less than an earlier one.
                await heads.LockAll(session, [Checkpoint.Suppressions]);
                var all = await session.Rows(row => new ChainHead(row.GetInt16(0), row.GetInt64(1), (byte[])row[2]), SelectHeads);
                var checkpoint = Checkpoint.Sign(StoreId, all, options.Clock.GetUtcNow(), KeyRing.Load(options.KeyFile).Signing, next);
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
