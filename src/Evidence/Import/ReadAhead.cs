using MaySend.Evidence.Store;

namespace MaySend.Evidence.Import;

/// <summary>Reads on a thread of its own, a little ahead of whoever works on what was read.</summary>
static class ReadAhead
{
    const int Steps = 2;

    /// <summary>The same sequence; what it throws comes after what it gave before.</summary>
    public static IAsyncEnumerable<T> Of<T>(IEnumerable<T> source, CancellationToken cancellation) =>
        SideBySide.InOrder([source], static (rows, _) => rows.ToAsyncEnumerable(), Steps, cancellation);
}
