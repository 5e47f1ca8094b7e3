namespace MaySend.Server.OptOut;

/// <summary>Looks for keys of other servers every minute, so that a server that nobody asks anything has them on disk before the store goes away.</summary>
sealed partial class OptOutKeyRefresh(OptOutKeys keys, TimeProvider clock, ILogger<OptOutKeyRefresh> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await LookAsync(stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    async Task LookAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await keys.RefreshAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // Nothing may end the looking.
                NotRead(fault.GetType().Name);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "the store was not asked for new opt-out keys ({Fault}); links of those already known work on")]
    partial void NotRead(string fault);
}
