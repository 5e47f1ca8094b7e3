namespace MaySend.Records.OptOuts;

/// <summary>
/// A reading that many ask for and few cause: whoever asks gets one that starts after the asking, together with all who ask until then; one
/// at a time, and a pause between two. The pause is measured by the machine's own clock: it spares the machine, and is no part of any
/// decision.
/// </summary>
sealed class SharedReading(TimeSpan pause, Func<Task> read)
{
    static readonly TimeProvider Machine = TimeProvider.System;

    readonly Lock gate = new();
    Task last = Task.CompletedTask;
    Task? next;
    long? started;

    /// <summary>Ends, or fails, with the next reading.</summary>
    public Task NextAsync()
    {
        lock (gate)
            return next ??= ReadAsync(last);
    }

    async Task ReadAsync(Task before)
    {
        // Never inside the caller's lock.
        await Task.Yield();
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (started is { } then && pause - Machine.GetElapsedTime(then) is { Ticks: > 0 } rest)
            await Task.Delay(rest, Machine);
        lock (gate)
        {
            // Who asks from here on may have seen something that this reading misses.
            last = next!;
            next = null;
        }
        started = Machine.GetTimestamp();
        await read();
    }
}
