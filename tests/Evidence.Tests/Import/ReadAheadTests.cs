using MaySend.Evidence.Import;

namespace MaySend.Evidence.Tests.Import;

/// <summary>A file that is read on a thread of its own says the same as one that is read in between.</summary>
public sealed class ReadAheadTests
{
    [Fact]
    public async Task Everything_comes_in_order_and_a_fault_after_what_was_read_before_it()
    {
        List<int> came = [];
        var fault = await Should.ThrowAsync<InvalidDataException>(async () =>
        {
            await foreach (var number in ReadAhead.Of(Broken(100), default))
                came.Add(number);
        });
        fault.Message.ShouldBe("row 100");
        came.ShouldBe(Enumerable.Range(0, 100));
    }

    [Fact]
    public async Task Nothing_is_read_any_more_when_whoever_takes_it_has_left()
    {
        var (read, hasEnded) = (0, false);
        IEnumerable<int> Endless()
        {
            try
            {
                while (true)
                    yield return Interlocked.Increment(ref read);
            }
            finally
            {
                hasEnded = true;
            }
        }
        await foreach (var number in ReadAhead.Of(Endless(), default))
            if (number == 5)
                break;
        hasEnded.ShouldBeTrue();
        read.ShouldBeLessThan(20);
    }

    [Fact]
    public async Task A_wait_that_is_called_off_ends_the_reading()
    {
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var number in ReadAhead.Of(Enumerable.Range(0, int.MaxValue), stop.Token))
                if (number == 3)
                    await stop.CancelAsync();
        });
    }

    static IEnumerable<int> Broken(int after)
    {
        for (var number = 0; number < after; number++)
            yield return number;
        throw new InvalidDataException($"row {after}");
    }
}
