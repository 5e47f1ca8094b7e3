namespace MaySend.Server.Hosting;

/// <summary>Work done in rounds beside the requests, the first at the start. Nothing that goes wrong in one ends them, nor the server; what breaks off because the host stops is no fault.</summary>
/// <param name="every">The time from one round to the next.</param>
/// <param name="clock">The clock that time is told by.</param>
public abstract class Rounds(TimeSpan every, TimeProvider clock) : BackgroundService
{
    /// <summary>One round.</summary>
    protected abstract Task RoundAsync(CancellationToken stopping);

    /// <summary>Says that a round went wrong; the next comes all the same.</summary>
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
                    await RoundAsync(stoppingToken);
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
