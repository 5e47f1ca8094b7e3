using MaySend.Records;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Server.Tests;

public sealed class PeriodicServiceTests
{
    [Fact]
    public async Task Whatever_goes_wrong_in_one_round_the_next_one_comes_and_the_end_is_quiet()
    {
        var clock = new FakeTimeProvider();
        using var service = new Failing(clock);
        await service.StartAsync(default);
        for (var round = 1; round <= 3; round++)
        {
            await service.Said.WaitAsync(TestContext.Current.CancellationToken);
            service.Faults.Count.ShouldBe(round);
            clock.Advance(TimeSpan.FromMinutes(1));
        }
        await service.StopAsync(default);
        service.ExecuteTask!.Status.ShouldBe(TaskStatus.RanToCompletion);
        service.Faults.ShouldAllBe(fault => fault is InvalidOperationException);
    }

    sealed class Failing(TimeProvider clock) : PeriodicService(TimeSpan.FromMinutes(1), clock)
    {
        public List<Exception> Faults { get; } = [];

        public SemaphoreSlim Said { get; } = new(0);

        protected override Task RunOnceAsync(CancellationToken stopping) => throw new InvalidOperationException("nobody foresaw this");

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
