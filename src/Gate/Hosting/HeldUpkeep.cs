using MaySend.Gate.Rulings;
using MaySend.Records;
using Microsoft.Extensions.Logging;

namespace MaySend.Gate.Hosting;

/// <summary>Lets messages go that were set aside for long enough.</summary>
sealed partial class HeldUpkeep(HeldMail held, TimeProvider clock, ILogger<HeldUpkeep> log) : PeriodicService(TimeSpan.FromHours(1), clock)
{
    /// <inheritdoc />
    protected override Task RunOnceAsync(CancellationToken stopping)
    {
        held.List();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override void WentWrong(Exception fault) => NotDone(fault.GetType().Name);

    [LoggerMessage(LogLevel.Error, "messages that were set aside long ago could not be deleted ({Fault})")]
    partial void NotDone(string fault);
}
