namespace MaySend.Screening.Runs;

/// <summary>
/// Work that waits for others a good deal of its time: on a thread that others share, it would stand in the way of what it waits for.
/// </summary>
static class OwnThread
{
    /// <summary>Does it on a thread of its own.</summary>
    public static Task<T> Run<T>(Func<T> work, CancellationToken cancellation) =>
        Task.Factory.StartNew(work, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
