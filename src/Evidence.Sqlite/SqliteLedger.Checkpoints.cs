using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Sqlite;

public sealed partial class SqliteLedger
{
    const string SelectHeads = "select partition, seq, hash from head order by partition";
    const string InsertCheckpoint = "insert into checkpoint (note) values (?1)";
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
            (_, _) =>
            {
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
            (session, _) =>
            {
                var heads = new List<ChainHead>(Checkpoint.Chains);
                using (var rows = session[SelectHeads].Rows())
                {
                    while (rows.Read())
                        heads.Add(new(rows.GetInt32(0), rows.GetInt64(1), rows.Blob(2)));
                }

                var checkpoint = Checkpoint.Sign(StoreId, heads, options.Clock.GetUtcNow(), KeyRing.Load(options.KeyFile).Signing, next);
                session[InsertCheckpoint].Run(checkpoint.Note);
                return checkpoint;
            },
            cancellation
        );
        NoteReached();
        return made;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> CheckpointsAsync(CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<string>>(
            Look(session =>
            {
                var notes = new List<string>();
                using var rows = session[SelectCheckpoints].Rows();
                while (rows.Read())
                    notes.Add(rows.GetString(0));
                return notes;
            })
        );
}
