namespace MaySend.Bench.Gate;

/// <summary>The machine's clock, moved to another moment: it goes on, and its timers are the platform's own.</summary>
sealed class RunningClock(DateTimeOffset from) : TimeProvider
{
    readonly long began = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => from + System.GetElapsedTime(began);
}
