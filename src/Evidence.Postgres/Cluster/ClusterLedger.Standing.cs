using MaySend.Evidence.Ledger;

namespace MaySend.Evidence.Postgres.Cluster;

public sealed partial class ClusterLedger
{
    /// <inheritdoc/>
    public async Task<LedgerStanding> StandingAsync(TimeSpan patience, CancellationToken cancellation = default)
    {
        var clock = shards.Options.Clock;
        using var late = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            await shards.RefreshAsync(either.Token).WaitAsync(either.Token);
        }
        catch (Exception fault)
            when (fault is LedgerUnavailableException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // Home is away, and is told to be below; the map as last read says what the others have.
        }
        var map = shards.Now.Map;
        var servers = await Task.WhenAll(
            map.Servers.Select(name =>
                ServerStanding.AskAsync(
                    name,
                    map.ChainsOf(name).Count,
                    async waiting => await (await shards.Of(name)).SizesHereAsync(waiting),
                    patience,
                    clock,
                    cancellation
                )
            )
        );
        return new(servers, map.Moving?.Partition);
    }
}
