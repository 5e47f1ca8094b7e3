using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Checkpoints;

namespace MaySend.Evidence.Sqlite;

public sealed partial class SqliteLedger
{
    /// <inheritdoc/>
    public async Task<LedgerStanding> StandingAsync(TimeSpan patience, CancellationToken cancellation = default) =>
        new([
            await ServerStanding.AskAsync(
                LedgerStanding.OnlyOne,
                Checkpoint.Chains,
                _ => Task.Run(() => LookOnce(Sizes), CancellationToken.None),
                patience,
                options.Clock,
                cancellation
            ),
        ]);

    static Dictionary<int, long> Sizes(Session session)
    {
        var sizes = new Dictionary<int, long>(Checkpoint.Chains);
        using var rows = session[SelectHeads].Rows();
        while (rows.Read())
            sizes[rows.GetInt32(0)] = rows.GetInt64(1);
        return sizes;
    }
}
