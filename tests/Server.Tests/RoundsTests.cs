using MaySend.Server.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Server.Tests;

public sealed class RoundsTests
{
    [Fact]
    public async Task Whatever_goes_wrong_in_one_round_the_next_one_comes_and_the_end_is_quiet()
    {
        var clock = new FakeTimeProvider();
        using var rounds = new Failing(clock);
        await rounds.StartAsync(default);
        for (var round = 1; round <= 3; round++)
        {
            await rounds.Said.WaitAsync(TestContext.Current.CancellationToken);
            rounds.Faults.Count.ShouldBe(round);
            clock.Advance(TimeSpan.FromMinutes(1));
        }
        await rounds.StopAsync(default);
        rounds.ExecuteTask!.Status.ShouldBe(TaskStatus.RanToCompletion);
        rounds.Faults.ShouldAllBe(fault => fault is InvalidOperationException);
    }

    sealed class Failing(TimeProvider clock) : Rounds(TimeSpan.FromMinutes(1), clock)
    {
        public List<Exception> Faults { get; } = [];

        public SemaphoreSlim Said { get; } = new(0);

        protected override Task RoundAsync(CancellationToken stopping) => throw new InvalidOperationException("nobody foresaw this");

        protected override void WentWrong(Exception fault)
        {
            Faults.Add(fault);
            Said.Release();
        }

        public override void Dispose()
        {
            Said.Dispose();
            base.Dispose();
        }
    }
}
