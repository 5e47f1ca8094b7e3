using System.Runtime.CompilerServices;
using CsCheck;
using MaySend.Evidence.Store;

namespace MaySend.Evidence.Tests.Store;

/// <summary>Sequences that are read at the same time say the same as those that are read one after the other.</summary>
public class SideBySideTests
{
    const int Most = 256;

    [Fact]
    public async Task Everything_comes_in_the_order_of_the_things_however_long_each_is() =>
        await Gen.Int[0, 700]
            .Array[0, 12]
            .SampleAsync(
                async lengths =>
                {
                    var came = new List<(int, int)>();
                    await foreach (
                        var one in SideBySide.InOrder(
                            Enumerable.Range(0, lengths.Length),
                            (i, stop) => Up(i, lengths[i], stop),
                            Most,
                            default
                        )
                    )
                        came.Add(one);
                    came.ShouldBe(lengths.SelectMany((length, i) => Enumerable.Range(0, length).Select(number => (i, number))));
                },
                iter: 50
            );

    [Fact]
    public async Task What_one_throws_comes_after_what_was_given_before_it_and_nothing_comes_after_it()
    {
        List<(int, int)> came = [];
        var fault = await Should.ThrowAsync<InvalidDataException>(async () =>
        {
            await foreach (var one in SideBySide.InOrder([0, 1, 2, 3], (i, stop) => i == 1 ? Broken(i, 5) : Up(i, 10, stop), Most, default))
                came.Add(one);
        });
        fault.Message.ShouldBe("1 is broken");
        came.ShouldBe([.. Enumerable.Range(0, 10).Select(number => (0, number)), .. Enumerable.Range(0, 5).Select(number => (1, number))]);
    }

    [Fact]
    public async Task Nothing_is_read_any_more_when_whoever_takes_it_has_left_and_none_is_read_far_ahead()
    {
        var (read, open) = (0, 0);
        async IAsyncEnumerable<int> Endless([EnumeratorCancellation] CancellationToken stop)
        {
            Interlocked.Increment(ref open);
            try
            {
                while (true)
                {
                    stop.ThrowIfCancellationRequested();
                    yield return Interlocked.Increment(ref read);
                    await Task.Yield();
                }
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        }
        var taken = 0;
        await foreach (var _ in SideBySide.InOrder(Enumerable.Range(0, 1000), (_, stop) => Endless(stop), Most, default))
            if (++taken == 5)
                break;
        open.ShouldBe(0);
        read.ShouldBeLessThan(2000 * Environment.ProcessorCount);
    }

    [Fact]
    public async Task A_wait_that_is_called_off_ends_the_reading()
    {
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var one in SideBySide.InOrder([0, 1], (i, called) => Up(i, int.MaxValue, called), Most, stop.Token))
                if (one == (0, 3))
                    await stop.CancelAsync();
        });
    }

    static async IAsyncEnumerable<(int, int)> Up(int thing, int to, [EnumeratorCancellation] CancellationToken stop)
    {
        for (var number = 0; number < to; number++)
        {
            stop.ThrowIfCancellationRequested();
            if (number % 97 == 0)
                await Task.Yield();
            yield return (thing, number);
        }
    }

    static async IAsyncEnumerable<(int, int)> Broken(int thing, int after)
    {
        for (var number = 0; number < after; number++)
            yield return (thing, number);
        await Task.Yield();
        throw new InvalidDataException($"{thing} is broken");
    }
}
