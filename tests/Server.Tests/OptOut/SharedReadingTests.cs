using MaySend.Records.OptOuts;

namespace MaySend.Server.Tests.OptOut;

public class SharedReadingTests
{
    [Fact]
    public async Task Ten_thousand_who_ask_cause_a_handful_of_readings_with_a_pause_between_them()
    {
        var starts = new List<long>();
        var shared = new SharedReading(
            TimeSpan.FromMilliseconds(200),
            () =>
            {
                lock (starts)
                    starts.Add(TimeProvider.System.GetTimestamp());
                return Task.CompletedTask;
            }
        );
        for (var wave = 0; wave < 10; wave++)
            await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => shared.NextAsync()));
        // A wave that falls across a start is served by two readings, never by more.
        starts.Count.ShouldBeInRange(1, 20);
        // A timer may be a little early, and never by so much.
        starts
            .Zip(starts.Skip(1))
            .ShouldAllBe(pair => TimeProvider.System.GetElapsedTime(pair.First, pair.Second) > TimeSpan.FromMilliseconds(150));
    }

    [Fact]
    public async Task Whoever_asks_during_a_reading_gets_the_one_after_it()
    {
        var readings = new List<TaskCompletionSource>();
        var shared = new SharedReading(
            TimeSpan.Zero,
            () =>
            {
                var reading = new TaskCompletionSource();
                lock (readings)
                    readings.Add(reading);
                return reading.Task;
            }
        );
        var first = shared.NextAsync();
        await UntilAsync(() => readings.Count == 1);
        var second = shared.NextAsync();
        shared.NextAsync().ShouldBeSameAs(second);
        readings[0].SetResult();
        await first;
        await UntilAsync(() => readings.Count == 2);
        second.IsCompleted.ShouldBeFalse();
        readings[1].SetResult();
        await second;
    }

    [Fact]
    public async Task A_reading_that_fails_fails_those_who_asked_for_it_and_not_the_next()
    {
        var readings = 0;
        var shared = new SharedReading(TimeSpan.Zero, () => ++readings == 1 ? throw new IOException() : Task.CompletedTask);
        await Should.ThrowAsync<IOException>(shared.NextAsync);
        await shared.NextAsync();
        readings.ShouldBe(2);
    }

    static async Task UntilAsync(Func<bool> isSo)
    {
        for (var tries = 0; tries < 500 && !isSo(); tries++)
            await Task.Delay(10);
        isSo().ShouldBeTrue();
    }
}
