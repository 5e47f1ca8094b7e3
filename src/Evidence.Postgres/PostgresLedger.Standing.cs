using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Checkpoints;

namespace MaySend.Evidence.Postgres;

public sealed partial class PostgresLedger
{
    /// <inheritdoc/>
    public async Task<LedgerStanding> StandingAsync(TimeSpan patience, CancellationToken cancellation = default) =>
        new([
            await ServerStanding.AskAsync(LedgerStanding.OnlyOne, Checkpoint.Chains, SizesHereAsync, patience, options.Clock, cancellation),
        ]);
}
