using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace MaySend.Evidence.Import;

/// <summary>Reads on a thread of its own, a little ahead of whoever works on what was read.</summary>
static class ReadAhead
{
    const int Steps = 2;

    /// <summary>The same sequence; what it throws comes after what it gave before.</summary>
    public static async IAsyncEnumerable<T> Of<T>(IEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var read = Channel.CreateBounded<T>(new BoundedChannelOptions(Steps) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => ReadAsync(source, read.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var one in read.Reader.ReadAllAsync(cancellation))
                yield return one;
        }
        finally
        {
            // Nothing is read any more when the caller hears of the end, whatever it was.
            await stop.CancelAsync();
            await reading;
        }
    }

    static async Task ReadAsync<T>(IEnumerable<T> source, ChannelWriter<T> to, CancellationToken cancellation)
    {
        try
        {
            foreach (var one in source)
                await to.WriteAsync(one, cancellation);
            to.Complete();
        }
        catch (Exception fault)
        {
            to.Complete(fault);
        }
    }
}
