namespace MaySend.Server.OptOut;

/// <summary>Tries the spool again and again.</summary>
sealed partial class SpoolDrain(Spool spool, OptOutRegister register, ServerOptions options, TimeProvider clock, ILogger<SpoolDrain> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (spool.Unreadable > 0) Unreadable(spool.Unreadable);
        try
        {
            await DrainAsync(stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops. What was not recorded is on disk and has its turn at the next start.
        }
    }

    async Task DrainAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.DrainEvery, clock);
        do
        {
            try
            {
                var recorded = await spool.DrainAsync(async wish => await register.RefuseAsync(wish, stoppingToken), stoppingToken);
                if (recorded > 0) Drained(recorded);
            }
            catch (AggregateException faults)
            {
                Waits(spool.Waiting, string.Join(", ", faults.InnerExceptions.Select(fault => fault.GetType().Name).Distinct()));
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // Nothing may end the draining: what is on disk would then wait for a restart.
                Waits(spool.Waiting, fault.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "recorded {Count} opt-outs from the spool: they are effective now")]
    partial void Drained(int count);

    [LoggerMessage(LogLevel.Error, "{Count} opt-outs wait in the spool and are not effective yet: {Fault}")]
    partial void Waits(int count, string fault);

    [LoggerMessage(LogLevel.Error, "{Count} lines of the spool cannot be read and may be opt-outs: look at opt-outs.unreadable in the data folder")]
    partial void Unreadable(int count);
}
