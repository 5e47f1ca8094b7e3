using MaySend.Evidence.Ledger.Checkpoints;

namespace MaySend.Evidence.Sqlite;

public sealed partial class SqliteLedger
{
    const string SelectHeads = "select partition, seq, hash from head order by partition";
    const string InsertCheckpoint = "insert into checkpoint (note) values (?1)";
    const string SelectCheckpoints = "select note from checkpoint order by number";

    /// <inheritdoc/>
    public async ValueTask<Checkpoint> CheckpointAsync(CancellationToken cancellation = default)
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

                var checkpoint = Checkpoint.Sign(StoreId, heads, options.Clock.GetUtcNow(), ring.Signing);
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
