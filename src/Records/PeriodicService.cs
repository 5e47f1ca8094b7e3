namespace MaySend.Records;

/// <summary>
/// Work done again and again beside the requests, the first time at the start. A run that fails ends neither the service nor the server;
/// what breaks off because the host stops is no fault.
/// </summary>
/// <param name="every">The time from one run to the next.</param>
/// <param name="clock">The clock that time is told by.</param>
public abstract class PeriodicService(TimeSpan every, TimeProvider clock) : BackgroundService
{
    /// <summary>One run.</summary>
    protected abstract Task RunOnceAsync(CancellationToken stopping);

    /// <summary>Says that a run failed; the next comes all the same.</summary>
    protected abstract void WentWrong(Exception fault);

    /// <inheritdoc />
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, clock);
        try
        {
            do
            {
                try
                {
                    await RunOnceAsync(stoppingToken);
                }
                catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
                {
                    WentWrong(fault);
                }
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
