using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace MaySend.Evidence.Store;

/// <summary>Reads several sequences on as many processors as there are, and gives them one after the other.</summary>
static class SideBySide
{
    /// <summary>
    /// Everything that each of some things gives, in the order of the things. What one throws comes after what was given before it;
    /// nothing is read any more when the caller hears of the end, whatever it was.
    /// </summary>
    /// <param name="things">What is read.</param>
    /// <param name="read">Reads one of them.</param>
    /// <param name="most">So much of each waits for its turn, and no more is read of it.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async IAsyncEnumerable<T> InOrder<TThing, T>(
        IEnumerable<TThing> things,
        Func<TThing, CancellationToken, IAsyncEnumerable<T>> read,
        int most,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var begun = new Queue<(ChannelReader<T> Given, Task Reading)>();
        using var rest = things.GetEnumerator();
        try
        {
            while (true)
            {
                while (begun.Count < Environment.ProcessorCount && rest.MoveNext())
                    begun.Enqueue(Begin(read(rest.Current, stop.Token), most, stop.Token));
                if (!begun.TryPeek(out var first))
                    break;
                await foreach (var one in first.Given.ReadAllAsync(cancellation))
                    yield return one;
                await begun.Dequeue().Reading;
            }
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var (_, reading) in begun)
                await reading;
        }
    }

    static (ChannelReader<T>, Task) Begin<T>(IAsyncEnumerable<T> sequence, int most, CancellationToken cancellation)
    {
        var given = Channel.CreateBounded<T>(new BoundedChannelOptions(most) { SingleReader = true, SingleWriter = true });
        return (given.Reader, Task.Run(() => ReadAsync(sequence, given.Writer, cancellation), CancellationToken.None));
    }

    static async Task ReadAsync<T>(IAsyncEnumerable<T> sequence, ChannelWriter<T> to, CancellationToken cancellation)
    {
        try
        {
            await foreach (var one in sequence.WithCancellation(cancellation))
                await to.WriteAsync(one, cancellation);
            to.Complete();
        }
        catch (Exception fault)
        {
            to.Complete(fault);
        }
    }
}
